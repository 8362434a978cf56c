package io.clipvault.jobs.artifacts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.clipvault.jobs.folders.RootId;
import io.clipvault.jobs.ledger.StoredFiles;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Removes the copies of jobs that were completed or restored long enough ago. */
@Configuration(proxyBeanMethods = false)
class Pruning {

	private static final Duration SWEEP = Duration.ofMinutes(10);

	private static final int PAGE = 100;

	private static final Logger log = LoggerFactory.getLogger(Pruning.class);

	/** The task of one jobs root, since only hosts with that root have its files. */
	@Bean
	Task<Void> pruneTask(PruneSettings settings, LocalCopies copies, StoredFiles files, RootId root, Clock clock) {
		return Tasks.recurring("prune@" + root.id(), FixedDelay.of(SWEEP))
			.execute((instance, context) -> settings.delay()
				.ifPresent((delay) -> prune(clock.instant().minus(delay), copies, files,
						() -> context.getSchedulerState().isShuttingDown())));
	}

	static void prune(Instant before, LocalCopies copies, StoredFiles files, BooleanSupplier stopping) {
		List<StoredFiles.Unpruned> page = files.unpruned(before, null, PAGE);
		while (!page.isEmpty()) {
			for (StoredFiles.Unpruned job : page) {
				if (stopping.getAsBoolean()) {
					return;
				}
				prune(job, before, copies, files);
			}
			page = files.unpruned(before, page.getLast(), PAGE);
		}
	}

	private static void prune(StoredFiles.Unpruned job, Instant before, LocalCopies copies, StoredFiles files) {
		try {
			List<String> removed = copies.remove(job.job(), () -> files.isUnpruned(job.job(), before));
			files.notePruned(job.job(), before);
			if (!removed.isEmpty()) {
				log.info("Job {}: {} files are in the bucket and were removed from its directory.", job.job(),
						removed.size());
			}
		}
		catch (Problem problem) {
			if (problem.type() == ProblemType.JOB_ACTIVE) {
				log.debug("Job {}: its copies stay for now. {}", job.job(), problem.detail());
			}
			else {
				log.warn("Job {}: its copies could not be removed and stay for now. {}", job.job(), problem.detail());
			}
		}
	}

}
