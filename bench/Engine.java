import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.slf4j.LoggerFactory;

/** Runs the embedded engine's server in its own process, over http and https. Arguments: FOLDER ACCESS-KEY SECRET-KEY KEYSTORE. */
class Engine {

	public static void main(String... arguments) throws Exception {
		((Logger) LoggerFactory.getLogger("ROOT")).setLevel(Level.WARN);
		S3Proxy server = S3Proxy.builder()
			.blobStore(new FilesystemNio2BlobStore(Files.createDirectories(Path.of(arguments[0])).toString()))
			.awsAuthentication(AuthenticationType.AWS_V4, arguments[1], arguments[2])
			.endpoint(URI.create("http://127.0.0.1:0"))
			.secureEndpoint(URI.create("https://127.0.0.1:0"))
			.keyStore(arguments[3], "bench-only")
			.v4MaxChunkSize(128 << 20)
			.ignoreUnknownHeaders(true)
			.build();
		server.start();
		System.out.println("http://127.0.0.1:%d https://127.0.0.1:%d".formatted(server.getPort(), server.getSecurePort()));
	}

}
