package io.clipvault.jobs.runs;

class RunsOnSqliteIntegrationTests extends RunsContractTests {

}
