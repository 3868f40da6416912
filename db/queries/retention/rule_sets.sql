SELECT sha256, rule_set, version, json, state, loaded_at, proposed_by_id, proposed_at, activated_by_id, activated_at
FROM retention_rule_sets
ORDER BY rule_set, version
