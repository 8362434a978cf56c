package io.clipvault.kit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.awaitility.Awaitility.await;

/** A separate Java process that a test can kill. */
public final class ServiceProcess implements AutoCloseable {

	private static final Path JAR = Path.of("target", "clipvault.jar");

	private final List<String> command;

	private final Map<String, String> environment;

	private final Path log;

	private final int port;

	private Process process;

	private ServiceProcess(List<String> command, Map<String, String> environment, Path log, int port) {
		this.command = command;
		this.environment = environment;
		this.log = log;
		this.port = port;
		this.process = begin();
	}

	/** Starts the packaged service and waits until it answers. */
	public static ServiceProcess packaged(Path folder, Map<String, String> settings, Map<String, String> environment) {
		int port = freePort();
		List<String> command = new ArrayList<>(
				List.of(java(), "--enable-native-access=ALL-UNNAMED", "-jar", JAR.toAbsolutePath().toString(),
						"--server.port=" + port, "--clipvault.data-directory=" + folder.resolve("data")));
		settings.forEach((name, value) -> command.add("--" + name + "=" + value));
		ServiceProcess service = new ServiceProcess(command, environment, folder.resolve("service.log"), port);
		service.awaitAnswer();
		return service;
	}

	/**
	 * Starts a main class of the tests in its own process and returns the first line that
	 * it prints.
	 */
	public static Beside beside(Class<?> main, String... arguments) {
		List<String> command = new ArrayList<>(
				List.of(java(), "-cp", System.getProperty("java.class.path"), main.getName()));
		command.addAll(List.of(arguments));
		try {
			Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
			BufferedReader lines = new BufferedReader(
					new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
			String line = lines.readLine();
			while (line != null && !line.startsWith("http")) {
				line = lines.readLine();
			}
			return new Beside(process, String.valueOf(line));
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	public Caller caller() {
		return new Caller(this.port);
	}

	/** Kills the process at once (SIGKILL). */
	public void kill() {
		this.process.destroyForcibly();
		this.process.onExit().join();
	}

	public void restart() {
		this.process = begin();
		awaitAnswer();
	}

	/** Everything printed so far, including before restarts. */
	public String log() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	private Process begin() {
		ProcessBuilder builder = new ProcessBuilder(this.command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(this.log.toFile()));
		// The machine's own settings must not select another store.
		builder.environment().keySet().removeIf((name) -> name.startsWith("AWS_") || name.startsWith("CLIPVAULT_"));
		builder.environment().put("LC_ALL", "C.UTF-8");
		builder.environment().putAll(this.environment);
		try {
			return builder.start();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	private void awaitAnswer() {
		await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(50)).until(() -> {
			if (!this.process.isAlive()) {
				throw new IllegalStateException("The service ended:\n" + log());
			}
			return answers();
		});
	}

	private boolean answers() {
		try {
			return caller().get("/actuator/health/liveness").status() == 200;
		}
		catch (UncheckedIOException notYet) {
			return false;
		}
	}

	private static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	@Override
	public void close() {
		kill();
	}

	/** A process that runs until this is closed, and the first line it printed. */
	public record Beside(Process process, String line) implements AutoCloseable {

		@Override
		public void close() {
			this.process.destroyForcibly();
			this.process.onExit().join();
		}

	}

}
