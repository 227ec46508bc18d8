"""The projection as a Django application.

It has models and migrations, and no views of its own.
"""

from django.apps import AppConfig

__all__ = ["ProjectionConfig"]


class ProjectionConfig(AppConfig):
    """Names the application; table names start with ``projection_``."""

    name = "quoth.case.projection"
    label = "projection"
    default_auto_field = "django.db.models.BigAutoField"
