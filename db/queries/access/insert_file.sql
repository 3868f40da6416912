INSERT INTO access_files (file_id, request_id, case_id, state, revision, added_by_id, added_at)
SELECT @FileId, @RequestId, @CaseId, 'marking', 0, @PersonId, @Now
WHERE NOT EXISTS (SELECT 1 FROM access_files f WHERE f.request_id = @RequestId AND f.case_id = @CaseId)
