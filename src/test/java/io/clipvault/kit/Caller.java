package io.clipvault.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.awaitility.Awaitility.await;

/** Calls the service as users do: over HTTP, without Spring. */
public final class Caller {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static final JsonMapper JSON = new JsonMapper();

	private final String base;

	public Caller(int port) {
		this.base = "http://127.0.0.1:" + port;
	}

	/** The service's base URL. */
	public String base() {
		return this.base;
	}

	public Answer get(String path) {
		return send(request(path));
	}

	public Answer post(String path, String json) {
		return send(request(path).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(json)));
	}

	/** Posts the directory that has the same name as the job. */
	public Answer postJob(String job) {
		return post("/jobs/" + job + "/artifacts", "{\"directory\": \"" + job + "\"}");
	}

	/** Polls until a job has ended, and returns it. */
	public JsonNode ended(String job) {
		return await().atMost(Duration.ofMinutes(1))
			.until(() -> get("/jobs/" + job).json(),
					(state) -> Set.of("completed", "failed", "cancelled").contains(state.path("status").asString()));
	}

	/** Follows a job until it ends, and returns the events of its progress. */
	public List<JsonNode> follow(String job) {
		return new String(get("/jobs/" + job + "/events").body(), StandardCharsets.UTF_8).lines()
			.filter((line) -> line.startsWith("data:"))
			.map((line) -> JSON.readTree(line.substring("data:".length())))
			.toList();
	}

	/** Starts a request to the service, or to any other address. */
	public HttpRequest.Builder request(String pathOrAddress) {
		return HttpRequest
			.newBuilder(URI.create(pathOrAddress.startsWith("/") ? this.base + pathOrAddress : pathOrAddress));
	}

	public Answer send(HttpRequest.Builder request) {
		try {
			HttpResponse<byte[]> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
			return new Answer(response);
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
		catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(interrupted);
		}
	}

	/** A response. */
	public record Answer(HttpResponse<byte[]> response) {

		public int status() {
			return this.response.statusCode();
		}

		public byte[] body() {
			return this.response.body();
		}

		public JsonNode json() {
			return JSON.readTree(this.response.body());
		}

		public Optional<String> header(String name) {
			return this.response.headers().firstValue(name);
		}

		/** The problem's type without the common prefix. */
		public String problem() {
			return json().path("type").asString().replace("urn:clipvault:problem:", "");
		}

		public String detail() {
			return json().path("detail").asString();
		}

	}

}
