UPDATE trail_head SET size = @Size, frontier = @Frontier WHERE log = @Log AND size = @Before
