UPDATE flow_runs
SET applied = @Changes, failures = 0, claimed_by = NULL, claimed_until = NULL
WHERE case_id = @CaseId AND run = @Run AND claimed_by = @Claim
