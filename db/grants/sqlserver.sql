-- Run by the database's administrator after the first start, and again when a version brings a table of the trail, with the application's own user in place of [signalreview]:
-- the application may add to the trail and never change it.
DENY UPDATE, DELETE ON trail_events TO [signalreview];
DENY UPDATE, DELETE ON trail_subtrees TO [signalreview];
DENY UPDATE, DELETE ON checkpoints TO [signalreview];
DENY UPDATE, DELETE ON key_rotations TO [signalreview];
