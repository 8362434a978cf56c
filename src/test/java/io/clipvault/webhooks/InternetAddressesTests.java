package io.clipvault.webhooks;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.IntStream;

import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InternetAddressesTests {

	@ParameterizedTest
	@ValueSource(strings = { "0.0.0.0", "0.1.2.3", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255",
			"100.100.100.200", "127.0.0.1", "127.255.255.255", "169.254.169.254", "172.16.0.0", "172.31.255.255",
			"192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.0", "192.168.255.255", "198.18.0.0", "198.19.255.255",
			"198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
			"168.63.129.16", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
			"::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "100::1", "2001::1", "2001:0:7f00:1::", "2001:db8::1",
			"2002:7f00:1::1", "3fff::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "5f00::1" })
	void isOnInternetWhenAddressIsReservedIsFalse(String address) {
		assertThat(InternetAddresses.isOnInternet(InetAddress.ofLiteral(address))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
			"128.0.0.1", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255",
			"192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700:4700::1111", "2a00::1",
			"::ffff:1.1.1.1" })
	void isOnInternetWhenAddressIsGlobalIsTrue(String address) {
		assertThat(InternetAddresses.isOnInternet(InetAddress.ofLiteral(address))).isTrue();
	}

	@Test
	void resolveWhenOneOfManyAddressesIsPrivateRefusesTheHost() {
		InternetAddresses addresses = new InternetAddresses(
				names(InetAddress.ofLiteral("1.1.1.1"), InetAddress.ofLiteral("10.0.0.1")));
		assertThatExceptionOfType(InternetAddresses.ClosedAddress.class)
			.isThrownBy(() -> addresses.resolve("two.example"));
	}

	@Test
	void resolveWhenHostHasManyAddressesReturnsOnlyTheFirstFour() throws UnknownHostException {
		InetAddress[] many = IntStream.rangeClosed(1, 300)
			.mapToObj((number) -> InetAddress.ofLiteral("1.1.%d.%d".formatted(number / 256, number % 256)))
			.toArray(InetAddress[]::new);
		assertThat(new InternetAddresses(names(many)).resolve("many.example")).hasSize(4);
	}

	/**
	 * Java reads the old ways to write an address too: what counts is where they lead.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "127.1", "2130706433", "localhost", "127.0.0.1", "::1", "[::1]" })
	void resolveWhenNameIsAnotherSpellingOfLoopbackNeverLeadsThere(String name) {
		assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> new InternetAddresses().resolve(name));
	}

	static DnsResolver names(InetAddress... addresses) {
		return new DnsResolver() {

			@Override
			public InetAddress[] resolve(String host) {
				return addresses;
			}

			@Override
			public @Nullable String resolveCanonicalHostname(String host) {
				return null;
			}

		};
	}

}
