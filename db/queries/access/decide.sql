UPDATE access_requests
SET state = @State, decided_by_id = @PersonId, decided_at = @Now, decided_event = @EventId, refusal_ground = @Ground, rules_sha256 = @Sha256
WHERE request_id = @RequestId AND state = 'registered'
