-- Headers only, verbatim; they are never changed.
SELECT leaf_index, leaf FROM trail_events WHERE leaf_index > @After AND leaf_index <= @Last ORDER BY leaf_index
