package io.clipvault.webhooks;

import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathBuilderException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.Timeout;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Sends one delivery, once, within a deadline and without following redirects. */
@Component
class WebhookClient implements DisposableBean {

	/** How many deliveries are sent at the same time. */
	static final int PARALLEL = 64;

	private static final Duration CONNECT = Duration.ofSeconds(5);

	private static final Duration SILENCE = Duration.ofSeconds(10);

	/** Bounds a receiver that keeps sending byte by byte and so never times out. */
	static final Duration DEADLINE = Duration.ofSeconds(15);

	private final CloseableHttpClient http;

	private final Clock clock;

	private final Duration deadline;

	@Autowired
	WebhookClient(WebhookSettings settings, Clock clock) {
		this(settings.allowPrivateAddresses() ? SystemDefaultDnsResolver.INSTANCE : new InternetAddresses(), clock,
				DEADLINE);
	}

	WebhookClient(DnsResolver addresses, Clock clock, Duration deadline) {
		this(addresses, SSLContexts.createDefault(), clock, deadline);
	}

	WebhookClient(DnsResolver addresses, SSLContext trust, Clock clock, Duration deadline) {
		this.clock = clock;
		this.deadline = deadline;
		Http1Config bounds = Http1Config.custom().setMaxLineLength(8192).setMaxHeaderCount(100).build();
		this.http = HttpClients.custom()
			.setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
				.setDnsResolver(addresses)
				.setTlsSocketStrategy(new DefaultClientTlsStrategy(trust))
				.setConnectionFactory(ManagedHttpClientConnectionFactory.builder().http1Config(bounds).build())
				.setDefaultConnectionConfig(ConnectionConfig.custom()
					.setConnectTimeout(Timeout.of(CONNECT))
					.setSocketTimeout(Timeout.of(SILENCE))
					.build())
				.setMaxConnTotal(PARALLEL)
				.setMaxConnPerRoute(PARALLEL)
				.build())
			.setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(Timeout.of(SILENCE)).build())
			// A new connection for each delivery, so that its address is checked.
			.setConnectionReuseStrategy((request, response, context) -> false)
			.setUserAgent("Clipvault")
			.disableRedirectHandling()
			.disableAutomaticRetries()
			.disableCookieManagement()
			.disableAuthCaching()
			.disableContentCompression()
			.build();
	}

	Attempt send(Delivery delivery) {
		HttpPost post = request(delivery);
		CompletableFuture<Void> end = CompletableFuture.runAsync(post::cancel,
				CompletableFuture.delayedExecutor(this.deadline.toMillis(), TimeUnit.MILLISECONDS));
		try {
			return answered(post, this.http.executeOpen(null, post, null));
		}
		catch (IOException failure) {
			return post.isCancelled()
					? new Attempt.Missed(
							"The receiver did not answer within %d s.".formatted(this.deadline.toSeconds()))
					: failed(URI.create(delivery.target().url()).getHost(), failure);
		}
		finally {
			end.cancel(false);
		}
	}

	private HttpPost request(Delivery delivery) {
		long timestamp = this.clock.instant().getEpochSecond();
		HttpPost post = new HttpPost(delivery.target().url());
		post.setHeader("Clipvault-Delivery", delivery.id());
		post.setHeader("Clipvault-Timestamp", Long.toString(timestamp));
		post.setHeader("Clipvault-Signature", delivery.signature(timestamp));
		post.setEntity(
				new StringEntity(delivery.body(), ContentType.APPLICATION_JSON.withCharset(StandardCharsets.UTF_8)));
		return post;
	}

	/**
	 * Only the status counts. The body is not read: it costs time, and an error text made
	 * of it could show the job's owner what a server inside the network answers.
	 */
	private static Attempt answered(HttpPost post, ClassicHttpResponse response) {
		// Cancel first: close would read the rest of the body.
		post.cancel();
		Closer.closeQuietly(response);
		int status = response.getCode();
		return switch (status / 100) {
			case 2 -> new Attempt.Taken();
			case 3 -> new Attempt.Missed("The receiver answered %d, and redirects are not followed.".formatted(status));
			default -> (status == 410) ? new Attempt.Refused("The receiver answered 410: it wants no more deliveries.")
					: new Attempt.Missed("The receiver answered %d.".formatted(status));
		};
	}

	private static Attempt failed(String host, IOException failure) {
		return switch (failure) {
			case InternetAddresses.ClosedAddress closed -> new Attempt.Refused(
					"The host '%s' has a private, loopback or other address that is not on the internet: set clipvault.webhooks.allow-private-addresses=true to allow it."
						.formatted(closed.getMessage()));
			case UnknownHostException _ -> new Attempt.Missed("The host '%s' is unknown.".formatted(host));
			case SSLException tls ->
				new Attempt.Missed("No secure connection to '%s': %s.".formatted(host, insecure(tls)));
			default -> new Attempt.Missed(
					"The host '%s' could not be reached (%s).".formatted(host, failure.getClass().getSimpleName()));
		};
	}

	/** The innermost cause, in readable words for an untrusted certificate. */
	private static String insecure(SSLException failure) {
		Throwable cause = failure;
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		return (cause instanceof CertPathBuilderException)
				? "its certificate is not from an authority that this service's Java trusts"
				: String.valueOf(cause.getMessage()).replaceFirst("(?<![.\\s])[.\\s]++$", "");
	}

	@Override
	public void destroy() {
		this.http.close(CloseMode.GRACEFUL);
	}

}
