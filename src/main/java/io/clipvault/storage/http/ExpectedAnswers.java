package io.clipvault.storage.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Turns an answer that is not what was asked for into a refusal. Some stores ignore a
 * subresource that they do not know, and answer with a listing of the bucket or with
 * nothing, which the SDK would read as a bucket without rules.
 */
public final class ExpectedAnswers implements ExecutionInterceptor {

	/** The root elements of the answers, by operation. */
	private static final Map<String, Pattern> ROOTS = Map.of("GetBucketLifecycleConfiguration",
			root("LifecycleConfiguration"), "GetBucketCors", root("CORSConfiguration"), "GetBucketVersioning",
			root("VersioningConfiguration"), "ListObjectVersions", root("ListVersionsResult"), "ListMultipartUploads",
			root("ListMultipartUploadsResult"), "ListParts", root("ListPartsResult"));

	/** The root element stands here, behind the XML declaration. */
	private static final int START = 1024;

	private static Pattern root(String name) {
		return Pattern.compile("<(?:\\w+:)?" + name + "[\\s/>]");
	}

	@Override
	public Optional<InputStream> modifyHttpResponseContent(Context.ModifyHttpResponse context,
			ExecutionAttributes attributes) {
		Pattern root = ROOTS.get(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
		if (root == null || !context.httpResponse().isSuccessful()) {
			return context.responseBody();
		}
		try {
			InputStream body = context.responseBody().orElseGet(InputStream::nullInputStream);
			byte[] start = body.readNBytes(START);
			if (!root.matcher(new String(start, StandardCharsets.UTF_8)).find()) {
				// Without it the connection would never be used again.
				body.close();
				throw unknown();
			}
			return Optional.of(new SequenceInputStream(new ByteArrayInputStream(start), body));
		}
		catch (IOException broken) {
			throw new UncheckedIOException(broken);
		}
	}

	private static RuntimeException unknown() {
		return S3Exception.builder()
			.statusCode(501)
			.awsErrorDetails(AwsErrorDetails.builder()
				.errorCode("NotImplemented")
				.errorMessage("it answered with something else than what was asked for")
				.build())
			.build();
	}

}
