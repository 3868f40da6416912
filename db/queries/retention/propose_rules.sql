UPDATE retention_rule_sets
SET state = 'proposed', proposed_by_id = @PersonId, proposed_at = @Now, proposed_event = @EventId
WHERE sha256 = @Sha256 AND state IN ('loaded', 'past')
