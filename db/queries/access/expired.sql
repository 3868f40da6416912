SELECT file_id, request_id, case_id FROM access_files WHERE state = 'approved' AND expires_at <= @Now
