package io.clipvault.jobs.intake;

class AcceptanceOnSqliteIntegrationTests extends AcceptanceContractTests {

}
