-- Cases among these leaves in which this person has a part, and of which something is blind or was written under a letter.
SELECT COUNT(*)
FROM cases c
WHERE (c.submitter_id = @PersonId OR c.owner_id = @PersonId OR c.facilitator_id = @PersonId OR c.co_facilitator_id = @PersonId
       OR EXISTS (SELECT 1 FROM invitations i WHERE i.case_id = c.case_id AND i.person_id = @PersonId)
       OR EXISTS (SELECT 1 FROM decisions d WHERE d.case_id = c.case_id AND d.approver_id = @PersonId)
       OR EXISTS (SELECT 1 FROM follow_ups f WHERE f.case_id = c.case_id AND f.owner_id = @PersonId))
  AND (EXISTS (SELECT 1 FROM pseudonyms p WHERE p.case_id = c.case_id)
       OR EXISTS (SELECT 1 FROM interpretations i WHERE i.case_id = c.case_id AND i.revealed_at IS NULL)
       OR EXISTS (SELECT 1 FROM vote_rounds r WHERE r.case_id = c.case_id AND r.revealed_at IS NULL)
       OR EXISTS (SELECT 1 FROM urns u WHERE u.case_id = c.case_id))
  AND EXISTS (SELECT 1 FROM trail_events e WHERE e.case_id = c.case_id AND e.leaf_index >= @First AND e.leaf_index < @End)
