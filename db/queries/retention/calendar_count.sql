SELECT COUNT(*)
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
