INSERT INTO drafts (case_id, person_id, kind, revision, content, saved_at)
VALUES (@CaseId, @PersonId, @Kind, @Revision, @Content, @SavedAt)
