INSERT INTO receipts (command_id, person_id, kind, content_hash, case_id, seq, created_id, at)
VALUES (@CommandId, @PersonId, @Kind, @ContentHash, @CaseId, @Seq, @CreatedId, @At)
