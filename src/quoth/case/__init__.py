"""One investigation: the only place that knows the order.

``casebook`` opens and appends, ``flow`` runs the steps, ``projection`` is a cache of the log and of
the derived objects, ``answers`` reads it, ``edition`` publishes.
"""
