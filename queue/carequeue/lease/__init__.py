"""A claim lasts as long as its holder can be reached: a dead tablet keeps no patient waiting."""
