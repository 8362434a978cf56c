package io.clipvault.security;

import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** The name in a {@code Host} header. */
final class HostName {

	private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");

	private static final Pattern LOOPBACK = Pattern
		.compile("(?:localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1])");

	/** No page can rebind an address, only a name. */
	private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]{2,45}]");

	private HostName() {
	}

	static String withoutPort(String host) {
		return PORT.matcher(host.strip().toLowerCase(Locale.ROOT)).replaceFirst("");
	}

	static boolean isLoopback(@Nullable String host) {
		return host != null && LOOPBACK.matcher(withoutPort(host)).matches();
	}

	static boolean isAddress(String host) {
		return ADDRESS.matcher(withoutPort(host)).matches();
	}

}
