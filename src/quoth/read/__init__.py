"""Bytes to passages: one reader a kind, one door.

``readers`` is the door; the files beside it are the readers, one format each.
"""
