package io.clipvault.jobs.transfer;

import io.clipvault.kit.OnPostgres;

import org.springframework.test.context.ContextConfiguration;

@ContextConfiguration(initializers = OnPostgres.class)
class TransferOnPostgresIntegrationTests extends TransferContractTests {

}
