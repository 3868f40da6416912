SELECT c.case_id
FROM cases c
WHERE c.phase = 'closed'
  AND (c.submitter_id = @PersonId
       OR c.owner_id = @PersonId
       OR c.facilitator_id = @PersonId OR c.co_facilitator_id = @PersonId
       OR c.case_id IN (SELECT i.case_id FROM invitations i WHERE i.person_id = @PersonId AND i.state IN ('invited', 'accepted'))
       OR c.case_id IN (SELECT d.case_id FROM decisions d WHERE d.approver_id = @PersonId)
       OR c.case_id IN (SELECT f.case_id FROM follow_ups f WHERE f.owner_id = @PersonId AND f.state <> 'proposed'))
ORDER BY c.closed_at DESC, c.phase_since DESC
LIMIT @Take OFFSET @Skip
