package io.clipvault.jobs.follow;

class NoticesOnSqliteIntegrationTests extends NoticesContractTests {

}
