SELECT reading_event, state, taken_by_id, taken_at, report_event, reported_at, reading_change, answer_event, answered_at
FROM enquiries
WHERE case_id = @CaseId
ORDER BY taken_at
