SELECT COUNT(CASE WHEN r.due_on <= @Today THEN 1 END) AS overdue,
       COUNT(CASE WHEN r.held = 1 THEN 1 END) AS held,
       COUNT(CASE WHEN r.state = 'objected' THEN 1 END) AS objected,
       COUNT(CASE WHEN r.due_on IS NULL THEN 1 END) AS undated
FROM (SELECT r.due_on, r.state, CASE WHEN EXISTS (SELECT 1 FROM legal_holds h WHERE h.case_id = r.case_id AND h.lifted_at IS NULL AND (h.until_on IS NULL OR h.until_on >= @Today)) THEN 1 ELSE 0 END AS held
      FROM retention_cases r
      JOIN cases c ON c.case_id = r.case_id
      WHERE r.state NOT IN ('running', 'erased') AND r.rule_name IS NOT NULL AND c.erased_at IS NULL AND c.phase <> 'draft') r
