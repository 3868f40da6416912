UPDATE retention_cases
SET case_seq = @CaseSeq, sha256 = @Sha256, rule_name = @RuleName, ground = @Ground, ground_by = @GroundBy, counted_from = @CountedFrom,
    due_on = @DueOn, notice_on = @NoticeOn, action = @Action, notice_seconds = @NoticeSeconds, state = @State, reckoned_at = @ReckonedAt,
    notice_event = CASE WHEN @Keeps = 1 THEN notice_event END, noticed_at = CASE WHEN @Keeps = 1 THEN noticed_at END,
    seen_from = CASE WHEN @Keeps = 1 THEN seen_from END, objection_event = CASE WHEN @Keeps = 1 THEN objection_event END,
    objected_by_id = CASE WHEN @Keeps = 1 THEN objected_by_id END, objected_until = CASE WHEN @Keeps = 1 THEN objected_until END
WHERE case_id = @CaseId AND state NOT IN ('erasing', 'erased')
