-- Dossiers in which nothing happened yet, or whose beginning was taken away.
SELECT d.case_id, d.key_id, d.wrapped_key
FROM dossiers d
WHERE NOT EXISTS (SELECT 1 FROM trail_events e WHERE e.case_id = d.case_id AND e.case_seq = 1)
