package io.clipvault.webhooks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import org.jspecify.annotations.Nullable;

/** A receiver of webhooks that answers what a test wants and records the calls. */
final class Receiver implements AutoCloseable {

	final List<Call> calls = new CopyOnWriteArrayList<>();

	private final HttpServer server;

	private volatile int status = 204;

	private volatile Runnable beforeAnswer = () -> {
	};

	Receiver() {
		this(null);
	}

	/** Uses TLS if a certificate is given. */
	Receiver(@Nullable SSLContext identity) {
		InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
		try {
			if (identity == null) {
				this.server = HttpServer.create(address, 0);
			}
			else {
				HttpsServer secure = HttpsServer.create(address, 0);
				secure.setHttpsConfigurator(new HttpsConfigurator(identity));
				this.server = secure;
			}
			this.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
			this.server.createContext("/", this::answer);
			this.server.start();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	Receiver answering(int code) {
		this.status = code;
		return this;
	}

	/** Has something happen while the client waits for the answer. */
	void beforeAnswer(Runnable action) {
		this.beforeAnswer = action;
	}

	String url() {
		return "http://127.0.0.1:" + port() + "/hook?a=b";
	}

	int port() {
		return this.server.getAddress().getPort();
	}

	private void answer(HttpExchange exchange) throws IOException {
		this.calls.add(
				new Call(exchange.getRequestMethod(), exchange.getRequestURI().toString(), exchange.getRequestHeaders(),
						new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8), names(exchange)));
		this.beforeAnswer.run();
		exchange.getResponseHeaders().add("Location", "http://127.0.0.1:" + port() + "/elsewhere");
		exchange.sendResponseHeaders(this.status, -1);
		exchange.close();
	}

	private static List<SNIServerName> names(HttpExchange exchange) {
		return (exchange instanceof HttpsExchange secure
				&& secure.getSSLSession() instanceof ExtendedSSLSession session) ? session.getRequestedServerNames()
						: List.of();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	/** A request as it arrived. */
	record Call(String method, String path, Headers headers, String body, List<SNIServerName> names) {
	}

}
