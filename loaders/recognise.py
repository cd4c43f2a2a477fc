"""Which loader may fit a file that isn't what it was said to be, told from its first lines."""

from __future__ import annotations

from referralgraph.records.names import fold

_BY_COLUMNS = (
    ({"e mail 1 value"}, "a Google contacts export", "load table FILE --mapping google_contacts"),
    ({"phone 1 value"}, "a Google contacts export", "load table FILE --mapping google_contacts"),
    ({"e mail address", "job title"}, "an Outlook contacts export", "load table FILE --mapping outlook_contacts"),
    ({"e mail adresse", "weitere vornamen"}, "an Outlook contacts export",
     "load table FILE --mapping outlook_contacts"),
    ({"first name", "last name", "connected on"}, "a LinkedIn export", "load linkedin FILE --owner NAME"),
)
_BY_START = (
    ("BEGIN:VCARD", "vCards", "load vcard FILE --owner NAME"),
    ("{\"", "JSON lines; a dump of OffeneRegister", "load offeneregister FILE"),
    ("PAR1", "a Parquet file", "load table FILE --mapping FILE"),
)
_OTHERS = (
    ("PK\x03\x04", "a zip archive or an Excel workbook: unpack the archive, or load the workbook with "
                   "`referralgraph load table FILE --mapping FILE`"),
    ("\x1f\x8b", "compressed: give it the ending .gz"),
    ("\u00d0\u00cf\x11\u00e0", "an old Excel file: save it as .xlsx"),
    ("%PDF", "a PDF: export a table instead"),
    ("<", "a web page or XML: export it as CSV or Excel instead"),
)


def mend(first_lines: str, columns: list[str]) -> str:
    """Say in one sentence what a file looks like and how it loads.

    :param first_lines: how the file begins.
    :param columns: the names of its columns, if it has any.
    """
    known = {fold(column) for column in columns}
    for needed, what, command in _BY_COLUMNS:
        if needed <= known:
            return f"It looks like {what}: `referralgraph {command}`"
    if {"conversation id", "folder"} <= known or {"from", "to", "direction"} <= known:
        return "It is another file of the LinkedIn archive; the contacts are in Connections.csv"
    start = first_lines.lstrip("\ufeff \r\n\t")
    for begin, what, command in _BY_START:
        if start.upper().startswith(begin):
            return f"It looks like {what}: `referralgraph {command}`"
    for begin, what in _OTHERS:
        if start.startswith(begin):
            return f"It looks like {what}"
    return "Any CSV, Excel or Parquet file loads with `referralgraph load table FILE --mapping FILE`"
