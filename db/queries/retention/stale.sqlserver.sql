-- Running cases without a row have nothing to reckon; one that was reopened has.
SELECT c.case_id
FROM cases c
LEFT JOIN retention_cases r ON r.case_id = c.case_id
WHERE c.erased_at IS NULL
  AND ((r.case_id IS NULL AND c.phase IN ('draft', 'closed', 'withdrawn', 'stopped'))
       OR (r.case_id IS NOT NULL AND (r.case_seq <> c.seq OR r.sha256 <> @Sha256)))
  AND (r.retry_at IS NULL OR r.retry_at <= @Now OR r.retry_at > @Sooner)
ORDER BY c.created_at
OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
