"""The built-in readers, one declaration each; nothing heavy is imported.

They are found by the same door as readers from other packages: entry points of the group
``quoth.readers``, for example ``html = "quoth.read.declared:HTML"``.
"""

from quoth.read.readout import Reader

__all__ = ["AUDIO", "BUILT_IN", "HTML", "IMAGE", "MAIL", "MAILBOX", "OFFICE", "PDF", "TABLE", "TEXT", "TRANSCRIPT"]

TEXT = Reader(
    name="text",
    version="1",
    kinds=frozenset({"text/plain", "text/markdown", "text/*"}),
    module="quoth.read.text:read",
)
HTML = Reader(
    name="html",
    version="1",
    kinds=frozenset({"text/html", "application/xhtml+xml"}),
    needs=("lxml", "trafilatura"),
    module="quoth.read.html:read",
)
PDF = Reader(
    name="pdf",
    version="1",
    kinds=frozenset({"application/pdf"}),
    needs=("pypdfium2",),
    module="quoth.read.pdf:read",
)
OFFICE = Reader(
    name="office",
    version="1",
    kinds=frozenset({"application/vnd.openxmlformats-officedocument.wordprocessingml.document"}),
    needs=("docx",),
    module="quoth.read.office:read",
)
MAIL = Reader(
    name="mail",
    version="1",
    kinds=frozenset({"message/rfc822", "multipart/related"}),
    module="quoth.read.mail:read",
)
MAILBOX = Reader(
    name="mailbox",
    version="1",
    kinds=frozenset({"application/mbox", "application/x-mbox"}),
    module="quoth.read.mailbox:read",
)
IMAGE = Reader(
    name="image",
    version="1",
    kinds=frozenset({"image/*"}),
    needs=("PIL",),
    module="quoth.read.image:read",
)
AUDIO = Reader(
    name="audio",
    version="1",
    kinds=frozenset({"audio/*", "video/*", "application/ogg"}),
    needs=("av", "numpy", "PIL"),
    module="quoth.read.audio:read",
)
TRANSCRIPT = Reader(
    name="transcript",
    version="1",
    kinds=frozenset({"application/x-subrip", "text/srt", "text/x-srt", "text/vtt", "application/json"}),
    module="quoth.read.transcript:read",
)
TABLE = Reader(
    name="table",
    version="1",
    kinds=frozenset(
        {
            "text/csv",
            "text/tab-separated-values",
            "application/csv",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    ),
    needs=("openpyxl",),
    module="quoth.read.table:read",
)

BUILT_IN = (TEXT, HTML, PDF, OFFICE, MAIL, MAILBOX, IMAGE, AUDIO, TRANSCRIPT, TABLE)
"""In the order of the list above; an exact kind wins over a wildcard, whoever declares it."""
