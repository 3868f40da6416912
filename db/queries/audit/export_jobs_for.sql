-- What waits for this person's yes or no, and what they can fetch.
SELECT COALESCE(SUM(CASE WHEN state = 'asked' AND requested_by_id <> @PersonId THEN 1 ELSE 0 END), 0) AS to_judge,
       COALESCE(SUM(CASE WHEN state = 'ready' AND requested_by_id = @PersonId AND expires_at > @Now THEN 1 ELSE 0 END), 0) AS ready
FROM export_jobs
