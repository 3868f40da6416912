SELECT marks FROM access_files WHERE file_id = @FileId
