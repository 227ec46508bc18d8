"""Rows of a spreadsheet (XLSX), read as a stream.

- Cells stand as they are stored: dates as ISO text, numbers without added digits, formulas by
  the value that was last computed.
- Rows keep their number and their sheet's name; empty rows give nothing.

Example::

    list(rows_of(stream).rows)
"""

import datetime
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

from quoth.read.csv_rows import Opened
from quoth.read.package import package_trouble
from quoth.record.rendition import Setting

__all__ = ["rows_of", "written"]

MOST_COLUMNS = 1_000
_SETTINGS = (Setting(name="cells", value="as stored; dates as ISO 8601; formulas by their last value"),)


def rows_of(source: BinaryIO) -> Opened:
    """All rows of all sheets."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    trouble = package_trouble(source)
    if trouble:
        return Opened(rows=(), troubles=(trouble,))
    try:
        book = openpyxl.load_workbook(source, read_only=True, data_only=True, keep_links=False)
    except (
        InvalidFileException,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        ParseError,
        zipfile.BadZipFile,
    ) as err:
        return Opened(rows=(), troubles=(f"the spreadsheet is damaged: {err}",))
    return Opened(rows=_rows(book), settings=_SETTINGS)


def _rows(book: Any) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    for sheet in book.worksheets:
        for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), start=1):
            cells = [written(value) for value in row]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield sheet.title, number, tuple(cells)


def written(value: Any) -> str:
    """A stored value as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.replace(microsecond=0).isoformat(sep=" ")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.time):
        return value.replace(microsecond=0).isoformat()
    if isinstance(value, datetime.timedelta):
        seconds = int(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return str(value)
