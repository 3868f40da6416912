-- The whole urn anew, under another key. The old key's id in the condition: of two writers only one can have opened what stands here.
UPDATE urns
SET key_id = @KeyId, content = @Content
WHERE case_id = @CaseId AND round = @Round AND key_id = @Before
