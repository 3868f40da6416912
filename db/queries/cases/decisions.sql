SELECT number, state, event_id, outcome, deviates, decided_by_id, decided_at, review_on, approver_id, judged_at, judged_event
FROM decisions
WHERE case_id = @CaseId
ORDER BY number
