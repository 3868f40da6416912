-- The time to approve minutes runs on: they may be approved after the case was closed.
UPDATE deadlines
SET state = 'cancelled', settled_at = @Now
WHERE case_id = @CaseId AND kind <> 'minutes' AND state IN ('open', 'paused')
