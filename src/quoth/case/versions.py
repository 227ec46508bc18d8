"""Tool and version of every step; a new one repeats it.

They stand here as plain text so that planning does not import the rooms.
"""

__all__ = ["VERSIONS"]

VERSIONS = {
    "read": ("quoth.read", "1"),
    "attribute": ("quoth.attribute", "3"),
    "resolve": ("quoth.resolve", "1"),
    "recordings": ("quoth.case.recordings", "1"),
    "group": ("quoth.resolve.names", "1"),
    "verify": ("quoth.verify", "1"),
    "weigh": ("quoth.weigh", "1"),
}
