INSERT INTO retention_rule_sets (sha256, rule_set, version, json, state, loaded_at)
VALUES (@Sha256, @RuleSet, @Version, @Json, @State, @LoadedAt)
