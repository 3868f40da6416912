UPDATE dossiers SET key_id = @KeyId, wrapped_key = @WrappedKey, share_id = @ShareId WHERE case_id = @CaseId
