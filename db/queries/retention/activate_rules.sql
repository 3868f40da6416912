-- Never by who proposed them, also when two windows try at once.
UPDATE retention_rule_sets
SET state = 'active', activated_by_id = @PersonId, activated_at = @Now
WHERE sha256 = @Sha256 AND state = 'proposed' AND proposed_by_id <> @PersonId
