-- Saves only over the revision that this device saw: two devices never overwrite each other in silence.
UPDATE drafts
SET revision = @Revision, content = @Content, saved_at = @SavedAt
WHERE case_id = @CaseId AND person_id = @PersonId AND kind = @Kind AND revision = @Before
