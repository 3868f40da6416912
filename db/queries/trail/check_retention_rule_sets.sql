SELECT sha256, rule_set, version, sha256 AS fingerprint, json FROM retention_rule_sets
