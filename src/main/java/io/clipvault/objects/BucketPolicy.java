package io.clipvault.objects;

import java.util.ArrayList;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a bucket's policy allows callers without credentials. */
record BucketPolicy(List<String> readable, boolean denies) {

	static final BucketPolicy NONE = new BucketPolicy(List.of(), false);

	private static final String READ = "s3:GetObject";

	private static final JsonMapper JSON = new JsonMapper();

	private static final Logger log = LoggerFactory.getLogger(BucketPolicy.class);

	static BucketPolicy read(String json) {
		try {
			List<String> readable = new ArrayList<>();
			boolean denies = false;
			for (JsonNode statement : list(JSON.readTree(json).path("Statement"))) {
				boolean matters = texts(statement.path("Action")).stream().anyMatch((action) -> matches(action, READ));
				denies |= !statement.path("Effect").asString("").equals("Allow");
				if (matters && isAnyone(statement.path("Principal")) && !statement.has("Condition")) {
					readable.addAll(texts(statement.path("Resource")));
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
		return !this.denies && this.readable.stream().anyMatch((pattern) -> matches(pattern, resource));
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

	/**
	 * Whether a pattern with {@code *} and {@code ?} matches. A regular expression with
	 * many stars could take for ever; this takes at most the product of both lengths.
	 */
	private static boolean matches(String pattern, String text) {
		int star = -1;
		int afterStar = 0;
		int at = 0;
		int next = 0;
		while (next < text.length()) {
			char wanted = (at < pattern.length()) ? pattern.charAt(at) : 0;
			if (wanted == '*') {
				star = at++;
				afterStar = next;
			}
			else if (at < pattern.length() && (wanted == '?' || wanted == text.charAt(next))) {
				at++;
				next++;
			}
			else if (star >= 0) {
				at = star + 1;
				next = ++afterStar;
			}
			else {
				return false;
			}
		}
		return pattern.substring(at).chars().allMatch((character) -> character == '*');
	}

}
