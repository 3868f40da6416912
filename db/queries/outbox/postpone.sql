UPDATE outbox
SET claimed_by = NULL, claimed_until = @Until
WHERE outbox_id = @OutboxId AND claimed_by = @Batch AND delivered_at IS NULL
