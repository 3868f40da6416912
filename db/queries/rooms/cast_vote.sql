-- No ballot lands in a round that was revealed; the primary key keeps it to one a person.
INSERT INTO ballots (case_id, round, person_id, event_id, choice, answer, concern, confidence, cast_at)
SELECT v.case_id, v.round, @PersonId, @EventId, @Choice, @Answer, @Concern, @Confidence, @Now
FROM vote_rounds v
WHERE v.case_id = @CaseId AND v.round = @Round AND v.revealed_at IS NULL
