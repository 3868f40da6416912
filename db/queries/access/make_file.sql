UPDATE access_files
SET state = @State, page = @Page, data = @Data, made_by_id = @PersonId, made_at = @Now, approved_by_id = NULL, approved_at = NULL, expires_at = @ExpiresAt
WHERE file_id = @FileId AND state IN ('marking', 'expired') AND revision = @Revision
