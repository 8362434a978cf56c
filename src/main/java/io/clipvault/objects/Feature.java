package io.clipvault.objects;

/** What a call asks of the store, as a sentence names it where the store cannot. */
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
