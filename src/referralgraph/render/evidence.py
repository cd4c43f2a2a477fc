"""The weight of evidence for two records being one, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from referralgraph.language import gettext as _
from referralgraph.language import number_text
from referralgraph.render.table import write_text

if TYPE_CHECKING:
    from referralgraph.answers import WeighedPair


def write_evidence(weighed: WeighedPair) -> None:
    """Write what speaks for and against, in words and weights."""
    for heading, chosen in (
        (_("for"), [each for each in weighed.parts if each.bits > 0]),
        (_("against"), [each for each in weighed.parts if each.bits <= 0]),
    ):
        for each in sorted(chosen, key=lambda part: -abs(part.bits)):
            write_text(f"{heading} {number_text(each.bits, 1):>6}  {each.text}", indent=2, hanging=2)
    write_text(
        _("before anything is compared {prior}, together {weight} against strangers and {relative} against relatives (bits)").format(
            prior=number_text(weighed.prior, 1), weight=number_text(weighed.weight, 1), relative=number_text(weighed.relative, 1)
        ),
        indent=2,
    )
