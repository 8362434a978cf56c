package io.clipvault.webhooks;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.jspecify.annotations.Nullable;

/**
 * Resolves host names and refuses a host if one of its addresses is not on the internet.
 * The client connects to the addresses returned here, so a DNS answer that changes after
 * the check has no effect.
 */
class InternetAddresses implements DnsResolver {

	/** Each address may cost a connect timeout, so a name with hundreds is cut here. */
	private static final int MOST_TRIED = 4;

	/** The special-purpose ranges of IPv4, and one address of Azure. */
	private static final List<Range> CLOSED_IPV4 = Stream
		.of("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
				"192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
				"203.0.113.0/24", "224.0.0.0/3",
				// Azure answers its virtual machines here.
				"168.63.129.16/32")
		.map(Range::parse)
		.toList();

	/**
	 * All global IPv6 addresses. Loopback, link-local, private and multicast addresses
	 * are outside, and so is IPv4 embedded by NAT64 and similar.
	 */
	private static final Range IPV6 = Range.parse("2000::/3");

	/** Teredo and 6to4, which embed IPv4, and the documentation ranges. */
	private static final List<Range> CLOSED_IPV6 = Stream.of("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
		.map(Range::parse)
		.toList();

	private final DnsResolver names;

	InternetAddresses(DnsResolver names) {
		this.names = names;
	}

	InternetAddresses() {
		this(SystemDefaultDnsResolver.INSTANCE);
	}

	@Override
	public InetAddress[] resolve(String host) throws UnknownHostException {
		InetAddress[] addresses = this.names.resolve(host);
		for (InetAddress address : addresses) {
			if (!isOnInternet(address)) {
				throw new ClosedAddress(host);
			}
		}
		return Arrays.copyOf(addresses, Math.min(addresses.length, MOST_TRIED));
	}

	@Override
	public @Nullable String resolveCanonicalHostname(String host) throws UnknownHostException {
		return this.names.resolveCanonicalHostname(host);
	}

	/** IPv4-mapped IPv6 addresses arrive as IPv4: Java unwraps them. */
	static boolean isOnInternet(InetAddress address) {
		byte[] bytes = address.getAddress();
		return (bytes.length == 4) ? CLOSED_IPV4.stream().noneMatch((range) -> range.holds(bytes))
				: IPV6.holds(bytes) && CLOSED_IPV6.stream().noneMatch((range) -> range.holds(bytes));
	}

	/** The host has an address that is not on the internet. */
	static class ClosedAddress extends UnknownHostException {

		ClosedAddress(String host) {
			super(host);
		}

	}

	/** A CIDR range. */
	private record Range(InetAddress start, int bits) {

		static Range parse(String text) {
			String[] parts = text.split("/", 2);
			return new Range(InetAddress.ofLiteral(parts[0]), Integer.parseInt(parts[1]));
		}

		boolean holds(byte[] address) {
			byte[] first = this.start.getAddress();
			for (int bit = 0; bit < this.bits; bit++) {
				int mask = 0x80 >> (bit % 8);
				if ((address[bit / 8] & mask) != (first[bit / 8] & mask)) {
					return false;
				}
			}
			return true;
		}

	}

}
