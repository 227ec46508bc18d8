"""Settings for the type checker alone, which must see the models without running the package."""

INSTALLED_APPS = ["quoth.case.projection"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
USE_TZ = True
SECRET_KEY = "for the type checker"  # never served
