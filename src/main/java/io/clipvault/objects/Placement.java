package io.clipvault.objects;

import org.jspecify.annotations.Nullable;

/** Where in the store an object lies and how it is encrypted there. */
record Placement(@Nullable String storageClass, @Nullable String encryption, @Nullable String kmsKeyId) {

	Feature feature() {
		return (this.encryption != null) ? Feature.ENCRYPTION : Feature.OBJECTS;
	}

}
