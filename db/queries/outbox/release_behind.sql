-- A case's news goes out in its order: what comes after a row that another process holds is left to wait.
UPDATE outbox
SET claimed_by = NULL, claimed_until = NULL
WHERE delivered_at IS NULL AND claimed_by = @Batch AND EXISTS (
    SELECT 1
    FROM outbox AS earlier
    WHERE earlier.case_id = outbox.case_id AND earlier.seq < outbox.seq AND earlier.delivered_at IS NULL
      AND (earlier.claimed_by IS NULL OR earlier.claimed_by <> @Batch))
