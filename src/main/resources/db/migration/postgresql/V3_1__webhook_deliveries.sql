-- The secret is wiped when the delivery has ended.
CREATE TABLE webhook_delivery (
	number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	subject TEXT NOT NULL,
	url TEXT NOT NULL,
	secret TEXT NOT NULL,
	body TEXT NOT NULL,
	status TEXT NOT NULL CHECK (status IN ('pending', 'delivered', 'failed')),
	attempts INTEGER NOT NULL,
	last_error TEXT,
	changed_at BIGINT NOT NULL
);

CREATE INDEX webhook_delivery_subject ON webhook_delivery (subject, number);

-- When deliveries are attempted: a table of db-scheduler 16.
CREATE TABLE webhook_schedule (
	task_name TEXT NOT NULL,
	task_instance TEXT NOT NULL,
	task_data BYTEA,
	execution_time TIMESTAMP WITH TIME ZONE NOT NULL,
	picked BOOLEAN NOT NULL,
	picked_by TEXT,
	last_success TIMESTAMP WITH TIME ZONE,
	last_failure TIMESTAMP WITH TIME ZONE,
	consecutive_failures INTEGER,
	last_heartbeat TIMESTAMP WITH TIME ZONE,
	version BIGINT NOT NULL,
	priority SMALLINT,
	PRIMARY KEY (task_name, task_instance)
);

CREATE INDEX webhook_schedule_by_time ON webhook_schedule (execution_time);

CREATE INDEX webhook_schedule_by_heartbeat ON webhook_schedule (last_heartbeat);
