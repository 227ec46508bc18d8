"""Protect: what may leave the case, and what may not.

- ``clear`` makes the only thing that ``publish`` takes, a ``Release``.
- ``withhold`` says which words of a case are kept back by default, and why.
"""

__all__: list[str] = []
