INSERT INTO access_requests (request_id, state, requester, age, identity_check, received_on, due_on, extended, registered_by_id, registered_event)
VALUES (@RequestId, @State, @Requester, @Age, @IdentityCheck, @ReceivedOn, @DueOn, 0, @PersonId, @EventId)
