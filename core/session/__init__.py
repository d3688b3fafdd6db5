"""Who is signed in: opaque tokens, rows in SQL. How somebody proves who they are is `web`'s business."""
