"""Migrations of the projection's tables.

They only matter while a projection is kept; it can always be rebuilt.
"""
