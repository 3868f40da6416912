SELECT leaf_index, leaf FROM trail_events WHERE case_id = @CaseId AND event_id = @EventId
