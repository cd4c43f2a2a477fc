"""Introduction paths in words, and as rows of a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from referralgraph.answers.path import IntroductionPath, PathAnswer, PathTie
from referralgraph.language import gettext as _
from referralgraph.language import number_text
from referralgraph.render.possible import possible_texts

_SOURCES_SHOWN = 3  # the rest is in JSON and CSV


@dataclass(frozen=True)
class Line:
    """One paragraph of an answer.

    :param text: what it says.
    :param indent: spaces before its first line.
    :param hanging: further spaces before those it continues on.
    """

    text: str
    indent: int = 0
    hanging: int = 0


def path_text(answer: PathAnswer) -> Iterator[Line]:
    """Return the paragraphs of an answer: each path with its steps, then what was refused, then what is missing."""
    for number, path in enumerate(answer.paths, start=1):
        yield from _one(number, path)
    if answer.nothing:
        yield Line(answer.nothing.text)
    if answer.shared_introducers:
        names = ", ".join(each.name for each in answer.shared_introducers)
        yield Line(_("All these paths need {names}.").format(names=names))
    for mark in answer.conflicts:
        yield Line(_("Mind {name}: {why}.").format(name=mark.person.name, why=mark.text))
    if answer.without_conflicts:
        yield Line(_("Without anybody in a conflict:"))
        for number, path in enumerate(answer.without_conflicts, start=1):
            yield from _one(number, path)
    elif answer.conflicts:
        yield Line(_("There is no way without somebody in a conflict."))
    for unknown in answer.unknown_conflicts:
        yield Line(_("On the list of conflicts, line {line}: {text}").format(line=unknown.parameters["line"], text=unknown.text))
    if answer.alternatives:
        yield Line(_("Without them:"))
        for number, path in enumerate(answer.alternatives, start=len(answer.paths) + 1):
            yield from _one(number, path)
    if answer.beyond:
        yield Line(_("Beyond these limits the best chain is:"))
        yield from _one(1, answer.beyond)
    for near in answer.nearest:
        told = _("Within reach on the way to {target}: {name}, {ties} ties from us ({strength}) and {further} from there.")
        steps = {"ties": number_text(near.ties), "further": number_text(near.ties_to_target)}
        who = {"name": near.person.name, "target": near.target.name}
        yield Line(told.format(strength=number_text(near.strength, 2), **who, **steps))
    for each in answer.would_help:
        told = _("It would help to know {name}, who knows {target} ({strength}): then an introduction of {gives}.")
        numbers = {"strength": number_text(each.knows_target, 2), "gives": number_text(each.gives, 2)}
        yield Line(told.format(name=each.person.name, target=each.target.name, **numbers))
    for refusal in answer.refused:
        chain = " → ".join(person.name for person in refusal.people)
        strength = number_text(refusal.strength, 3)
        told = _("Refused: {chain} ({strength}): {why}.")
        yield Line(told.format(chain=chain, strength=strength, why=refusal.because.text))
    for text in possible_texts(answer):
        yield Line(text)
    for request in answer.requests:
        yield Line("")
        yield Line(_("Request to {name} (path {n}), from {sender}: {subject}").format(
            name=request.to.name, n=request.path, sender=request.sender.name, subject=request.subject))  # fmt: skip
        for paragraph in request.text.split("\n"):
            yield Line(paragraph, indent=3 if paragraph else 0)
    if not answer.complete:
        yield Line(_("Time ran out: each path is right, but a stronger one may be missing. Allow more with --timeout."))


def _one(number: int, path: IntroductionPath) -> Iterator[Line]:
    chain = " → ".join(person.name for person in path.people)
    yield Line(f"{number}. {chain}", hanging=3)
    strength = f"{path.words} ({number_text(path.strength, 3)})"
    if path.possible:
        possible = _("POSSIBLE: identity {percent} %, ask before you rely on it")
        strength += "  " + possible.format(percent=number_text(100 * path.identity))
    yield Line(strength, indent=3)
    names = {person.id: person.name for person in path.people}
    for tie in path.ties:
        yield Line(f"{names[tie.from_]} – {names[tie.to]} ({number_text(tie.strength, 2)})", indent=5, hanging=2)
        for reason in tie.reasons:
            cited = [f"{source.file}:{source.line}" for source in reason.sources]
            shown = ", ".join(list(dict.fromkeys(cited))[:_SOURCES_SHOWN])
            yield Line(reason.text + (f"  [{shown}]" if shown else ""), indent=7, hanging=2)
    for each in path.decided:
        yield Line(each.text, indent=5, hanging=2)
    yield Line("")


def path_rows(answer: PathAnswer) -> tuple[list[str], list[list[str | None]]]:
    """Return headings and rows: one row for each reason of each tie of each path."""
    headings = [
        "path",
        "path_strength",
        "identity",
        "decided",
        "step",
        "from",
        "from_id",
        "to",
        "to_id",
        "tie_strength",
        "kind",
        "organisation",
        "roles",
        "since",
        "until",
        "reason_strength",
        "owner",
        "source",
    ]
    rows: list[list[str | None]] = []
    for number, path in enumerate(answer.paths, start=1):
        names = {person.id: person.name for person in path.people}
        for step, tie in enumerate(path.ties, start=1):
            rows += _tie_rows(number, path, step, tie, names)
    return headings, rows


def _tie_rows(
    number: int, path: IntroductionPath, step: int, tie: PathTie, names: dict[str, str]
) -> Sequence[list[str | None]]:
    return [
        [
            str(number),
            repr(path.strength),
            repr(path.identity),
            " | ".join(each.text for each in path.decided),
            str(step),
            names[tie.from_],
            tie.from_,
            names[tie.to],
            tie.to,
            repr(tie.strength),
            reason.kind,
            reason.organisation.name if reason.organisation else None,
            " | ".join(reason.roles),
            reason.since,
            reason.until,
            repr(reason.strength),
            reason.owner,
            " | ".join(f"{source.source} {source.file}:{source.line}" for source in reason.sources),
        ]
        for reason in tie.reasons
    ]
