"""Address books as vCards, 2.1, 3.0 and 4.0, as phones and mail programs really write them."""

from __future__ import annotations

import codecs
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from referralgraph.errors import SourceError, UsageError
from referralgraph.loaders.employment import add_employment, employer_key, is_employer
from referralgraph.loaders.recognise import mend
from referralgraph.records.delimited import byte_pieces
from referralgraph.records.identifiers import profile_address
from referralgraph.records.names import fold
from referralgraph.records.partial_date import is_partial_date
from referralgraph.records.person_name import parse_person_name
from referralgraph.records.sink import RecordSink
from referralgraph.records.source import RawFile, Source

_BEGIN, _END = re.compile(rb"\s*BEGIN\s*:\s*VCARD\s*", re.I), re.compile(rb"\s*END\s*:\s*VCARD\s*", re.I)
_BINARY = {"PHOTO", "LOGO", "SOUND", "KEY"}
_ENCODINGS = {"QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT"}
_ADDRESSES = {"URL", "X-SOCIALPROFILE", "SOCIALPROFILE", "IMPP"}
_PROPERTY = re.compile(rb"(?:[\w-]+\.)?([A-Za-z][\w-]*)((?:;(?:\"[^\"]*\"|[^\":;])*)*):", re.ASCII)
_ESCAPED = re.compile(r"\\(.)", re.S)
_NOT_PEOPLE = {"org": "an organisation, not a person", "group": "a group, not a person",
               "location": "a place, not a person"}


@dataclass
class _Property:
    name: str
    parameters: dict[str, list[str]]
    raw: bytes
    line: int

    @property
    def quoted_printable(self) -> bool:
        return "QUOTED-PRINTABLE" in self.parameters.get("ENCODING", ())

    @property
    def types(self) -> set[str]:
        return {each.lower() for each in self.parameters.get("TYPE", ())}

    def text(self) -> str:
        """Value as text, its backslashes still in it."""
        data = quopri.decodestring(self.raw) if self.quoted_printable else self.raw
        return _decoded(data, next(iter(self.parameters.get("CHARSET", ())), None)).strip()

    def value(self) -> str:
        return _unescaped(self.text())

    def parts(self) -> list[str]:
        """Components of a structured value: name, address, organisation."""
        return [_unescaped(part).strip() for part in re.split(r"(?<!\\);", self.text())]


@dataclass
class _Card:
    line: int
    properties: list[_Property] = field(default_factory=list)
    closed: bool = False

    def all(self, name: str) -> list[_Property]:
        return [each for each in self.properties if each.name == name]

    def value(self, name: str) -> str:
        return next((value for each in self.all(name) if (value := each.value())), "")

    def values(self, name: str) -> list[str]:
        return list(dict.fromkeys(value for each in self.all(name) if (value := each.value())))


def read(file: RawFile, sink: RecordSink) -> None:
    """Read an address book; its owner is the one whose it is.

    :param file: one or many vCards.
    :param sink: gets a person and a contact a card, and an organisation and a mandate where one is named.
    :raises SourceError: if the file is empty or holds no vCard.
    :raises UsageError: if the file has no owner.
    """
    if not file.owner:
        raise UsageError("vcard holds somebody's contacts: say whose with --owner NAME")
    data, problem = _bytes(file)
    cards = 0
    last_line = data.count(b"\n") + 1
    for card in _cards(data, sink):
        cards += 1
        if cards % 1000 == 0:
            file.progress(card.line)
        if not card.closed and card.properties and not data.endswith(b"\n"):
            card.properties.pop()  # where the file breaks off, its last line may be half a value
        _read_card(card, file, sink)
    if not cards:
        head = _decoded(data[:2000], None)
        raise SourceError(problem or "no vCard in it", file=file.path, line=None if problem else 1,
                          mend="" if problem else mend(head, re.split(r"[,;\t]", head.split("\n")[0])))
    if problem:
        sink.quarantine(last_line, problem, "")


