"""Make a fictional country: raw files in the publishers' formats, with the truth beside them."""

from __future__ import annotations

import bz2
import gzip
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import date
from io import BufferedIOBase
from pathlib import Path

from referralgraph.demo import story
from referralgraph.demo.acquaintances import acquaintances, planted
from referralgraph.demo.address_books import write_iphone, write_linkedin, write_outlook
from referralgraph.demo.landscape import Landscape
from referralgraph.demo.lists import Listed, write_members, write_presidium, write_visits
from referralgraph.demo.plot import QUESTIONS, Question, story_entries
from referralgraph.demo.register import chunks, line
from referralgraph.demo.truth import CONTACT_COLUMNS, MEMBER_COLUMNS, OfficerTruth, write_rows, write_story

MOST_COMPANIES = 5_000_000
# Up to here the dump is packed as its publisher packs it; bzip2 would take most of the time of a larger one.
LARGEST_BZ2 = 20_000
RETRIEVED_AT = date(2026, 9, 30)


@dataclass(frozen=True)
class Export:
    """What one colleague exported: `source` is the loader (linkedin or vcard)."""

    source: str
    owner: str
    path: Path


@dataclass(frozen=True)
class Listing:
    """A table with the mapping that loads it."""

    path: Path
    mapping: Path


@dataclass(frozen=True)
class Team:
    """Our people: `me` and the colleagues work at `company`, which is in the register too."""

    me: str
    colleagues: tuple[str, ...]
    company: str
    city: str


@dataclass(frozen=True)
class Truth:
    """The truth files: officers.csv.gz, contacts.csv, members.csv and story.json."""

    officers: Path
    contacts: Path
    members: Path
    story: Path


@dataclass(frozen=True)
class Country:
    """A fictional country on disk: what to load, who asks, and what the answers must be."""

    directory: Path
    companies: int
    seed: int
    retrieved_at: date
    register: Path
    exports: tuple[Export, ...]
    listings: tuple[Listing, ...]
    team: Team
    questions: tuple[Question, ...]
    truth: Truth


def generate(
    directory: Path, companies: int = 2000, seed: int = 1, *, progress: Callable[[int], None] | None = None
) -> Country:
    """Write a fictional country: a register dump, a team's address books, an association's and a chamber's list.

    The same arguments give the same files, byte by byte, on any machine with the same zlib; what is inside the packed
    files is the same everywhere. Nothing depends on the clock. The story's companies come on top of `companies`.

    :param directory: where to write; made if it isn't there, files of an earlier country in it are overwritten.
    :param companies: number of companies, 1 to 5,000,000; time grows in proportion, memory does not.
    :param seed: any whole number; another seed, another country with the same story.
    :param progress: called with the number of companies written so far.
    :raises ValueError: if `companies` is out of range.
    """
    if not 1 <= companies <= MOST_COMPANIES:
        raise ValueError(f"a country has 1 to {MOST_COMPANIES:,} companies, not {companies:,}")
    land = Landscape(companies, seed)
    for folder in ("register", "contacts", "lists", "truth"):
        (directory / folder).mkdir(parents=True, exist_ok=True)
    truth = Truth(
        officers=directory / "truth" / "officers.csv.gz",
        contacts=directory / "truth" / "contacts.csv",
        members=directory / "truth" / "members.csv",
        story=directory / "truth" / "story.json",
    )
    team = Team(story.MARA.name, (story.JONAS.name, story.SRI.name), story.HUBWERK.name, story.MARA.city)
    register, numbers = _write_register(directory / "register", land, truth.officers, progress)
    exports = _write_exports(directory, land, truth.contacts, numbers)
    listings = _write_lists(directory, land, truth.members)
    write_story(truth.story, {**asdict(team), "as_of": RETRIEVED_AT.isoformat()}, QUESTIONS)
    return Country(directory, companies, seed, RETRIEVED_AT, register, exports, listings, team, QUESTIONS, truth)


