-- Never by who asked or checked, whatever the page said a moment ago; of two who approve at once one does.
UPDATE erasures
SET state = 'approved', settled_by_id = @SettledById, settled_at = @Now, settled_event = @SettledEvent
WHERE erasure_id = @ErasureId AND case_id = @CaseId AND state = 'checked' AND requested_by_id <> @SettledById AND checked_by_id <> @SettledById
