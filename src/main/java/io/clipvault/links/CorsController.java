package io.clipvault.links;

import io.clipvault.problems.ProblemType;
import io.clipvault.problems.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Checks and sets the bucket's CORS rules for the configured frontends. */
@RestController
@RequestMapping(path = "/links/cors", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Links")
class CorsController {

	private final StoreCors cors;

	CorsController(StoreCors cors) {
		this.cors = cors;
	}

	@GetMapping
	@Operation(summary = "Check the bucket's CORS rules",
			description = "Compares the rules with what the pages of clipvault.security.frontends need. "
					+ "On the embedded engine nothing is ever missing.")
	@ApiResponse(responseCode = "200", description = "What is missing")
	@Refuses({ ProblemType.STORE_CANNOT, ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	CorsReport check() {
		return this.cors.check();
	}

	@PutMapping
	@Operation(summary = "Allow the configured frontends",
			description = "Writes one CORS rule named clipvault into the bucket and keeps all other rules.")
	@ApiResponse(responseCode = "200", description = "The report after the change, in which nothing is missing")
	@Refuses({ ProblemType.NO_FRONTENDS, ProblemType.STORE_CANNOT, ProblemType.STORE_UNREACHABLE,
			ProblemType.STORE_REFUSED })
	CorsReport set() {
		return this.cors.set();
	}

}
