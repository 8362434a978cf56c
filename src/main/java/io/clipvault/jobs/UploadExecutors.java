package io.clipvault.jobs;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.boot.task.SimpleAsyncTaskExecutorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** The executors, on virtual threads, that uploads run on. */
@Configuration(proxyBeanMethods = false)
class UploadExecutors {

	static final String FILES = "fileExecutor";

	static final String PARTS = "partExecutor";

	static final String TIDYING = "tidyExecutor";

	private static final int PARALLEL_TIDYING = 2;

	@Bean
	MeterBinder queueLength(Jobs jobs) {
		return (meters) -> Gauge.builder("clipvault.jobs.queued", jobs, Jobs::queued)
			.description("Jobs that wait for their upload, or for its next try")
			.register(meters);
	}

	/** As many files as all jobs may have open; {@link Turns} bounds what they send. */
	@Bean(FILES)
	SimpleAsyncTaskExecutor fileExecutor(JobsSettings jobs, UploadSettings uploads,
			SimpleAsyncTaskExecutorBuilder builder) {
		return builder.virtualThreads(true)
			.threadNamePrefix("file-")
			.concurrencyLimit(jobs.parallelJobs() * uploads.parallel())
			.build();
	}

	/** Never makes its caller wait: it may hold the only connection to the database. */
	@Bean(TIDYING)
	ThreadPoolTaskExecutor tidyExecutor() {
		ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
		executor.setThreadFactory(Thread.ofVirtual().name("tidy-", 0).factory());
		executor.setCorePoolSize(PARALLEL_TIDYING);
		return executor;
	}

	@Bean(PARTS)
	SimpleAsyncTaskExecutor partExecutor(UploadSettings uploads, SimpleAsyncTaskExecutorBuilder builder) {
		return builder.virtualThreads(true).threadNamePrefix("part-").concurrencyLimit(uploads.parallel()).build();
	}

}
