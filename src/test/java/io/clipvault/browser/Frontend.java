package io.clipvault.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

import com.sun.net.httpserver.HttpServer;

/** A frontend with its own origin, with the released Uppy from the npm registry. */
final class Frontend implements AutoCloseable {

	private static final Path SOURCES = Path.of("src", "test", "browser");

	private static final Path FOLDER = Path.of("target", "browser");

	private final HttpServer server;

	Frontend() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
		this.server.start();
	}

	String origin() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	/** Serves this page at the path. */
	void show(String path, String html) {
		serve(path, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
	}

	/** Serves a page with Uppy at the root. */
	void showUppy() throws IOException, InterruptedException {
		serve("/page.js", "text/javascript; charset=utf-8", bundle());
		show("/", "<!doctype html><title>Uppy</title><script src=\"/page.js\"></script>");
	}

	private void serve(String path, String type, byte[] content) {
		this.server.createContext(path, (exchange) -> {
			exchange.getResponseHeaders().set("Content-Type", type);
			exchange.sendResponseHeaders(200, content.length);
			exchange.getResponseBody().write(content);
			exchange.close();
		});
	}

	private static byte[] bundle() throws IOException, InterruptedException {
		Files.createDirectories(FOLDER);
		for (String file : List.of("package.json", "package-lock.json", "page.mjs")) {
			Files.copy(SOURCES.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
		}
		run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
		run("node_modules/.bin/esbuild", "page.mjs", "--bundle", "--outfile=page.js");
		return Files.readAllBytes(FOLDER.resolve("page.js"));
	}

	private static void run(String... command) throws IOException, InterruptedException {
		Path log = FOLDER.resolve("log.txt");
		int status = new ProcessBuilder(command).directory(FOLDER.toFile())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start()
			.waitFor();
		if (status != 0) {
			throw new IOException(String.join(" ", command) + " failed: " + Files.readString(log));
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
