-- host: of the receiver, in lower case; how many deliveries may wait for it is bounded.
ALTER TABLE webhook_delivery ADD COLUMN host TEXT;

CREATE INDEX webhook_delivery_waiting ON webhook_delivery (host) WHERE status = 'pending';
