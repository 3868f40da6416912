SELECT COUNT(CASE WHEN r.state IN ('registered', 'granted') THEN 1 END) AS waiting,
       COUNT(CASE WHEN r.state IN ('registered', 'granted') AND r.due_on < @Today THEN 1 END) AS overdue,
       MIN(CASE WHEN r.state IN ('registered', 'granted') THEN r.due_on END) AS next_due,
       (SELECT COUNT(*) FROM access_files f WHERE f.state = 'proposed' AND f.made_by_id <> @PersonId) AS to_approve
FROM access_requests r
