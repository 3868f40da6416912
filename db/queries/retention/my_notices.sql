-- A draft is its writer's alone. Whom a rule tells is judged by the rule.
SELECT r.case_id, r.due_on, r.state, r.sha256, r.rule_name, CASE WHEN c.owner_id = @PersonId THEN 1 ELSE 0 END AS mine
FROM retention_cases r
JOIN cases c ON c.case_id = r.case_id
WHERE c.erased_at IS NULL
  AND ((r.state = 'noticed' AND (c.owner_id = @PersonId OR (c.phase <> 'draft' AND (@Officer = 1 OR @Coordinator = 1))))
       OR (r.state = 'objected' AND @Officer = 1 AND r.objected_by_id <> @PersonId))
ORDER BY r.due_on
