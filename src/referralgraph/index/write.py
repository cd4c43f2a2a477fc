"""Writing the index of a revision: reasons and ties as arrays."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from referralgraph.index.attributes import write_attributes
from referralgraph.index.bodies import BodySizes
from referralgraph.index.interactions import WORDS, Interactions
from referralgraph.index.reasons import (
    COLLEAGUE,
    CONTACT,
    FOREVER,
    KINDS,
    NEVER,
    NO_DAY,
    SHARED_MANDATE,
    Filter,
    Reasons,
    ReasonTable,
    combine,
)
from referralgraph.records.database import connect
from referralgraph.score.settings import TieSettings

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ORIGINS = ("shared", "contact", "colleague")


def write_index(resolved: Path, ties: Path, folder: Path, settings: TieSettings) -> int:
    """Write the ties and their reasons as arrays that are opened by memory mapping, and ``tie.parquet`` for the graph.

    :param resolved: folder of the resolve stage.
    :param ties: folder of the ties stage; gets ``tie.parquet``: two ids, strength, number and kinds of reasons, bodies.
    :param folder: gets the arrays.
    :param settings: constants of the tie formula.
    :returns: number of ties, each pair once.
    """
    people = pq.read_table(resolved / "person.parquet", columns=["id"]).column(0).combine_chunks()
    organisations = pq.read_table(resolved / "organisation.parquet", columns=["id"]).column(0).combine_chunks()
    np.save(folder / "person_id.npy", _bytes(people))
    np.save(folder / "organisation_id.npy", _bytes(organisations))
    stretches = pq.read_table(ties / "stretch.parquet")
    owners = pc.unique(stretches.column("owner").drop_null()).sort() if stretches.num_rows else pa.array([], pa.string())
    grounds = Grounds(
        stretches,
        *(pq.read_table(ties / f"{name}.parquet") for name in ("body", "body_day", "interaction")),
        *(int((ties / f"{name}.txt").read_text(encoding="utf-8")) for name in ("data_day", "interaction_day")),
    )
    reasons, ends = reasons_of(grounds, people, organisations, owners, settings)
    reasons.table.save(folder)
    reasons.bodies.save(folder)
    reasons.interactions.save(folder)
    (folder / "owners.txt").write_text("\n".join(owners.to_pylist()), encoding="utf-8")
    (folder / "formula.json").write_text(json.dumps(asdict(settings)), encoding="utf-8")
    of_reason = reasons.strengths(Filter())
    strength = combine(of_reason, reasons.table.tie_start)
    _write_rows(folder, *ends, strength, len(people))
    _write_bodies(folder, ties, people)
    write_attributes(resolved, folder)
    _write_tie_table(
        ties,
        reasons,
        of_reason,
        strength,
        (people.take(pa.array(ends[0])), people.take(pa.array(ends[1]))),
        organisations,
    )
    return len(ends[0])


@dataclass(frozen=True)
class Grounds:
    """What the ties stage tells: the tables ``stretch``, ``body``, ``body_day``, ``interaction``, and to which days they are known."""

    stretch: pa.Table
    body: pa.Table
    body_day: pa.Table
    interaction: pa.Table
    data_day: int
    interaction_day: int


def reasons_of(
    grounds: Grounds, people: pa.Array, organisations: pa.Array, owners: pa.Array, settings: TieSettings
) -> tuple[Reasons, tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Return the reasons of ties, and the two people of each tie by their positions.

    :param people: ids, sorted; so are organisations and owners.
    :param owners: names of those whose contacts there are.
    """
    rows = grounds.stretch
    left, right = _positions(rows.column("left_person"), people), _positions(rows.column("right_person"), people)
    organisation = _positions(rows.column("organisation"), organisations)
    owner = _positions(rows.column("owner"), owners)
    origin = pc.index_in(rows.column("origin"), pa.array(_ORIGINS)).to_numpy().astype(np.int64)
    first_of_tie = _changes(left, right)
    first_of_reason = _changes(left, right, origin, organisation, owner)
    bodies = _body_sizes(grounds, organisations, organisation)
    contacts = np.flatnonzero(origin[first_of_reason] == _ORIGINS.index("contact"))
    of = first_of_reason[contacts]
    interactions = _interactions(grounds, people, owners, contacts, left[of], right[of], owner[of])
    reasons = _reasons(
        rows, first_of_tie, first_of_reason, origin, organisation, owner, bodies, interactions, grounds.data_day, settings)
    return reasons, (left[first_of_tie], right[first_of_tie])


