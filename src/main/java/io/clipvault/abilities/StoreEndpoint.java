package io.clipvault.abilities;

import java.util.Map;

import io.clipvault.storage.Store;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.stereotype.Component;

/** Shows the operator what the store can do; asks for what nobody has needed yet. */
@Component
@Endpoint(id = "store")
class StoreEndpoint {

	private final Store store;

	private final StoreAbilities abilities;

	private final PartLimit parts;

	StoreEndpoint(Store store, StoreAbilities abilities, PartLimit parts) {
		this.store = store;
		this.abilities = abilities;
		this.parts = parts;
	}

	@ReadOperation
	Report report() {
		return new Report(this.store.name(), this.abilities.all(), this.parts.find());
	}

	/** The store's name, what it can do, and how many parts it takes for one object. */
	record Report(String store, Map<Ability, ProbeResult> abilities, int maxParts) {
	}

}
