package io.clipvault.jobs.runs;

/** On Sqlite. */
class DurableJobsOnSqliteIntegrationTests extends DurableJobs {

}
