"""Introduction paths in words, and as rows of a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from referralgraph.answers.path import IntroductionPath, PathAnswer, PathTie
from referralgraph.language import gettext as _

_SOURCES_SHOWN = 3


def path_text(answer: PathAnswer) -> Iterator[str]:
    """Yield the lines of an answer, each hop with its reasons and sources; indented by leading blanks."""
    for number, path in enumerate(answer.paths, start=1):
        yield from _one(number, path)
    if answer.nothing:
        yield answer.nothing.text
    if answer.shared_introducers:
        yield _("All these paths need {names}.").format(names=", ".join(each.name for each in answer.shared_introducers))
    for refusal in answer.refused:
        chain = " → ".join(person.name for person in refusal.people)
        yield _("Refused: {chain} ({strength:.3f}): {why}.").format(chain=chain, strength=refusal.strength, why=refusal.because.text)
    if not answer.complete:
        yield _("Time ran out: each path is right, but a stronger one may be missing. Allow more with --timeout.")


def _one(number: int, path: IntroductionPath) -> Iterator[str]:
    chain = " → ".join(person.name for person in path.people)
    possible = "  " + _("POSSIBLE: identity {percent:.0f} %, ask before you rely on it").format(
        percent=100 * path.identity) if path.possible else ""
    yield f"{number}. {chain}"
    yield f"   {path.words} ({path.strength:.3f}){possible}"
    names = {person.id: person.name for person in path.people}
    for tie in path.ties:
        yield f"     {names[tie.from_]} – {names[tie.to]} ({tie.strength:.2f})"
        for reason in tie.reasons:
            cited = [f"{source.file}:{source.line}" for source in reason.sources]
            shown = ", ".join(list(dict.fromkeys(cited))[:_SOURCES_SHOWN])
            yield f"       {reason.text}" + (f"  [{shown}]" if shown else "")
    yield ""


def path_rows(answer: PathAnswer) -> tuple[list[str], list[list[str | None]]]:
    """Return headings and rows: one row for each reason of each tie of each path."""
    headings = ["path", "path_strength", "identity", "step", "from", "from_id", "to", "to_id", "tie_strength", "kind",
                "organisation", "roles", "since", "until", "reason_strength", "owner", "source"]
    rows: list[list[str | None]] = []
    for number, path in enumerate(answer.paths, start=1):
        names = {person.id: person.name for person in path.people}
        for step, tie in enumerate(path.ties, start=1):
            rows += _tie_rows(number, path, step, tie, names)
    return headings, rows


def _tie_rows(number: int, path: IntroductionPath, step: int, tie: PathTie, names: dict[str, str]) -> Sequence[list[str | None]]:
    return [
        [str(number), repr(path.strength), repr(path.identity), str(step), names[tie.from_], tie.from_, names[tie.to], tie.to,
         repr(tie.strength), reason.kind, reason.organisation.name if reason.organisation else None,
         " | ".join(reason.roles), reason.since, reason.until, repr(reason.strength), reason.owner,
         " | ".join(f"{source.source} {source.file}:{source.line}" for source in reason.sources)]
        for reason in tie.reasons
    ]
