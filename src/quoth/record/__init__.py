"""What a case is made of: frozen records, one noun a file.

``wire`` is the only reader and writer of our own format.
"""
