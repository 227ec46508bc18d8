"""What all pages share: escaping, frame, small pieces.

``html`` escapes, ``pieces`` draws dates, names and badges, ``frame`` puts a page together.
"""

__all__: list[str] = []
