package io.clipvault.problems;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

import static org.assertj.core.api.Assertions.assertThat;

class ProblemsTests {

	@ParameterizedTest
	@MethodSource
	void callWhenTheDatabaseIsAwayNamesIt(RuntimeException failure) {
		MvcTestResult answer = call(failure);
		assertThat(answer).hasStatus(503).hasHeader("Retry-After", "5");
		assertThat(answer).bodyJson()
			.extractingPath("type")
			.isEqualTo(ProblemType.DATABASE_UNAVAILABLE.type().toString());
	}

	static Stream<RuntimeException> callWhenTheDatabaseIsAwayNamesIt() {
		return Stream.of(new DataAccessResourceFailureException("I/O error", new SQLException("sent", "08006")),
				new CannotCreateTransactionException("no connection within 30 s"), new UncategorizedSQLException(
						"commit", null, new SQLException("[SQLITE_IOERR] A read failed", null, 10)));
	}

	@Test
	void callWhenTheServiceMisusesTheDatabaseIsItsOwnFault() {
		assertThat(call(new DuplicateKeyException("job"))).hasStatus(500);
	}

	@Test
	void callWhenTheCallerHungUpIsNoFailureOfTheService() {
		RuntimeException gone = new HttpMessageNotWritableException("Could not write JSON",
				new AsyncRequestNotUsableException("ServletOutputStream failed to write: Broken pipe"));
		assertThat(call(gone)).hasStatus(200).bodyText().isEmpty();
	}

	private static MvcTestResult call(RuntimeException failure) {
		return MockMvcTester
			.of(List.of(new Failing(failure)), (builder) -> builder.setControllerAdvice(new Problems()).build())
			.get()
			.uri("/")
			.exchange();
	}

	@RestController
	record Failing(RuntimeException failure) {

		@GetMapping("/")
		String fail() {
			throw this.failure;
		}

	}

}
