SELECT case_id, run
FROM flow_runs
WHERE changes > applied AND (claimed_until IS NULL OR claimed_until <= @Now)
ORDER BY started_at
OFFSET 0 ROWS FETCH NEXT 50 ROWS ONLY
