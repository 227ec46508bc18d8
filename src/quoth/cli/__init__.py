"""The command ``quoth``: one file a verb.

Each verb parses, calls the case and prints; text for people, ``--json`` for machines.
"""
