-- Those who vote are the active readers, the submitter and the owner, each once.
SELECT c.case_id, c.seq, c.phase, r.room_phase, COALESCE(r.round, 0) AS round, r.phase_ends_at,
       (SELECT COUNT(*) FROM interpretations i WHERE i.case_id = c.case_id) AS readings_in,
       (SELECT COUNT(*) FROM invitations v WHERE v.case_id = c.case_id AND v.state IN ('invited', 'accepted')) AS readings_asked,
       (SELECT COUNT(*) FROM ballots b WHERE b.case_id = c.case_id AND b.round = r.round) AS votes_in,
       (SELECT COUNT(*) FROM invitations v WHERE v.case_id = c.case_id AND v.state IN ('invited', 'accepted'))
       + CASE WHEN EXISTS (SELECT 1 FROM invitations v WHERE v.case_id = c.case_id AND v.person_id = c.submitter_id
                           AND v.state IN ('invited', 'accepted')) THEN 0 ELSE 1 END
       + CASE WHEN c.owner_id = c.submitter_id
                OR EXISTS (SELECT 1 FROM invitations v WHERE v.case_id = c.case_id AND v.person_id = c.owner_id
                           AND v.state IN ('invited', 'accepted')) THEN 0 ELSE 1 END AS votes_asked,
       (SELECT MIN(s.due_at) FROM open_steps s WHERE s.case_id = c.case_id) AS due_at
FROM cases c
LEFT JOIN rooms r ON r.case_id = c.case_id
WHERE c.case_id = @CaseId
