"""Does tie strength predict who sits on a board together later? Scorers side by side, on any file of board seats.

    python benchmarks/tie_strength.py SEATS.csv --until 2004-12 --horizon 24

SEATS.csv has a row for a person on a board, with the columns organisation_number, person_id, first_month_seen and
last_month_seen. Only what was known at --until is used to score; the months after it say who was right. With several
--until the table has their means, without intervals, because the months overlap. The method, and what lost, is in
docs/method/tie-strength.md.
"""

from __future__ import annotations

import argparse
import sys
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tie_strength_boards import Study, month_name, month_of, read_seats, study_at
from tie_strength_measures import Result, interval, mean, measure
from tie_strength_scorers import scorers, tried

from referralgraph.errors import ReferralGraphError


def main() -> int:
    """Run the study and print its table; the last line is ours."""
    options = _options()
    try:
        seats = read_seats(options.seats)
        studies = [study_at(seats, month, options.horizon) for month in options.until]
    except ReferralGraphError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    end = int(seats.last.max())
    for study in studies:
        print(_known(study, options.horizon))
        if study.month + options.horizon > end:
            print(
                f"the data end with {month_name(end)}: of the {options.horizon} months of the horizon "
                f"{end - study.month} are seen", file=sys.stderr)
    if len(studies) > 1:
        print(f"means over {len(studies)} months, which overlap: no intervals")
    else:
        print(f"95 % intervals from {options.resamples} resamples of people (pairs) and of boards (appointments)")
    print(f"\n{'scorer':32}  {'pairs':18}  {'appointments':18}  {'MRR':5}  hits@10")
    results: dict[str, Result] = {}
    for scorer in chain(scorers(), tried() if options.tried else ()):
        results[scorer.name] = result = mean([
            measure(study, scorer.scores(study), options.resamples, options.seed, scorer.of_board)
            for study in studies])
        print(_row(scorer.name, result), flush=True)
    print(_last_line(results["ours: routes and activity"], results["path length"]))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
        usage="%(prog)s SEATS.csv --until DATE [--horizon MONTHS] [--resamples N] [--seed N] [--tried]")
    add = parser.add_argument
    add("seats", metavar="SEATS.csv", type=Path, help="board seats with the months of first and last sighting")
    add("--until", metavar="DATE", type=_month, required=True, action="append",
        help="last known month: 2004-12 or 2004-12-31; may be given several times")
    add("--horizon", metavar="MONTHS", type=_positive, default=24, help="months looked ahead (default 24)")
    add("--resamples", metavar="N", type=_positive, default=300, help="bootstrap resamples (default 300)")
    add("--seed", type=int, default=1, help="of the resamples (default 1)")
    add("--tried", action="store_true", help="also print what was tried and lost")
    return parser.parse_args()


def _month(text: str) -> int:
    try:
        return month_of(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write 2004-12 or 2004-12-31") from error


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number above 0")
    return int(text)


def _known(study: Study, horizon: int) -> str:
    return (
        f"known until {month_name(study.month)}: {study.people:,} people, {len(study.holders):,} of them hold a seat, "
        f"{len(study.shared.left):,} shared mandates; within {horizon} months "
        f"{study.pair_positive.sum():,} of {len(study.pair_positive):,} pairs sit together, "
        f"{len(study.appointed):,} appointments to {len(study.candidates):,} boards")


def _row(name: str, result: Result) -> str:
    pairs = _with_interval(result.pairs, result.pairs_resampled)
    appointments = _with_interval(result.appointments, result.appointments_resampled)
    return f"{name:32}  {pairs:18}  {appointments:18}  {_short(result.reciprocal_rank):5}  {_short(result.hits)}"


def _last_line(ours: Result, path_length: Result) -> str:
    pairs = _with_interval(
        ours.pairs - path_length.pairs, ours.pairs_resampled - path_length.pairs_resampled, signed=True)
    appointments = _with_interval(
        ours.appointments - path_length.appointments,
        ours.appointments_resampled - path_length.appointments_resampled, signed=True)
    return (
        f"ours: pairs {_with_interval(ours.pairs, ours.pairs_resampled)}, "
        f"appointments {_with_interval(ours.appointments, ours.appointments_resampled)}, "
        f"MRR {_short(ours.reciprocal_rank)}, hits@10 {_short(ours.hits)}; "
        f"difference to path length {pairs} pairs, {appointments} appointments")


def _with_interval(value: float, resampled: npt.NDArray[np.float64], signed: bool = False) -> str:
    if not resampled.size:
        return _short(value, signed)
    low, high = interval(resampled)
    return f"{_short(value, signed)} [{_short(low, signed)} {_short(high, signed)}]"


def _short(value: float, signed: bool = False) -> str:
    if value != value:  # nothing to find in this task
        return "-"
    text = f"{value:+.3f}" if signed else f"{value:.3f}"
    return text.replace("0.", ".", 1) if abs(value) < 1 else text


if __name__ == "__main__":
    sys.exit(main())