def _write_register(
    folder: Path, land: Landscape, officers: Path, progress: Callable[[int], None] | None
) -> tuple[Path, dict[str, str]]:
    packed_small = land.companies <= LARGEST_BZ2
    path = folder / ("ocdata.jsonl.bz2" if packed_small else "ocdata.jsonl.gz")
    # A country of another size may have been here before; two dumps side by side would both be loaded.
    (folder / ("ocdata.jsonl.gz" if packed_small else "ocdata.jsonl.bz2")).unlink(missing_ok=True)
    planted_entries = story_entries()
    written = 0
    with ExitStack() as stack:
        raw = stack.enter_context(path.open("wb"))
        packed: BufferedIOBase = (
            bz2.BZ2File(raw, "wb")
            if packed_small
            else gzip.GzipFile(filename="", mode="wb", compresslevel=1, fileobj=raw, mtime=0)
        )
        stack.enter_context(packed)
        truth = stack.enter_context(OfficerTruth(officers))
        for chunk in chunks(land):
            packed.write("".join([line(entry) + "\n" for entry in chunk]).encode())
            truth.add(chunk)
            written += len(chunk)
            if progress:
                progress(written)
        packed.write("".join([line(entry) + "\n" for entry in planted_entries]).encode())
        truth.add(planted_entries)
    return path, {entry.name: entry.number for entry in planted_entries}


def _write_exports(directory: Path, land: Landscape, truth: Path, numbers: dict[str, str]) -> tuple[Export, ...]:
    size = min(40 + land.companies // 100, 600)
    plan = (
        (story.MARA.name, "linkedin", "Connections.csv", size),
        (story.MARA.name, "vcard", "contacts.vcf", size // 3),
        (story.JONAS.name, "linkedin", "Connections.csv", size),
        (story.JONAS.name, "vcard", "contacts.vcf", size // 3),
        (story.SRI.name, "linkedin", "Connections.csv", size // 2),
    )
    exports, rows = [], []
    for owner, source, file, wanted in plan:
        path = directory / "contacts" / owner.lower().replace(" ", "-") / file
        path.parent.mkdir(exist_ok=True)
        known = acquaintances(land, owner, source, wanted)
        # The story's people stand somewhere in the middle, not where one would look first.
        middle = len(known) // 2
        known[middle:middle] = planted(owner, source, numbers)
        if source == "linkedin":
            lines = write_linkedin(path, known, preamble=owner != story.JONAS.name)
        else:
            lines = (write_outlook if owner == story.JONAS.name else write_iphone)(path, known)
        exports.append(Export(source, owner, path))
        place = path.relative_to(directory).as_posix()
        for at, each in zip(lines, known, strict=True):
            name = f"{each.given} {each.family}"
            rows.append(
                (owner, source, place, str(at), name, each.company, each.person, each.company_number, each.kind)
            )
    write_rows(truth, CONTACT_COLUMNS, rows)
    return tuple(exports)


def _write_lists(directory: Path, land: Landscape, truth: Path) -> tuple[Listing, ...]:
    folder = directory / "lists"
    members = Listing(folder / "verband-foerdertechnik.csv", folder / "verband-foerdertechnik.toml")
    presidium = Listing(folder / "presidium.xlsx", folder / "presidium.toml")
    listed: list[tuple[Listing, list[Listed]]] = [
        (members, write_members(members.path, members.mapping, land)),
        (presidium, write_presidium(presidium.path, presidium.mapping)),
    ]
    rows = [
        (listing.path.relative_to(directory).as_posix(), str(row.line), row.body, row.name, row.person)
        for listing, found in listed
        for row in found
    ]
    write_rows(truth, MEMBER_COLUMNS, rows)
    visits = Listing(folder / "besuche.csv", folder / "besuche.toml")
    write_visits(visits.path, visits.mapping)
    return (members, presidium, visits)
