-- Due, told (or begun by a host that died), not held, and there to see for as many days as lie between the notice and the day. Whoever holds or objects now is judged again
-- in the erasure's own transaction.
SELECT r.case_id
FROM retention_cases r
JOIN cases c ON c.case_id = r.case_id
WHERE r.state IN ('noticed', 'erasing') AND r.action = 'erase' AND r.due_on <= @Today AND c.erased_at IS NULL
  AND @Seen - r.seen_from >= r.notice_seconds
  AND NOT EXISTS (SELECT 1 FROM legal_holds h WHERE h.case_id = r.case_id AND h.lifted_at IS NULL AND (h.until_on IS NULL OR h.until_on >= @Today))
  AND (r.retry_at IS NULL OR r.retry_at <= @Now OR r.retry_at > @Sooner)
ORDER BY r.due_on
OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
