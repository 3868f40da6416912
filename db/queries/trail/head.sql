SELECT size, frontier FROM trail_head WHERE log = @Log
