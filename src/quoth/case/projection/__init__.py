"""A cache of log and derived objects, in a database.

It can be deleted and made again with equal answers; Django appears here and at the desk only.
Django wants its settings before the first model is loaded, so they are made here.
"""

from quoth.case.projection.setup import configure

configure()
