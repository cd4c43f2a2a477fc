"""The product's own questions to a customer, and the words of fields and scales."""

from __future__ import annotations

from collections.abc import Mapping

from referralgraph.accounts.scales import TYPES
from referralgraph.language import gettext as _
from referralgraph.language import in_words, translatable

# Asked in a conversation, so that the customer needn't judge anybody: each has one that opens and one that goes deeper.
QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "power": (
        translatable("Whose signature does a decision of this size need in your house, and who can stop it alone?"),
        translatable("When two departments disagreed about a purchase last time: whose word counted in the end?"),
        translatable("Up to which amount may {name} decide without asking anybody?"),
    ),
    "interest": (
        translatable("What would change in the working day of {name} if this topic were solved?"),
        translatable("Which of {name}'s goals for this year depends on this topic?"),
        translatable("How often does {name} ask about this topic without being told to?"),
    ),
    "role": (
        translatable("Who will say yes in the end, who will advise him, and who will work with it? Where does {name} stand there?"),
    ),
    "relationship": (translatable("What has {name} experienced with us so far, and what would he tell a colleague about it?"),),
    "influence": (translatable("Whose opinion does {name} shape, and who listens when {name} objects?"),),
    "satisfaction": (translatable("What has gone well with us for {name}, and what should we have done differently?"),),
    "emotional_tie": (translatable("Would {name} miss us if we were gone tomorrow, and what would he miss?"),),
    "type": (translatable("From which side does {name} look at it: the department, the technology, the money or the purchasing?"),),
    "colour": (translatable("Does {name} want the result first, the enthusiasm, the agreement of all, or the figures?"),),
}

FIELDS: Mapping[str, str] = {
    "role": translatable("role"),
    "type": translatable("type"),
    "relationship": translatable("relationship"),
    "influence": translatable("influence"),
    "power": translatable("power"),
    "interest": translatable("interest"),
    "satisfaction": translatable("satisfaction"),
    "emotional_tie": translatable("emotional tie"),
    "says_so": translatable("says so"),
    "satisfaction_salesperson": translatable("satisfaction with the salesperson"),
    "emotional_tie_salesperson": translatable("emotional tie to the salesperson"),
    "says_so_salesperson": translatable("says so of the salesperson"),
    "colour": translatable("colour"),
    "second_colour": translatable("second colour"),
}


def word_text(word: str | None) -> str:
    """Return a word or letter of a scale as people read it."""
    return in_words(TYPES.get(word or "", word))


def field_text(field: str) -> str:
    """Return the name of a field as people read it."""
    return _(FIELDS.get(field, field))


def questions_for(field: str, name: str) -> tuple[str, ...]:
    """Return what to ask the customer so as to learn a field of somebody."""
    return tuple(_(text).format(name=name) for text in QUESTIONS[field])
