SELECT sha256, definition, version FROM workflow_definitions ORDER BY definition, version, sha256
