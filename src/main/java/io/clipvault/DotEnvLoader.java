package io.clipvault;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.clipvault.problems.StartRefused;

import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.Resource;

/** Reads a {@code .env} file as if its lines were environment variables. */
class DotEnvLoader implements PropertySourceLoader {

	private static final Pattern LINE = Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.]*)\\s*=\\s*(.*)");

	private static final Pattern QUOTED = Pattern.compile("(?:\"([^\"]*)\"|'([^']*)')\\s*(?:#.*)?");

	private static final Pattern TRAILING_COMMENT = Pattern.compile("(?:^|\\s+)#.*$");

	@Override
	public String[] getFileExtensions() {
		return new String[] { "env" };
	}

	@Override
	public List<PropertySource<?>> load(String name, Resource resource) throws IOException {
		Map<String, Object> variables = new LinkedHashMap<>();
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(resource.getInputStream(), StandardCharsets.UTF_8))) {
			int number = 0;
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				read(line.strip(), ++number, variables);
			}
		}
		// Spring maps CLIPVAULT_JOBS_ROOT to clipvault.jobs.root only in sources whose
		// name ends like this.
		return List.of(new SystemEnvironmentPropertySource(
				name + "-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
	}

	private static void read(String line, int number, Map<String, Object> variables) {
		if (line.isEmpty() || line.startsWith("#")) {
			return;
		}
		Matcher assignment = LINE.matcher(line);
		if (!assignment.matches()) {
			// The line may contain a secret, so the message shows only its number.
			throw new StartRefused("Line " + number + " of .env is not NAME=value.", "Correct or remove it.");
		}
		variables.put(assignment.group(1), value(assignment.group(2)));
	}

	private static String value(String text) {
		Matcher quoted = QUOTED.matcher(text);
		if (quoted.matches()) {
			return (quoted.group(1) != null) ? quoted.group(1) : quoted.group(2);
		}
		return TRAILING_COMMENT.matcher(text).replaceFirst("").strip();
	}

}
