package io.clipvault.jobs.follow;

class EventsOnSqliteIntegrationTests extends EventsContractTests {

}
