"""The neighbourhood of entities, or of the people on introduction paths, as nodes and lines of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from referralgraph.answers.base import SourceRow
from referralgraph.answers.network import EdgeKind, LitPath, NetworkAnswer, NetworkEdge, NetworkNode, NodeRole
from referralgraph.answers.path import IntroductionPath, PathAnswer
from referralgraph.language import gettext as _
from referralgraph.questions.context import Asked, Context
from referralgraph.score.words import strength_words

Row = dict[str, Any]
_MOST_SHOWN = 500
_MOST_FOLDED = 2_000
_WIDEST = 400  # neighbours of one node that are read into a page

_PERSON_QUERIES: tuple[tuple[EdgeKind, str, str, bool], ...] = (
    ("mandate", "read/mandates_of_person", "organisation", True),
    ("shareholding", "read/shareholdings_of_person", "organisation", True),
    ("contact", "read/contacts_of_person", "other", True),
    ("contact", "read/contacts_with_person", "other", False),
)
_ORGANISATION_QUERIES: tuple[tuple[EdgeKind, str, str, bool], ...] = (
    ("mandate", "read/mandates_in_organisation", "person", False),
    ("mandate", "read/organisation_mandates_in_organisation", "holder", False),
    ("mandate", "read/mandates_of_organisation", "organisation", True),
    ("shareholding", "read/shareholders_of_organisation", "person", False),
    ("shareholding", "read/organisation_shareholders_of_organisation", "holder", False),
    ("shareholding", "read/shareholdings_of_organisation", "organisation", True),
)


def neighbourhood(context: Context, asked: Asked, texts: Sequence[str]) -> NetworkAnswer:
    """Show entities with everything directly connected; what lies one step further is folded.

    :param texts: ids, register numbers or names.
    :raises NotFound: if nobody answers to a text.
    :raises Ambiguous: if several do.
    """
    found = list(dict.fromkeys(context.entity(text, viewer=asked.viewer).id for text in texts))
    page = _Page(context, asked)
    for each in found:
        page.add_node(each, "asked")
    page.expand(found, folded=False)
    page.expand([node for node in page.nodes if node not in found], folded=True)
    names = ", ".join(page.nodes[each].name for each in found)
    return page.answer(_("Network of {names}").format(names=names), asked.question("network", entities=found))


def paths_as_network(context: Context, asked: Asked, answer: PathAnswer) -> NetworkAnswer:
    """Show introduction paths, with the bodies that tie their people, lit; what else is connected is folded."""
    page = _Page(context, asked)
    team = frozenset(context.team.values())
    mine = context.team.get(context.me(asked.viewer) or "")
    lit = []
    for path in answer.paths:
        for position, person in enumerate(path.people):
            role: NodeRole = (
                "me"
                if person.id == mine
                else "team"
                if person.id in team
                else "target"
                if position == len(path.people) - 1
                else "asked"
                if position == 0
                else "introducer"
            )
            page.add_node(person.id, role)
            if path.possible and person.identity < 1:
                page.flag(person.id, _("identity {percent} %").format(percent=round(100 * person.identity)))
        lit.append(_light(page, path))
    for mark in answer.conflicts:
        page.mark(mark.person.id, mark.text)
    if not answer.paths:
        for target in answer.question.parameters["targets"]:
            page.add_node(target, "target")
            page.expand([target], folded=False)
    page.expand([node for node in page.nodes if node.startswith("p-")], folded=True)
    target_names = ", ".join(page.nodes[each].name for each in answer.question.parameters["targets"][:3] if each in page.nodes)
    title = _("Who can introduce us to {names}?").format(names=target_names or "…")
    return page.answer(title, answer.question, tuple(lit)).model_copy(update={"possible": answer.possible})


def _light(page: _Page, path: IntroductionPath) -> LitPath:
    nodes, edges = [path.people[0].id], []
    for tie in path.ties:
        reason = tie.reasons[0]
        if reason.organisation is not None:
            body = reason.organisation.id
            page.add_node(body)
            for person in (tie.from_, tie.to):
                page.add_links(person, only=body)
            between = [page.edge_between(tie.from_, body), page.edge_between(body, tie.to)]
            nodes.append(body)
        elif reason.kind == "contact":
            owner = tie.from_ if page.edge_between(tie.from_, tie.to) else tie.to
            page.add_links(owner, only=tie.to if owner == tie.from_ else tie.from_)
            between = [page.edge_between(tie.from_, tie.to)]
        else:
            page.add_edge("colleague", tie.from_, tie.to, [reason.text], ())
            between = [page.edge_between(tie.from_, tie.to)]
        nodes.append(tie.to)
        lines = [edge for edge in between if edge]
        page.weigh(lines, tie.strength)
        edges += lines
    return LitPath(nodes=tuple(nodes), edges=tuple(edges), strength=path.strength, words=path.words)


class _Page:
    """Nodes and lines as they are gathered."""

    def __init__(self, context: Context, asked: Asked) -> None:
        self._context, self._store = context.ahead()
        self._asked = asked
        self.nodes: dict[str, NetworkNode] = {}
        self._edges: dict[tuple[str, str, str], NetworkEdge] = {}
        self._links: dict[str, list[tuple[EdgeKind, str, bool, Row]]] = {}
        self._left_out: set[str] = set()

    def add_node(self, identifier: str, role: NodeRole = "other", *, folded: bool = False) -> bool:
        """Put an entity on the page, or unfold it if it is there; false if the page is full."""
        known = self.nodes.get(identifier)
        if known is not None:
            self.nodes[identifier] = known.model_copy(
                update={"role": known.role if role == "other" else role, "hidden": known.hidden and folded}
            )
            return True
        shown = sum(1 for node in self.nodes.values() if node.hidden == folded)
        if shown >= (_MOST_FOLDED if folded else _MOST_SHOWN):
            self._left_out.add(identifier)
            return False
        self.nodes[identifier] = self._node(identifier, role, folded)
        return True

    def flag(self, identifier: str, text: str) -> None:
        """Add what a reader must know of a node."""
        node = self.nodes[identifier]
        self.nodes[identifier] = node.model_copy(update={"flags": tuple(dict.fromkeys((*node.flags, text)))})

    def mark(self, identifier: str, text: str) -> None:
        """Add why to think twice before asking a person on the page."""
        if node := self.nodes.get(identifier):
            self.nodes[identifier] = node.model_copy(update={"conflicts": tuple(dict.fromkeys((*node.conflicts, text)))})

    def expand(self, identifiers: Sequence[str], *, folded: bool) -> None:
        """Add everything directly connected to some entities."""
        self._read_ahead(identifiers)
        for identifier in identifiers:
            links = self._links_of(identifier)
            for _kind, other, _outgoing, _row in links[:_WIDEST]:
                self.add_node(other, folded=folded)
            self._left_out.update(other for _kind, other, _outgoing, _row in links[_WIDEST:] if other not in self.nodes)
            self.add_links(identifier)

    def _read_ahead(self, identifiers: Sequence[str]) -> None:
        """Read the links of some entities, and whom they lead to, as lists: one by one a distant server would keep us waiting."""
        for person, queries in ((True, _PERSON_QUERIES), (False, _ORGANISATION_QUERIES)):
            ids = [each for each in identifiers if each.startswith("p-") == person and each not in self._links]
            for _kind, query, _other, outgoing in queries:
                self._store.fetch(query, "person" if person else "holder" if outgoing else "organisation", ids)
        near = dict.fromkeys(link[1] for each in identifiers for link in self._links_of(each)[:_WIDEST])
        wanted = [each for each in near if each not in self.nodes][: _MOST_SHOWN + _MOST_FOLDED]  # no page shows more
        people = [each for each in wanted if each.startswith("p-")]
        bodies = [each for each in wanted if not each.startswith("p-")]
        self._store.fetch("read/person", "id", people)
        self._store.fetch("read/organisation", "id", bodies)
        self._store.fetch("read/events_of_organisation", "organisation", bodies)

    def add_links(self, identifier: str, only: str | None = None) -> None:
        """Add the lines of an entity to those on the page."""
        grouped: dict[tuple[EdgeKind, str, str], list[Row]] = {}
        for kind, other, outgoing, row in self._links_of(identifier):
            if other in self.nodes and only in (None, other):
                start, end = (identifier, other) if outgoing else (other, identifier)
                grouped.setdefault((kind, start, end), []).append(row)
        for (kind, start, end), rows in grouped.items():
            self.add_edge(kind, start, end, [_words(kind, row) for row in rows], rows)

    def add_edge(self, kind: EdgeKind, start: str, end: str, reasons: Sequence[str], rows: Sequence[Row]) -> None:
        """Add one line; all mandates of a person in a body are one line."""
        key = (kind, start, end)
        if key in self._edges:
            return
        ended = bool(rows) and not any(row.get("current", True) for row in rows)
        self._edges[key] = NetworkEdge(
            id=f"{kind}-{start}-{end}",
            from_=start,
            to=end,
            kind=kind,
            label=", ".join(dict.fromkeys(_(str(row.get("role") or row.get("kind") or "").replace("_", " ")) for row in rows)),
            since=min((row["since"] for row in rows if row.get("since")), default=None),
            until=max((row["until"] for row in rows if row.get("until")), default=None) if ended else None,
            ended=ended,
            reasons=tuple(dict.fromkeys(reasons)),
            sources=tuple(
                dict.fromkeys(
                    SourceRow(source=row["source"], file=row["file"], line=row["line"], as_written=row["name_as_written"])
                    for row in rows
                )
            ),
        )

    def weigh(self, lines: Sequence[str], strength: float) -> None:
        """Give lines the strength of the tie that they show; of several ties over one line the weakest counts."""
        for key, edge in self._edges.items():
            if edge.id in lines and (edge.strength is None or edge.strength > strength):
                self._edges[key] = edge.model_copy(update={"strength": strength, "words": strength_words(strength)})

    def edge_between(self, one: str, other: str) -> str | None:
        """Return the id of the line between two nodes, whichever way it runs."""
        return next((edge.id for edge in self._edges.values() if {edge.from_, edge.to} == {one, other}), None)

    def answer(self, title: str, question: Any, paths: tuple[LitPath, ...] = ()) -> NetworkAnswer:
        """Return the page as an answer."""
        return NetworkAnswer(
            question=question,
            revision=self._context.revision.id,
            coverage=self._context.coverage,
            title=title,
            nodes=tuple(self.nodes.values()),
            edges=tuple(self._edges.values()),
            paths=paths,
            left_out=len(self._left_out - self.nodes.keys()),
        )

    def _links_of(self, identifier: str) -> list[tuple[EdgeKind, str, bool, Row]]:
        if identifier not in self._links:
            person = identifier.startswith("p-")
            visible = self._context.visible(self._asked)
            self._links[identifier] = [
                (kind, row[other], outgoing, row)
                for kind, query, other, outgoing in (_PERSON_QUERIES if person else _ORGANISATION_QUERIES)
                for row in self._context.store.read(query, [{"id": identifier}])
                if visible(row) and self._asked.has_begun(row["since"])
            ]
        return self._links[identifier]

    def _node(self, identifier: str, role: NodeRole, folded: bool) -> NetworkNode:
        if identifier.startswith("p-"):
            row = self._context.people([identifier])[identifier]
            told = [row["title"], row["city"], row["occupation"]]
            kind, ended = "person", False
            flags: tuple[str, ...] = ()
        else:
            row = self._context.organisations([identifier])[identifier]
            register = " ".join(part for part in (row["register_court"], row["register_number"]) if part)
            told = [row["legal_form"], row["city"], register, row["part_of"]]
            kind, ended = row["kind"], row["status"] == "removed"
            events = self._context.store.read("read/events_of_organisation", [{"id": identifier}])
            flags = tuple(dict.fromkeys(" ".join(part for part in (_(event["kind"]), event["date"]) if part) for event in events))
        return NetworkNode(
            id=identifier,
            kind=kind,
            name=row["name"],
            role=role,
            hidden=folded,
            ended=ended,
            flags=flags,
            details=tuple(_unique(told)),
            connections=row["connections"],
        )


def _unique(values: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


def _words(kind: EdgeKind, row: Row) -> str:
    if kind == "contact":
        text = _("contact of {owner} ({where})").format(owner=row["owner"], where=_(row["kind"].replace("_", " ")))
        return f"{text}, {_('since')} {row['since']}" if row["since"] else text
    role = _(str(row.get("role") or row.get("kind")).replace("_", " "))
    if kind == "shareholding" and row["share_minimum"] is not None:
        role = f"{role} {row['share_minimum']:g} %"
    if row.get("role_as_written") and row.get("role") in {"other", "employee"}:
        role = str(row["role_as_written"])
    end = (
        _("until {until}").format(until=row["until"])
        if row["until"]
        else (_("last seen {seen}").format(seen=row["last_seen"]) if row["last_seen"] else "")
    )
    begin = f"{_('since')} {row['since']}" if row["since"] else ""
    return ", ".join(part for part in (role, begin, end) if part)
