SELECT r.event_id, r.finding_id, r.replied_by_id, r.replied_at
FROM finding_replies r
JOIN findings f ON f.finding_id = r.finding_id
WHERE f.case_id = @CaseId
ORDER BY r.replied_at
