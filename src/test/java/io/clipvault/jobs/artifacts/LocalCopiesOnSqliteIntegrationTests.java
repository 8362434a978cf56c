package io.clipvault.jobs.artifacts;

class LocalCopiesOnSqliteIntegrationTests extends LocalCopiesContractTests {

}