def _interactions(
    grounds: Grounds,
    people: pa.Array,
    owners: pa.Array,
    contacts: NDArray[np.int64],
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    owner: NDArray[np.int64],
) -> Interactions:
    """Read meetings, calls and mails, each with the reason that it belongs to.

    :param contacts: numbers of the reasons that are contacts, with the two people and the owner of each.
    """
    rows = grounds.interaction
    whose = _positions(rows.column("owner"), owners)

    def key(one: NDArray[np.int64], other: NDArray[np.int64], mine: NDArray[np.int64]) -> NDArray[np.int64]:
        return (one * len(people) + other) * max(1, len(owners)) + mine

    of_contact = key(left, right, owner)
    order = np.argsort(of_contact, kind="stable")
    wanted = key(_positions(rows.column("left_person"), people), _positions(rows.column("right_person"), people), whose)
    # every interaction has a contact: stretch.sql makes one where no address book does
    reason = contacts[order[np.searchsorted(of_contact, wanted, sorter=order)]] if len(wanted) else np.zeros(0, np.int64)
    day, kind = _numbers(rows, "day", NO_DAY), pc.index_in(rows.column("kind"), pa.array(WORDS)).to_numpy()
    by_reason = np.lexsort((kind, day, reason))
    return Interactions(
        reason=reason[by_reason].astype(np.int32),
        owner=whose[by_reason].astype(np.int32),
        day=day[by_reason],
        kind=kind[by_reason].astype(np.uint8),
        private=rows.column("private").to_numpy().astype(np.bool_)[by_reason],
        data_day=np.array([grounds.interaction_day], np.int32),
    )


def _reasons(
    rows: pa.Table,
    first_of_tie: NDArray[np.int64],
    first_of_reason: NDArray[np.int64],
    origin: NDArray[np.int64],
    organisation: NDArray[np.int64],
    owner: NDArray[np.int64],
    bodies: BodySizes,
    interactions: Interactions,
    data_day: int,
    settings: TieSettings,
) -> Reasons:
    number = np.full(int(organisation.max(initial=0)) + 2, -1, np.int64)
    number[bodies.organisation] = np.arange(len(bodies.organisation))
    body = np.where(organisation >= 0, number[organisation], -1)
    given, given_strength, first_word = _given_strengths(rows)
    table = ReasonTable(
        tie_start=np.r_[np.searchsorted(first_of_reason, first_of_tie), len(first_of_reason)].astype(np.int64),
        stretch_start=np.r_[first_of_reason, rows.num_rows].astype(np.int64),
        body=body[first_of_reason].astype(np.int32),
        owner=owner[first_of_reason].astype(np.int32),
        kind=np.array([SHARED_MANDATE, CONTACT, COLLEAGUE], np.uint8)[origin[first_of_reason]],
        end=np.zeros(0, np.int32),
        is_open=np.zeros(0, np.bool_),
        base=np.zeros(0),
        start=_numbers(rows, "start_day", NO_DAY),
        start_known=rows.column("start_known").to_numpy().astype(np.bool_),
        last=_numbers(rows, "end_day", NO_DAY),
        left=_numbers(rows, "left_day", NEVER),
        mandate=_numbers(rows, "mandate_day", NEVER),
        days_before=_numbers(rows, "days_before", 0),
        person_days=_numbers(rows, "person_days", 0),
        given=given,
        private=pc.equal(rows.column("visibility"), "private").to_numpy().astype(np.bool_),
        given_strength=given_strength,
        first_word=np.array([first_word], np.int32),
        data_day=np.array([data_day], np.int32),
    )
    known = Reasons(table, bodies, interactions, settings).derive(FOREVER)
    table = replace(table, kind=known.kind, end=known.end, is_open=known.is_open, base=known.base)
    return Reasons(table, bodies, interactions, settings)


def _given_strengths(rows: pa.Table) -> tuple[NDArray[np.uint16], NDArray[np.float64], int]:
    """Return a number for each contact, the strength of each number, and the number from which they are owners' words.

    Numbers ascend with strength, and those of owners' words stand above all guesses: of several entries the greatest counts.
    """
    base = pc.fill_null(rows.column("base"), 0.0).to_numpy()
    said = rows.column("said").to_numpy().astype(np.float64)
    told = np.flatnonzero(base > 0)
    pairs, place = np.unique(np.stack([said[told], base[told]], axis=1), axis=0, return_inverse=True)
    given = np.zeros(len(base), np.uint16)
    given[told] = place.reshape(-1) + 1
    return given, np.r_[0.0, pairs[:, 1]], 1 + int((pairs[:, 0] == 0).sum())


