"""The buying centre of an account: what is known of it, how sure, and what is next."""

from __future__ import annotations

from datetime import date, timedelta

from referralgraph.accounts.book import Account, Book, Member, records_in
from referralgraph.accounts.profile import Profile, profile
from referralgraph.accounts.scales import SCALES
from referralgraph.answers.account import (
    AccountAnswer,
    AccountLine,
    AccountsAnswer,
    ColleagueTie,
    Cuts,
    FanPlace,
    FieldViews,
    MissingLead,
    Movement,
    RelationshipScores,
    SegmentPlace,
    Stakeholder,
)
from referralgraph.answers.base import Because, EntityRef
from referralgraph.answers.show import ShownStakeholder
from referralgraph.errors import UsageError
from referralgraph.language import gettext as _
from referralgraph.questions.accounts.book import People, account_judgements, account_of, book_of, team_of, today_of
from referralgraph.questions.accounts.matrix import Matrix
from referralgraph.questions.accounts.plan import plan_answer
from referralgraph.questions.accounts.unknown import colleague_view, disagreements, missing_people, open_questions
from referralgraph.questions.accounts.vetoes import never_asked
from referralgraph.questions.context import Asked, Context
from referralgraph.questions.path import PathLimits, find_paths
from referralgraph.score.segments import SEGMENTS, colour_fit
from referralgraph.score.team_view import POLICIES


def show_account(
    context: Context, asked: Asked, name: str, *, since: date | None = None, policy: str | None = None, introductions: bool = True
) -> AccountAnswer:
    """Answer what is known of an account.

    :param name: of the account, its id, or the name of its only organisation.
    :param since: an earlier day; movement from there to now is told.
    :param policy: of the relationship score; that of the settings by default.
    :param introductions: also the best introduction to each stakeholder whom nobody leads.
    :raises NotFound: if there is no such account.
    :raises UsageError: for an unknown policy.
    """
    if policy is not None and policy not in POLICIES:
        raise UsageError(f"no policy {policy!r}; there are {', '.join(POLICIES)}")
    book = book_of(context, asked.as_of, name)
    account = account_of(book, name)
    settings = context.settings.accounts
    today = today_of(asked)
    people = People(context, asked, account)
    profiles = {member.key: profile(account, member, settings, policy) for member in account.members}
    before = _before(context, account, since) if since else {}
    order = sorted(profiles, key=lambda key: _order(profiles[key], people, account, key))
    stakeholders = tuple(
        _stakeholder(context, book, account, member, profiles[key], people, today, before.get(key), since)
        for key in order
        if (member := account.member(key))
    )
    matrix = Matrix(account, team_of(context, account), people, profiles, order, settings).answer()
    answer = AccountAnswer(
        question=asked.question("account", account=account.id, since=since.isoformat() if since else None, policy=policy),
        revision=context.revision.id,
        coverage=context.coverage,
        id=account.id,
        name=account.name,
        topic=account.topic,
        responsible=account.responsible,
        organisations=_organisations(account),
        today=today.isoformat(),
        policy=policy or settings.relationship_policy,
        cuts=Cuts(
            power=settings.power_cut,
            interest=settings.interest_cut,
            satisfaction=settings.satisfied_from,
            emotional_tie=settings.tied_from,
        ),
        stakeholders=stakeholders,
        disagreements=tuple(disagreements(account, people)),
        questions=tuple(open_questions(account, people, profiles)),
        missing=tuple(missing_people(context, asked, account)),
        matrix=matrix,
        plan=plan_answer(account, people, today, settings),
        nothing=_nothing(account),
    )
    if introductions:
        answer = answer.model_copy(
            update={
                "without_lead": tuple(
                    _introduction(context, asked, account, member, people)
                    for key in order
                    if (member := account.member(key)) and not account.leads(key)
                )
            }
        )
    return answer


