package io.clipvault.jobs.intake;

import io.clipvault.kit.OnPostgres;

import org.springframework.test.context.ContextConfiguration;

@ContextConfiguration(initializers = OnPostgres.class)
class AcceptanceOnPostgresIntegrationTests extends AcceptanceContractTests {

}
