SELECT sha256, definition, version, sha256 AS fingerprint, json FROM workflow_definitions
