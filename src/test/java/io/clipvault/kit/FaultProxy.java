package io.clipvault.kit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A proxy between the service and its store that injects faults into requests. Each
 * connection carries one request, so that a fault affects only that one.
 */
public final class FaultProxy implements AutoCloseable {

	private static final Pattern LENGTH = Pattern.compile("(?im)^content-length:\\s*(\\d+)\\s*$");

	private static final Duration TRICKLE = Duration.ofMillis(20);

	private final ServerSocket server;

	private final URI store;

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final List<Met> met = new CopyOnWriteArrayList<>();

	private volatile Function<String, Fault> faults = (request) -> Fault.NONE;

	private volatile Function<String, Optional<Reply>> replies = (head) -> Optional.empty();

	private FaultProxy(URI store, ServerSocket server) {
		this.store = store;
		this.server = server;
		Thread.ofVirtual().name("fault-proxy").start(this::accept);
	}

	/** Starts a proxy on a free loopback port. */
	public static FaultProxy before(URI store) {
		try {
			return new FaultProxy(store, new ServerSocket(0, 100, InetAddress.getLoopbackAddress()));
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	public URI endpoint() {
		return URI.create("http://127.0.0.1:" + this.server.getLocalPort());
	}

	/**
	 * Chooses the fault by the request line, such as {@code PUT /bucket/key HTTP/1.1}.
	 */
	public void failing(Function<String, Fault> decision) {
		this.met.clear();
		this.faults = decision;
	}

	/**
	 * Gives these faults, in order, to the next requests that match; later ones have no
	 * fault.
	 */
	public void failing(String request, Fault... schedule) {
		Iterator<Fault> next = List.of(schedule).iterator();
		Pattern wanted = Pattern.compile(request);
		failing((line) -> {
			synchronized (next) {
				return (wanted.matcher(line).find() && next.hasNext()) ? next.next() : Fault.NONE;
			}
		});
	}

	/** Gives random requests a fault; the same seed chooses the same requests. */
	public void failingAtRandom(long seed, double share, Fault... kinds) {
		Random random = new Random(seed);
		failing((line) -> {
			synchronized (random) {
				return (random.nextDouble() < share) ? kinds[random.nextInt(kinds.length)] : Fault.NONE;
			}
		});
	}

	/**
	 * Answers some requests in the place of the store, as another store would. The
	 * request is given with its line and headers.
	 */
	public void answering(Function<String, Optional<Reply>> decision) {
		this.met.clear();
		this.replies = decision;
	}

	/** The requests so far, each with its fault. */
	public List<Met> met() {
		return List.copyOf(this.met);
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket client = this.server.accept();
				this.open.add(client);
				Thread.ofVirtual().start(() -> serve(client));
			}
			catch (IOException closed) {
				return;
			}
		}
	}

	private void serve(Socket client) {
		try (client; Socket upstream = new Socket(this.store.getHost(), this.store.getPort())) {
			this.open.add(upstream);
			InputStream from = new BufferedInputStream(client.getInputStream());
			String head = head(from);
			String line = head.substring(0, head.indexOf("\r\n"));
			Fault fault = this.faults.apply(line);
			Matcher length = LENGTH.matcher(head);
			long bytes = length.find() ? Long.parseLong(length.group(1)) : 0;
			this.met.add(new Met(line, bytes, fault));
			Optional<Reply> reply = this.replies.apply(head);
			if (reply.isPresent()) {
				swallow(head, bytes, from, client.getOutputStream());
				client.getOutputStream().write(reply.get().bytes());
				return;
			}
			relay(fault, head, bytes, from, client, upstream);
			this.open.remove(upstream);
		}
		catch (IOException gone) {
			// One side has closed its connection, so the other one is closed too.
		}
		finally {
			this.open.remove(client);
		}
	}

