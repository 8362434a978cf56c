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
 * Resolves the names of hosts on the internet and refuses those with any address that is
 * not. The connection is made to the very addresses it returns, so a name cannot change
 * its meaning in between.
 */
class PublicAddresses implements DnsResolver {

	/** Each address may cost a connect time-out, so a name with hundreds must not. */
	private static final int MOST_TRIED = 4;

	/** What the registries set apart from the IPv4 internet, and one of a cloud. */
	private static final List<Range> CLOSED_IPV4 = Stream
		.of("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
				"192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
				"203.0.113.0/24", "224.0.0.0/3",
				// Azure's own services answer its machines here.
				"168.63.129.16/32")
		.map(Range::parse)
		.toList();

	/**
	 * The whole IPv6 internet lies here. What is outside is closed: loopback, local and
	 * private addresses, multicast, and IPv4 in the disguises of NAT64 and the like.
	 */
	private static final Range IPV6 = Range.parse("2000::/3");

	/** Teredo and others, documentation, 6to4: more disguises of IPv4. */
	private static final List<Range> CLOSED_IPV6 = Stream.of("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
		.map(Range::parse)
		.toList();

	private final DnsResolver names;

	PublicAddresses(DnsResolver names) {
		this.names = names;
	}

	PublicAddresses() {
		this(SystemDefaultDnsResolver.INSTANCE);
	}

	@Override
	public InetAddress[] resolve(String host) throws UnknownHostException {
		InetAddress[] addresses = this.names.resolve(host);
		for (InetAddress address : addresses) {
			if (!isPublic(address)) {
				throw new ClosedAddress(host);
			}
		}
		return Arrays.copyOf(addresses, Math.min(addresses.length, MOST_TRIED));
	}

	@Override
	public @Nullable String resolveCanonicalHostname(String host) throws UnknownHostException {
		return this.names.resolveCanonicalHostname(host);
	}

	/** Java has already turned an IPv4 address mapped into IPv6 back into itself. */
	static boolean isPublic(InetAddress address) {
		byte[] bytes = address.getAddress();
		return (bytes.length == 4) ? CLOSED_IPV4.stream().noneMatch((range) -> range.holds(bytes))
				: IPV6.holds(bytes) && CLOSED_IPV6.stream().noneMatch((range) -> range.holds(bytes));
	}

	/** A name of a host that has an address which is not of the internet. */
	static class ClosedAddress extends UnknownHostException {

		ClosedAddress(String host) {
			super(host);
		}

	}

	/** All addresses that begin with the same bits. */
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
