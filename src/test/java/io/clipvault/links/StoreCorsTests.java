package io.clipvault.links;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.CORSRule;

import static org.assertj.core.api.Assertions.assertThat;

class StoreCorsTests {

	private static final String FRONTEND = "https://clips.example.org";

	private static CORSRule.Builder rule() {
		return CORSRule.builder()
			.allowedOrigins(FRONTEND)
			.allowedMethods("GET", "HEAD", "PUT", "POST", "DELETE")
			.allowedHeaders("*")
			.exposeHeaders("etag");
	}

	private static List<String> missing(CORSRule... rules) {
		return StoreCors.missing(FRONTEND, List.of(rules)).toList();
	}

	@Test
	void missingWhenRuleAllowsAllIsNothing() {
		assertThat(missing(rule().build())).isEmpty();
	}

	@Test
	void missingWhenThereIsNoRuleNamesEveryMethod() {
		assertThat(missing()).containsExactly(FRONTEND + " may not GET", FRONTEND + " may not HEAD",
				FRONTEND + " may not PUT", FRONTEND + " may not POST", FRONTEND + " may not DELETE");
	}

	@Test
	void missingWhenPartsAreNotAllowedNamesThem() {
		assertThat(missing(rule().allowedMethods("GET", "HEAD", "POST", "DELETE").build()))
			.containsExactly(FRONTEND + " may not PUT");
		assertThat(missing(rule().exposeHeaders(List.of()).build())).hasSize(5)
			.contains(FRONTEND + " may not read ETag after PUT");
		assertThat(missing(rule().allowedHeaders("content-type").build())).hasSize(5)
			.contains(FRONTEND + " may not send every header with POST");
	}

	@Test
	void missingWhenAnEarlierRuleAnswersFirstCountsThatOne() {
		assertThat(missing(rule().allowedMethods("GET").exposeHeaders(List.of()).build(), rule().build()))
			.containsExactly(FRONTEND + " may not read ETag after GET");
	}

	@ParameterizedTest
	@CsvSource({ "*,true", "https://*.example.org,true", "https://clips.example.org,true",
			"http://clips.example.org,false", "https://clips.example.or,false",
			"https://clips.example.org.evil.example,false", "https://clips?example.org,false" })
	void missingKnowsWhatAnOriginCovers(String origin, boolean covered) {
		assertThat(missing(rule().allowedOrigins(origin).build()).isEmpty()).isEqualTo(covered);
	}

}
