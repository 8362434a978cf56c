package io.clipvault.objects.rules;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;
import software.amazon.awssdk.services.s3.model.NoncurrentVersionExpiration;
import software.amazon.awssdk.services.s3.model.NoncurrentVersionTransition;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Transition;

/** Translates lifecycle rules to and from S3 without losing anything. */
final class LifecycleTranslation {

	private LifecycleTranslation() {
	}

	static LifecycleRule toStore(LifecycleRules.Rule rule) {
		LifecycleRule.Builder stored = LifecycleRule.builder()
			.id(rule.id())
			.status(Boolean.FALSE.equals(rule.enabled()) ? ExpirationStatus.DISABLED : ExpirationStatus.ENABLED)
			.filter(filter(rule.filter()));
		if (rule.transitions() != null) {
			stored.transitions(rule.transitions()
				.stream()
				.map((transition) -> Transition.builder()
					.days(transition.days())
					.date(date(transition.date()))
					.storageClass(transition.storageClass())
					.build())
				.toList());
		}
		LifecycleRules.Expiration expiration = rule.expiration();
		if (expiration != null) {
			stored.expiration((when) -> when.days(expiration.days())
				.date(date(expiration.date()))
				.expiredObjectDeleteMarker(expiration.deleteMarkers()));
		}
		if (rule.olderVersions() != null) {
			older(rule.olderVersions(), stored);
		}
		if (rule.abortMultipartAfterDays() != null) {
			stored.abortIncompleteMultipartUpload((abort) -> abort.daysAfterInitiation(rule.abortMultipartAfterDays()));
		}
		return stored.build();
	}

	private static LifecycleRuleFilter filter(LifecycleRules.@Nullable Filter filter) {
		if (filter == null) {
			return LifecycleRuleFilter.builder().prefix("").build();
		}
		List<Tag> tags = new ArrayList<>();
		Objects.requireNonNullElse(filter.tags(), Map.<String, String>of())
			.forEach((name, value) -> tags.add(Tag.builder().key(name).value(value).build()));
		int conditions = tags.size() + ((filter.prefix() == null) ? 0 : 1)
				+ ((filter.sizeGreaterThan() == null) ? 0 : 1) + ((filter.sizeLessThan() == null) ? 0 : 1);
		if (conditions > 1) {
			return LifecycleRuleFilter.builder()
				.and((and) -> and.prefix(filter.prefix())
					.tags(tags.isEmpty() ? null : tags)
					.objectSizeGreaterThan(filter.sizeGreaterThan())
					.objectSizeLessThan(filter.sizeLessThan()))
				.build();
		}
		return LifecycleRuleFilter.builder()
			.prefix((conditions == 0) ? "" : filter.prefix())
			.tag(tags.isEmpty() ? null : tags.getFirst())
			.objectSizeGreaterThan(filter.sizeGreaterThan())
			.objectSizeLessThan(filter.sizeLessThan())
			.build();
	}

	private static void older(LifecycleRules.Older older, LifecycleRule.Builder stored) {
		if (older.expireAfterDays() != null) {
			stored.noncurrentVersionExpiration(NoncurrentVersionExpiration.builder()
				.noncurrentDays(older.expireAfterDays())
				.newerNoncurrentVersions(older.keepNewest())
				.build());
		}
		if (older.transitions() != null) {
			stored.noncurrentVersionTransitions(older.transitions()
				.stream()
				.map((transition) -> NoncurrentVersionTransition.builder()
					.noncurrentDays(transition.days())
					.storageClass(transition.storageClass())
					.build())
				.toList());
		}
	}

	static LifecycleRules.Rule ofStore(LifecycleRule rule) {
		return new LifecycleRules.Rule(rule.id(), rule.status() == ExpirationStatus.ENABLED, filterOf(rule),
				rule.transitions()
					.stream()
					.map((transition) -> new LifecycleRules.Transition(transition.days(), text(transition.date()),
							transition.storageClassAsString()))
					.toList(),
				(rule.expiration() == null) ? null
						: new LifecycleRules.Expiration(rule.expiration().days(), text(rule.expiration().date()),
								rule.expiration().expiredObjectDeleteMarker()),
				olderOf(rule), (rule.abortIncompleteMultipartUpload() == null) ? null
						: rule.abortIncompleteMultipartUpload().daysAfterInitiation());
	}

	@SuppressWarnings("deprecation") // Older stores answer with the prefix outside the
										// filter.
	private static LifecycleRules.Filter filterOf(LifecycleRule rule) {
		LifecycleRuleFilter filter = rule.filter();
		if (filter == null) {
			return new LifecycleRules.Filter(rule.prefix(), null, null, null);
		}
		if (filter.and() != null) {
			return new LifecycleRules.Filter(filter.and().prefix(), filter.and().objectSizeGreaterThan(),
					filter.and().objectSizeLessThan(), tags(filter.and().tags()));
		}
		return new LifecycleRules.Filter(filter.prefix(), filter.objectSizeGreaterThan(), filter.objectSizeLessThan(),
				(filter.tag() == null) ? null : tags(List.of(filter.tag())));
	}

	private static @Nullable Map<String, String> tags(List<Tag> tags) {
		Map<String, String> values = new LinkedHashMap<>();
		tags.forEach((tag) -> values.put(tag.key(), tag.value()));
		return values.isEmpty() ? null : values;
	}

	private static LifecycleRules.@Nullable Older olderOf(LifecycleRule rule) {
		NoncurrentVersionExpiration expiration = rule.noncurrentVersionExpiration();
		if (expiration == null && rule.noncurrentVersionTransitions().isEmpty()) {
			return null;
		}
		return new LifecycleRules.Older((expiration == null) ? null : expiration.noncurrentDays(),
				(expiration == null) ? null : expiration.newerNoncurrentVersions(),
				rule.noncurrentVersionTransitions()
					.stream()
					.map((transition) -> new LifecycleRules.Transition(transition.noncurrentDays(), null,
							transition.storageClassAsString()))
					.toList());
	}

	private static @Nullable Instant date(@Nullable String text) {
		try {
			return (text == null) ? null : Instant.parse(text);
		}
		catch (DateTimeException notATime) {
			throw new Problem(ProblemType.INVALID_REQUEST,
					"'date' must be a midnight in UTC such as 2027-01-01T00:00:00Z and is '%s': correct it and send the request again."
						.formatted(text),
					notATime);
		}
	}

	private static @Nullable String text(@Nullable Instant instant) {
		return (instant == null) ? null : instant.toString();
	}

}
