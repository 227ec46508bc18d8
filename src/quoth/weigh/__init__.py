"""How much it bears: claims, origins, routes, gaps, opinions, silences.

``balance`` is the door; the other modules each weigh one thing.
"""
