package io.clipvault.objects;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a bucket's policy allows callers without credentials. */
record BucketPolicy(List<Pattern> readable, boolean denies) {

	static final BucketPolicy NONE = new BucketPolicy(List.of(), false);

	private static final String READ = "s3:GetObject";

	private static final JsonMapper JSON = new JsonMapper();

	private static final Logger log = LoggerFactory.getLogger(BucketPolicy.class);

	static BucketPolicy read(String json) {
		try {
			List<Pattern> readable = new ArrayList<>();
			boolean denies = false;
			for (JsonNode statement : list(JSON.readTree(json).path("Statement"))) {
				boolean matters = texts(statement.path("Action")).stream()
					.anyMatch((action) -> glob(action).matcher(READ).matches());
				denies |= !statement.path("Effect").asString("").equals("Allow");
				if (matters && isAnyone(statement.path("Principal")) && !statement.has("Condition")) {
					texts(statement.path("Resource")).forEach((resource) -> readable.add(glob(resource)));
				}
			}
			return new BucketPolicy(readable, denies);
		}
		catch (JacksonException notJson) {
			log.debug("A policy is not JSON", notJson);
			return NONE;
		}
	}

	/**
	 * Answers no as soon as the policy denies anything, because a missing address is
	 * better than one that does not work.
	 */
	boolean letsAnyoneRead(String bucket, String key) {
		String resource = "arn:aws:s3:::" + bucket + "/" + key;
		return !this.denies && this.readable.stream().anyMatch((pattern) -> pattern.matcher(resource).matches());
	}

	private static boolean isAnyone(JsonNode principal) {
		return texts(principal.isObject() ? principal.path("AWS") : principal).contains("*");
	}

	private static List<JsonNode> list(JsonNode node) {
		return node.isArray() ? node.valueStream().toList() : List.of(node);
	}

	private static List<String> texts(JsonNode node) {
		return list(node).stream().filter(JsonNode::isString).map(JsonNode::stringValue).toList();
	}

	private static Pattern glob(String text) {
		return Pattern.compile(text.chars()
			.mapToObj((character) -> (character == '*') ? ".*"
					: (character == '?') ? "." : Pattern.quote(String.valueOf((char) character)))
			.collect(Collectors.joining()), Pattern.DOTALL);
	}

}
