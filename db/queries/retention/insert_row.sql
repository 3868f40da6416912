INSERT INTO retention_cases (case_id, case_seq, sha256, rule_name, ground, ground_by, counted_from, due_on, notice_on, action,
                             notice_seconds, state, reckoned_at, failures)
VALUES (@CaseId, @CaseSeq, @Sha256, @RuleName, @Ground, @GroundBy, @CountedFrom, @DueOn, @NoticeOn, @Action,
        @NoticeSeconds, @State, @ReckonedAt, 0)
