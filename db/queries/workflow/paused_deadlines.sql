SELECT deadline_id, kind, due_at FROM deadlines WHERE case_id = @CaseId AND node = @Node AND state = 'paused'
