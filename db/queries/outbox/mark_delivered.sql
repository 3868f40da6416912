-- Only what this batch still holds: a claim that ran out may have been taken over, and is the other's to settle.
UPDATE outbox SET delivered_at = @Now WHERE delivered_at IS NULL AND claimed_by = @Batch
