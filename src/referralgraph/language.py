"""Languages of the answers: English in the code, German and Indonesian in catalogues."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import resources

from referralgraph.errors import UsageError

LANGUAGES = ("en", "de", "id")
_current: ContextVar[str] = ContextVar("language", default="en")


def gettext(text: str) -> str:
    """Return a text in the language that is in use; English if the catalogue lacks it."""
    return _catalogue(_current.get()).get(text, text)


def translatable(text: str) -> str:
    """Mark a text for the catalogues where it is declared; `gettext` translates it where it is shown."""
    return text


def in_words(code: str | None) -> str:
    """Return a word of a vocabulary as people read it: ``managing_director`` as "managing director", translated."""
    return gettext(code.replace("_", " ")) if code else ""


def number_text(value: float, places: int = 0) -> str:
    """Return a number as the language in use writes it.

    :param value: the number.
    :param places: digits behind the decimal sign.
    """
    language = _current.get()
    if language == "en":
        return f"{value:,.{places}f}"
    from babel.numbers import format_decimal

    return str(format_decimal(value, format="#,##0" + ("." + "0" * places if places else ""), locale=language))


def language_now() -> str:
    """Return the language in use."""
    return _current.get()


def translator(language: str) -> Callable[[str], str]:
    """Return a function that gives texts in one language.

    :raises UsageError: for a language without a catalogue.
    """
    _check(language)
    catalogue = _catalogue(language)
    return lambda text: catalogue.get(text, text)


@contextmanager
def language_in_use(language: str) -> Iterator[None]:
    """Let `gettext` answer in a language within the block.

    :raises UsageError: for a language without a catalogue.
    """
    _check(language)
    token = _current.set(language)
    try:
        yield
    finally:
        _current.reset(token)


def _check(language: str) -> None:
    if language not in LANGUAGES:
        raise UsageError(f"no language {language!r}; there are {', '.join(LANGUAGES)}")


@cache
def _catalogue(language: str) -> dict[str, str]:
    if language == "en":
        return {}
    from babel.messages.pofile import read_po  # reads the catalogue as translators write it

    with resources.files("referralgraph.locale").joinpath(f"{language}.po").open("rb") as stream:
        entries = [entry for entry in read_po(stream) if entry.id and entry.string and not entry.fuzzy]
    return {str(entry.id): str(entry.string) for entry in entries}
