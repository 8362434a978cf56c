package io.clipvault.jobs.audits;

import io.clipvault.kit.OnPostgres;
import org.springframework.test.context.ContextConfiguration;

@ContextConfiguration(initializers = OnPostgres.class)
class AuditsOnPostgresIntegrationTests extends AuditsContractTests {

}
