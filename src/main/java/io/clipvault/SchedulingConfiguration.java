package io.clipvault;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** The threads of all scheduled methods. */
@Configuration(proxyBeanMethods = false)
class SchedulingConfiguration {

	/**
	 * At least one for each scheduled method, so that one that hangs stops only itself.
	 */
	static final int THREADS = 12;

	/**
	 * On platform threads, because a hung network file system would hold the carrier of a
	 * virtual one.
	 */
	@Bean
	ThreadPoolTaskScheduler taskScheduler() {
		ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
		scheduler.setPoolSize(THREADS);
		scheduler.setDaemon(true);
		scheduler.setThreadNamePrefix("scheduled-");
		return scheduler;
	}

}
