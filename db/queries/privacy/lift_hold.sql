-- Two people may lift it at the same time: the row count decides.
UPDATE legal_holds
SET lifted_by_id = @LiftedById, lifted_at = @Now, lifted_event = @LiftedEvent
WHERE hold_id = @HoldId AND case_id = @CaseId AND lifted_at IS NULL
