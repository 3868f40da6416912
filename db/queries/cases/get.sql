SELECT case_id, seq, phase, phase_since, submitter_id, owner_id, facilitator_id, co_facilitator_id, team, workflow, workflow_sha256, urgency, subject_kind,
       age_band, platform, visibility, access_route, created_at, submitted_at, submission_event, revealed_at, reveal_reason,
       escalated_at, escalation, review_on, closed_at, reading_anonymity, vote_anonymity, erased_at
FROM cases
WHERE case_id = @CaseId
