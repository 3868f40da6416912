SELECT finding_id, about_seq, sample_id, severity, state, raised_by_id, raised_at, raised_event, replaces_id, closed_by_id, closed_at, closed_event
FROM findings
WHERE case_id = @CaseId
ORDER BY raised_at
