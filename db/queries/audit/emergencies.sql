SELECT access_id, person_id, opened_at, opened_event, ends_at, verdict, reviewed_by_id, reviewed_at, reviewed_event
FROM emergency_accesses
WHERE case_id = @CaseId
ORDER BY opened_at
