"""The record as a whole: is it as it was committed, the signed heads that lie outside it, its backups."""
