package io.clipvault.uploads;

import java.util.Objects;

import io.clipvault.abilities.Ability;
import io.clipvault.abilities.StoreAbilities;
import io.clipvault.links.Forms;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.Store;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Signs forms that upload one file each. */
@Component
class UploadForms {

	/** The engine keeps a form in memory and accepts at most 128 MiB with all fields. */
	private static final long MAX_BYTES_OF_ENGINE = 127L << 20;

	private final Forms forms;

	private final Store store;

	private final StoreAbilities abilities;

	private final DirectUploadSettings settings;

	UploadForms(Forms forms, Store store, StoreAbilities abilities, DirectUploadSettings settings) {
		this.forms = forms;
		this.store = store;
		this.abilities = abilities;
		this.settings = settings;
	}

	UploadForm form(UploadKey key, @Nullable String contentType, @Nullable Long maxBytes) {
		long bound = maxBytes(maxBytes);
		String type = key.contentType(contentType);
		requireFormPosts();
		Forms.Signed form = this.forms.sign(key.value(), type, bound, this.settings.lifetime());
		return new UploadForm(form.url(), form.fields(), key.value(), bound, form.end());
	}

	private long maxBytes(@Nullable Long asked) {
		long largest = this.settings.largest().toBytes();
		if (asked != null && asked > largest) {
			throw new Problem(ProblemType.INVALID_REQUEST,
					"'max_bytes' must be at most %,d and is %,d.".formatted(largest, asked));
		}
		long bound = Objects.requireNonNullElse(asked, largest);
		return this.store.embedded() ? Math.min(bound, MAX_BYTES_OF_ENGINE) : bound;
	}

	/** A browser would only show what the store says to a post that it does not know. */
	private void requireFormPosts() {
		if (!this.abilities.has(Ability.FORM_POSTS)) {
			throw new Problem(ProblemType.STORE_CANNOT,
					"%s takes no form posts (%s): send the file in parts, beginning with POST /uppy/s3/multipart; in Uppy set shouldUseMultipart to true."
						.formatted(this.store.name(), this.abilities.find(Ability.FORM_POSTS).why()));
		}
	}

}
