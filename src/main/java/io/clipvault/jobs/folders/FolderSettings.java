package io.clipvault.jobs.folders;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the jobs' directories are.
 *
 * @param root the folder that contains the jobs' directories; nothing outside it is read
 */
@ConfigurationProperties("clipvault.jobs")
public record FolderSettings(@DefaultValue("./output") Path root) {
}
