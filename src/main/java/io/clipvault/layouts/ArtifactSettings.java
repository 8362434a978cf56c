package io.clipvault.layouts;

import java.util.List;
import java.util.Locale;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which files of a job's directory are uploaded.
 *
 * @param artifactExtensions the endings of the files that are uploaded
 * @param ignoredPrefixes files that begin like this are never uploaded
 */
@ConfigurationProperties("clipvault.jobs")
public record ArtifactSettings(@DefaultValue( {
		".mp4", ".json" }) List<String> artifactExtensions, @DefaultValue("temp_") List<String> ignoredPrefixes){

	public boolean isArtifact(String fileName) {
		String name = fileName.toLowerCase(Locale.ROOT);
		return this.artifactExtensions.stream().anyMatch((ending) -> name.endsWith(ending.toLowerCase(Locale.ROOT)))
				&& this.ignoredPrefixes.stream().noneMatch(fileName::startsWith);
	}

}
