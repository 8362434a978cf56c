package io.clipvault.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips the tests if Chromium, its driver or npm is missing, and says which. With
 * -Dclipvault.test.browser=required they run, and fail.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(RequiresBrowser.Condition.class)
@interface RequiresBrowser {

	/** Looks for the required programs. */
	class Condition implements ExecutionCondition {

		@Override
		public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
			if ("required".equals(System.getProperty("clipvault.test.browser"))) {
				return ConditionEvaluationResult.enabled("a browser is required");
			}
			return Stream.of(Browser.CHROMIUM, Browser.DRIVER)
				.filter(Files::notExists)
				.findFirst()
				.map((missing) -> ConditionEvaluationResult
					.disabled("there is no " + missing + ": apt-get install chromium chromium-driver"))
				.orElseGet(() -> npm() ? ConditionEvaluationResult.enabled("there is a browser")
						: ConditionEvaluationResult.disabled("there is no npm on the path"));
		}

		private static boolean npm() {
			return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
				.anyMatch((folder) -> Files.isExecutable(Path.of(folder, "npm")));
		}

	}

}
