"""Visits: lobby, signalling, network paths. Belongs to a contact; knows neither HTTP nor sockets."""
