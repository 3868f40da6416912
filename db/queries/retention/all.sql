SELECT c.case_id
FROM cases c
WHERE c.erased_at IS NULL AND c.phase IN ('closed', 'withdrawn', 'stopped')
ORDER BY c.created_at