def _bytes(file: RawFile) -> tuple[bytes, str]:
    """Read all that can be read, as UTF-8 where the file says by its mark that it is something else."""
    pieces, problem = [], ""
    if not file.path.is_file():
        raise SourceError("no such file", file=file.path, mend="Check the path")
    for piece, found in byte_pieces(file):
        pieces.append(piece)
        problem = found
    data = b"".join(pieces)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data.decode("utf-16", errors="replace").encode()
    data = data.removeprefix(codecs.BOM_UTF8)
    if not data.strip() and not problem:
        raise SourceError("the file is empty", file=file.path, mend="Export it again")
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n"), problem


def _cards(data: bytes, sink: RecordSink) -> Iterator[_Card]:
    """Yield the cards, a card inside another (AGENT) as one of its own; what stands outside of cards is no card."""
    open_cards: list[_Card] = []
    for line, raw in _logical_lines(data):
        if _BEGIN.fullmatch(raw):
            # Without an AGENT before it, a new card means that the END of the last one was lost.
            if open_cards and not (open_cards[-1].properties and open_cards[-1].properties[-1].name == "AGENT"):
                open_cards[-1].closed = True
                yield open_cards.pop()
            open_cards.append(_Card(line))
        elif not open_cards:
            continue
        elif _END.fullmatch(raw):
            card = open_cards.pop()
            card.closed = True
            yield card
        else:
            found = _property(raw, line)
            if found:
                open_cards[-1].properties.append(found)
            elif raw.strip() and not (open_cards[-1].properties and open_cards[-1].properties[-1].name in _BINARY):
                sink.quarantine(line, "a line of a card that has no property name; the rest of the card is kept",
                                _decoded(raw, None))
    for card in reversed(open_cards):
        sink.quarantine(card.line, "the file ends inside this card, what was whole of it is kept; export it again", "")
        yield card


