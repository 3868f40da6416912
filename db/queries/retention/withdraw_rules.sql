UPDATE retention_rule_sets
SET state = CASE WHEN activated_at IS NULL THEN 'loaded' ELSE 'past' END
WHERE sha256 = @Sha256 AND state = 'proposed'
