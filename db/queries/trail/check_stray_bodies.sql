SELECT event_id
FROM trail_bodies
WHERE event_id NOT IN (SELECT event_id FROM trail_events)
