package io.clipvault;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

import static org.assertj.core.api.Assertions.assertThat;

class SchedulingTests {

	@Test
	void scheduledMethodWhenAnotherHangsRunsOn() {
		new ApplicationContextRunner().withPropertyValues("spring.threads.virtual.enabled=true")
			.withConfiguration(AutoConfigurations.of(TaskSchedulingAutoConfiguration.class))
			.withUserConfiguration(SchedulingConfiguration.class, Methods.class)
			.run((context) -> {
				Methods methods = context.getBean(Methods.class);
				assertThat(methods.hanging.await(10, TimeUnit.SECONDS)).isTrue();
				assertThat(methods.runs.await(10, TimeUnit.SECONDS)).isTrue();
				methods.released.countDown();
			});
	}

	@Test
	void everyScheduledMethodHasAThread() {
		assertThat(new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
			.importPackages("io.clipvault")
			.stream()
			.flatMap((type) -> type.getMethods().stream())
			.filter((method) -> method.isAnnotatedWith(Scheduled.class)))
			.hasSizeBetween(1, SchedulingConfiguration.THREADS);
	}

	/** One method that hangs, and one that does not. */
	@EnableScheduling
	static class Methods {

		private final CountDownLatch hanging = new CountDownLatch(1);

		private final CountDownLatch released = new CountDownLatch(1);

		private final CountDownLatch runs = new CountDownLatch(3);

		@Scheduled(fixedDelay = 1)
		void hang() throws InterruptedException {
			this.hanging.countDown();
			this.released.await();
		}

		@Scheduled(fixedDelay = 1)
		void run() {
			this.runs.countDown();
		}

	}

}
