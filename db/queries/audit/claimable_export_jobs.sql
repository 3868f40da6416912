SELECT job_id
FROM export_jobs
WHERE (state = 'approved' AND (lease_until IS NULL OR lease_until <= @Now)) OR (state = 'building' AND lease_until <= @Now)
ORDER BY requested_at
