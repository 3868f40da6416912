INSERT INTO trail_events (leaf_index, event_id, case_id, case_seq, type, actor_id, at, leaf, leaf_hash)
VALUES (@LeafIndex, @EventId, @CaseId, @CaseSeq, @Type, @ActorId, @At, @Leaf, @LeafHash)
