package io.clipvault.jobs.audits;

import java.util.Locale;
import java.util.Map;

import io.clipvault.webhooks.Deliveries;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** Ends audits, and tells the webhook of the settings. */
@Component
class AuditEnds {

	private static final Logger log = LoggerFactory.getLogger(AuditEnds.class);

	private final AuditRows rows;

	private final Deliveries deliveries;

	private final JsonMapper json;

	private final TransactionOperations transaction;

	private final MeterRegistry meters;

	AuditEnds(AuditRows rows, Deliveries deliveries, JsonMapper json, TransactionOperations transaction,
			MeterRegistry meters) {
		this.rows = rows;
		this.deliveries = deliveries;
		this.json = json;
		this.transaction = transaction;
		this.meters = meters;
	}

	/** Records the last step of an audit, and ends it. */
	void complete(AuditStep.Running audit, AuditStep step) {
		this.transaction.executeWithoutResult((status) -> {
			if (this.rows.record(audit, step)) {
				end(audit.id(), Audit.State.COMPLETED, null);
			}
		});
	}

	void fail(String id, String why) {
		end(id, Audit.State.FAILED, why);
	}

	private void end(String id, Audit.State state, @Nullable String why) {
		this.transaction.executeWithoutResult((status) -> {
			if (this.rows.end(id, state, why)) {
				Audit audit = this.rows.find(id).orElseThrow();
				String word = state.name().toLowerCase(Locale.ROOT);
				this.deliveries.enqueue("audits/" + id, null,
						this.json.writeValueAsString(Map.of("event", "audit." + word, "audit", audit)));
				this.meters.counter("clipvault.audits", "outcome", word).increment();
				log(audit);
			}
		});
	}

	private static void log(Audit audit) {
		if (audit.state() == Audit.State.FAILED) {
			log.warn("The audit {} failed: {}", audit.id(), audit.error());
		}
		else if (audit.missingCount() + audit.changedCount() > 0) {
			log.warn("The audit {} found {} objects missing and {} changed: see GET /audits/{}.", audit.id(),
					audit.missingCount(), audit.changedCount(), audit.id());
		}
		else {
			log.info("The audit {} found all {} jobs intact.", audit.id(), audit.jobs());
		}
	}

}
