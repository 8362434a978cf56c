package io.clipvault.objects;

/** A feature of the store, in the words of the sentence that says it is missing. */
public enum Feature {

	BUCKETS("this call on buckets"), OBJECTS("this call on objects"), COPIES("this copy"),
	ENCRYPTION("the encryption asked for"), CONDITIONS("conditional writes"), VERSIONS("versioning"),
	LIFECYCLE("lifecycle rules"), SIZE_FILTERS("lifecycle rules by size"), CORS("CORS rules");

	private final String words;

	Feature(String words) {
		this.words = words;
	}

	@Override
	public String toString() {
		return this.words;
	}

}
