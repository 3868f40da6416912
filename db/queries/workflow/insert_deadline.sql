INSERT INTO deadlines (deadline_id, case_id, kind, node, person_id, due_at, state)
VALUES (@DeadlineId, @CaseId, @Kind, @Node, @PersonId, @DueAt, 'open')
