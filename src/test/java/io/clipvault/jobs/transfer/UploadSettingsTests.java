package io.clipvault.jobs.transfer;

import io.clipvault.jobs.folders.ContentDigest;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class UploadSettingsTests {

	private static final long MEBIBYTE = 1 << 20;

	private static UploadSettings settings(int partMegabytes) {
		return new UploadSettings(8, DataSize.ofMegabytes(16), DataSize.ofMegabytes(partMegabytes));
	}

	@Test
	void partSizeForWhenFileIsAtTheThresholdIsWhole() {
		assertThat(settings(8).partSizeFor(16 * MEBIBYTE, 10_000)).isEqualTo(ContentDigest.WHOLE);
		assertThat(settings(8).partSizeFor(16 * MEBIBYTE + 1, 10_000)).isEqualTo(8 * MEBIBYTE);
	}

	@Test
	void partSizeForWhenTenThousandPartsAreNotEnoughGrowsByWholeMegabytes() {
		assertThat(settings(8).partSizeFor(80_000 * MEBIBYTE, 10_000)).isEqualTo(8 * MEBIBYTE);
		assertThat(settings(8).partSizeFor(80_000 * MEBIBYTE + 1, 10_000)).isEqualTo(9 * MEBIBYTE);
	}

	@Test
	void partSizeForWhenTheStoreTakesFewerPartsGrowsBeforeTheFirstIsSent() {
		assertThat(settings(8).partSizeFor(8_000 * MEBIBYTE, 1000)).isEqualTo(8 * MEBIBYTE);
		assertThat(settings(8).partSizeFor(8_001 * MEBIBYTE, 1000)).isEqualTo(9 * MEBIBYTE);
		assertThat(settings(8).partsOf(8_001 * MEBIBYTE)).isEqualTo(1001);
	}

	@Test
	void settingsWhenTheyCannotWorkAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> settings(4));
		assertThatIllegalArgumentException().isThrownBy(() -> settings(17));
	}

}
