-- Revealed readings, by the rule of BlindViewSight.IsRevealed: after a reopening, what came in since the reveal is blind until it is revealed too.
SELECT i.case_id, i.person_id, i.kind, i.reading_position, i.concern, i.confidence
FROM interpretations i
JOIN cases c ON c.case_id = i.case_id
WHERE c.phase NOT IN ('draft', 'withdrawn', 'stopped')
  AND c.revealed_at IS NOT NULL
  AND i.revealed_at IS NOT NULL
ORDER BY i.submitted_at
