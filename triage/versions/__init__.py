"""Versions of the clinical content: kept for as long as anything was judged by them, put in force by two persons."""
