SELECT leaf_index, leaf FROM trail_events WHERE event_id = @EventId
