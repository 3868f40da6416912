SELECT request_id, state, requester, age, identity_check, received_on, due_on, extended, registered_by_id, registered_event, decided_by_id, decided_at,
       decided_event, refusal_ground, answered_at
FROM access_requests
WHERE request_id = @RequestId
