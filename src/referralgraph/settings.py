"""Settings of a workspace: the team, and every constant that an answer depends on, each with its source."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from referralgraph.errors import SourceError


class Section(BaseModel):
    """One table of settings.toml; a key it doesn't know is refused, because a misspelt setting is a wrong answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TeamSettings(Section):
    """Who asks."""

    me: str | None = Field(None, description="name of the person who asks when --viewer is left out")
    members: tuple[str, ...] = Field((), description="names of the sales team; owners of contacts belong to it anyway")
    organisation: str | None = Field(None, description="the team's own company as the register names it")


class TieSettings(Section):
    """What makes two people know each other, and how well. See docs/method/tie-strength.md."""

    base_shared_mandate: float = Field(0.9, gt=0, le=1, description="two people alone in one body")
    size_exponent: float = Field(0.5, ge=0, description="a shared mandate weighs base / (n - 1) ** exponent")
    half_life_years: float = Field(4.0, gt=0, description="half of a tie is gone so long after either left")
    largest_body: int = Field(30, ge=2, description="a body with more people at one time gives no pairwise ties")
    assumed_tenure_years: float = Field(
        5.0, gt=0, description="how long somebody with an unknown start is taken to have been there before the end")
    colleague: float = Field(0.9, gt=0, le=1, description="two members of our own team")
    contact_address_book: float = Field(0.5, gt=0, le=1, description="an entry in an address book")
    contact_linkedin: float = Field(0.3, gt=0, le=1, description="a bare LinkedIn connection")
    contact_crm: float = Field(0.5, gt=0, le=1, description="an entry in the team's CRM")
    closeness: tuple[float, float, float, float] = Field(
        (0.05, 0.3, 0.6, 0.9), description="the owner's own word from 0 (not at all) to 3 (very well), over any guess")


class IdentitySettings(Section):
    """When records are taken for one person."""

    merge_threshold: float = Field(0.8, ge=0, le=1, description="records less likely the same stay apart and wait")
    path_threshold: float = Field(0.8, ge=0, le=1, description="a path less sure is marked as possible")


class IntroducerSettings(Section):
    """Who may introduce."""

    most_bodies: int = Field(20, ge=1, description="a person with more bodies is a nominee, not an introducer")


class Settings(Section):
    """All settings of a workspace."""

    language: str = Field("en", description="language of the answers: en, de or id")
    team: TeamSettings = TeamSettings()
    ties: TieSettings = TieSettings()
    identity: IdentitySettings = IdentitySettings()
    introducer: IntroducerSettings = IntroducerSettings()

    def for_revision(self) -> dict[str, Any]:
        """Return the settings that change what is built; the language doesn't."""
        return self.model_dump(mode="json", exclude={"language"})


def read_settings(file: Path) -> Settings:
    """Read settings.toml; without the file everything has its default.

    :raises SourceError: if it is no TOML, or a key or value isn't allowed; the message lists all of them.
    """
    if not file.exists():
        return Settings()
    try:
        return Settings.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"not TOML: {error}", file=file, mend="Mend that line") from error
    except ValidationError as error:
        told = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg'].lower()}" for each in error.errors())
        raise SourceError(told, file=file, mend="docs/settings.md lists every setting") from error


def change_team(file: Path, *, me: str | None = None, members: tuple[str, ...] = (), organisation: str | None = None) -> None:
    """Write who asks into settings.toml and leave everything else in it as people wrote it.

    :param file: settings.toml, made if it isn't there.
    """
    import tomlkit  # keeps people's comments and order

    from referralgraph.records.workspace import write_text_atomically

    document = tomlkit.parse(file.read_text(encoding="utf-8")) if file.exists() else tomlkit.document()
    team = document.setdefault("team", tomlkit.table())
    if me is not None:
        team["me"] = me
    if members:
        team["members"] = list(members)
    if organisation is not None:
        team["organisation"] = organisation
    write_text_atomically(file, tomlkit.dumps(document))
