package io.clipvault.jobs.runs;

import io.clipvault.jobs.ledger.JobDetails;
import io.clipvault.jobs.ledger.JobView;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.ProblemType;
import io.clipvault.problems.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Cancels jobs. */
@RestController
@Tag(name = "Jobs")
class CancelController {

	private final JobEnds ends;

	private final JobDetails details;

	CancelController(JobEnds ends, JobDetails details) {
		this.ends = ends;
		this.details = details;
	}

	@DeleteMapping(path = "/jobs/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Cancel a job",
			description = "Aborts its unfinished uploads; complete objects stay until the job's artifacts are deleted.")
	@ApiResponse(responseCode = "200", description = "The cancelled job")
	@Refuses({ ProblemType.INVALID_JOB_ID, ProblemType.JOB_NOT_FOUND, ProblemType.JOB_ENDED })
	JobView cancel(@Parameter(example = "sample") @PathVariable String id) {
		JobId job = new JobId(id);
		this.ends.cancel(job);
		return this.details.get(job);
	}

}
