INSERT INTO dossiers (case_id, trail_seq, key_id, wrapped_key) VALUES (@CaseId, 0, @KeyId, @WrappedKey)
