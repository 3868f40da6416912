INSERT INTO cases (case_id, seq, phase, phase_since, submitter_id, owner_id, team, created_at)
VALUES (@CaseId, 1, @Phase, @PhaseSince, @SubmitterId, @SubmitterId, @Team, @CreatedAt)
