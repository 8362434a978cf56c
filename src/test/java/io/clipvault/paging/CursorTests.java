package io.clipvault.paging;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import static org.assertj.core.api.Assertions.assertThat;

class CursorTests {

	private static final String PATH = "/buckets/clips/objects";

	@AfterEach
	void forgetRequest() {
		RequestContextHolder.resetRequestAttributes();
	}

	@Test
	void addressKeepsTheQueryAsItWasWritten() {
		assertThat(Cursor.address(PATH, "prefix=year=2024/&limit=1", "abc"))
			.isEqualTo(PATH + "?prefix=year=2024/&limit=1&cursor=abc");
		assertThat(Cursor.address(PATH, "prefix=a%26b+c", "abc")).isEqualTo(PATH + "?prefix=a%26b+c&cursor=abc");
	}

	@Test
	void addressReplacesTheCursorOnly() {
		assertThat(Cursor.address(PATH, "cursor=old&limit=1&cursors=2&cursor", "new"))
			.isEqualTo(PATH + "?limit=1&cursors=2&cursor=new");
	}

	@Test
	void addressWithoutQueryHasTheCursor() {
		assertThat(Cursor.address(PATH, null, "a&b=")).isEqualTo(PATH + "?cursor=a%26b%3D");
	}

	@Test
	void pageLinksToTheNextOne() {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", PATH);
		request.setQueryString("prefix=year=2024/&limit=1");
		RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
		assertThat(Cursor.page("page", "abc").getHeaders().getFirst(HttpHeaders.LINK))
			.isEqualTo("<" + PATH + "?prefix=year=2024/&limit=1&cursor=abc>; rel=\"next\"");
		assertThat(Cursor.page("page", null).getHeaders().getFirst(HttpHeaders.LINK)).isNull();
	}

}
