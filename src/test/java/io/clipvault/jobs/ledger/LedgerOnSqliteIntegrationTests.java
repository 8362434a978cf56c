package io.clipvault.jobs.ledger;

class LedgerOnSqliteIntegrationTests extends LedgerContractTests {

}
