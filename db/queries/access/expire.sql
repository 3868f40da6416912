UPDATE access_files SET state = 'expired', page = NULL, data = NULL WHERE file_id = @FileId AND state = 'approved' AND expires_at <= @Now
