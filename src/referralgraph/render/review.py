"""Identity pairs for people: side by side, with the weight of evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from referralgraph.language import gettext as _
from referralgraph.language import number_text, translatable
from referralgraph.render.evidence import write_evidence
from referralgraph.render.output import spreadsheet_safe, write_answer, write_rows
from referralgraph.render.table import write_table, write_text

if TYPE_CHECKING:
    from referralgraph.answers import ReviewAnswer, ReviewDone, ReviewPair

CSV_COLUMNS = (
    "decision",
    "one_record",
    "one",
    "one_told",
    "other_record",
    "other",
    "other_told",
    "why",
    "probability",
    "changes",
    "evidence",
)


def write_pair(pair: ReviewPair, number: int, of: int) -> None:
    """Write one pair side by side."""
    write_text("")
    changes = (
        _("if they are one, {count} pairs of people get a better way to each other over at most one introducer")
        if pair.one.entity.startswith("p-")
        else _("if they are one, {count} pairs of people sit in one body who aren't tied yet")
    ).format(count=number_text(pair.changes) if pair.counted else _("at most {count}").format(count=number_text(pair.changes)))
    write_text(
        _("{number} of {of}: {why}, {chance} %; {changes}").format(
            number=number, of=of, why=pair.text, chance=number_text(100 * pair.probability, 1), changes=changes
        )
    )
    sides = (pair.one, pair.other)
    rows = [
        ["", *(each.name for each in sides)],
        [_("city"), *(each.city or "-" for each in sides)],
        [_("source"), *(f"{each.source.source}, {each.source.file}:{each.source.line}" for each in sides)],
        [_("record"), *(each.record_id for each in sides)],
    ]
    for at in range(max(len(each.told) for each in sides)):
        rows.append(["", *(each.told[at] if at < len(each.told) else "" for each in sides)])
    write_table(["", translatable("one"), translatable("other")], rows)
    if pair.weighed:
        write_evidence(pair.weighed)


def write_review(form: str, answer: ReviewAnswer) -> None:
    """Write the pairs that wait."""
    if form == "json":
        write_answer(answer)
    else:
        write_rows(form, list(CSV_COLUMNS), pair_rows(answer))


def write_review_csv(writer: Any, answer: ReviewAnswer) -> None:
    """Write the pairs as CSV for a spreadsheet, their decision left blank."""
    writer.writerow(CSV_COLUMNS)
    for row in pair_rows(answer):
        writer.writerow([spreadsheet_safe(cell) for cell in row])


def pair_rows(answer: ReviewAnswer) -> list[list[str]]:
    """Return the pairs as rows with the columns of ``CSV_COLUMNS``."""
    return [
        [
            "",
            each.one.record_id,
            _called(each.one.name, each.one.city),
            "; ".join(each.one.told),
            each.other.record_id,
            _called(each.other.name, each.other.city),
            "; ".join(each.other.told),
            each.text,
            f"{each.probability:.3f}",
            str(each.changes),
            "; ".join(f"{part.text} ({part.bits:+.1f})" for part in each.weighed.parts) if each.weighed else "",
        ]
        for each in answer.pairs
    ]


def write_judgements(form: str, answer: ReviewAnswer) -> None:
    """Write what was decided, and what is wrong with it."""
    if form == "json":
        write_answer(answer)
        return
    rows = [
        [
            each.id,
            each.at[:10],
            each.by,
            _(each.verdict) if form == "table" else each.verdict,
            " | ".join(" ".join(side) for side in each.sides),
            each.problem.text if each.problem else "",
        ]
        for each in answer.judgements
    ]
    write_rows(
        form,
        [
            translatable("judgement"),
            translatable("day"),
            translatable("by"),
            translatable("verdict"),
            translatable("records"),
            translatable("problem"),
        ],
        rows,
    )


def write_done(form: str, done: ReviewDone) -> None:
    """Write what became of decisions."""
    if form == "json":
        write_answer(done)
    elif form == "csv":
        write_rows("csv", ["judgement"], [[each] for each in done.judgements])
    else:
        write_text(
            _("{made} decided, {skipped} skipped, {repeated} known already").format(
                made=len(done.judgements), skipped=done.skipped, repeated=done.repeated
            )
        )
        for each in done.judgements:
            write_text(each, indent=2)
        for problem in done.problems:
            write_text(f"{_('problem')}: {problem.text}", indent=2, hanging=2)
        write_text(_("questions obey at once, what is derived follows at the next build"))


def _called(name: str, city: str | None) -> str:
    return f"{name}, {city}" if city else name


__all__ = ["pair_rows", "write_done", "write_judgements", "write_pair", "write_review", "write_review_csv"]
