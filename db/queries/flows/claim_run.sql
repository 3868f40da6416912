-- Of two processes that see it due the row count lets one through.
UPDATE flow_runs
SET claimed_by = @Claim, claimed_until = @Until
WHERE case_id = @CaseId AND run = @Run AND changes > applied AND (claimed_until IS NULL OR claimed_until <= @Now)
