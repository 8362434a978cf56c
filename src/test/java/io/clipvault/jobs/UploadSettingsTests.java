package io.clipvault.jobs;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class UploadSettingsTests {

	private static final long MEBIBYTE = 1 << 20;

	private static UploadSettings settings(int partMegabytes, @Nullable String encryption, @Nullable String key) {
		return new UploadSettings(8, DataSize.ofMegabytes(16), DataSize.ofMegabytes(partMegabytes), "", encryption,
				key);
	}

	@Test
	void partSizeForWhenFileIsAtTheThresholdIsWhole() {
		assertThat(settings(8, null, null).partSizeFor(16 * MEBIBYTE)).isEqualTo(ContentDigest.WHOLE);
		assertThat(settings(8, null, null).partSizeFor(16 * MEBIBYTE + 1)).isEqualTo(8 * MEBIBYTE);
	}

	@Test
	void partSizeForWhenTenThousandPartsAreNotEnoughGrowsByWholeMegabytes() {
		assertThat(settings(8, null, null).partSizeFor(80_000 * MEBIBYTE)).isEqualTo(8 * MEBIBYTE);
		assertThat(settings(8, null, null).partSizeFor(80_000 * MEBIBYTE + 1)).isEqualTo(9 * MEBIBYTE);
	}

	@Test
	void settingsWhenTheyCannotWorkAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> settings(4, null, null));
		assertThatIllegalArgumentException().isThrownBy(() -> settings(17, null, null));
		assertThatIllegalArgumentException().isThrownBy(() -> settings(8, "AES256", "key"));
		assertThat(settings(5, "aws:kms", "key").storageClass()).isNull();
	}

}
