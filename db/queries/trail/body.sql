SELECT body FROM trail_bodies WHERE event_id = @EventId AND case_id = @CaseId
