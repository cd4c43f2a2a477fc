"""Connected clients: customers tied by an owner, a manager or a parent whom they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from referralgraph.answers.base import EntityRef
from referralgraph.answers.portfolio import ConnectedClients
from referralgraph.questions.context import Context
from referralgraph.questions.customers import Customer
from referralgraph.risk.neighbourhood import Neighbourhood

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MOST_NAMED = 5  # of those who tie a group


def connected_clients(
    context: Context, around: Neighbourhood, customers: Sequence[Customer], at: NDArray[np.int64]
) -> tuple[ConnectedClients, ...]:
    """Return groups of customers, those of the largest exposure first.

    Two customers are in one group if a person who hasn't left holds a mandate or a share in both, or one company controls both, or
    one of them the other; and so on through the group. People above the hub limit and liquidators tie nobody.

    :param at: number of each customer's organisation.
    """
    table, pairs = around.table, around.pairs
    customer = np.zeros(table.companies, np.bool_)
    customer[at] = True
    stays = (pairs.left > around.day) & customer[pairs.company] & ~around.hub[pairs.person]
    person, company = pairs.person[stays], pairs.company[stays]
    many = np.bincount(person, minlength=table.people) > 1
    person, company = person[many[person]], company[many[person]]
    held = (np.asarray(table.holding_known) <= around.day) & (np.asarray(table.holding_left) > around.day)
    holder, owned = np.asarray(table.holding_holder)[held], np.asarray(table.holding_owned)[held]
    size = table.companies + table.people
    left, right = np.r_[company, holder].astype(np.int64), np.r_[table.companies + person, owned].astype(np.int64)
    labels = connected_components(coo_array((np.ones(len(left), np.int8), (left, right)), shape=(size, size)), directed=False)[1]
    group = labels[at]
    sizes = np.bincount(group)
    members: dict[int, list[int]] = {}
    for place, label in enumerate(group.tolist()):
        if sizes[label] > 1:
            members.setdefault(label, []).append(place)
    ties: dict[int, Counter[str]] = {label: Counter() for label in members}
    for who, where in zip(person.tolist(), company.tolist(), strict=True):
        if (label := int(labels[where])) in ties:
            ties[label][str(table.person_ids[who].decode())] += 1
    for parent, child in zip(holder.tolist(), owned.tolist(), strict=True):
        if (label := int(labels[parent])) in ties and customer[child]:
            ties[label][str(table.organisation_ids[parent].decode())] += 1
    named = {
        label: [each for each, _count in sorted(tied.items(), key=lambda one: (-one[1], one[0]))[:_MOST_NAMED]]
        for label, tied in ties.items()
    }
    wanted = sorted({each for tied in named.values() for each in tied})
    rows = context.people([each for each in wanted if each[0] == "p"]) | context.organisations(
        [each for each in wanted if each[0] == "o"]
    )
    failed = table.first_event <= around.day
    found = []
    for label, places in members.items():
        amounts = [customers[place].exposure for place in places]
        known = [each for each in amounts if each is not None]
        clients = sorted(
            (EntityRef(id=customers[place].found.id, name=customers[place].found.name) for place in places),
            key=lambda each: (each.name, each.id),
        )
        found.append(
            ConnectedClients(
                clients=tuple(clients),
                by=tuple(EntityRef(id=each, name=rows[each]["name"]) for each in named[label]),
                exposure=sum(known) if known else None,
                failed=int(failed[at[places]].sum()),
            )
        )
    return tuple(sorted(found, key=lambda each: (-(each.exposure or 0.0), -len(each.clients), each.clients[0].id)))
