package io.clipvault.problems;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the connection of a response that broke off. Otherwise the caller would take the
 * truncated body for complete.
 */
public class BrokenDownload extends ValveBase {

	private static final String ATTRIBUTE = BrokenDownload.class.getName();

	private static final Logger log = LoggerFactory.getLogger(BrokenDownload.class);

	public BrokenDownload() {
		super(true);
	}

	/** Marks the request, so that its connection is closed once the handler returns. */
	public static void cut(HttpServletRequest request, String what, Exception failure) {
		switch (failure) {
			case IOException gone -> log.info("The caller hung up before the end of {}: {}", what, gone.toString());
			case Problem broken -> log.warn("The download of {} broke off: {}", what, broken.detail());
			default -> log.error("The download of {} broke off", what, failure);
		}
		request.setAttribute(ATTRIBUTE, failure);
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		getNext().invoke(request, response);
		Object failure = request.getAttribute(ATTRIBUTE);
		if (failure != null) {
			// On an exception Tomcat would append its error page to the bytes already
			// sent.
			response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, failure);
		}
	}

}
