-- What began or ended a phase of the room.
SELECT event_id, type, at
FROM trail_events
WHERE case_id = @CaseId AND type IN ('room.opened', 'discussion.opened', 'room.phase', 'vote.opened', 'votes.revealed', 'room.harvested')
ORDER BY case_seq
