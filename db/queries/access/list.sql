-- Open ones first, the soonest first.
SELECT r.request_id, r.state, r.requester, r.age, r.received_on, r.due_on, r.extended,
       (SELECT COUNT(*) FROM access_files f WHERE f.request_id = r.request_id) AS files,
       (SELECT COUNT(*) FROM access_files f WHERE f.request_id = r.request_id AND f.state = 'proposed') AS to_approve
FROM access_requests r
ORDER BY CASE WHEN r.state IN ('registered', 'granted') THEN 0 ELSE 1 END, r.due_on
