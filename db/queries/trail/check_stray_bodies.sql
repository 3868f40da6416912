SELECT b.event_id
FROM trail_bodies b
WHERE NOT EXISTS (SELECT 1 FROM trail_events e WHERE e.event_id = b.event_id)
