UPDATE access_files SET marks = @Marks, revision = revision + 1 WHERE file_id = @FileId AND state = 'marking' AND revision = @Revision
