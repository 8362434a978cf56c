package io.clipvault.embedded;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The S3 engine inside the process.
 *
 * @param directory where the objects and the engine's keys are kept
 * @param port where it listens on 127.0.0.1; 0 takes a free one, which ends old links at
 * a restart
 */
@ConfigurationProperties("clipvault.embedded")
record EmbeddedSettings(@DefaultValue("./data/s3") Path directory, @DefaultValue("8484") int port) {
}
