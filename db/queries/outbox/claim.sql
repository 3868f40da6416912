-- Two processes may see the same rows waiting: the second finds them claimed here, and its row count is less.
UPDATE outbox
SET claimed_by = @Batch, claimed_until = @Until
WHERE delivered_at IS NULL AND outbox_id <= @Last AND (claimed_until IS NULL OR claimed_until <= @Now)
