-- What is not over, of those who are in it; a draft is its writer's alone.
SELECT c.case_id
FROM cases c
WHERE c.phase NOT IN ('closed', 'withdrawn', 'stopped')
  AND (c.submitter_id = @PersonId
       OR (c.phase <> 'draft'
           AND (c.owner_id = @PersonId
                OR c.facilitator_id = @PersonId OR c.co_facilitator_id = @PersonId
                OR (@Coordinates = 1 AND c.escalated_at >= c.phase_since)
                OR c.case_id IN (SELECT i.case_id FROM invitations i WHERE i.person_id = @PersonId AND i.state IN ('invited', 'accepted'))
                OR c.case_id IN (SELECT d.case_id FROM decisions d WHERE d.approver_id = @PersonId)
                OR c.case_id IN (SELECT f.case_id FROM follow_ups f WHERE f.owner_id = @PersonId))))
UNION
-- An action outlives its case's closing; a stop waits for its measures.
SELECT f.case_id
FROM follow_ups f
JOIN cases c ON c.case_id = f.case_id
WHERE f.owner_id = @PersonId AND f.state = 'planned' AND c.phase = 'closed'
UNION
-- Minutes may still be approved.
SELECT v.case_id
FROM minutes_versions v
JOIN minutes_answers a ON a.case_id = v.case_id AND a.number = v.number
JOIN cases c ON c.case_id = v.case_id
WHERE a.person_id = @PersonId AND a.agrees IS NULL AND v.state = 'proposed' AND c.phase = 'closed'
UNION
SELECT c.case_id
FROM cases c
WHERE @HandlesStops = 1 AND c.phase = 'stopped' AND c.closed_at IS NULL
UNION
-- Access in an emergency waits to be judged, also of a case that is over.
SELECT e.case_id
FROM emergency_accesses e
JOIN cases c ON c.case_id = e.case_id
WHERE e.verdict IS NULL AND (@Coordinates = 1 OR @HandlesStops = 1 OR c.owner_id = @PersonId)
UNION
-- So do findings.
SELECT f.case_id
FROM findings f
JOIN cases c ON c.case_id = f.case_id
WHERE (f.state = 'open' AND (@Coordinates = 1 OR c.owner_id = @PersonId)) OR (f.state = 'answered' AND f.raised_by_id = @PersonId)
