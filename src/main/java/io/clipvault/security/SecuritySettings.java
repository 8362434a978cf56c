package io.clipvault.security;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may call.
 *
 * @param open whether everyone who can reach the service may call it; needed to listen on
 * any address but loopback
 * @param hosts the host names that callers may use besides localhost, such as
 * clips.example.org; an open service without any accepts every name
 * @param frontends the origins of the pages that may call from a browser, such as
 * https://clips.example.org
 */
@ConfigurationProperties("clipvault.security")
public record SecuritySettings(@DefaultValue("false") boolean open, @DefaultValue Set<String> hosts,
		@DefaultValue List<String> frontends) {

	public SecuritySettings {
		hosts = hosts.stream()
			.map((host) -> host.strip().toLowerCase(Locale.ROOT).replaceFirst(":[0-9]{1,5}$", ""))
			.collect(Collectors.toUnmodifiableSet());
		frontends = frontends.stream().map(SecuritySettings::origin).toList();
	}

	private static String origin(String text) {
		URI uri = URI.create(text.strip());
		if (uri.getScheme() == null || uri.getHost() == null
				|| !(uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))) {
			throw new IllegalArgumentException(
					"clipvault.security.frontends holds origins such as https://clips.example.org, not '" + text + "'");
		}
		boolean usualPort = uri.getPort() == ("https".equals(uri.getScheme()) ? 443 : 80);
		// Browsers send an origin in lower case and without the scheme's default port.
		return (uri.getScheme() + "://" + uri.getHost() + ((usualPort || uri.getPort() < 0) ? "" : ":" + uri.getPort()))
			.toLowerCase(Locale.ROOT);
	}

}
