UPDATE rooms
SET floor_id = @PersonId, floor_since = @Now
WHERE case_id = @CaseId AND room_phase <> 'harvested' AND (floor_id IS NULL OR floor_id <> @PersonId)