def _logical_lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Join folded lines and soft line breaks; each comes with the number of its first line.

    A fold is joined as bytes: some clients break inside a character.
    """
    first, parts, soft = 1, [b""], False
    for number, raw in enumerate(data.split(b"\n"), start=1):
        if soft and not (_BEGIN.fullmatch(raw) or _END.fullmatch(raw)):
            parts[-1] = parts[-1][:-1]
            parts.append(raw)
        elif raw[:1] in (b" ", b"\t") and parts != [b""]:
            parts.append(raw[1:])
        else:
            yield first, b"".join(parts)
            first, parts = number, [raw]
        head = parts[0].split(b":", 1)[0].upper()
        soft = raw.endswith(b"=") and b"QUOTED-PRINTABLE" in head
    yield first, b"".join(parts)


def _property(raw: bytes, line: int) -> _Property | None:
    match = _PROPERTY.match(raw.lstrip())
    if not match:
        return None
    parameters: dict[str, list[str]] = {}
    for each in re.findall(r';((?:"[^"]*"|[^";])*)', _decoded(match.group(2), None)):
        name, found, value = each.partition("=")
        if not found:  # 2.1 writes bare words: TEL;WORK;VOICE and N;QUOTED-PRINTABLE
            name, value = ("ENCODING" if each.upper() in _ENCODINGS else "TYPE"), each
        name = name.strip().upper()
        value = value.replace('"', "").strip()
        parameters.setdefault(name, []).extend(value.upper().split(",") if name in {"ENCODING", "TYPE"} else [value])
    name = match.group(1).decode().upper()
    return _Property(name, parameters, b"" if name in _BINARY else raw.lstrip()[match.end():], line)


def _read_card(card: _Card, file: RawFile, sink: RecordSink) -> None:
    named = (each.parts()[0] for each in card.all("ORG"))
    organisations = list(dict.fromkeys(each for each in named if is_employer(each)))
    emails = [email for each in card.values("EMAIL") if "@" in (email := re.sub("(?i)^mailto:", "", each))]
    phones = [re.sub("(?i)^tel:", "", each) for each in card.values("TEL")]
    family, given, prefix, suffix = _name_parts(card)
    written = card.value("FN") or " ".join(filter(None, (prefix, given, family, suffix))) or card.value("NICKNAME")
    problem = _no_person(card, written, bool(given or family), organisations, emails)
    if problem:
        if any(each.name not in {"VERSION", "PRODID", "REV", "UID"} for each in card.properties):
            sink.quarantine(card.line, problem, " | ".join([written, *organisations, *phones]).strip(" |"))
        return
    name = parse_person_name(written or emails[0], given, family)
    apart = [part for part in (*prefix.split(","), *suffix.split(",")) if part and part not in (name.title or "")]
    nicknames = [nick.strip() for each in card.values("NICKNAME") for nick in each.split(",")]
    further = [nick for nick in (*name.others, *nicknames) if nick and nick != name.name]
    urls = [each.value() for each in card.properties if each.name in _ADDRESSES]
    owner, uid = str(file.owner), card.value("UID")
    # The owner is part of the key: phones number their cards "1", "2", and one's private card is not another's.
    key = [owner, uid] if uid else [owner, fold(written) or written, *(emails or phones)[:1],
                                        *map(employer_key, organisations[:1])]
    person = sink.add("person", key, card.line, {
        **name.fields(), "title": " ".join(filter(None, (name.title, *apart))) or None,
        "other_names": list(dict.fromkeys(further)) or None,
        "birth_date": _birth_date(card), **_residence(card), "emails": emails or None, "phones": phones or None,
        **({} if written else {"given_name": None}),
        "profile_url": next((address for url in urls if (address := profile_address(url))), None),
        "occupation": card.value("ROLE") or (None if organisations else card.value("TITLE")) or None,
    })
    if person is None:
        return
    sink.add("contact", key, card.line, {
        "owner": owner, "visibility": file.visibility, "person": person, "kind": "address_book"})
    position = card.value("TITLE") or card.value("ROLE")
    for company in organisations:
        add_employment(sink, card.line, person, key, company, position if company == organisations[0] else None)


def _name_parts(card: _Card) -> tuple[str, str, str, str]:
    parts = next((each.parts() for each in card.all("N") if any(each.parts())), [])
    family, given, middle, prefix, suffix = [*parts, "", "", "", "", ""][:5]
    middle = " ".join(middle.replace(",", " ").split())
    return family, " ".join(filter(None, (given, middle))), prefix, suffix


def _no_person(card: _Card, written: str, named: bool, organisations: list[str], emails: list[str]) -> str:
    kind = (card.value("KIND") or card.value("X-ADDRESSBOOKSERVER-KIND")).lower()
    if kind in _NOT_PEOPLE:
        return _NOT_PEOPLE[kind]
    if not named and written and (written in organisations or card.value("X-ABSHOWAS").upper() == "COMPANY"):
        return _NOT_PEOPLE["org"]
    if written or emails:
        return ""
    if organisations:
        return _NOT_PEOPLE["org"]
    return "no name, no e-mail: nobody can be told from it; give the card a name"


def _residence(card: _Card) -> dict[str, str | None]:
    """Return place, postcode and country of the home address, else of the first that has any."""
    addresses = sorted(card.all("ADR"), key=lambda each: "home" not in each.types)
    for each in addresses:
        parts = [*each.parts(), *[""] * 7]
        city, postcode, country = parts[3], parts[5], parts[6]
        if city or postcode or country:
            return {"city": city or None, "postcode": postcode or None, "country": country or None}
    return {}


def _birth_date(card: _Card) -> str | None:
    """Read a date of birth to its precision; without a year (``--0203``) it is none, and 1604 is Apple's "no year"."""
    text = card.value("BDAY").split("T")[0].strip()
    compact = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text)
    text = "-".join(compact.groups()) if compact else text
    return text if is_partial_date(text) and not text.startswith(("1604", "0000")) else None


def _decoded(data: bytes, charset: str | None) -> str:
    for encoding in (charset, "utf-8"):
        try:
            return data.decode(encoding or "utf-8")
        except (UnicodeDecodeError, LookupError):
            continue
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    # Phones cut long UTF-8 values in the middle of a character; a text in cp1252 has hardly a whole one.
    if broken < sum(mark > "\x7f" for mark in text) - broken:
        return text.rstrip("\ufffd")
    return data.decode("cp1252", errors="replace")


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: "\n" if match.group(1) in "nN" else match.group(1), text).strip()


SOURCE = Source(
    name="vcard",
    publisher="an address book, exported by its owner",
    licence="private data of the owner",
    patterns=("*.vcf", "*.vcard"),
    read=read,
    complete_for="owner_and_file",
    personal=True,
)
