"""Answers on stdout: tables that fit the terminal, JSON as the answer is, CSV for spreadsheets."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Sequence

from referralgraph.answers import (
    FindAnswer,
    LoadStatus,
    NetworkAnswer,
    PathAnswer,
    PathsAnswer,
    ShowAnswer,
    StatusAnswer,
)
from referralgraph.answers.base import Answer, Coverage
from referralgraph.language import gettext as _
from referralgraph.language import in_words, number_text, translatable
from referralgraph.render.account_words import number as score_text
from referralgraph.render.evidence import write_evidence
from referralgraph.render.path_text import Line, path_rows, path_text
from referralgraph.render.possible import write_possible
from referralgraph.render.table import Row, write_table, write_text

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_RECORDS = ("person", "organisation", "mandate", "contact")  # record tables with a column of their own in `status`

# Headings are translated where a table is written; CSV and JSON keep them in English, because programs read them.
_STATUS_HEADINGS = (
    translatable("source"),
    translatable("file"),
    translatable("owner"),
    translatable("retrieved"),
    translatable("people"),
    translatable("organisations"),
    translatable("mandates"),
    translatable("contacts"),
    translatable("other"),
    translatable("quarantined"),
    translatable("built"),
)


def write_rows(form: str, headings: Sequence[str], rows: Iterable[Row]) -> None:
    """Write rows as a table, as JSON objects or as CSV.

    :param form: ``table``, ``json`` or ``csv``.
    """
    if form == "json":
        _out(json.dumps([dict(zip(headings, row, strict=True)) for row in rows], indent=2, ensure_ascii=False))
    elif form == "csv":
        _csv(headings, rows)
    else:
        write_table(headings, rows)


def write_answer_json(answer: Answer) -> None:
    """Write an answer as it is."""
    _out(_json(answer))


def write_coverage(coverage: Coverage, answer: Answer | None = None) -> None:
    """Write which undecided identities would change an answer, and what it stands on."""
    if answer is not None:
        write_possible("table", answer)
    _coverage(coverage)


def write_csv(headings: Sequence[str], rows: Iterable[Row]) -> None:
    """Write rows for a spreadsheet; headings stay English, and no cell can be run as a formula."""
    _csv(headings, rows)


def write_told(
    form: str, answer: Answer, coverage: Coverage, headings: Sequence[str], rows: Iterable[Row], lines: Iterable[Line]
) -> None:
    """Write an answer that is told in lines.

    :param form: ``table`` for the lines and what the revision covers, ``json`` for the answer, ``csv`` for the rows.
    """
    if form == "json":
        _out(_json(answer))
    elif form == "csv":
        _csv(headings, rows)
        write_possible(form, answer)
    else:
        for line in lines:
            write_text(line.text, indent=line.indent, hanging=line.hanging)
        write_coverage(coverage, answer)


def write_find(form: str, answer: FindAnswer) -> None:
    """Write the candidates of a name."""
    if form == "json":
        _out(_json(answer))
    elif form == "csv":
        _csv(
            ["id", "name", "city", "kind", "detail", "connections", "match"],
            [
                [each.id, each.name, each.city, each.kind, each.detail, str(each.connections), each.match]
                for each in answer.candidates
            ],
        )
        write_possible(form, answer)
    elif answer.candidates:
        rows = []
        for each in answer.candidates:
            name = f"{each.name}, {each.city}" if each.city else each.name
            former = _("found by a former name") if each.match == "former name" else ""
            detail = "; ".join(part for part in (each.detail, former) if part)
            rows.append([each.id, name, in_words(each.kind), detail, number_text(each.connections)])
        write_table(
            [
                translatable("id"),
                translatable("name"),
                translatable("kind"),
                translatable("detail"),
                translatable("connections"),
            ],
            rows,
            title_columns=2,
        )
        if answer.more:
            write_text(_("there are more: ask for more of the name, or with --limit"))
        write_possible(form, answer)
    else:
        write_text(_("nobody and nothing answers to that; try a part of the name"))


def write_show(form: str, answer: ShowAnswer) -> None:
    """Write what is known of an entity."""
    if form == "json":
        _out(_json(answer))
        return
    headings = [
        "kind",
        translatable("with"),
        translatable("role"),
        translatable("since"),
        translatable("until"),
        translatable("current"),
        "source",
        "id",
    ]
    rows = [
        [
            in_words(each.kind) if form == "table" else each.kind,
            each.other.name,
            " ".join(part for part in (_role(each.role, form), each.share, each.owner) if part),
            each.since,
            each.until or _last_seen(each.last_seen, form),
            _yes_no(each.current, form),
            f"{each.source.file}:{each.source.line}",
            each.other.id,
        ]
        for each in answer.links
    ]
    if form == "csv":
        _csv(headings, rows)
        return
    write_text(f"{answer.name}  ({in_words(answer.kind)}, {answer.id})")
    for name, value in answer.attributes.items():
        write_text(f"{in_words(name)}: {value}", indent=2, hanging=2)
    if rows:
        _out("")
        order = (1, 0, 2, 3, 4, 5, 6, 7)
        write_table([headings[at] for at in order], [[row[at] for at in order] for row in rows])
        _out("")
    if answer.nothing:
        write_text(answer.nothing.text)
    for event in answer.events:
        told = f"{in_words(event.kind)} {event.date or _('(no date)')}: {event.text or ''}"
        write_text(f"{told} [{event.source.file}:{event.source.line}]", indent=2, hanging=2)
    for held in answer.stakeholder_in:
        scores = ((_("role"), held.role_score), (_("relationship"), held.relationship_score), (_("influence"), held.influence_score))
        told = ", ".join(f"{name} {score_text(value)}" for name, value in scores if value is not None)
        told = told or in_words(held.role)
        write_text(f"{_('stakeholder')} {held.account}: {told} ({held.policy}, {held.date})", indent=2, hanging=2)
    for record in answer.records:
        name = f"{record.name}, {record.city}" if record.city else record.name
        sure = f"{record.because}, {number_text(100 * record.identity, 1)} %"
        write_text(
            f"{_('record')} {record.record_id} {name}: {sure} [{record.source.file}:{record.source.line}]",
            indent=2,
            hanging=2,
        )
        if record.weighed:
            write_evidence(record.weighed)
    weighed = {(each.record_id, each.other): each.weighed for each in answer.possible}
    for pair in answer.waiting:
        write_text(f"{_('undecided')}: {pair.text}", indent=2, hanging=2)
        if found := weighed.get((pair.parameters["record"], pair.parameters["other"])):
            write_evidence(found)
    for judgement in answer.decided:
        write_text(f"{_('decided')}: {judgement.text}", indent=2, hanging=2)
    for text in answer.would_settle:
        write_text(f"{_('would settle it')}: {text}", indent=2, hanging=2)
    write_coverage(answer.coverage, answer)


def write_paths(form: str, answer: PathAnswer) -> None:
    """Write introduction paths."""
    if form == "json":
        _out(_json(answer))
    elif form == "csv":
        _csv(*path_rows(answer))
        write_possible(form, answer)
    else:
        for line in path_text(answer):
            write_text(line.text, indent=line.indent, hanging=line.hanging)
        _coverage(answer.coverage)


def write_paths_each(form: str, answer: PathsAnswer) -> None:
    """Write the best introduction to each target of a list, one row a target."""
    if form == "json":
        _out(_json(answer))
        return
    rows = [
        [
            each.asked,
            None if each.path is None else number_text(each.path.strength, 3) if form == "table" else repr(each.path.strength),
            " → ".join(person.name for person in each.path.people) if each.path else None,
            None if each.path is None else " | ".join(
                f"{source.file}:{source.line}" for tie in each.path.ties for source in tie.reasons[0].sources),
            each.nothing.text if each.nothing else None,
            "; ".join(f"{mark.person.name}: {mark.text}" for mark in each.conflicts) or None,
            " → ".join(person.name for person in each.without_conflicts.people) if each.without_conflicts else None,
        ]
        for each in answer.entries
    ]
    headings = ["target", "strength", "path", "source", "why not", "conflict", "path without conflict"]
    if form == "table" and not any(each.conflicts for each in answer.entries):
        headings, rows = headings[:-2], [row[:-2] for row in rows]
    write_rows(form, headings, rows)
    for unknown in answer.unknown_conflicts:
        told = _("On the list of conflicts, line {line}: {text}").format(line=unknown.parameters["line"], text=unknown.text)
        sys.stderr.write(f"referralgraph: {told}\n")
    write_possible(form, answer)
    if form == "table":
        _coverage(answer.coverage)


def write_network(form: str, answer: NetworkAnswer) -> None:
    """Write the lines of a network."""
    if form == "json":
        _out(_json(answer))
        return
    names = {node.id: node.name for node in answer.nodes}
    folded = {node.id for node in answer.nodes if node.hidden}
    rows = [
        [
            names[each.from_],
            in_words(each.kind) if form == "table" else each.kind,
            each.label,
            names[each.to],
            each.since,
            each.until,
            "; ".join(f"{source.file}:{source.line}" for source in each.sources),
        ]
        for each in answer.edges
        if form == "csv" or not {each.from_, each.to} & folded
    ]
    headings = [translatable("from"), "kind", "role", translatable("to"), "since", "until", "source"]
    if form == "csv":
        _csv(headings, rows)
        write_possible(form, answer)
        return
    order = (0, 3, 1, 2, 4, 5, 6)
    write_table([headings[at] for at in order], [[row[at] for at in order] for row in rows], title_columns=2)
    if answer.left_out:
        write_text(_("{count} further neighbours are left out").format(count=number_text(answer.left_out)))
    write_coverage(answer.coverage, answer)


def write_loads(form: str, loads: Sequence[LoadStatus]) -> None:
    """Write what was loaded just now; whether it is built is for `status` to say."""
    if form == "json":
        shown = [load.model_dump(mode="json", by_alias=True, exclude={"built"}) for load in loads]
        _out(json.dumps(shown, indent=2, ensure_ascii=False))
    elif form == "csv":
        _csv(["load", *_STATUS_HEADINGS[:-1]], [[load.load, *_load_row(load, form)[:-1]] for load in loads])
    else:
        write_table(_STATUS_HEADINGS[:-1], [_load_row(load, form)[:-1] for load in loads], title_columns=3)


def write_status(form: str, answer: StatusAnswer) -> None:
    """Write where the workspace stands."""
    if form == "json":
        _out(_json(answer))
        return
    loads = sorted(answer.loads, key=lambda load: (load.loaded_at, load.source, load.file, load.owner or "", load.load))
    if form == "csv":
        _csv(["load", *_STATUS_HEADINGS], [[load.load, *_load_row(load, form)] for load in loads])
        return
    built = f" ({answer.built_at})" if answer.built_at else ""
    write_text(f"{_('workspace')}: {answer.workspace}   {_('store')}: {answer.store}")
    write_text(f"{_('revision')}: {answer.revision or _('none')}{built}")
    write_text(f"{_('me')}: {answer.me or '-'}   {_('team')}: {', '.join(answer.team) or '-'}")
    if loads:
        _out("")
        write_table(_STATUS_HEADINGS, [_load_row(load, form) for load in loads], title_columns=3)
        _out("")
    for load in loads:
        for reason, count in load.reasons.items():
            whose = f" ({load.owner})" if load.owner else ""
            told = f"{load.file}{whose}: {number_text(count)} {_('in quarantine')}: {reason}"
            write_text(told, indent=2, hanging=2)
    if answer.coverage:
        _coverage(answer.coverage)
    for each in answer.stale:
        write_text(each)


def _load_row(load: LoadStatus, form: str) -> list[str | None]:
    counts = [load.records.get(name, 0) for name in _RECORDS]
    other = sum(load.records.values()) - sum(counts)
    return [
        load.source,
        load.file,
        load.owner,
        load.retrieved_at[:10],
        *(number_text(count) if form == "table" else str(count) for count in (*counts, other, load.quarantined)),
        _yes_no(load.built, form),
    ]


def _coverage(coverage: Coverage) -> None:
    dated = ", ".join(f"{each.source} {each.newest}" for each in coverage.sources)
    write_text(
        _(
            "Data to {day} ({sources}); {named} of {all} organisations name at least one person; identity pairs "
            "undecided: {waiting}."
        ).format(
            day=coverage.data_date or "-",
            sources=dated or "-",
            named=number_text(coverage.organisations_with_people),
            all=number_text(coverage.organisations),
            waiting=number_text(coverage.waiting),
        )
    )


def _last_seen(day: str | None, form: str) -> str:
    told = _("last seen {seen}") if form == "table" else "last seen {seen}"
    return told.format(seen=day) if day else ""


def _yes_no(true: bool, form: str) -> str:
    if form == "table":
        return _("yes") if true else _("no")
    return "yes" if true else "no"


def _role(role: str | None, form: str) -> str:
    return in_words(role) if form == "table" else role or ""


def write_answer(answer: Answer) -> None:
    """Write an answer as JSON."""
    _out(_json(answer))


def _json(answer: Answer) -> str:
    return answer.model_dump_json(indent=2, by_alias=True)


def _csv(headings: Sequence[str], rows: Iterable[Row]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([spreadsheet_safe(cell) for cell in row])


def spreadsheet_safe(cell: str | None) -> str:
    """Keep a name from being run as a formula: spreadsheets take what follows an apostrophe as text."""
    text = cell or ""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _out(text: str) -> None:
    sys.stdout.write(text + "\n")
