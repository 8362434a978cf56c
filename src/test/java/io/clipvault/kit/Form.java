package io.clipvault.kit;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import tools.jackson.databind.JsonNode;

/** A multipart form as a browser sends it: fields first, the file last. */
public record Form(String url, Map<String, String> fields) {

	private static final String BOUNDARY = "----clipvault-test-boundary";

	/** Reads the form from a response with {@code url} and {@code fields}. */
	public static Form of(JsonNode answer) {
		Map<String, String> fields = new LinkedHashMap<>();
		answer.path("fields").properties().forEach((field) -> fields.put(field.getKey(), field.getValue().asString()));
		return new Form(answer.path("url").asString(), fields);
	}

	public String field(String name) {
		return Objects.requireNonNull(this.fields.get(name), name);
	}

	/** A copy with one field changed or added. */
	public Form with(String field, String value) {
		Map<String, String> changed = new LinkedHashMap<>(this.fields);
		changed.put(field, value);
		return new Form(this.url, changed);
	}

	public Form without(String field) {
		Map<String, String> changed = new LinkedHashMap<>(this.fields);
		changed.remove(field);
		return new Form(this.url, changed);
	}

	public Caller.Answer post(Caller caller, byte[] file) {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		this.fields.forEach((name, value) -> text(body,
				"--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(BOUNDARY, name, value)));
		text(body,
				"--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"any.mp4\"\r\nContent-Type: video/mp4\r\n\r\n"
					.formatted(BOUNDARY));
		body.writeBytes(file);
		text(body, "\r\n--%s--\r\n".formatted(BOUNDARY));
		return caller.send(caller.request(this.url)
			.header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
			.POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));
	}

	private static void text(ByteArrayOutputStream body, String text) {
		body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
	}

}
