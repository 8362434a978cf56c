package io.clipvault.objects;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.clipvault.kit.ClipvaultTest;

import org.springframework.test.context.TestPropertySource;

/** Runs a contract on the engine inside the process, which is always there. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ClipvaultTest
@TestPropertySource(properties = { "clipvault.objects.buckets=*", "clipvault.objects.part-size=5MB",
		"clipvault.objects.copy-threshold=6MB", "clipvault.objects.copy-part-size=5MB" })
public @interface OnEmbeddedEngine {

}
