UPDATE dossiers SET key_id = @KeyId, wrapped_key = @WrappedKey WHERE case_id = @CaseId AND key_id = @Before
