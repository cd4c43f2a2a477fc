"""Settings of a workspace: the team, and every constant that an answer depends on, each with its source."""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from referralgraph.errors import SourceError
from referralgraph.score.settings import AccountSettings, TieSettings

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


class Section(BaseModel):
    """One table of settings.toml; a key it doesn't know is refused, because a misspelt setting is a wrong answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TeamSettings(Section):
    """Who asks."""

    me: str | None = Field(default=None, description="name of the person who asks when --viewer is left out")
    members: tuple[str, ...] = Field(
        default=(), description="names of the sales team; owners of contacts belong to it anyway"
    )
    organisation: str | None = Field(default=None, description="the team's own company as the register names it")


class IdentitySettings(Section):
    """When records are taken for one person."""

    merge_threshold: float = Field(
        default=0.8, ge=0, le=1, description="records less likely the same stay apart and wait"
    )
    false_merges: float = Field(
        default=1.0, ge=0, description="false merges to be expected at most, in 1,000 people"
    )
    possible_threshold: float = Field(
        default=0.3, ge=0, le=1, description="records less likely the same aren't even shown as possible"
    )
    path_threshold: float = Field(default=0.8, ge=0, le=1, description="a path less sure is marked as possible")


class IntroducerSettings(Section):
    """Who may introduce."""

    most_bodies: int = Field(default=20, ge=1, description="a person with more bodies is a nominee, not an introducer")
    most_asks: int = Field(default=4, ge=1, description="who was asked so often this quarter rests until the next one")


class RiskSettings(Section):
    """How risk is told."""

    model: str | None = Field(default=None, description="file of a risk model of your own, beside settings.toml or by its whole path")
    sure_identity: float = Field(
        default=0.95, ge=0, le=1, description="links by people less surely the same are left out of the answer beside"
    )


class Settings(Section):
    """All settings of a workspace."""

    language: Literal["en", "de", "id"] = Field(default="en", description="language of the answers")
    team: TeamSettings = TeamSettings()
    ties: TieSettings = TieSettings()
    identity: IdentitySettings = IdentitySettings()
    introducer: IntroducerSettings = IntroducerSettings()
    accounts: AccountSettings = AccountSettings()
    risk: RiskSettings = RiskSettings()

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
    except UnicodeDecodeError as error:
        raise SourceError("not UTF-8", file=file, mend="Save it as UTF-8") from error
    except ValidationError as error:
        told = "; ".join(_problem(each) for each in error.errors())
        raise SourceError(told, file=file, mend="docs/settings.md lists every setting") from error


def _problem(error: ErrorDetails) -> str:
    """Say what is wrong with one setting; for a misspelt one, which was probably meant."""
    place = [str(part) for part in error["loc"]]
    name = ".".join(place)
    if error["type"] not in {"extra_forbidden", "unexpected_keyword_argument"}:
        return f"{name}: {error['msg'].lower()}"
    known = Settings().model_dump()
    for part in place[:-1]:
        known = known[part]
    near = get_close_matches(place[-1], known, n=1)
    return f"{name}: no such setting" + (f", did you mean {'.'.join([*place[:-1], *near])}?" if near else "")


def change_team(
    file: Path, *, me: str | None = None, members: tuple[str, ...] = (), organisation: str | None = None
) -> None:
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
