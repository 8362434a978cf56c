package io.clipvault.jobs.transfer;

import org.springframework.boot.task.SimpleAsyncTaskExecutorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** The executors of uploads, on virtual threads. */
@Configuration(proxyBeanMethods = false)
class UploadExecutors {

	static final String FILES = "fileExecutor";

	static final String PARTS = "partExecutor";

	static final String CLEANUP = "cleanupExecutor";

	private static final int PARALLEL_CLEANUP = 2;

	/** Bounds the open files of all jobs; {@link SendSlots} bounds their requests. */
	@Bean(FILES)
	SimpleAsyncTaskExecutor fileExecutor(RunSettings jobs, UploadSettings uploads,
			SimpleAsyncTaskExecutorBuilder builder) {
		return builder.virtualThreads(true)
			.threadNamePrefix("file-")
			.concurrencyLimit(jobs.parallelJobs() * uploads.parallel())
			.build();
	}

	/** Never blocks its caller, who may hold the only database connection. */
	@Bean(CLEANUP)
	ThreadPoolTaskExecutor cleanupExecutor() {
		ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
		executor.setThreadFactory(Thread.ofVirtual().name("cleanup-", 0).factory());
		executor.setCorePoolSize(PARALLEL_CLEANUP);
		return executor;
	}

	@Bean(PARTS)
	SimpleAsyncTaskExecutor partExecutor(UploadSettings uploads, SimpleAsyncTaskExecutorBuilder builder) {
		return builder.virtualThreads(true).threadNamePrefix("part-").concurrencyLimit(uploads.parallel()).build();
	}

}
