"""Reference graphs and questions for the introduction search: fictional people tied through bodies of at most 30."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

LARGEST_BODY = 30
HALF_LIFE_YEARS = 4.0

Ids = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Shape:
    """How people sit in bodies.

    :param seats: seats a person, above 1; the first is everyone's, the others go to people by rank ** -0.7.
    :param most_bodies: of one person, about.
    :param falling: body sizes from 2 to 30 follow n ** -falling.
    """

    seats: float
    most_bodies: int
    falling: float


REFERENCE = Shape(1.8, 4_000, 2.6)
"""About 4.9 ties a person, up to 20,000; half the people know at most 5."""

DENSE = Shape(2.5, 2_500, 2.0)
"""About 10.8 ties a person, up to 20,000; half the people know at most 15."""


@dataclass(frozen=True)
class ReferenceGraph:
    """Ties of a made-up country, one row a tie and shared body; parallel rows are combined by noisy-or in the index."""

    people: int
    left: Ids
    right: Ids
    strength: Floats


@dataclass(frozen=True)
class Question:
    """One question: who can introduce these sources to these targets."""

    kind: str
    sources: tuple[int, ...]
    targets: tuple[int, ...]


def make_graph(people: int, seed: int, shape: Shape = REFERENCE) -> ReferenceGraph:
    """Tie people through bodies of 2 to 30 seats, with a heavy tail of people who sit in thousands of them.

    A shared body of n gives 0.9 / sqrt(n - 1), halved every four years since it was left; half are open.

    :param people: number of people, at least 100.
    :param seed: the same seed gives the same graph.
    :param shape: how people sit in bodies.
    :return: the ties; ids run from 0, ranks are scattered over them.
    """
    random = np.random.default_rng(seed)
    seats = _seats(people, shape, random)
    sizes = _body_sizes(len(seats), shape.falling, random)
    first_seat = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    years = np.where(random.random(len(sizes)) < 0.5, 0.0, random.exponential(5.0, len(sizes)))
    lefts, rights, strengths = [], [], []
    for size in range(2, LARGEST_BODY + 1):
        chosen = np.flatnonzero(sizes == size)
        members = seats[first_seat[chosen][:, None] + np.arange(size)]
        one, other = np.triu_indices(size, 1)
        worth = 0.9 / np.sqrt(size - 1) * 2.0 ** (-years[chosen] / HALF_LIFE_YEARS)
        lefts.append(members[:, one].ravel())
        rights.append(members[:, other].ravel())
        strengths.append(np.repeat(worth, len(one)))
    left, right, strength = np.concatenate(lefts), np.concatenate(rights), np.concatenate(strengths)
    distinct = left != right
    return ReferenceGraph(people, left[distinct], right[distinct], np.maximum(strength[distinct], 1e-6))


def _seats(people: int, shape: Shape, random: np.random.Generator) -> Ids:
    """Who sits on which seat, in random order."""
    weight = np.arange(1, people + 1, dtype=np.float64) ** -0.7
    extra = int(people * (shape.seats - 1.0))
    wanted = np.minimum(extra * weight / weight.sum(), shape.most_bodies)
    count = np.floor(wanted + random.random(people)).astype(np.int64) + 1
    return random.permutation(np.repeat(random.permutation(people), count)).astype(np.int64)


def _body_sizes(seats: int, falling: float, random: np.random.Generator) -> Ids:
    """Sizes of bodies that use up the seats, the last ones dropped where they don't fit."""
    size = np.arange(2, LARGEST_BODY + 1)
    chance = size**-falling / np.sum(size**-falling)
    drawn = random.choice(size, p=chance, size=seats // 2)
    return drawn[: int(np.searchsorted(np.cumsum(drawn), seats, side="right"))]


def make_questions(indptr: Ids, neighbour: npt.NDArray[np.int32], count: int, seed: int) -> list[Question]:
    """Questions of every kind, over compact ids: one to one (2, 3 and 4 steps, random, unreachable), team, board.

    :param indptr: row starts of the symmetric graph, in ties.
    :param neighbour: who stands in each row.
    :param count: questions of each kind, at least 1.
    :param seed: the same seed gives the same questions.
    :return: `count` questions of each kind, kinds one after the other. Walks start from a random person who has ties
        and take each tie of a row with the same chance; a walk that ends where it began is drawn again.
    """
    random = np.random.default_rng(seed)
    tied = np.flatnonzero(np.diff(indptr) > 0)
    everyone = np.flatnonzero(np.diff(indptr) >= 0)

    def walk(steps: int) -> tuple[int, int]:
        while True:
            person = start = int(random.choice(tied))
            for _ in range(steps):
                person = int(neighbour[random.integers(indptr[person], indptr[person + 1])])
            if person != start:
                return start, person

    def people(number: int) -> tuple[int, ...]:
        return tuple(int(person) for person in random.choice(tied, number, replace=False))

    def board() -> tuple[int, ...]:
        start = int(random.choice(tied))
        row = neighbour[indptr[start] : indptr[start + 1]]
        return (start, *(int(person) for person in row[:19]))

    questions = []
    for steps in (2, 3, 4):
        for _ in range(count):
            start, end = walk(steps)
            questions.append(Question(f"walk of {steps}", (start,), (end,)))
    for _ in range(count):
        start, end = (int(person) for person in random.choice(everyone, 2, replace=False))
        questions.append(Question("random pair", (start,), (end,)))
    far = far_people(indptr, neighbour)
    for _ in range(count):
        questions.append(Question("unreachable", (people(1)[0],), (int(random.choice(far)),)))
    questions += [Question("team to one", people(50), people(1)) for _ in range(count)]
    questions += [Question("team to board", people(50), board()) for _ in range(count)]
    return [question for question in questions if set(question.sources) != set(question.targets)]


def far_people(indptr: Ids, neighbour: npt.NDArray[np.int32]) -> Ids:
    """People whose whole neighbourhood is one small body: most questions about them have no path."""
    degree = np.diff(indptr)
    busiest = np.zeros(len(degree), dtype=np.int64)
    rows = np.flatnonzero(degree > 0)
    busiest[rows] = np.maximum.reduceat(degree[neighbour], indptr[rows])
    return np.flatnonzero((degree > 0) & (busiest <= degree))
