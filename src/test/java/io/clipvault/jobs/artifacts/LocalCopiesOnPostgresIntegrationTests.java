package io.clipvault.jobs.artifacts;

import io.clipvault.kit.OnPostgres;
import org.springframework.test.context.ContextConfiguration;

@ContextConfiguration(initializers = OnPostgres.class)
class LocalCopiesOnPostgresIntegrationTests extends LocalCopiesContractTests {

}
