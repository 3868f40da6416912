SELECT outbox_id, case_id, seq, payload, at
FROM outbox
WHERE delivered_at IS NULL AND claimed_by = @Batch
ORDER BY outbox_id
