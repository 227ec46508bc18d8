"""Does it hold: copies, recordings against call records, contradictions.

``checks`` is the door; ``copies``, ``calls`` and ``consistency`` are the checks behind it.
"""