def _body_sizes(grounds: Grounds, organisations: pa.Array, used: NDArray[np.int64]) -> BodySizes:
    """Read how the bodies that give ties changed."""
    body = grounds.body
    position = _positions(body.column("organisation"), organisations)
    kept = np.isin(position, used)
    changes = grounds.body_day
    changed = _positions(changes.column("organisation"), organisations)
    rows = np.isin(changed, used)
    counts = np.diff(np.r_[_changes(changed[rows]), int(rows.sum())])
    return BodySizes(
        organisation=position[kept].astype(np.int32),
        too_large_from=_numbers(body, "too_large_from", NEVER)[kept],
        change_start=np.r_[0, np.cumsum(counts)].astype(np.int64),
        day=_numbers(changes, "day", NO_DAY)[rows],
        members=_numbers(changes, "members", 0)[rows],
        days_until=changes.column("person_days").to_numpy().astype(np.int64)[rows],
    )


def _changes(*columns: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the rows in which any of the columns differs from the row before, the first one included."""
    size = len(columns[0])
    new = np.zeros(size, np.bool_)
    new[:1] = True
    for column in columns:
        new[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(new)


def _numbers(rows: pa.Table, column: str, missing: int) -> NDArray[np.int32]:
    numbers: NDArray[np.int32] = pc.fill_null(rows.column(column), missing).to_numpy().astype(np.int32)
    return numbers


def _write_rows(
    folder: Path, left: NDArray[np.int64], right: NDArray[np.int64], strength: NDArray[np.float64], people: int
) -> None:
    """Lay ties out in both directions, each row from the strongest tie to the weakest, equal ones by neighbour."""
    person = np.r_[left, right]
    neighbour = np.r_[right, left]
    tie = np.r_[np.arange(len(left)), np.arange(len(left))]
    order = np.lexsort((neighbour, -np.r_[strength, strength], person))
    np.save(folder / "indptr.npy", np.r_[0, np.cumsum(np.bincount(person, minlength=people))].astype(np.int64))
    np.save(folder / "neighbour.npy", neighbour[order].astype(np.int32))
    np.save(folder / "tie.npy", tie[order].astype(np.int32))
    np.save(folder / "strength.npy", np.r_[strength, strength][order])


def _write_bodies(folder: Path, ties: Path, people: pa.Array) -> None:
    rows = pq.read_table(ties / "person_bodies.parquet")
    bodies = np.zeros(len(people), np.int32)
    bodies[_positions(rows.column("person"), people)] = rows.column("bodies").to_numpy()
    np.save(folder / "person_bodies.npy", bodies)


def _write_tie_table(
    ties: Path,
    reasons: Reasons,
    of_reason: NDArray[np.float64],
    strength: NDArray[np.float64],
    ends: tuple[pa.Array, pa.Array],
    organisations: pa.Array,
) -> None:
    """Write the ties that everybody may see, from the reasons that everybody may see."""
    table = reasons.table
    told = np.flatnonzero(of_reason > 0)
    tie = np.repeat(np.arange(len(strength)), np.diff(table.tie_start))
    body = table.body[told]
    at = np.append(reasons.bodies.organisation, 0)[body].astype(np.int64)
    connection = connect()
    connection.register(
        "told",
        pa.table(
            {
                "tie": tie[told],
                "kind": pa.array(KINDS).take(pa.array(table.kind[told].astype(np.int64))),
                "organisation": organisations.take(pa.array(at, mask=body < 0)),
            }
        ),
    )
    connection.register("tied", pa.table({"tie": np.arange(len(strength)), "from": ends[0], "to": ends[1], "strength": strength}))
    connection.sql(
        'SELECT "from", "to", strength, count(*) AS reasons, list_sort(list(DISTINCT kind)) AS kinds, '
        "list_sort(list(DISTINCT organisation) FILTER (WHERE organisation IS NOT NULL)) AS organisations "
        'FROM tied JOIN told USING (tie) GROUP BY tie, "from", "to", strength ORDER BY "from", "to"'
    ).write_parquet(str(ties / "tie.parquet"), compression="zstd")


def _positions(ids: pa.ChunkedArray, sorted_ids: pa.Array) -> NDArray[np.int64]:
    """Return the place of each id among the sorted ones, -1 for none."""
    places: NDArray[np.int64] = pc.fill_null(pc.index_in(ids, sorted_ids), -1).to_numpy().astype(np.int64)
    return places


def _bytes(ids: pa.Array) -> NDArray[np.bytes_]:
    return np.array(ids.to_pylist(), dtype="S22") if len(ids) else np.zeros(0, "S22")
