UPDATE access_files
SET state = 'marking', page = NULL, data = NULL
WHERE file_id = @FileId AND state = 'proposed' AND made_by_id <> @PersonId
