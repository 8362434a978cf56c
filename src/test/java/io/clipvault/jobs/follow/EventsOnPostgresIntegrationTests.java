package io.clipvault.jobs.follow;

import io.clipvault.kit.OnPostgres;

import org.springframework.test.context.ContextConfiguration;

@ContextConfiguration(initializers = OnPostgres.class)
class EventsOnPostgresIntegrationTests extends EventsContractTests {

}
