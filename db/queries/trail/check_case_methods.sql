SELECT case_id, method, version, sha256, json FROM case_methods
