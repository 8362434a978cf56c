package io.clipvault.storage.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Ends an attempt at a call that has waited too long for the store: longer than a time,
 * plus some for each MiB of its body and for each MiB that has arrived. While the store
 * goes on taking the body it may take longer, because parts that are sent at once share a
 * slow link. What the reader of the answer takes for itself does not count. The SDK's own
 * timeout would end as soon as an answer is handed over as a stream, and its socket
 * timeout bounds neither sending nor an answer that trickles. A call that has the store
 * copy or join objects carries no bytes while the store works, and may wait longer.
 */
public final class BoundedHttpClient implements SdkHttpClient {

	/** How long a store may take to copy or join objects of many GiB. */
	public static final Duration WORK = Duration.ofMinutes(15);

	private static final long MEBIBYTE = 1 << 20;

	/** How often a reader who is slower than the store is looked at. */
	private static final long SHORTEST_LOOK = TimeUnit.MILLISECONDS.toNanos(100);

	/** A body moves if so many bytes of it were taken within the timeout. */
	private static final long MOVING = 256 << 10;

	private final SdkHttpClient client;

	private final SdkHttpClient patient;

	private final long timeout;

	private final long work;

	private final long perMebibyte;

	private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1,
			Thread.ofPlatform().daemon().name("store-timeout").factory());

	/**
	 * Bounds the calls of a client.
	 * @param patient makes the calls for which the store has to work, and waits as long
	 * for its answer
	 * @param timeout how long an attempt may wait for the store
	 * @param work how long it may if the store has to work
	 * @param perMebibyte how much longer for each MiB that it carries
	 */
	public BoundedHttpClient(SdkHttpClient client, SdkHttpClient patient, Duration timeout, Duration work,
			Duration perMebibyte) {
		this.client = client;
		this.patient = patient;
		this.timeout = timeout.toNanos();
		this.work = Math.max(timeout.toNanos(), work.toNanos());
		this.perMebibyte = perMebibyte.toNanos();
		this.timer.setRemoveOnCancelPolicy(true);
	}

	@Override
	public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
		boolean works = isWork(request.httpRequest());
		long body = request.httpRequest().firstMatchingHeader("Content-Length").map(Long::parseLong).orElse(0L);
		Attempt attempt = new Attempt(body, works ? this.work : this.timeout);
		attempt.request = (works ? this.patient : this.client).prepareRequest(attempt.counted(request));
		return attempt;
	}

	/** Whether the store copies an object, or joins the parts of an upload. */
	private static boolean isWork(SdkHttpRequest request) {
		return request.firstMatchingHeader("x-amz-copy-source").isPresent()
				|| (request.method() == SdkHttpMethod.POST && request.rawQueryParameters().containsKey("uploadId"));
	}

	@Override
	public String clientName() {
		return this.client.clientName();
	}

	@Override
	public void close() {
		this.timer.shutdownNow();
		this.client.close();
		this.patient.close();
	}

	/** One attempt; its time runs only while it waits for the store. */
	final class Attempt implements ExecutableHttpRequest {

		@SuppressWarnings("NullAway.Init")
		private ExecutableHttpRequest request;

		private final long timeout;

		private long carried;

		/** Bytes of the body that were taken since it last moved. */
		private long taken;

		private long movedAt;

		private boolean moved;

		private long waited;

		/** Monotonic, so that no step of the clock ends an attempt or lets it run on. */
		private long waitingSince;

		private boolean waiting;

		private boolean overdue;

		private boolean ended;

		private @Nullable Future<?> nextLook;

		Attempt(long body, long timeout) {
			this.carried = body;
			this.timeout = timeout;
		}

		/** The same request, with a body that tells how much of it is taken. */
		HttpExecuteRequest counted(HttpExecuteRequest request) {
			return request.contentStreamProvider()
				.map((body) -> HttpExecuteRequest.builder()
					.request(request.httpRequest())
					.contentStreamProvider(() -> new SentBody(body.newStream(), this))
					.metricCollector(request.metricCollector().orElse(null))
					.build())
				.orElse(request);
		}

		synchronized void take(int bytes) {
			this.taken += bytes;
			if (this.taken >= MOVING) {
				this.taken = 0;
				this.moved = true;
				this.movedAt = System.nanoTime();
			}
		}

		@Override
		public HttpExecuteResponse call() throws IOException {
			begin();
			look();
			try {
				HttpExecuteResponse response = this.request.call();
				pause(0);
				return response.responseBody().map((body) -> bounded(response, body)).orElseGet(() -> {
					end();
					return response;
				});
			}
			catch (IOException | RuntimeException broken) {
				end();
				if (isOverdue()) {
					throw timeout(broken);
				}
				throw broken;
			}
		}

		private HttpExecuteResponse bounded(HttpExecuteResponse response, AbortableInputStream body) {
			return HttpExecuteResponse.builder()
				.response(response.httpResponse())
				.responseBody(AbortableInputStream.create(new ReceivedBody(body, this), () -> {
					end();
					body.abort();
				}))
				.build();
		}

		@Override
		public void abort() {
			end();
			this.request.abort();
		}

		synchronized void begin() {
			this.waitingSince = System.nanoTime();
			this.waiting = true;
		}

		synchronized void pause(int bytes) {
			this.waited += System.nanoTime() - this.waitingSince;
			this.waiting = false;
			this.carried += bytes;
		}

		synchronized void end() {
			this.ended = true;
			if (this.nextLook != null) {
				// The timer would keep the request with its body in memory until then.
				this.nextLook.cancel(false);
			}
		}

		synchronized boolean isOverdue() {
			return this.overdue;
		}

		/** Aborts the attempt if its time is over, else looks again when it may be. */
		private synchronized void look() {
			if (this.ended) {
				return;
			}
			long all = this.waited + (this.waiting ? System.nanoTime() - this.waitingSince : 0);
			long left = allowed() - all;
			if (this.moved) {
				left = Math.max(left, this.movedAt + this.timeout - System.nanoTime());
			}
			if (left > 0) {
				this.nextLook = BoundedHttpClient.this.timer.schedule(this::look, Math.max(left, SHORTEST_LOOK),
						TimeUnit.NANOSECONDS);
				return;
			}
			this.overdue = true;
			this.ended = true;
			// Closing a connection may block, and the timer serves all attempts.
			Thread.startVirtualThread(this.request::abort);
		}

		private long allowed() {
			return this.timeout + BoundedHttpClient.this.perMebibyte * Math.ceilDiv(this.carried, MEBIBYTE);
		}

		IOException timeout(Exception broken) {
			SocketTimeoutException timeout = new SocketTimeoutException(
					"the attempt was ended after %d seconds of waiting; clipvault.storage.attempt-timeout bounds it"
						.formatted(TimeUnit.NANOSECONDS.toSeconds(allowed())));
			timeout.initCause(broken);
			return timeout;
		}

	}

}
