INSERT INTO emergency_accesses (access_id, case_id, person_id, opened_at, opened_event, ends_at)
VALUES (@AccessId, @CaseId, @PersonId, @Now, @EventId, @EndsAt)
