DELETE FROM outbox WHERE delivered_at < @Before
