package io.clipvault.problems;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;

/**
 * Returns a problem when Tomcat itself refuses a request before it reaches the service.
 */
public class ProblemValve extends ErrorReportValve {

	@Override
	protected void report(Request request, Response response, @Nullable Throwable failure) {
		if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
			return;
		}
		ProblemType type = (response.getStatus() < 500) ? ProblemType.INVALID_REQUEST : ProblemType.INTERNAL;
		String detail = (response.getStatus() < 500)
				? "The request is not valid HTTP for this service: percent-encode its URL, and keep its headers below 8 KB."
				: "The service failed before it could answer: see its log.";
		byte[] document = """
				{"type":"%s","title":"%s","status":%d,"detail":"%s"}"""
			.formatted(type.type(), type.title(), response.getStatus(), detail)
			.getBytes(StandardCharsets.UTF_8);
		try {
			response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
			response.setContentLength(document.length);
			response.getOutputStream().write(document);
			response.finishResponse();
		}
		catch (IOException gone) {
			getContainer().getLogger().debug("The caller went away before its problem was written", gone);
		}
	}

}
