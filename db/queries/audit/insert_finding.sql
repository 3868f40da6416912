INSERT INTO findings (finding_id, case_id, about_seq, sample_id, severity, state, raised_by_id, raised_at, raised_event, replaces_id)
VALUES (@FindingId, @CaseId, @AboutSeq, @SampleId, @Severity, @State, @PersonId, @Now, @EventId, @ReplacesId)
