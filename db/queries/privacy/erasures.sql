-- What waits for somebody first; then the newest.
SELECT e.erasure_id, e.case_id, e.ground, e.asked_by, e.rule_id, e.state, e.interests, e.requested_by_id, e.requested_at, e.requested_event,
       e.checked_by_id, e.checked_at, e.checked_event, e.settled_by_id, e.settled_at, e.settled_event,
       e.erased_by_id, e.erased_at, e.erased_event, e.ended_share, e.reapplied_at, e.destroyed_at
FROM erasures e
ORDER BY CASE WHEN e.state IN ('requested', 'checked', 'approved') THEN 0 ELSE 1 END, e.requested_at DESC
LIMIT @Take OFFSET @Skip
