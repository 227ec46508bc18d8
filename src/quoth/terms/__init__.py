"""Values everyone uses; standard library only.

One noun a file: ``digest``, ``anchor``, ``when``, ``phone``, ``tongue``.
"""
