INSERT INTO live_reads (case_id, person_id, shown, roles, live_until)
VALUES (@CaseId, @PersonId, @Shown, @Roles, @Until)
