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
 * Cuts the connection of an answer that broke off: a caller would take a quiet end for
 * the answer's own.
 */
public class BrokenDownload extends ValveBase {

	private static final String ATTRIBUTE = BrokenDownload.class.getName();

	private static final Logger log = LoggerFactory.getLogger(BrokenDownload.class);

	public BrokenDownload() {
		super(true);
	}

	/** Has the connection cut as soon as whoever answers the request returns. */
	public static void cut(HttpServletRequest request, String what, Exception failure) {
		switch (failure) {
			case IOException gone -> log.info("The caller hung up before the end of {}: {}", what, gone.toString());
			case Problem broken -> log.warn("{} broke off on its way to the caller: {}", what, broken.detail());
			default -> log.error("{} broke off on its way to the caller", what, failure);
		}
		request.setAttribute(ATTRIBUTE, failure);
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		getNext().invoke(request, response);
		Object failure = request.getAttribute(ATTRIBUTE);
		if (failure != null) {
			// An exception would have Tomcat add its error page to what has left.
			response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, failure);
		}
	}

}
