UPDATE retention_rule_sets SET state = 'past' WHERE state = 'active' AND sha256 <> @Sha256
