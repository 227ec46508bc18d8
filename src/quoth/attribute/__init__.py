"""Who says what, via whom: from passages to statements.

One door: ``quoth.attribute.engine``. Rules on surface text; no parser, no model, no network.
"""
