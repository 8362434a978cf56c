package io.clipvault;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.clipvault.problems.StartRefused;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DotEnvLoaderTests {

	private static PropertySource<?> load(String content) throws Exception {
		List<PropertySource<?>> loaded = new DotEnvLoader().load("file [.env]",
				new ByteArrayResource(content.getBytes(StandardCharsets.UTF_8)));
		return loaded.getFirst();
	}

	@Test
	void loadAcceptsTheUsualForms() throws Exception {
		PropertySource<?> variables = load("""
				# the store
				AWS_S3_BUCKET=clips
				export AWS_REGION="eu-west-1"   # near us
				AWS_SECRET_ACCESS_KEY='a#b/c+d=e'
				AWS_ACCESS_KEY_ID = AKIA   # mine

				EMPTY=
				COMMENTED=   # nothing
				""");
		assertThat(variables.getProperty("AWS_S3_BUCKET")).isEqualTo("clips");
		assertThat(variables.getProperty("AWS_REGION")).isEqualTo("eu-west-1");
		assertThat(variables.getProperty("AWS_SECRET_ACCESS_KEY")).isEqualTo("a#b/c+d=e");
		assertThat(variables.getProperty("AWS_ACCESS_KEY_ID")).isEqualTo("AKIA");
		assertThat(variables.getProperty("EMPTY")).isEqualTo("");
		assertThat(variables.getProperty("COMMENTED")).isEqualTo("");
	}

	@Test
	void loadBindsVariablesToSettingsAsTheEnvironmentDoes() throws Exception {
		MutablePropertySources sources = new MutablePropertySources();
		sources.addLast(load("CLIPVAULT_JOBS_PARALLELJOBS=3\nCLIPVAULT_SECURITY_FRONTENDS=https://a,https://b"));
		Binder binder = new Binder(ConfigurationPropertySources.from(sources));
		assertThat(binder.bind("clipvault.jobs.parallel-jobs", Integer.class).get()).isEqualTo(3);
		assertThat(binder.bind("clipvault.security.frontends", String[].class).get()).containsExactly("https://a",
				"https://b");
	}

	@Test
	void loadWhenALineIsNotAnAssignmentShowsItsNumberButNotItsText() {
		assertThatExceptionOfType(StartRefused.class).isThrownBy(() -> load("A=1\nAKIASECRET"))
			.withMessage("Line 2 of .env is not NAME=value.");
	}

}
