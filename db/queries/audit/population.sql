SELECT c.case_id, c.team, d.outcome
FROM cases c
JOIN trail_events s ON s.case_id = c.case_id AND s.case_seq = 1
LEFT JOIN decisions d ON d.case_id = c.case_id
     AND d.number = (SELECT MAX(x.number) FROM decisions x WHERE x.case_id = c.case_id AND x.state IN ('approved', 'immediate'))
WHERE c.phase <> 'draft'
  AND (@From IS NULL OR c.created_at >= @From)
  AND (@Before IS NULL OR c.created_at < @Before)
  AND (@Team IS NULL OR c.team = @Team)
  AND (@Phase IS NULL OR c.phase = @Phase)
  AND (@Outcome IS NULL OR d.outcome = @Outcome)
  AND (@Deviates = 0 OR EXISTS (SELECT 1 FROM decisions v WHERE v.case_id = c.case_id AND v.deviates = 1 AND v.state IN ('proposed', 'approved', 'immediate')))
  AND (@Dissent = 0 OR EXISTS (SELECT 1 FROM dissents x WHERE x.case_id = c.case_id AND x.state = 'stated'))
  AND (@OutsideHours = 0 OR EXISTS (SELECT 1 FROM follow_ups f WHERE f.case_id = c.case_id AND f.outside_hours = 1 AND f.state IN ('planned', 'done')))
  AND (@EmergencyPath = 0 OR c.workflow LIKE 'urgent@%' OR EXISTS (SELECT 1 FROM decisions m WHERE m.case_id = c.case_id AND m.state = 'immediate'))
  AND (@BrokenGlass = 0 OR EXISTS (SELECT 1 FROM emergency_accesses g WHERE g.case_id = c.case_id))
  AND (@OpenFindings = 0 OR EXISTS (SELECT 1 FROM findings n WHERE n.case_id = c.case_id AND n.state IN ('open', 'answered')))
ORDER BY c.created_at, s.leaf_index
