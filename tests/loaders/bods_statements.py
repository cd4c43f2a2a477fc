"""Statements of fictional companies in the two versions of the standard."""

from __future__ import annotations


def statement(kind, key, details, *, date="2020-05-01", status="new", **more):
    """Return a statement of version 0.4."""
    return {
        "statementId": f"s-{key}-{date}",
        "statementDate": date,
        "recordId": key,
        "recordType": kind,
        "recordStatus": status,
        "publicationDetails": {"publicationDate": date, "bodsVersion": "0.4"},
        "recordDetails": details,
        **more,
    }


def firm(key, name, **more):
    return statement("entity", key, {"isComponent": False, "entityType": {"type": "registeredEntity"}, "name": name, **more})


def human(key, name, **more):
    return statement("person", key, {"personType": "knownPerson", "names": [{"type": "legal", "fullName": name}], **more})


def interest(share=None, kind="shareholding", **more):
    return {"type": kind, "directOrIndirect": "direct", **({"share": share} if share is not None else {}), **more}


def holds(key, subject, party, *interests, date="2020-05-01", status="new", **more):
    details = {"subject": subject, "interestedParty": party, "interests": list(interests), **more}
    return statement("relationship", key, details, date=date, status=status)


PARTIES = [
    firm("x", "Erlenbach Optik Ltd"),
    firm("y", "Weidengrund Holding Ltd"),
    human("p", "Mira Sandkuhl"),
    human("q", "Tom Birkenau"),
]


def old(kind, key, **more):
    """Return a statement of version 0.2."""
    return {"statementID": key, "statementType": kind, "statementDate": "2018-01-05", **more}


OLD = [
    old("entityStatement", "o1", entityType="registeredEntity", name="Erlenbach Optik Ltd"),
    old("personStatement", "o2", personType="knownPerson", names=[{"fullName": "Mira Sandkuhl"}]),
    old("personStatement", "o3", personType="knownPerson", names=[{"fullName": "Tom Birkenau"}]),
]


def old_holds(key, party, share, **more):
    return old(
        "ownershipOrControlStatement",
        key,
        subject={"describedByEntityStatement": "o1"},
        interestedParty=party,
        interests=[{"type": "voting-rights", "interestLevel": "direct", "share": share}],
        **more,
    )
