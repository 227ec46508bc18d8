"""Bring in: files, folders and archives, with what people say of them.

``files`` walks, ``archives`` looks into containers without unpacking them to disk, ``kinds`` names
media types, ``provenance`` reads what is declared, ``citing`` and ``exhibits`` make the records.
Nothing here writes to disk.
"""
