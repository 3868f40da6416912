SELECT person_id, content_hash, case_id, seq, created_id FROM receipts WHERE command_id = @CommandId
