-- Revealed readings, by the rule of BlindViewSight.IsRevealed: after a reopening, what came in since the reveal is blind again until the new collection ends.
SELECT i.case_id, i.person_id, i.kind, i.reading_position, i.concern, i.confidence
FROM interpretations i
JOIN cases c ON c.case_id = i.case_id
WHERE c.phase NOT IN ('draft', 'withdrawn', 'stopped')
  AND c.revealed_at IS NOT NULL
  AND (i.submitted_at <= c.revealed_at
       OR NOT EXISTS (SELECT 1 FROM open_steps s WHERE s.case_id = c.case_id AND s.activity = 'CollectInterpretations'))
ORDER BY i.submitted_at
