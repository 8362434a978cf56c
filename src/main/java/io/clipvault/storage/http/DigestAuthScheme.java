package io.clipvault.storage.http;

import software.amazon.awssdk.http.auth.aws.scheme.AwsV4AuthScheme;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.IdentityProviders;

/** Signature version 4, with {@link DigestSigner} in place of the SDK's own signer. */
public final class DigestAuthScheme implements AwsV4AuthScheme {

	private final AwsV4HttpSigner signer = new DigestSigner();

	@Override
	public String schemeId() {
		return SCHEME_ID;
	}

	@Override
	public IdentityProvider<AwsCredentialsIdentity> identityProvider(IdentityProviders providers) {
		return providers.identityProvider(AwsCredentialsIdentity.class);
	}

	@Override
	public AwsV4HttpSigner signer() {
		return this.signer;
	}

}
