"""Every constant that a strength or a score depends on, each with its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Ge, Gt, Le
from pydantic import ConfigDict

Share = Annotated[float, Gt(0), Le(1)]
Positive = Annotated[float, Gt(0)]


@dataclass(frozen=True, slots=True)
class TieSettings:
    """The table ``[ties]`` of settings.toml; *assumed* means that no data of ours could measure it."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    base_shared_mandate: Share = 0.9  # Norwegian boards: .5 to .99 rank alike (docs/method/tie-strength.md)
    size_exponent: Annotated[float, Ge(0)] = 0.5  # Norwegian boards: .25 to 1 rank alike, 0 (no damping) loses (same page)
    half_life_years: Positive = 4.0  # Norwegian boards: 3 to 8 years rank alike, 1 year loses (same page)
    largest_body: Annotated[int, Ge(2)] = 30  # assumed: in a larger body not everybody knows everybody; it gives no ties
    assumed_tenure_years: Positive = 5.0  # assumed: how long somebody with an unknown start was there before the end
    colleague: Share = 0.9  # assumed: our own colleagues pass an introduction on as two people alone in one body do
    contact_address_book: Share = 0.5  # assumed: somebody took the trouble to write the number down
    contact_crm: Share = 0.5  # assumed: as an address book
    contact_linkedin: Share = 0.3  # assumed, weakest of all contacts: one click makes the connection
    # The owner's own word, from 0 (not at all) to 3 (very well): closeness as people state it is the best single
    # indicator of strength, better than frequency or duration (Marsden, Campbell 1984, doi:10.1093/sf/63.2.482).
    closeness: tuple[Share, Share, Share, Share] = (0.05, 0.3, 0.6, 0.9)
    # Recent contact tells most after closeness (Gilbert, Karahalios 2009, doi:10.1145/1518701.1518736); the sizes are
    # assumed so that a bare LinkedIn connection comes to the word 2 by a meeting each half year, or a call every
    # seven weeks, or three mails a month.
    meeting: Annotated[float, Ge(0), Le(1)] = 0.15
    call: Annotated[float, Ge(0), Le(1)] = 0.05
    mail: Annotated[float, Ge(0), Le(1)] = 0.01
    interaction_half_life_years: Positive = 1.0  # assumed; bankers' bridges fade in a year (Burt 2002, "Bridge decay")
    routes: Annotated[int, Ge(1)] = 3  # Norwegian boards: 2, 3 and 5 rank alike, 1 loses (docs/method/tie-strength.md)
    longest_route: Annotated[int, Ge(1), Le(6)] = 4  # the default --max-ties of a question
    background: Annotated[float, Ge(0), Le(1)] = 0.01  # the default --min-strength: fainter tells no more than chance


Ten = Annotated[float, Ge(0), Le(10)]
Weight = Annotated[float, Ge(0), Le(10)]


@dataclass(frozen=True, slots=True)
class AccountSettings:
    """The table ``[accounts]`` of settings.toml: the same for all accounts."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    relationship_policy: Literal["average", "best", "responsible"] = "average"
    power_cut: Ten = 5.0  # the middle of the scale
    interest_cut: Ten = 5.0  # the middle of the scale
    satisfied_from: Ten = 6.0  # assumed: the first whole number above the middle
    tied_from: Ten = 6.0  # assumed: as above
    very_satisfied_from: Ten = 9.0  # assumed: nine and ten, as for the promoters of a net promoter score
    very_tied_from: Ten = 9.0  # assumed: as above
    very_dissatisfied_to: Ten = 2.0  # assumed: the mirror of very satisfied
    stale_days: Annotated[int, Ge(1)] = 92  # the longest quarter
    strong_tie: Share = 0.3  # assumed: a bare LinkedIn connection; a lead without any tie beside it is worth a word
    most_leads: Annotated[int, Ge(1)] = 5  # assumed: as many relationships as one colleague can look after properly
    # What a lead is chosen by; only their proportions matter. Assumed: who knows him goes first, then who is of his rank.
    weight_tie: Weight = 3.0
    weight_rank: Weight = 2.0
    weight_relationship: Weight = 2.0
    weight_function: Weight = 1.0
    weight_colour: Weight = 0.5
