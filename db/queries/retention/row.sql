SELECT case_id, case_seq, sha256, rule_name, ground, ground_by, counted_from, due_on, notice_on, action, state, reckoned_at, postponed_until, notice_event,
       noticed_at, seen_from, objection_event, objected_by_id, objected_until, failures
FROM retention_cases
WHERE case_id = @CaseId
