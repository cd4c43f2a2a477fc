"""LinkedIn's ``Connections.csv``: the people one of us is connected with, and where they say they work."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from referralgraph.errors import SourceError, UsageError
from referralgraph.loaders.employment import add_employment, employer_key, is_employer
from referralgraph.loaders.recognise import mend
from referralgraph.records.delimited import Row, best_delimiter, rows, text_lines
from referralgraph.records.identifiers import profile_address
from referralgraph.records.names import fold
from referralgraph.records.partial_date import parse_partial_date
from referralgraph.records.person_name import parse_person_name
from referralgraph.records.sink import RecordSink
from referralgraph.records.source import RawFile, Source

# LinkedIn itself writes English headers; the others are what translated exports and re-saved files carry.
_COLUMNS = {
    "first": ("first name", "firstname", "given name", "vorname", "nombre", "nama depan", "prenom", "nome", "voornaam"),
    "last": ("last name", "lastname", "surname", "family name", "nachname", "apellido", "apellidos", "nama belakang",
             "nom", "nom de famille", "cognome", "sobrenome", "achternaam"),
    "url": ("url", "profile url", "linkedin url", "profil url", "public profile url", "url del perfil", "url profil"),
    "email": ("email address", "e mail address", "email", "e mail", "e mail adresse", "correo electronico",
              "direccion de correo electronico", "direccion de correo", "alamat email", "alamat surel",
              "adresse e mail", "indirizzo email", "endereco de e mail", "e mailadres"),
    "company": ("company", "current company", "unternehmen", "firma", "empresa", "perusahaan", "entreprise", "societe",
                "azienda", "bedrijf"),
    "position": ("position", "current position", "cargo", "puesto", "jabatan", "posisi", "poste",
                 "posizione", "functie"),
    "since": ("connected on", "connection date", "verbunden am", "vernetzt am", "vernetzt seit", "kontakt seit",
              "conectado el", "fecha de conexion", "conectado em", "terhubung pada", "terhubung sejak", "connecte le",
              "collegato il", "in contact sinds"),
}
_FIELD_OF = {column: field for field, columns in _COLUMNS.items() for column in columns}
_DATES = ("%d %b %Y", "%d. %b %Y", "%d-%b-%y", "%d-%b-%Y", "%b %d, %Y", "%m/%d/%y, %I:%M %p", "%d.%m.%Y", "%Y/%m/%d",
          "%d/%m/%Y", "%m/%d/%Y")
_SEARCHED = 60  # lines at the beginning in which the header is looked for


def read(file: RawFile, sink: RecordSink) -> None:
    """Read one export of connections; its owner is the one who exported it.

    :param file: ``Connections.csv``, with or without the notes that LinkedIn puts before the header.
    :param sink: gets a person and a contact a row, and an organisation and a mandate where a company is named.
    :raises SourceError: if the file is empty or has no header of connections.
    :raises UsageError: if the file has no owner.
    """
    if not file.owner:
        raise UsageError("linkedin holds somebody's contacts: say whose with --owner NAME")
    lines = text_lines(file)
    head = list(islice(lines, _SEARCHED))
    delimiter = best_delimiter(head, lambda cells: len(_fields(cells)))
    table = rows(chain(head, lines), delimiter)
    header = _header(table, file, "\n".join(line.text for line in head))
    fields = _fields(header.cells)
    for row in table:
        if row.line % 1000 == 0:
            file.progress(row.line)
        if row.problem:
            sink.quarantine(row.line, row.problem, row.cells[0])
        elif any(cell.strip() for cell in row.cells) and row.cells != header.cells:
            _read_row(row, fields, len(header.cells), file, sink)


def _header(table: Iterator[Row], file: RawFile, head: str) -> Row:
    seen: list[str] = []
    first = 1
    for row in table:
        if row.line > _SEARCHED:
            break
        if _is_header(row.cells):
            return row
        if row.problem and not seen:
            raise SourceError(row.problem, file=file.path, line=row.line)
        if len(row.cells) > len(seen):
            seen, first = row.cells, row.line
    if _fields(seen) or first == 1:
        found = "its columns are " + ", ".join(cell.strip()[:40] for cell in seen[:12])
    else:
        found, first = f"it begins with {head[:60].splitlines()[0]!r}", 1
    raise SourceError(f"not a LinkedIn export of connections: {found}", file=file.path, line=first,
                      mend=f"It needs First Name, Last Name and Connected On or URL. {mend(head, seen)}")


def _is_header(cells: list[str]) -> bool:
    fields = _fields(cells)
    known = {"first", "last"} <= fields.keys() and ("since" in fields or "url" in fields or
                                                     {"company", "position"} <= fields.keys())
    # Google and Outlook name some columns alike, but dozens of others besides.
    return known and len(cells) - len(fields) <= len(fields)


def _fields(cells: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        field = _FIELD_OF.get(fold(cell))
        if field:
            found.setdefault(field, at)
    return found


def _read_row(row: Row, fields: dict[str, int], width: int, file: RawFile, sink: RecordSink) -> None:
    text = " | ".join(row.cells)
    if len(row.cells) < width or any(cell.strip() for cell in row.cells[width:]):
        sink.quarantine(row.line, f"a row of {len(row.cells)} fields under a header of {width}: it is cut off, or a "
                        "comma inside a field isn't quoted", text)
        return
    value = {field: row.cells[at].strip() for field, at in fields.items()}
    first, last, company = value["first"], value["last"], value.get("company", "")
    written = " ".join(part for part in (first, last) if part)
    if not written:
        sink.quarantine(row.line, "no name: LinkedIn hides people who closed their account or their profile", text)
        return
    owner = str(file.owner)
    address = profile_address(value.get("url", "")) or value.get("url", "")
    key = [address] if address else [owner, fold(written) or written, employer_key(company)]
    position = value.get("position", "")
    employed = is_employer(company)
    person = sink.add("person", key, row.line, {
        **parse_person_name(written, first, last).fields(),
        "emails": [value["email"]] if "@" in value.get("email", "") else None,
        "profile_url": address or None,
        "occupation": None if employed else position or company.strip("-. ") or None,
    })
    if person is None:
        return
    try:
        since = parse_partial_date(value.get("since", ""), _DATES)
    except ValueError:
        since = None
        sink.quarantine(row.line, "the date of the connection can't be read; the contact is kept without it", text)
    sink.add("contact", [owner, *key], row.line, {
        "owner": owner, "visibility": file.visibility, "person": person, "kind": "linkedin", "since": since})
    if employed:
        add_employment(sink, row.line, person, key, company, position)


SOURCE = Source(
    name="linkedin",
    publisher="LinkedIn, exported by the owner of the contacts",
    licence="private data of the owner",
    patterns=("Connections.csv",),
    read=read,
    complete_for="owner",
    personal=True,
)
