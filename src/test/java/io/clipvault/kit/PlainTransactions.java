package io.clipvault.kit;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/** Transactions without a database, for tests of what happens when they end. */
public final class PlainTransactions extends AbstractPlatformTransactionManager {

	@Override
	protected Object doGetTransaction() {
		return new Object();
	}

	@Override
	protected void doBegin(Object transaction, TransactionDefinition definition) {
		// There is nothing to begin.
	}

	@Override
	protected void doCommit(DefaultTransactionStatus status) {
		// There is nothing to commit.
	}

	@Override
	protected void doRollback(DefaultTransactionStatus status) {
		// There is nothing to roll back.
	}

}
