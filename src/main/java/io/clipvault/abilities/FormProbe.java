package io.clipvault.abilities;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.clipvault.links.Forms;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.stereotype.Component;

/**
 * Posts two bytes with a form that allows one. A store that reads forms says that this is
 * too large; one that does not read the policy keeps the bytes, which are then removed.
 */
@Component
class FormProbe {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final String BOUNDARY = "clipvault-probe-boundary";

	private static final Pattern CODE = Pattern.compile("<Code>([^<]{1,100})</Code>");

	private static final Pattern MESSAGE = Pattern.compile("<Message>([^<]{1,300})</Message>");

	private final S3Client s3;

	private final Forms forms;

	FormProbe(S3Client s3, Forms forms) {
		this.s3 = s3;
		this.forms = forms;
	}

	ProbeResult ask(Scratch scratch) {
		Forms.Signed form = this.forms.sign(scratch.key(), "text/plain", 1, TIMEOUT.multipliedBy(6));
		StringBuilder body = new StringBuilder();
		form.fields().forEach((name, value) -> body.append(field(name, value)));
		body.append("--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n".formatted(BOUNDARY))
			.append("Content-Type: text/plain\r\n\r\n%s\r\n--%s--\r\n".formatted(Scratch.BODY.repeat(2), BOUNDARY));
		try (HttpClient browser = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(TIMEOUT)
			.build()) {
			HttpResponse<String> answer = browser.send(HttpRequest.newBuilder(address(scratch))
				.timeout(TIMEOUT)
				.header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
				.POST(HttpRequest.BodyPublishers.ofString(body.toString()))
				.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
			return judged(answer, scratch);
		}
		catch (IOException away) {
			return ProbeResult.unknown("the post of a form failed: " + away.getMessage());
		}
		catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
			return ProbeResult.unknown("the service is stopping");
		}
	}

	/** The bucket's address for this service, which may differ from that for browsers. */
	private URI address(Scratch scratch) {
		String object = this.s3.utilities().getUrl((url) -> url.bucket(scratch.bucket()).key("x")).toExternalForm();
		return URI.create(object.substring(0, object.lastIndexOf("/x")));
	}

	private static String field(String name, String value) {
		return "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(BOUNDARY, name, value);
	}

	private static ProbeResult judged(HttpResponse<String> answer, Scratch scratch) {
		int status = answer.statusCode();
		if (status / 100 == 2) {
			scratch.wrote(scratch.key(), answer.headers().firstValue("x-amz-version-id").orElse(null));
			return ProbeResult.YES;
		}
		String code = found(CODE, answer.body());
		if (code.equals("EntityTooLarge")) {
			return ProbeResult.YES;
		}
		String why = "it answered %d: %s".formatted(status, said(code, answer.body()));
		boolean refused = status == 501 || (status / 100 == 4 && status != 401 && status != 403 && status != 429);
		return refused ? ProbeResult.no(why) : ProbeResult.unknown(why);
	}

	/** The code and the message, or the start of an answer that has none. */
	private static String said(String code, String body) {
		return code.isEmpty() ? body.strip().substring(0, Math.min(body.strip().length(), 100))
				: code + ", " + found(MESSAGE, body);
	}

	private static String found(Pattern pattern, String body) {
		Matcher match = pattern.matcher(body);
		return match.find() ? match.group(1) : "";
	}

}
