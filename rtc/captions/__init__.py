"""Captions: what is said in a visit as text, by a recogniser that the service is told of, of whoever says yes to it.

Nobody's voice goes there without their own yes, and neither voice nor text is kept anywhere.
"""
