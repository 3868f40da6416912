INSERT INTO dossiers (case_id, trail_seq, key_id, wrapped_key, share_id) VALUES (@CaseId, 0, @KeyId, @WrappedKey, @ShareId)
