package io.clipvault;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/**
 * Reads a folder in the settings as a plain path. Spring's own editor would ask every
 * resource resolver first, the one for S3 included, which needs the client that needs the
 * folder.
 */
@Component
@ConfigurationPropertiesBinding
class FolderConverter implements Converter<String, Path> {

	@Override
	public Path convert(String text) {
		return Path.of(text);
	}

}
