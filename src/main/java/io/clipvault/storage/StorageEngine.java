package io.clipvault.storage;

import java.util.List;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** The kinds of store that can keep the objects. */
public enum StorageEngine {

	/** S3 if an AWS variable is set, else the embedded engine. */
	AUTO,

	/** The S3 engine inside this process. */
	EMBEDDED,

	/** Amazon S3 or a compatible store. */
	S3;

	static final String PROPERTY = "clipvault.storage.engine";

	private static final List<String> VARIABLES = List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION",
			"AWS_S3_BUCKET", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_PROFILE", "AWS_ROLE_ARN",
			"AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
			"AWS_CONTAINER_CREDENTIALS_FULL_URI", "clipvault.storage.endpoint");

	/** The engine that this environment selects, never {@link #AUTO}. */
	static StorageEngine chosen(Environment environment) {
		StorageEngine named = Binder.get(environment).bind(PROPERTY, StorageEngine.class).orElse(AUTO);
		if (named != AUTO) {
			return named;
		}
		return VARIABLES.stream().anyMatch((name) -> StringUtils.hasText(environment.getProperty(name))) ? S3
				: EMBEDDED;
	}

}
