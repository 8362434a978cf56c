package io.clipvault.storage;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PlacementSettingsTests {

	@Test
	void settingsWhenTheKeyDoesNotFitTheEncryptionAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new PlacementSettings("", "AES256", "key"));
		assertThat(new PlacementSettings("", "aws:kms", "key").storageClass()).isNull();
	}

}
