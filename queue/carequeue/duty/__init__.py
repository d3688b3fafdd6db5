"""Who is on duty at a unit, whether anybody is, and what follows when nobody is and somebody very urgent waits."""
