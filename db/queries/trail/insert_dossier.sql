INSERT INTO dossiers (case_id, key_id, wrapped_key, share_id) VALUES (@CaseId, @KeyId, @WrappedKey, @ShareId)
