SELECT log, size, frontier FROM trail_head
