"""By what members of staff are known where they sign in."""
