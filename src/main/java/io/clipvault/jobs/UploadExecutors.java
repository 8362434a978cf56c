package io.clipvault.jobs;

import java.time.Clock;

import org.springframework.boot.task.SimpleAsyncTaskExecutorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** The bounded executors, on virtual threads, that uploads run on. */
@Configuration(proxyBeanMethods = false)
class UploadExecutors {

	static final String JOBS = "jobExecutor";

	static final String FILES = "fileExecutor";

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

	/**
	 * Refuses when its queue is full, because requests hand jobs to it and must not wait.
	 */
	@Bean(JOBS)
	ThreadPoolTaskExecutor jobExecutor(JobsSettings settings) {
		ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
		executor.setThreadFactory(Thread.ofVirtual().name("job-", 0).factory());
		executor.setCorePoolSize(settings.parallelJobs());
		executor.setMaxPoolSize(settings.parallelJobs());
		executor.setQueueCapacity(settings.queueCapacity());
		return executor;
	}

	/** Makes a job wait for its turn, which costs no thread of the system. */
	@Bean(FILES)
	SimpleAsyncTaskExecutor fileExecutor(JobsSettings settings, SimpleAsyncTaskExecutorBuilder builder) {
		return builder.virtualThreads(true)
			.threadNamePrefix("file-")
			.concurrencyLimit(settings.parallelFiles())
			.build();
	}

}