def list_accounts(context: Context, asked: Asked) -> AccountsAnswer:
    """Answer with all accounts, by name."""
    book = book_of(context, asked.as_of)
    lines = [
        AccountLine(
            id=account.id,
            name=account.name,
            topic=account.topic,
            responsible=account.responsible,
            organisations=_organisations(account),
            stakeholders=len(account.members),
            date=max((view.at[:10] for member in account.members for views in member.views.values() for view in views), default=None),
        )
        for account in book.accounts.values()
    ]
    return AccountsAnswer(
        question=asked.question("accounts"),
        revision=context.revision.id,
        accounts=tuple(sorted(lines, key=lambda each: (each.name, each.id))),
    )


def scores_of_person(context: Context, asked: Asked, person: str) -> tuple[ShownStakeholder, ...]:
    """Return the scores of a person of the register in each account where he is a stakeholder, by account."""
    judgements = account_judgements(context)
    own = set(context.records_of(person))
    touched = {each.values.get("account") for each in judgements if own.intersection(each.records)}
    about = [each for each in judgements if each.values.get("account") in touched or each.kind == "erasure"] if touched else []
    book = Book(about, context.entities_of(sorted(records_in(about))), asked.as_of)
    found = []
    for account in sorted(book.accounts.values(), key=lambda each: (each.name, each.id)):
        member = account.member(person)
        if member is not None:
            told = profile(account, member, context.settings.accounts)
            found.append(
                ShownStakeholder(
                    account=account.name, account_id=account.id, position=member.position, role=told.role, role_score=told.role_score,
                    relationship_score=told.relationship_score, influence_score=told.influence_score, policy=told.policy,
                    date=told.date,
                )
            )  # fmt: skip
    return tuple(found)


def _organisations(account: Account) -> tuple[EntityRef, ...]:
    return tuple(EntityRef(id=entity or "", name=name) for entity, name in account.organisations)


def _order(found: Profile, people: People, account: Account, key: str) -> tuple[int, float, str, str]:
    """Who decides comes first, then who has influence."""
    member = account.member(key)
    return (-(found.role_score or 0), -(found.influence_score or 0), people.name(member) if member else "", key)


def _before(context: Context, account: Account, since: date) -> dict[str, Profile]:
    earlier = book_of(context, since, account.id).accounts.get(account.id)
    return {member.key: profile(earlier, member, context.settings.accounts) for member in earlier.members} if earlier else {}


def _stakeholder(
    context: Context,
    book: Book,
    account: Account,
    member: Member,
    found: Profile,
    people: People,
    today: date,
    before: Profile | None,
    since: date | None,
) -> Stakeholder:
    row = people.rows.get(member.entity or "")
    ids = {each.key: each.id for each in account.members}
    stale = found.date is not None and found.date < (today - timedelta(days=context.settings.accounts.stale_days)).isoformat()
    mandates = people.mandates(member)
    ties = people.ties(member, team_of(context, account))
    return Stakeholder(
        id=member.id,
        person=EntityRef(id=row["id"], name=row["name"]) if row else None,
        name=people.name(member),
        city=row["city"] if row else None,
        position=member.position or (mandates[0]["role_as_written"] or mandates[0]["role"] if mandates else None),
        outside=member.outside,
        rank=people.rank(member),
        role=found.role,
        role_score=found.role_score,
        type=found.type,
        relationship=RelationshipScores(**found.relationship),
        relationship_score=found.relationship_score,
        policy=found.policy,
        influence_score=found.influence_score,
        graph_influence=row.get("influence_score") if row else None,
        graph_influence_method=row.get("influence_method") if row else None,
        date=found.date,
        stale=stale,
        assessors=found.assessors,
        responsible=found.responsible,
        power=found.power,
        interest=found.interest,
        segment=_segment(found),
        movement=_movement(found, before, since),
        company=FanPlace(
            satisfaction=found.satisfaction, emotional_tie=found.emotional_tie, says_so=found.says_so, fan_class=found.fan
        ),
        salesperson=FanPlace(
            satisfaction=found.satisfaction_salesperson,
            emotional_tie=found.emotional_tie_salesperson,
            says_so=found.says_so_salesperson,
            fan_class=found.fan_salesperson,
        ),
        colour=found.colour,
        second_colour=found.second_colour,
        colour_hints=tuple(_hints(account, found)),
        influences=tuple(sorted(ids[key] for key in member.influences)),
        ties=tuple(ColleagueTie(colleague=name, strength=strength) for name, strength in sorted(ties.items())),
        no_introducer=never_asked(book, account, member, found),
        views=tuple(
            FieldViews(field=scale.name, views=tuple(colleague_view(each) for each in member.views[scale.name]))
            for scale in SCALES
            if scale.name in member.views
        ),
        notes=tuple(_notes(member, stale, found)),
    )


