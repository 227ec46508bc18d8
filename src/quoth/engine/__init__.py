"""Steps mapped over many workers, here or on a cluster.

Engines are found by the entry point group ``quoth.engines``; nothing imports them.
"""
