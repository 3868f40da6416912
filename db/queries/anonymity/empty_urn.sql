UPDATE urns SET key_id = NULL, content = NULL, sealed_event = @SealedEvent WHERE case_id = @CaseId AND round = @Round AND key_id = @Before
