-- Somebody who comes back was here already: the row count tells.
INSERT INTO attendance (case_id, person_id, joined_at)
SELECT r.case_id, @PersonId, @Now
FROM rooms r
WHERE r.case_id = @CaseId
  AND NOT EXISTS (SELECT 1 FROM attendance a WHERE a.case_id = @CaseId AND a.person_id = @PersonId)
