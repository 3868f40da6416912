UPDATE cases
SET phase = @Phase, phase_since = @Now, urgency = @Urgency, subject_kind = @SubjectKind, age_band = @AgeBand, platform = @Platform,
    visibility = @Visibility, access_route = @AccessRoute, submitted_at = @Now, submission_event = @SubmissionEvent
WHERE case_id = @CaseId AND phase = 'draft'
