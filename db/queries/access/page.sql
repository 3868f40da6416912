SELECT page FROM access_files WHERE file_id = @FileId
