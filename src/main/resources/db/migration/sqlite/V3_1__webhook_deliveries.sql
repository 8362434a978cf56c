-- due_at is the next attempt or, while a worker holds the claim, the end of its lease.
CREATE TABLE webhook_delivery (
	number INTEGER PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL UNIQUE,
	subject TEXT NOT NULL,
	url TEXT NOT NULL,
	secret TEXT NOT NULL,
	body TEXT NOT NULL,
	status TEXT NOT NULL CHECK (status IN ('pending', 'delivered', 'failed')),
	attempts INTEGER NOT NULL,
	last_error TEXT,
	claim TEXT,
	due_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL
);

CREATE INDEX webhook_delivery_due ON webhook_delivery (due_at) WHERE status = 'pending';

CREATE INDEX webhook_delivery_subject ON webhook_delivery (subject, number);
