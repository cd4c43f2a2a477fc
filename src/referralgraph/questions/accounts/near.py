"""Who may be meant by a name that nobody has: offered to the user, never taken."""

from __future__ import annotations

from difflib import SequenceMatcher

from referralgraph.index.names import Found
from referralgraph.questions.context import Context
from referralgraph.records.names import fold

_OFFERED = 5
_LOOKED_AT = 40  # of each way to write it
_ALIKE = 0.6  # share of equal letters from which a name is worth offering


def people_near(context: Context, text: str, viewer: str | None) -> list[str]:
    """Return people with similar names, the most similar first: id, name, city.

    Looked for by the beginnings of the words, then by each word alone, so that a misspelt one doesn't hide the others.

    :param text: a name, or ``NAME, CITY``.
    :param viewer: who stands in the private address book of another alone isn't offered to him.
    """
    name, _, city = text.partition(",")
    words = [word for word in fold(name).split() if len(word) > 2]
    beginnings = " ".join(word[: max(3, 2 * len(word) // 3)] for word in words)
    found: dict[str, Found] = {}
    for query in dict.fromkeys([text, beginnings, *words, *(word[: max(4, 2 * len(word) // 3)] for word in words)]):
        if query.strip():
            some, _more = context.names.find(query, limit=_LOOKED_AT, kinds=("person",), viewer=viewer)
            found.update({each.id: each for each in some})

    def likeness(each: Found) -> float:
        same_city = 0.1 if city.strip() and fold(city) == fold(each.city or "") else 0.0
        return SequenceMatcher(None, fold(name), fold(each.name)).ratio() + same_city

    ranked = sorted(found.values(), key=lambda each: (-likeness(each), each.name, each.id))
    alike = [each for each in ranked if likeness(each) >= _ALIKE][:_OFFERED]
    return [f"{each.id}  {each.name}" + (f", {each.city}" if each.city else "") for each in alike]
