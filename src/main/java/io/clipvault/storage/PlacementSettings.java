package io.clipvault.storage;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.StringUtils;

/**
 * The storage class and encryption of a job's objects.
 *
 * @param storageClass the storage class of the objects, such as STANDARD_IA; the bucket's
 * own when empty
 * @param encryption the encryption of the objects, AES256 or aws:kms; the bucket's own
 * when empty
 * @param kmsKey the key for aws:kms; the account's own when empty
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
