SELECT outbox_id
FROM outbox
WHERE delivered_at IS NULL AND (claimed_until IS NULL OR claimed_until <= @Now)
ORDER BY outbox_id
LIMIT 200
