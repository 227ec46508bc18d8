"""Who, which office, when: suggestions from one text.

- ``texts.resolve`` is the door for one document, ``names.group`` the one for a case.
- Every reading keeps its words; nothing is read more precisely than they allow.
- Everything here is a suggestion until a person accepts it.
"""
