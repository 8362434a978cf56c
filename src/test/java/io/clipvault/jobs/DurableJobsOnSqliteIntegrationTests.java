package io.clipvault.jobs;

/** On Sqlite. */
class DurableJobsOnSqliteIntegrationTests extends DurableJobs {

}
