package io.clipvault.layouts;

import java.util.HashMap;
import java.util.Map;

/** The user metadata that a job's objects carry in the bucket. */
public final class ArtifactHeaders {

	/** The digest of the content, so that an unchanged file is not sent again. */
	public static final String DIGEST = "sha256";

	/** The key of the upload that the object was copied from. */
	public static final String UPLOAD_KEY = "upload-key";

	/** The ETag which that upload had when it was copied. */
	public static final String UPLOAD_ETAG = "upload-etag";

	private static final String CREATED_BY = "created-by";

	private ArtifactHeaders() {
	}

	/** What every object of a job carries, however it is sent. */
	public static Map<String, String> of(JobId job, ArtifactName name) {
		Map<String, String> headers = new HashMap<>(ofService());
		headers.put("job-id", job.value());
		name.clipIndex().ifPresent((index) -> headers.put("clip-index", Integer.toString(index)));
		return headers;
	}

	/** What an object carries that belongs to no job. */
	public static Map<String, String> ofService() {
		return Map.of(CREATED_BY, "clipvault");
	}

}
