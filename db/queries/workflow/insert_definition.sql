INSERT INTO workflow_definitions (sha256, definition, version, json, first_used_at)
VALUES (@Sha256, @Definition, @Version, @Json, @FirstUsedAt)
