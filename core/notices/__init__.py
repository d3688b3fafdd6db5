"""Telling people, outside the page, that something has happened in it: by web push, SMS or e-mail, in no clinical word.

A notice says that there is something to read and where the service is. It names nobody, quotes nothing and links to no
contact: whoever picks the telephone up learns only that its owner uses the service.
"""
