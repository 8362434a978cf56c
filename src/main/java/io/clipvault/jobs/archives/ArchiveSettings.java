package io.clipvault.jobs.archives;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much one request may upload as files or as an archive.
 *
 * @param maxFiles how many entries, folders included
 * @param maxFileSize how large one file may be
 * @param maxSize how large all of them, and the archive itself, may be
 * @param maxRatio how many times larger than itself an archive may unpack, once it
 * unpacks to more than a mebibyte
 */
@ConfigurationProperties("clipvault.jobs.intake")
record ArchiveSettings(@DefaultValue("2000") int maxFiles, @DefaultValue("20GB") DataSize maxFileSize,
		@DefaultValue("100GB") DataSize maxSize, @DefaultValue("200") int maxRatio) {

	public ArchiveSettings {
		if (maxFiles < 1 || maxFileSize.toBytes() < 1 || maxSize.toBytes() < 1 || maxRatio < 1) {
			throw new IllegalArgumentException("clipvault.jobs.intake: every bound must be at least 1");
		}
	}

}
