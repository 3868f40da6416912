SELECT case_id, team, phase, submission_event, submitted_at
FROM cases
WHERE submission_event IS NOT NULL AND erased_at IS NULL AND phase <> 'draft'
ORDER BY submitted_at DESC
