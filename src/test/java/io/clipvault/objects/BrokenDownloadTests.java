package io.clipvault.objects;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import org.apache.coyote.CloseNowException;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BrokenDownloadTests {

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	@Test
	void requestWhenObjectBrokeOffHasItsConnectionCut() {
		IOException broken = new IOException("premature end");
		FilterChain chain = (request, answer) -> request.setAttribute(BrokenDownload.ATTRIBUTE, broken);
		assertThatExceptionOfType(CloseNowException.class)
			.isThrownBy(() -> new BrokenDownload().doFilter(new MockHttpServletRequest(), this.response, chain))
			.withCause(broken);
	}

	@Test
	void requestWhenNothingBrokeEndsQuietly() throws ServletException, IOException {
		new BrokenDownload().doFilter(new MockHttpServletRequest(), this.response,
				(request, answer) -> answer.getWriter().write("whole"));
		assertThat(this.response.getContentAsString()).isEqualTo("whole");
	}

}
