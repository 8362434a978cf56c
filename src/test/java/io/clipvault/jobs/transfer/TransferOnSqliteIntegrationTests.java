package io.clipvault.jobs.transfer;

class TransferOnSqliteIntegrationTests extends TransferContractTests {

}
