package io.clipvault;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/**
 * Converts a folder in the settings to a plain path. Spring's own editor would ask every
 * resource resolver, including the one for S3, and that one needs the S3 client, which in
 * turn needs the folder.
 */
@Component
@ConfigurationPropertiesBinding
class FolderConverter implements Converter<String, Path> {

	@Override
	public Path convert(String text) {
		return Path.of(text);
	}

}
