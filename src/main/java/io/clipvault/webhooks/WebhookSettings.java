package io.clipvault.webhooks;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * Webhooks.
 *
 * @param url receives the webhooks of jobs that name no address of their own; none when
 * empty
 * @param secret signs the deliveries to that address
 * @param allowPrivateAddresses whether deliveries may go to loopback, private and other
 * addresses that are not on the internet
 */
@ConfigurationProperties("clipvault.webhooks")
record WebhookSettings(@Nullable String url, @Nullable String secret,
		@DefaultValue("false") boolean allowPrivateAddresses) {

	WebhookSettings {
		if (StringUtils.hasText(url) != StringUtils.hasText(secret)) {
			throw new IllegalArgumentException("clipvault.webhooks: set both url and secret, or neither");
		}
		if (StringUtils.hasText(url) && StringUtils.hasText(secret)) {
			new WebhookTarget(url, secret);
		}
	}

	@Nullable WebhookTarget target() {
		return (this.url != null && this.secret != null && StringUtils.hasText(this.url))
				? new WebhookTarget(this.url, this.secret) : null;
	}

	@Override
	public String toString() {
		return "WebhookSettings[" + this.url + ", " + this.allowPrivateAddresses + "]";
	}

}
