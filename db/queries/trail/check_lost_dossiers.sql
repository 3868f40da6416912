SELECT DISTINCT e.case_id
FROM trail_events e
WHERE NOT EXISTS (SELECT 1 FROM dossiers d WHERE d.case_id = e.case_id)
