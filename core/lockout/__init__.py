"""Who has guessed wrong too often: counted in SQL, so that neither a restart nor an emptied Redis forgives anything."""
