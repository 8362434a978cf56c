package io.clipvault.jobs.audits;

class AuditsOnSqliteIntegrationTests extends AuditsContractTests {

}
