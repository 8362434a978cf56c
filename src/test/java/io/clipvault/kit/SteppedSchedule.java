package io.clipvault.kit;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.PollingStrategyConfig;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerConfigurationSupport;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import com.github.kagkarlsson.scheduler.task.OnStartup;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;

import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

/**
 * Replaces the scheduler of uploads by one that runs in the test's thread when it is told
 * to. Not a {@code @Configuration}: services that tests start by hand would scan it.
 */
public class SteppedSchedule {

	@Bean
	@Primary
	RunningClock runningClock() {
		return new RunningClock();
	}

	/** As the starter makes the scheduler, but for its threads and its clock. */
	@Bean
	@DependsOnDatabaseInitialization
	ManualScheduler scheduler(DataSource dataSource, List<Task<?>> tasks, DbSchedulerProperties settings,
			DbSchedulerCustomizer customizer, RunningClock clock) {
		TestHelper.ManualSchedulerBuilder builder = TestHelper
			.createManualScheduler(DbSchedulerConfigurationSupport.configureDataSource(dataSource),
					tasks.stream().filter((task) -> !(task instanceof OnStartup)).toList())
			.startTasks(started(tasks))
			.clock(new ServiceTime(clock))
			.tableName(settings.getTableName())
			.pollingStrategy(new PollingStrategyConfig(settings.getPollingStrategy(),
					settings.getPollingStrategyLowerLimitFractionOfThreads(),
					settings.getPollingStrategyUpperLimitFractionOfThreads()));
		builder.threads(settings.getThreads());
		builder.serializer(customizer.serializer().orElse(DbSchedulerConfigurationSupport.SPRING_JAVA_SERIALIZER));
		return (settings.isAlwaysPersistTimestampInUtc() ? builder.alwaysPersistTimestampInUTC() : builder).build();
	}

	@SuppressWarnings("unchecked")
	private static <T extends Task<?> & OnStartup> List<T> started(List<Task<?>> tasks) {
		return tasks.stream().filter(OnStartup.class::isInstance).map((task) -> (T) task).toList();
	}

	@Bean
	SteppedService steppedService(ManualScheduler scheduler, RunningClock clock, Environment environment) {
		return new SteppedService(scheduler, clock, environment);
	}

	/** Tells the scheduler the time of the service's clock. */
	private static final class ServiceTime extends SettableClock {

		private final Clock clock;

		ServiceTime(Clock clock) {
			this.clock = clock;
		}

		@Override
		public Instant now() {
			return this.clock.instant();
		}

	}

}
