UPDATE flow_runs
SET failures = failures + 1, claimed_by = NULL, claimed_until = @Until
WHERE case_id = @CaseId AND run = @Run AND claimed_by = @Claim
