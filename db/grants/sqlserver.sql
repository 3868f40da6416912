-- Run once by the database's administrator after the first start, with the application's own user in place of [signalreview]:
-- the application may add to the trail and never change it.
DENY UPDATE, DELETE ON trail_events TO [signalreview];
DENY UPDATE, DELETE ON trail_nodes TO [signalreview];
DENY UPDATE, DELETE ON checkpoints TO [signalreview];
DENY UPDATE, DELETE ON key_rotations TO [signalreview];
