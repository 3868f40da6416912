UPDATE retention_cases
SET state = 'noticed', notice_event = @EventId, noticed_at = @Now, seen_from = @Seen
WHERE case_id = @CaseId AND state = 'counting' AND notice_on <= @Today
