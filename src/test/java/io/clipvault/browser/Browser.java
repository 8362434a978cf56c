package io.clipvault.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.clipvault.kit.FreshFolders;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Headless Chromium, controlled through WebDriver. */
final class Browser implements AutoCloseable {

	static final Path CHROMIUM = Path.of("/usr/bin/chromium");

	static final Path DRIVER = Path.of("/usr/bin/chromedriver");

	private static final Pattern STARTED = Pattern.compile("started successfully on port ([0-9]+)");

	private static final JsonMapper JSON = new JsonMapper();

	private final HttpClient http = HttpClient.newHttpClient();

	private final Process driver;

	private final String session;

	Browser() {
		try {
			this.driver = new ProcessBuilder(DRIVER.toString(), "--port=0").redirectErrorStream(true).start();
			String server = "http://127.0.0.1:" + port(this.driver);
			JsonNode capabilities = JSON.valueToTree(Map.of("capabilities", Map.of("alwaysMatch",
					Map.of("goog:chromeOptions", Map.of("binary", CHROMIUM.toString(), "args", arguments())))));
			this.session = server + "/session/"
					+ call("POST", server + "/session", capabilities).path("sessionId").asString();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	/**
	 * Without the network options Chromium calls its vendor's hosts at every start.
	 */
	private static List<String> arguments() {
		return List.of("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic",
				"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--user-data-dir=" + FreshFolders.create("chromium"));
	}

	private static String port(Process driver) throws IOException {
		BufferedReader lines = driver.inputReader(StandardCharsets.UTF_8);
		for (String line = lines.readLine(); line != null; line = lines.readLine()) {
			Matcher started = STARTED.matcher(line);
			if (started.find()) {
				return started.group(1);
			}
		}
		throw new IOException("chromedriver ended before it listened");
	}

	void open(String address) {
		call("POST", this.session + "/url", Map.of("url", address));
	}

	/** Runs a script in the page and returns what it returns. */
	JsonNode run(String script, Object... arguments) {
		return call("POST", this.session + "/execute/sync", Map.of("script", script, "args", arguments));
	}

	/** Types into a field; for a file field the text is the file's path. */
	void type(String selector, String text) {
		call("POST", element(selector) + "/value", Map.of("text", text));
	}

	void click(String selector) {
		call("POST", element(selector) + "/click", Map.of());
	}

	String address() {
		return call("GET", this.session + "/url", null).asString();
	}

	private String element(String selector) {
		JsonNode found = call("POST", this.session + "/element", Map.of("using", "css selector", "value", selector));
		return this.session + "/element/" + found.iterator().next().asString();
	}

	private JsonNode call(String method, String address, @Nullable Object body) {
		try {
			HttpResponse<String> answer = this.http.send(HttpRequest.newBuilder(URI.create(address))
				.method(method,
						(body == null) ? HttpRequest.BodyPublishers.noBody()
								: HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
				.build(), HttpResponse.BodyHandlers.ofString());
			if (answer.statusCode() != 200) {
				throw new IllegalStateException(answer.body());
			}
			return JSON.readTree(answer.body()).path("value");
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
		catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(interrupted);
		}
	}

	@Override
	public void close() {
		call("DELETE", this.session, null);
		this.driver.destroy();
		this.http.close();
	}

}
