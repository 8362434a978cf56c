package io.clipvault.security;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may call.
 *
 * @param open whether everyone who can reach the service may call it without a key;
 * without keys and tokens it is needed to listen on any address but loopback
 * @param hosts the host names that callers may use besides localhost and IP addresses,
 * such as clips.example.org
 * @param frontends the origins of the pages that may call from a browser, such as
 * https://clips.example.org
 * @param keys the keys of callers, each as name:role:sha256-in-hex; the command new-key
 * makes one
 * @param jwt how tokens of an identity provider are read
 */
@ConfigurationProperties("clipvault.security")
public record SecuritySettings(@DefaultValue("false") boolean open, @DefaultValue Set<String> hosts,
		@DefaultValue List<String> frontends, @DefaultValue List<String> keys, @DefaultValue Jwt jwt) {

	public SecuritySettings {
		hosts = hosts.stream().map(HostName::withoutPort).collect(Collectors.toUnmodifiableSet());
		frontends = frontends.stream().map(SecuritySettings::origin).toList();
		keys.forEach(ApiKey::parse);
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

	/**
	 * How tokens of an identity provider are read.
	 *
	 * @param audience the name of this service in the claim aud; needed where tokens are
	 * accepted
	 * @param roleClaim the claim that holds the role
	 */
	public record Jwt(@Nullable String audience, @DefaultValue("roles") String roleClaim) {
	}

}
