"""The risk table of a revision, opened by memory mapping."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from referralgraph.errors import NotFound, StoreError
from referralgraph.risk.days import NEVER

if TYPE_CHECKING:
    from numpy.typing import NDArray


class RiskTable:
    """Links, events and attributes as arrays; positions of organisations and people are those of the index.

    :param folder: where :func:`referralgraph.risk.write.write_risk_table` wrote it.
    :param withdrawn: ids of event records that a judgement has withdrawn.
    """

    def __init__(self, folder: Path, withdrawn: Iterable[str] = ()) -> None:
        if not (folder / "risk.json").exists():
            raise NotFound("this revision was built without events and links: run `referralgraph build`")
        self.folder = folder
        told: dict[str, Any] = json.loads((folder / "risk.json").read_text(encoding="utf-8"))
        self.forms: list[str] = told["forms"]
        self.states: list[str] = told["states"]
        self.day: int = told["day"]
        for name in (
            "seat_person",
            "seat_company",
            "seat_record",
            "seat_known",
            "seat_left",
            "seat_liquidator",
            "company_form",
            "company_state",
            "company_excluded",
            "company_known",
            "company_seen",
            "company_stem",
            "company_address",
            "event_company",
            "event_day",
            "event_kind",
            "event_record",
            "record_parent",
            "record_probability",
            "record_proof",
            "holding_holder",
            "holding_owned",
            "holding_known",
            "holding_left",
        ):
            try:
                setattr(self, name, np.load(folder / f"{name}.npy", mmap_mode="r"))
            except (OSError, ValueError) as error:
                raise StoreError(f"{folder / name}.npy is missing, damaged or of another version of ReferralGraph: run `referralgraph "
                                 "build` where the data is loaded") from error
        gone = np.array(sorted(withdrawn), "S21")
        self.event_kept = ~np.isin(np.asarray(self.event_record), gone) if len(gone) else np.ones(len(self.event_day), np.bool_)

    seat_person: NDArray[np.int32]
    seat_company: NDArray[np.int32]
    seat_record: NDArray[np.int32]
    seat_known: NDArray[np.int32]
    seat_left: NDArray[np.int32]
    seat_liquidator: NDArray[np.bool_]
    company_form: NDArray[np.int32]
    company_state: NDArray[np.int32]
    company_excluded: NDArray[np.bool_]
    company_known: NDArray[np.int32]
    company_seen: NDArray[np.int32]
    company_stem: NDArray[np.int32]
    company_address: NDArray[np.int32]
    event_company: NDArray[np.int32]
    event_day: NDArray[np.int32]
    event_kind: NDArray[np.int8]
    event_record: NDArray[np.bytes_]
    record_parent: NDArray[np.int32]
    record_probability: NDArray[np.float64]
    record_proof: NDArray[np.int32]
    holding_holder: NDArray[np.int32]
    holding_owned: NDArray[np.int32]
    holding_known: NDArray[np.int32]
    holding_left: NDArray[np.int32]

    @property
    def companies(self) -> int:
        """How many organisations there are."""
        return len(self.company_form)

    @property
    def people(self) -> int:
        """How many people there are."""
        return len(self.person_ids)

    @cached_property
    def person_ids(self) -> NDArray[np.bytes_]:
        """Ids of people, sorted."""
        return self._ids("person_id")

    @cached_property
    def organisation_ids(self) -> NDArray[np.bytes_]:
        """Ids of organisations, sorted."""
        return self._ids("organisation_id")

    @cached_property
    def record_ids(self) -> NDArray[np.bytes_]:
        """Ids of the records of linked people, sorted."""
        return self._ids("record_id")

    def _ids(self, name: str) -> NDArray[np.bytes_]:
        ids: NDArray[np.bytes_] = np.load(self.folder / f"{name}.npy", mmap_mode="r")
        return ids

    @cached_property
    def first_event(self) -> NDArray[np.int32]:
        """Day of the first dated event of each organisation that nobody has withdrawn, ``NEVER`` for none."""
        first = np.full(self.companies, NEVER, np.int32)
        kept = self.event_kept & (np.asarray(self.event_company) >= 0)
        np.minimum.at(first, np.asarray(self.event_company)[kept], np.asarray(self.event_day)[kept])
        return first

    @cached_property
    def seats_by_company(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Rows of seats sorted by company, and where each company's begin."""
        order = np.argsort(self.seat_company, kind="stable")
        return order, np.searchsorted(np.asarray(self.seat_company)[order], np.arange(self.companies + 1))

    @cached_property
    def seats_of_person(self) -> NDArray[np.int64]:
        """Where the rows of each person begin; they are sorted by person."""
        return np.searchsorted(self.seat_person, np.arange(self.people + 1))
