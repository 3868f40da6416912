-- Whether anything but pages of this stream themselves came after a leaf.
SELECT COUNT(*) FROM (SELECT 1 AS one FROM trail_events WHERE leaf_index > @After AND type <> @Polled LIMIT 1) AS news
