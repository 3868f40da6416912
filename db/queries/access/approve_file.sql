-- Never by who made it, also when two windows try at once.
UPDATE access_files
SET state = 'approved', approved_by_id = @PersonId, approved_at = @Now, expires_at = @ExpiresAt
WHERE file_id = @FileId AND state = 'proposed' AND made_by_id <> @PersonId
