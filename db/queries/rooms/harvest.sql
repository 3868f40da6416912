-- The row count tells whether the room was still open: it is harvested once.
UPDATE rooms
SET room_phase = 'harvested', phase_since = @Now, phase_ends_at = NULL, floor_id = NULL, floor_since = NULL
WHERE case_id = @CaseId AND room_phase <> 'harvested'
