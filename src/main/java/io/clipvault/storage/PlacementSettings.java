package io.clipvault.storage;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.StringUtils;

/**
 * The storage class and encryption of a job's objects.
 *
 * @param storageClass the storage class of the objects, such as STANDARD_IA; empty for
 * the bucket's default
 * @param encryption the encryption of the objects, AES256 or aws:kms; empty for the
 * bucket's default
 * @param kmsKey the key for aws:kms; empty for the account's default key
 */
@ConfigurationProperties("clipvault.upload")
public record PlacementSettings(@Nullable String storageClass, @Nullable String encryption, @Nullable String kmsKey) {

	public PlacementSettings {
		storageClass = StringUtils.hasText(storageClass) ? storageClass.strip() : null;
		encryption = StringUtils.hasText(encryption) ? encryption.strip() : null;
		kmsKey = StringUtils.hasText(kmsKey) ? kmsKey.strip() : null;
		if (kmsKey != null && !"aws:kms".equals(encryption)) {
			throw new IllegalArgumentException("clipvault.upload.kms-key needs clipvault.upload.encryption=aws:kms");
		}
	}

}