def _segment(found: Profile) -> SegmentPlace | None:
    place = found.segment
    if place is None:
        return None
    words = _(SEGMENTS[place.letter]) if place.letter else _("on the line: {letters}").format(letters="/".join(place.between))
    return SegmentPlace(letter=place.letter, on_the_line=place.on_the_line, between=place.between, words=words)


def _movement(now: Profile, before: Profile | None, since: date | None) -> Movement | None:
    if before is None or since is None:
        return None
    if now.power is None or now.interest is None or before.power is None or before.interest is None:
        return None
    if (now.power, now.interest) == (before.power, before.interest):
        return None
    return Movement(
        since=since.isoformat(), power_before=before.power, interest_before=before.interest, power=now.power, interest=now.interest
    )


def _hints(account: Account, found: Profile) -> list[Because]:
    """Say who of us gets on easily with somebody by their colours: a hint, never a score."""
    hints = []
    for colleague in account.team:
        fit = colour_fit(colleague.colours, found.colours)
        if fit:
            text = {
                "same": _("{name}: the same colour, easier"),
                "neighbouring": _("{name}: neighbouring colours, easier"),
                "opposite": _("{name}: opposite colours, harder"),
            }[fit]
            hints.append(Because(code=fit, parameters={"colleague": colleague.name}, text=text.format(name=colleague.name)))
    return hints


def _notes(member: Member, stale: bool, found: Profile) -> list[Because]:
    notes = []
    if stale:
        notes.append(
            Because(
                code="stale",
                parameters={"date": found.date},
                text=_("the newest view is of {date}, older than a quarter").format(date=found.date),
            )
        )
    if member.apart:
        notes.append(
            Because(
                code="apart",
                parameters={},
                text=_("the records that he was entered by belong to several people now: check who is meant"),
            )
        )
    if member.entity is None:
        notes.append(Because(code="not_in_register", parameters={}, text=_("not a person of the register: no ties are known")))
    if found.policy == "responsible" and found.relationship_score is None and member.views.get("relationship"):
        notes.append(
            Because(
                code="responsible_silent",
                parameters={"responsible": found.responsible},
                text=_("the responsible colleague says nothing about the relationship, or nobody is responsible"),
            )
        )
    return notes


def _introduction(context: Context, asked: Asked, account: Account, member: Member, people: People) -> MissingLead:
    name = people.name(member)
    if member.entity not in people.rows:
        return MissingLead(
            stakeholder=member.id,
            name=name,
            nothing=Because(code="not_in_register", parameters={}, text=_("not a person of the register: no ties are known")),
        )
    if not context.team:
        return MissingLead(
            stakeholder=member.id,
            name=name,
            nothing=Because(
                code="no_team", parameters={}, text=_("our team isn't in the data: load contacts with --owner, or set team.members")
            ),
        )
    found = find_paths(context, asked, (), [str(member.entity)], PathLimits(k=1, account=account.id))
    return MissingLead(stakeholder=member.id, name=name, path=found.paths[0] if found.paths else None, nothing=found.nothing)


def _nothing(account: Account) -> Because | None:
    if account.members:
        return None
    return Because(
        code="no_stakeholders",
        parameters={"account": account.name},
        text=_(
            "nobody belongs to the account {account} yet: add people with `account add`, assess them, or import a filled template"
        ).format(account=account.name),
    )
