"""A small folder of evidence for the tests of the case: everything in it is invented."""

import io
import zipfile
from pathlib import Path

FIRST = """<html lang="en"><head><title>Harbour master told crews to sail, clerk says</title>
<meta name="author" content="Runa Teld"><meta property="article:published_time" content="2031-05-14T08:00:00Z">
</head><body><article><h1>Harbour master told crews to sail, clerk says</h1>
<p>A clerk of the harbour office told the Morrow Gazette that harbour master Olen Varga had ordered three crews
to sail in the storm of 2 March. The clerk, who asked not to be named, said the order was written down.</p>
<p>“Nobody was forced to go anywhere,” said Varga. “The book will show it.”</p>
<p>The Ministry of Ports did not respond to telephone requests for comment. It was rumoured that the order
book had been burned.</p>
<p>The Crew Families Union said on 12 May that it had recordings of four calls and is able to provide them to
researchers.</p></article></body></html>
"""

SECOND = """<html lang="en"><head><title>Gazette: crews were ordered out</title>
<meta property="article:published_time" content="2031-05-15T08:00:00Z"></head><body><article>
<h1>Gazette: crews were ordered out</h1>
<p>Our readers ask what happened in the harbour. The Morrow Gazette reported on Wednesday what follows.</p>
<p>A clerk of the harbour office told the Morrow Gazette that harbour master Olen Varga had ordered three crews
to sail in the storm of 2 March. The clerk, who asked not to be named, said the order was written down.</p>
<p>“Nobody was forced to go anywhere,” said Varga. “The book will show it.”</p>
</article></body></html>
"""

MAIL = b"""From: Runa Teld <runa@gazette.example>
To: Olen Varga <varga@harbour.example>
Date: Mon, 12 May 2031 09:00:00 +0000
Subject: Questions
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="cut"

--cut
Content-Type: text/plain; charset=utf-8

Dear Mr Varga, did you order the crews to sail? Runa Teld

--cut
Content-Type: text/csv; name="tides.csv"
Content-Disposition: attachment; filename="tides.csv"

hour,metres
1,3.2
2,3.9

--cut--
"""

PROVENANCE = """[case]
title = "The three crews"
question = "Who sent the crews out?"

[default]
given_by = "Tove Anker"
obtained_on = "May 2031"

[[cited]]
title = "The order book"
said_by = "a clerk"
availability = "withheld"

[[hypothesis]]
text = "The order came from the harbour master"
"""

SECRET_GIVER = "Tove Anker"


def write(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "first.html").write_text(FIRST, encoding="utf-8")
    (folder / "second.html").write_text(SECOND, encoding="utf-8")
    (folder / "questions.eml").write_bytes(MAIL)
    (folder / "provenance.toml").write_text(PROVENANCE, encoding="utf-8")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo("letters/first-again.html", (2031, 5, 14, 0, 0, 0)), FIRST)
        archive.writestr(zipfile.ZipInfo("letters/note.txt", (2031, 5, 14, 0, 0, 0)), "The book is kept, said Varga.\n")
    (folder / "letters.zip").write_bytes(packed.getvalue())
    return folder
