"""Everything that ReferralGraph raises on purpose.

    ReferralGraphError
    ├── UsageError          the question or the command is put wrongly       exit 2
    │   └── OffTheScale      a value that its field doesn't have              exit 2
    ├── NotFound            no such entity, workspace or revision            exit 3
    │   └── Ambiguous       several entities answer to the name              exit 3
    ├── NoPath              asked for one path where there is none           exit 0
    ├── SourceError         a file can't be read as what it should be        exit 4
    ├── RecordInvalid       a row doesn't fit its record table               exit 4
    ├── ResolutionError     judgements or an identity model contradict       exit 4
    ├── StoreError
    │   ├── StoreUnavailable   no answer from the store; trying again may help   exit 5
    │   ├── StoreBusy          somebody else is building                         exit 5
    │   └── QueryInvalid       a query of ours that the store refuses            exit 1
    ├── DeadlineExceeded    not answered within the time allowed             exit 5
    └── Forbidden           the viewer may not see this                      exit 3
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class ReferralGraphError(Exception):
    """The root: each has a message for people, the exit code of the command line, and whether a retry may help."""

    exit_code = 1
    retryable = False


class UsageError(ReferralGraphError):
    """A question that can't be asked this way."""

    exit_code = 2


class OffTheScale(UsageError):
    """A value that its field doesn't have; the message says which it has."""

    def __init__(self, name: str, written: object, allowed: str) -> None:
        """Keep the allowed values beside the message.

        :param name: of the field.
        :param written: what was given.
        :param allowed: the values that the field has.
        """
        self.name, self.written, self.allowed = name, written, allowed
        super().__init__(f"{name}: {str(written)!r} isn't on the scale; allowed are: {allowed}")


class NotFound(ReferralGraphError):
    """No entity, workspace or revision of that name."""

    exit_code = 3


class Ambiguous(NotFound):
    """Several entities answer to one name; the candidates say how to name one of them."""

    def __init__(self, text: str, candidates: Sequence[str], why: str = "may be any of these") -> None:
        """Keep the candidates beside the message that lists them.

        :param text: what was asked for.
        :param candidates: one line for each entity, its id first.
        :param why: how it came to be several.
        """
        self.text = text
        self.candidates = tuple(candidates)
        listed = "\n".join(f"  {candidate}" for candidate in self.candidates)
        super().__init__(f"{text!r} {why}; name one by its id or as NAME, CITY:\n{listed}")


class NoPath(ReferralGraphError):
    """There is no introduction path under the given limits, and the data would have shown one."""

    exit_code = 0


class SourceError(ReferralGraphError):
    """A raw file that can't be read as what it claims to be."""

    exit_code = 4

    def __init__(self, message: str, *, file: Path | str | None = None, line: int | None = None, mend: str = "") -> None:
        """Build the one message for people: file, line, what is wrong, the mend.

        :param message: what is wrong, without a closing full stop.
        :param file: the file; its name is shown as the user gave it.
        :param line: 1-based line in the file, if one is to blame.
        :param mend: what the user can do about it.
        """
        self.file = None if file is None else str(file)
        self.line = line
        self.mend = mend
        place = "" if file is None else f"{file}: " if line is None else f"{file}, line {line}: "
        super().__init__(f"{place}{message}" + (f". {mend}" if mend else ""))


class RecordInvalid(ReferralGraphError):
    """A row that doesn't fit the schema of its record table."""

    exit_code = 4


class ResolutionError(ReferralGraphError):
    """Judgements that contradict each other, or an identity model of another version."""

    exit_code = 4


class StoreError(ReferralGraphError):
    """The store can't do what was asked."""

    exit_code = 5


class StoreUnavailable(StoreError):
    """The store can't be reached now."""

    retryable = True


class StoreBusy(StoreError):
    """Another build holds the store."""

    retryable = True


class QueryInvalid(StoreError):
    """A query file that the store refuses: a defect of ours."""

    exit_code = 1


class DeadlineExceeded(ReferralGraphError):
    """The question wasn't answered within its time."""

    exit_code = 5
    retryable = True


class Forbidden(ReferralGraphError):
    """The viewer may not see what the answer would need."""

    exit_code = 3
