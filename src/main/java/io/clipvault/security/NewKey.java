package io.clipvault.security;

import java.io.PrintStream;
import java.util.List;

/**
 * The command {@code new-key}: makes a key and prints it once, with the line for the
 * setting.
 */
public final class NewKey {

	public static final String COMMAND = "new-key";

	private static final String NAME = "--name=";

	private static final String ROLE = "--role=";

	private NewKey() {
	}

	/**
	 * Runs the command.
	 * @return the exit status
	 */
	public static int run(List<String> arguments, PrintStream out, PrintStream err) {
		String name = value(arguments, NAME);
		String role = value(arguments, ROLE);
		String key = ApiKey.random();
		String entry = name + ":" + role + ":" + ApiKey.digest(key);
		try {
			if (arguments.size() != 2) {
				throw new IllegalArgumentException();
			}
			ApiKey.parse(entry);
		}
		catch (IllegalArgumentException refused) {
			err.println("usage: java -jar clipvault.jar new-key --name=NAME --role=viewer|producer|admin");
			err.println("NAME has 1 to 64 letters, digits, '.', '_' or '-'.");
			return 2;
		}
		out.println("The key, which is shown only now and is stored nowhere:");
		out.println(key);
		out.println();
		out.println("For the service; add it with a comma if there are keys already:");
		out.println("CLIPVAULT_SECURITY_KEYS=" + entry);
		return 0;
	}

	private static String value(List<String> arguments, String option) {
		return arguments.stream()
			.filter((argument) -> argument.startsWith(option))
			.map((argument) -> argument.substring(option.length()))
			.findFirst()
			.orElse("");
	}

}
