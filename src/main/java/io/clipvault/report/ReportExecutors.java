package io.clipvault.report;

import java.time.Duration;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** The bounded executor, on virtual threads, that counts buckets for reports. */
@Configuration(proxyBeanMethods = false)
class ReportExecutors {

	static final String EXECUTOR = "reportExecutor";

	private static final int AT_ONCE = 4;

	private static final int WAITING = 100;

	private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

	@Bean(EXECUTOR)
	ThreadPoolTaskExecutor reportExecutor() {
		ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
		executor.setThreadFactory(Thread.ofVirtual().name("report-", 0).factory());
		executor.setCorePoolSize(AT_ONCE);
		executor.setMaxPoolSize(AT_ONCE);
		executor.setQueueCapacity(WAITING);
		return executor;
	}

	static Problem full(TaskRejectedException rejected) {
		return new Problem(ProblemType.QUEUE_FULL,
				"%d reports are waiting already: ask again after the time in Retry-After.".formatted(WAITING),
				RETRY_AFTER, rejected);
	}

}
