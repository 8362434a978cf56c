package io.clipvault.jobs.runs;

import io.clipvault.kit.OnPostgres;

import org.springframework.test.context.ContextConfiguration;

@ContextConfiguration(initializers = OnPostgres.class)
class RunsOnPostgresIntegrationTests extends RunsContractTests {

}
