UPDATE erasures SET destroyed_at = @Now WHERE erasure_id = @ErasureId AND destroyed_at IS NULL
