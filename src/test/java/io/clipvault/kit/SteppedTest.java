package io.clipvault.kit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/**
 * Runs the whole service as {@link ClipvaultTest} does, but its uploads only when the
 * test calls {@link SteppedService}. All these tests share one service, or one on
 * PostgreSQL with {@link OnPostgres}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "clipvault.upload.multipart-threshold=5MB", "clipvault.upload.part-size=5MB" })
@ContextConfiguration(initializers = FreshFolders.class)
@Import(SteppedSchedule.class)
public @interface SteppedTest {

}
