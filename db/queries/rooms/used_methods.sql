SELECT DISTINCT method, version, sha256 FROM case_methods
