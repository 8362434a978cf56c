package io.clipvault.jobs;

import io.clipvault.kit.OnPostgres;

import org.springframework.test.context.ContextConfiguration;

/** On Postgres. */
@ContextConfiguration(initializers = OnPostgres.class)
class DurableJobsOnPostgresIntegrationTests extends DurableJobs {

}
