package io.clipvault;

import java.util.List;

import io.clipvault.security.NewKey;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts Clipvault, or runs one of its commands. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableAsync
@EnableCaching
@EnableScheduling
public class ClipvaultApplication {

	public static void main(String[] args) {
		List<String> words = List.of(args);
		if (!words.isEmpty() && words.getFirst().equals(NewKey.COMMAND)) {
			System.exit(NewKey.run(words.subList(1, words.size()), System.out, System.err));
		}
		SpringApplication.run(ClipvaultApplication.class, args);
	}

}
