package io.clipvault.embedded;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The S3 engine inside the process.
 *
 * @param directory the folder for the objects and the engine's keys
 * @param port the port on 127.0.0.1; 0 takes a free one, but then a restart breaks all
 * links
 */
@ConfigurationProperties("clipvault.embedded")
record EmbeddedSettings(@DefaultValue("./data/s3") Path directory, @DefaultValue("8484") int port) {
}
