"""Saved search profiles: industry, size, place and role wanted, with trigger phrases to hand over."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from referralgraph.answers.base import Because, EntityRef
from referralgraph.answers.multipliers import SearchProfile
from referralgraph.errors import SourceError
from referralgraph.language import gettext as _
from referralgraph.questions.context import Asked, Context
from referralgraph.questions.seats import Seats
from referralgraph.questions.target_list import Target, no_people
from referralgraph.records.vocabulary import ROLES


class _Profile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    industry: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    smallest: int | None = Field(default=None, ge=0)
    largest: int | None = Field(default=None, ge=0)
    role: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    profile: tuple[_Profile, ...] = Field(min_length=1)


@dataclass(frozen=True)
class ProfileTargets:
    """What the profiles of a file stand for."""

    profiles: tuple[SearchProfile, ...]
    targets: list[Target]
    notes: tuple[Because, ...] = ()


def read_profiles(context: Context, asked: Asked, file: Path) -> ProfileTargets:
    """Read profiles and return the companies that are as described, each once, with whom to reach in them.

    What no source tells of a company (its size, its industry) doesn't match a profile that asks for it.

    :raises SourceError: if the file is no such TOML; the message names each mistake.
    """
    found: dict[str, Target] = {}
    shown, notes = [], []
    attributes = context.index.attributes
    for profile in _profiles(file):
        rows = attributes.matching(
            industries=profile.industry, places=profile.place, smallest=profile.smallest, largest=profile.largest
        )
        ids = [context.index.organisation(int(row)) for row in rows]
        shown.append(SearchProfile(**profile.model_dump(), companies=len(ids)))
        if not ids:
            wants = profile.industry or profile.smallest is not None or profile.largest is not None
            text = _("no company is as the profile {name} describes it")
            if wants and not attributes.known():
                text = _("no source tells industry or size of any company, so the profile {name} matches none")
            notes.append(Because(code="profile_empty", parameters={"profile": profile.name}, text=text.format(name=profile.name)))
        names, seats = context.organisations(ids), Seats(context, asked, ids)
        for each in ids:
            if each not in found:
                ref = EntityRef(id=each, name=names[each]["name"])
                people = tuple(seats.holding(each, profile.role) if profile.role else seats.decision_makers(each))
                found[each] = Target(each, ref, people, None if people else no_people(ref))
    return ProfileTargets(tuple(shown), list(found.values()), tuple(notes))


def _profiles(file: Path) -> tuple[_Profile, ...]:
    mend = 'Write [[profile]] with name, and industry, place, role, phrases as lists; docs/cli.md shows one'
    try:
        profiles = _File.model_validate(tomllib.loads(file.read_text(encoding="utf-8"))).profile
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SourceError(f"can't be read as TOML: {error}", file=file, mend=mend) from error
    except ValidationError as error:
        told = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg'].lower()}" for each in error.errors())
        raise SourceError(told, file=file, mend=mend) from error
    known = {role.name for role in ROLES}
    for profile in profiles:
        if strange := [each for each in profile.role if each not in known]:
            roles = ", ".join(sorted(known))
            raise SourceError(f"profile {profile.name}: no role {strange[0]!r}", file=file, mend=f"Roles are {roles}")
        if not (profile.industry or profile.place or profile.smallest is not None or profile.largest is not None):
            told = f"profile {profile.name} describes every company"
            raise SourceError(told, file=file, mend="Name an industry, a place or a size")
    return profiles
