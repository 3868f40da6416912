-- A hold without an end outlasts each that has one.
SELECT r.case_id, c.team, c.phase, r.sha256, r.rule_name, r.ground, r.due_on, r.notice_on, r.action, r.state, r.postponed_until, r.objected_until,
       CASE WHEN EXISTS (SELECT 1 FROM legal_holds h WHERE h.case_id = r.case_id AND h.lifted_at IS NULL AND (h.until_on IS NULL OR h.until_on >= @Today)) THEN 1 ELSE 0 END AS held,
       CASE WHEN EXISTS (SELECT 1 FROM legal_holds h WHERE h.case_id = r.case_id AND h.lifted_at IS NULL AND h.until_on IS NULL) THEN NULL
            ELSE (SELECT MAX(h.until_on) FROM legal_holds h WHERE h.case_id = r.case_id AND h.lifted_at IS NULL) END AS held_until
FROM retention_cases r
JOIN cases c ON c.case_id = r.case_id
WHERE r.state NOT IN ('running', 'erased') AND r.rule_name IS NOT NULL AND c.erased_at IS NULL AND c.phase <> 'draft'
  AND (@Team IS NULL OR c.team = @Team)
  AND (@From IS NULL OR r.due_on >= @From)
  AND (@Before IS NULL OR r.due_on < @Before)
  AND (@Kind IS NULL
       OR (@Kind = 'overdue' AND r.due_on <= @Today)
       OR (@Kind = 'noticed' AND r.state = 'noticed')
       OR (@Kind = 'objected' AND r.state = 'objected')
       OR (@Kind = 'held' AND EXISTS (SELECT 1 FROM legal_holds h WHERE h.case_id = r.case_id AND h.lifted_at IS NULL AND (h.until_on IS NULL OR h.until_on >= @Today)))
       OR (@Kind = 'postponed' AND r.postponed_until > @Today)
       OR (@Kind = 'review' AND r.action = 'review')
       OR (@Kind = 'undated' AND r.due_on IS NULL))
ORDER BY CASE WHEN r.due_on IS NULL THEN 1 ELSE 0 END, r.due_on, c.created_at
LIMIT @Take OFFSET @Skip
