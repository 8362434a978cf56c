package io.clipvault.state;

import java.sql.SQLException;

import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.springframework.stereotype.Component;

/**
 * Lets a migration take longer than any other statement: an index of a large table may
 * take minutes, and a start that gave up would begin it again and again.
 */
@Component
class PatientMigrations implements Callback {

	private final DatabaseKind kind;

	PatientMigrations(DatabaseKind kind) {
		this.kind = kind;
	}

	@Override
	public boolean supports(Event event, Context context) {
		return event == Event.BEFORE_EACH_MIGRATE && this.kind == DatabaseKind.POSTGRESQL;
	}

	@Override
	public boolean canHandleInTransaction(Event event, Context context) {
		return true;
	}

	@Override
	public void handle(Event event, Context context) {
		try {
			// The pool sets the timeout again once it has the connection back.
			context.getConnection().setNetworkTimeout(Runnable::run, 0);
		}
		catch (SQLException failure) {
			throw new FlywayException("The socket timeout of the migrations could not be lifted", failure);
		}
	}

	@Override
	public String getCallbackName() {
		return "patient-migrations";
	}

}
