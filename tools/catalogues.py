"""Keep the catalogues complete: `python -m tools.catalogues` adds new texts, drops old ones, lists the untranslated."""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from referralgraph.accounts import entries
from referralgraph.accounts.scales import COLOURS, INFLUENCES, RELATIONSHIPS, ROLE_NUMBERS, TYPES
from referralgraph.answers import ShowAnswer
from referralgraph.language import LANGUAGES
from referralgraph.questions import show
from referralgraph.records.schema import TABLES
from referralgraph.records.vocabulary import ROLES
from referralgraph.score import words
from referralgraph.score.segments import FAN_CLASSES

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "referralgraph"
FOLDERS = ("questions", "render", "score")
MARKS = frozenset({"_", "gettext", "translatable"})
_BECAUSE = re.compile(r"'([a-z_ ]+)' AS because|'(several_candidates|contradiction)'")
_IN_TEMPLATE = re.compile(r'\b_\("([^"\\]+)"\)')
_HEADER = """# Texts of ReferralGraph in the language "{language}"; `python -m tools.catalogues` adds new ones.
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def texts() -> dict[str, set[str]]:
    """Return every text that people see in their language, with the files it stands in."""
    found: dict[str, set[str]] = {}
    for folder in FOLDERS:
        for file in sorted((SOURCE / folder).rglob("*.py")):
            for text in marked(file.read_text(encoding="utf-8")):
                found.setdefault(text, set()).add(file.relative_to(ROOT).as_posix())
    for file in sorted((SOURCE / "render" / "templates").glob("*.html")):
        for text in _IN_TEMPLATE.findall(file.read_text(encoding="utf-8")):
            found.setdefault(text, set()).add(file.relative_to(ROOT).as_posix())
    for text, place in _vocabulary():
        found.setdefault(text, set()).add(place)
    return found


def marked(program: str) -> Iterator[str]:
    """Return the texts in `_("...")` of a program; unlike babel's extractor this sees into f-strings on any Python."""
    for node in ast.walk(ast.parse(program)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS and node.args:
            text = node.args[0]
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                yield text.value


def _vocabulary() -> Iterator[tuple[str, str]]:
    """Return the words that reach `_()` by way of a variable: vocabularies, attributes, grounds of identity."""
    for role in ROLES:
        yield role.name.replace("_", " "), "src/referralgraph/records/vocabulary.py"
    for table in TABLES:
        for field in table.own_fields:
            for word in field.words:
                yield word.replace("_", " "), "src/referralgraph/records/schema.py"
    yield "person", "src/referralgraph/records/schema.py"
    for kind in ("mandate", "shareholding", "contact"):
        yield kind, Path(sys.modules[ShowAnswer.__module__].__file__ or "").relative_to(ROOT).as_posix()
    for attribute in show._ATTRIBUTES:
        yield attribute.replace("_", " "), "src/referralgraph/questions/show.py"
    for code in (*ROLE_NUMBERS, *TYPES.values(), *COLOURS, *FAN_CLASSES, *RELATIONSHIPS.values(), *INFLUENCES.values()):
        yield code.replace("_", " "), "src/referralgraph/accounts/scales.py"
    for code in (*entries.STATUSES, *entries.MARKETING_KINDS, *entries.CELLS):
        yield code.replace("_", " "), "src/referralgraph/accounts/entries.py"
    for _limit, word in words._STRENGTHS:
        yield word, "src/referralgraph/score/words.py"
    for file in sorted((SOURCE / "resolve").glob("*.*")):
        for one, other in _BECAUSE.findall(file.read_text(encoding="utf-8")):
            yield (one or other).replace("_", " "), file.relative_to(ROOT).as_posix()


def read(language: str) -> Catalog:
    """Return the catalogue of a language as it stands."""
    file = SOURCE / "locale" / f"{language}.po"
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def updated(language: str) -> tuple[str, list[str]]:
    """Return a catalogue with exactly the texts of the programs, and those that nobody has translated."""
    old, new = read(language), Catalog(locale=language)
    missing = []
    for text, places in sorted(texts().items()):
        known = old.get(text)
        translated = str(known.string) if known is not None and not known.fuzzy else ""
        new.add(text, translated, locations=[(place, 0) for place in sorted(places)])
        if not translated:
            missing.append(text)
    stream = io.BytesIO()
    write_po(stream, new, omit_header=True, include_lineno=False, sort_output=True, width=110)
    return _HEADER.format(language=language) + stream.getvalue().decode("utf-8"), missing


def main() -> None:
    """Write the catalogues."""
    for language in LANGUAGES[1:]:
        text, missing = updated(language)
        (SOURCE / "locale" / f"{language}.po").write_text(text, encoding="utf-8")
        for each in missing:
            sys.stdout.write(f"{language}: not translated: {each!r}\n")


if __name__ == "__main__":
    main()
