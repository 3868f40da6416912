-- One whose firing ended in a fault waits for its retry, so that it does not stand before all others at each look. A retry that is further
-- away than any is ever set (@Sooner) was set by a clock that has been put back since.
SELECT deadline_id, case_id, kind, node, person_id, due_at, failures
FROM deadlines
WHERE state = 'open' AND due_at <= @Now AND (retry_at IS NULL OR retry_at <= @Now OR retry_at > @Sooner)
ORDER BY due_at
OFFSET 0 ROWS FETCH NEXT 50 ROWS ONLY
