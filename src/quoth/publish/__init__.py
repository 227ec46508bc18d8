"""Make it public: a dossier that works without scripts, from a folder.

- ``dossier`` is the door: a ``Release`` in, pages out.
- One module a kind of page; ``layout`` holds what all of them share.
"""

__all__: list[str] = []
