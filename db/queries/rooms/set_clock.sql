UPDATE rooms SET phase_ends_at = @PhaseEndsAt WHERE case_id = @CaseId AND room_phase <> 'harvested'
