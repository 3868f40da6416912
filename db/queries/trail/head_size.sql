SELECT size FROM trail_head WHERE log = @Log