	private static void relay(Fault fault, String head, long length, InputStream from, Socket client, Socket upstream)
			throws IOException {
		OutputStream back = client.getOutputStream();
		switch (fault) {
			case RESET -> reset(client);
			case HANG -> from.skip(Long.MAX_VALUE);
			case SLOW_DOWN, INTERNAL_ERROR -> {
				swallow(head, length, from, back);
				back.write(answer(fault));
			}
			case RESET_IN_BODY -> {
				request(head, length, length / 2, fault, from, back, upstream);
				reset(client);
			}
			case LOST_ANSWER -> {
				request(head, length, length, fault, from, back, upstream);
				upstream.getInputStream().readAllBytes();
				reset(client);
			}
			case TRUNCATED_ANSWER -> {
				request(head, length, length, fault, from, back, upstream);
				byte[] answer = upstream.getInputStream().readAllBytes();
				back.write(answer, 0, answer.length - Math.min(answer.length, 10));
			}
			case NONE, SLOW, CORRUPT_BODY -> {
				request(head, length, length, fault, from, back, upstream);
				upstream.getInputStream().transferTo(back);
			}
		}
	}

	/** Forwards the request, or only the first bytes of its body. */
	private static void request(String head, long length, long most, Fault fault, InputStream from, OutputStream back,
			Socket upstream) throws IOException {
		OutputStream to = upstream.getOutputStream();
		to.write(alone(head));
		proceed(head, back);
		byte[] buffer = new byte[(fault == Fault.SLOW) ? 64 << 10 : 256 << 10];
		for (long sent = 0; sent < most;) {
			int count = from.read(buffer, 0, (int) Math.min(buffer.length, most - sent));
			if (count < 0) {
				throw new EOFException("The client ended after %d of %d bytes".formatted(sent, length));
			}
			if (fault == Fault.CORRUPT_BODY && sent == 0) {
				buffer[count / 2] ^= 1;
			}
			if (fault == Fault.SLOW) {
				LockSupport.parkNanos(TRICKLE.toNanos());
			}
			to.write(buffer, 0, count);
			sent += count;
		}
		to.flush();
	}

	private static void swallow(String head, long length, InputStream from, OutputStream back) throws IOException {
		proceed(head, back);
		from.skipNBytes(length);
	}

	/** Sends {@code 100 Continue} itself if the client waits for it. */
	private static void proceed(String head, OutputStream back) throws IOException {
		if (Pattern.compile("(?im)^expect:\\s*100-continue").matcher(head).find()) {
			back.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			back.flush();
		}
	}

	private static byte[] alone(String head) {
		return head.replaceAll("(?im)^(expect|connection):.*\r\n", "")
			.replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n")
			.getBytes(StandardCharsets.ISO_8859_1);
	}

	private static byte[] answer(Fault fault) {
		boolean busy = fault == Fault.SLOW_DOWN;
		return (busy ? Reply.error(503, "SlowDown", "Please reduce your request rate.")
				: Reply.error(500, "InternalError", "Try again."))
			.bytes();
	}

	private static void reset(Socket client) throws IOException {
		client.setSoLinger(true, 0);
		client.close();
	}

	private static String head(InputStream from) throws IOException {
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		int matched = 0;
		while (matched < 4) {
			int next = from.read();
			if (next < 0) {
				throw new EOFException("No request came");
			}
			head.write(next);
			matched = (next == "\r\n\r\n".charAt(matched)) ? matched + 1 : (next == '\r') ? 1 : 0;
		}
		return head.toString(StandardCharsets.ISO_8859_1);
	}

	@Override
	public void close() {
		try {
			this.server.close();
			for (Socket socket : this.open) {
				socket.close();
			}
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	/** An answer in the place of the store's. */
	public record Reply(int status, String body) {

		/** An error of the store. */
		public static Reply error(int status, String code, String message) {
			return new Reply(status, "<Error><Code>%s</Code><Message>%s</Message></Error>".formatted(code, message));
		}

		byte[] bytes() {
			return "HTTP/1.1 %d Given\r\nContent-Type: application/xml\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
				.formatted(this.status, this.body.length(), this.body)
				.getBytes(StandardCharsets.US_ASCII);
		}

	}

	/** A request line, the size of the body, and the fault that it got. */
	public record Met(String request, long bytes, Fault fault) {
	}

}
