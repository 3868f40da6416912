SELECT r.case_id
FROM retention_cases r
WHERE r.state = 'counting' AND r.notice_on <= @Today AND (r.retry_at IS NULL OR r.retry_at <= @Now OR r.retry_at > @Sooner)
ORDER BY r.notice_on
OFFSET 0 ROWS FETCH NEXT @Take ROWS ONLY
