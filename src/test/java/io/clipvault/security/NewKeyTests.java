package io.clipvault.security;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NewKeyTests {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	private int run(String... arguments) {
		return NewKey.run(List.of(arguments), new PrintStream(this.out, true, StandardCharsets.UTF_8),
				new PrintStream(this.err, true, StandardCharsets.UTF_8));
	}

	@Test
	void runPrintsAKeyAndTheSettingThatKnowsIt() {
		assertThat(run("--name=ci", "--role=producer")).isZero();
		String printed = this.out.toString(StandardCharsets.UTF_8);
		String key = printed.lines().filter((line) -> line.startsWith("cv_")).findFirst().orElseThrow();
		assertThat(key).matches("cv_[A-Za-z0-9_-]{43}");
		String entry = printed.substring(printed.indexOf("CLIPVAULT_SECURITY_KEYS=")).strip().substring(24);
		assertThat(ApiKey.parse(entry)).isEqualTo(new ApiKey("ci", Role.PRODUCER, ApiKey.digest(key)));
	}

	@Test
	void runMakesAnotherKeyEachTime() {
		run("--name=ci", "--role=viewer");
		run("--name=ci", "--role=viewer");
		assertThat(this.out.toString(StandardCharsets.UTF_8).lines().filter((line) -> line.startsWith("cv_")))
			.doesNotHaveDuplicates()
			.hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "--name=ci", "--name=ci --role=boss", "--name=a:b --role=viewer",
			"--name=ci --role=viewer --more=x", "--name= --role=viewer" })
	void runWithWrongArgumentsSaysHowToCallItAndMakesNoKey(String line) {
		assertThat(run(line.split(" "))).isEqualTo(2);
		assertThat(this.err.toString(StandardCharsets.UTF_8)).contains("usage", "viewer|producer|admin");
		assertThat(this.out.size()).isZero();
	}

}
