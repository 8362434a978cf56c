package io.clipvault.security;

import java.net.InetAddress;

import io.clipvault.problems.StartRefused;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Refuses to start on a network address where callers need no key, unless the service is
 * configured to be open.
 */
@Component
class ListenAddressCheck implements WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> {

	private static final Logger log = LoggerFactory.getLogger(ListenAddressCheck.class);

	private final SecuritySettings settings;

	private final Proofs proofs;

	private final ServerProperties server;

	private final Environment environment;

	ListenAddressCheck(SecuritySettings settings, Proofs proofs, ServerProperties server, Environment environment) {
		this.settings = settings;
		this.proofs = proofs;
		this.server = server;
		this.environment = environment;
	}

	@Override
	public void customize(ConfigurableServletWebServerFactory factory) {
		if (this.proofs.required()) {
			log.info("Callers: {}.", this.proofs);
			return;
		}
		requireLoopback(this.server.getAddress());
		if (ManagementPortType.get(this.environment) == ManagementPortType.DIFFERENT) {
			requireLoopback(
					Binder.get(this.environment).bind("management.server.address", InetAddress.class).orElse(null));
		}
		log.info("Callers: {}.", this.settings.open() ? "everyone who can reach the address; no key is needed"
				: "only this machine; no key is needed");
	}

	private void requireLoopback(@Nullable InetAddress address) {
		boolean loopback = address != null && address.isLoopbackAddress();
		if (!loopback && !this.settings.open()) {
			throw new StartRefused(
					"The service would listen on %s, where anyone could call it without a key."
						.formatted((address == null) ? "every address" : address.getHostAddress()),
					"Leave SERVER_ADDRESS (and MANAGEMENT_SERVER_ADDRESS if the management port differs) at 127.0.0.1, or make keys with 'java -jar clipvault.jar new-key --name=ci --role=producer' and set CLIPVAULT_SECURITY_KEYS, or set clipvault.security.open=true if the network itself keeps strangers out.");
		}
	}

}
