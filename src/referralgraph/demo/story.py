"""The planted story: people, companies and bodies that are in every country, whatever its size and seed.

Names here use syllables that the generator doesn't have, so that nobody else is ever called like them.
"""

from __future__ import annotations

from dataclasses import dataclass

from referralgraph.demo.places import Court

TANNWERDER = Court("Tannwerder", "T9901", "Seenland")
OSTERMUEHL = Court("Ostermühl", "T9902", "Seenland")


@dataclass(frozen=True)
class Figure:
    """A person of the story."""

    given: str
    family: str
    city: str
    doctor: bool = False
    maiden: str = ""
    known_as: str = ""

    @property
    def name(self) -> str:
        """Given and family name without titles."""
        return f"{self.given} {self.family}"

    @property
    def entity(self) -> str:
        """The name with the city, which tells homonyms apart: what is typed after --to."""
        return f"{self.name}, {self.city}"

    @property
    def key(self) -> str:
        """The id in the truth files: the same for two figures that truly are one person."""
        return self.known_as or "s-" + f"{self.given}-{self.family}-{self.city}".lower().replace(" ", "-")


@dataclass(frozen=True)
class Seat:
    """A mandate of the story; `holder` is a figure or a house of the story."""

    holder: Figure | House
    position: str
    start: str = ""
    end: str = ""


@dataclass(frozen=True)
class House:
    """A company of the story: its name is stem and form."""

    stem: str
    form: str
    court: Court
    seats: tuple[Seat, ...] = ()
    section: str = "HRB"
    removed: bool = False

    @property
    def name(self) -> str:
        """The name as registered."""
        return f"{self.stem} {self.form}"


@dataclass(frozen=True)
class Membership:
    """A seat in a body that is in no register."""

    figure: Figure
    role: str
    since: str
    firm: str
    email: str = ""


MANAGER, SIGNATORY, LIQUIDATOR, PARTNER = (
    "Geschäftsführer",
    "Prokurist",
    "Liquidator",
    "Persönlich haftender Gesellschafter",
)
GMBH = "GmbH"

# The team.
MARA = Figure("Mara", "Wiesentau", "Tannwerder")
JONAS = Figure("Jonas", "Halvering", "Tannwerder")
SRI = Figure("Sri", "Wahyuningsih", "Tannwerder")

# The bridge: Mara knows Torsten, who sits with Friederike, who runs a company with Albrecht, who sits with Leonhard.
TORSTEN = Figure("Torsten", "Quellbrink", "Lindhaven")
FRIEDERIKE = Figure("Friederike", "Moosgrund", "Tannwerder")
ALBRECHT = Figure("Albrecht", "Sonnwart", "Tannwerder", doctor=True)
LEONHARD = Figure("Leonhard", "Vrederkamp", "Ostermühl")
# The second way: Sri knows Kartika, who until 2018 ran a company with Ulrich, who sits with Leonhard.
KARTIKA = Figure("Kartika", "Lesmanadewi", "Lindhaven")
ULRICH = Figure("Ulrich", "Tannhäger", "Lindhaven")
# The short way that must be refused: a nominee with 35 bodies.
RUPRECHT = Figure("Ruprecht", "Zollikamm", "Tannwerder")
# The homonym: same name, other city, other company, and a direct contact.
OTHER_LEONHARD = Figure("Leonhard", "Vrederkamp", "Süderlohe")
# The boards that meet in a working group.
BERNADETTE = Figure("Bernadette", "Ohlenfurth", "Tannwerder")
WENDELIN = Figure("Wendelin", "Grauacker", "Ostermühl")
# One woman under two names.
ANNEGRET = Figure("Annegret", "Tilsenbruck", "Ostermühl")
ANNEGRET_MARRIED = Figure("Annegret", "Vossmerg", "Ostermühl", maiden="Tilsenbruck", known_as=ANNEGRET.key)
# Whom she brings together once somebody has decided that she is one.
GERLIND = Figure("Gerlind", "Uferlohn", "Ostermühl")
RUTHARD = Figure("Ruthard", "Kanalwiese", "Tannwerder")
# The insolvent neighbourhood.
GUNTHER = Figure("Gunther", "Falkenstieg", "Süderlohe")
EDELTRAUD = Figure("Edeltraud", "Kehrwieder", "Tannwerder")
OTTOKAR = Figure("Ottokar", "Brückenhain", "Süderlohe")

HUBWERK = House(
    "Hubwerk Stapler",
    GMBH,
    TANNWERDER,
    (
        Seat(BERNADETTE, MANAGER, "2014-03-03"),
        Seat(Figure("Konrad", "Achterhof", "Tannwerder"), MANAGER, "2014-03-03"),
    ),
)
MOOSGRUND = House(
    "Moosgrund & Sonnwart Fördertechnik",
    GMBH,
    TANNWERDER,
    (Seat(FRIEDERIKE, MANAGER, "2016-05-12"), Seat(ALBRECHT, MANAGER, "2016-05-12")),
)
QUELLBRINK = House("Quellbrink Lagertechnik", GMBH, TANNWERDER, (Seat(TORSTEN, MANAGER, "2011-09-01"),))
KALTENMOOR = House(
    "Kaltenmoor Frischelogistik",
    GMBH,
    OSTERMUEHL,
    (
        Seat(LEONHARD, MANAGER, "2015-01-05"),
        Seat(Figure("Roswitha", "Innerwiek", "Ostermühl"), SIGNATORY, "2015-01-05"),
    ),
)
HAFENTECHNIK = House(
    "Lesmanadewi Hafentechnik",
    GMBH,
    TANNWERDER,
    (Seat(KARTIKA, MANAGER, "2012-01-10", "2018-09-30"), Seat(ULRICH, MANAGER, "2012-01-10")),
)
CONSULTING = House("Lesmanadewi Consulting", GMBH, TANNWERDER, (Seat(KARTIKA, MANAGER, "2018-10-15"),))
VREDERSEE = House(
    "Vredersee Vermögensverwaltung",
    GMBH,
    TANNWERDER,
    (Seat(LEONHARD, MANAGER, "2017-06-01"), Seat(RUPRECHT, MANAGER, "2017-06-01")),
)
SHELVES = tuple(
    House(f"Zollikamm Vorrat {number}", GMBH, TANNWERDER, (Seat(RUPRECHT, MANAGER, f"20{9 + number // 4:02d}-04-01"),))
    for number in range(1, 35)
)
GARTENBAU = House("Vrederkamp Gartenbau", GMBH, OSTERMUEHL, (Seat(OTHER_LEONHARD, MANAGER, "2010-02-15"),))
NORDKAI = House("Nordkai Umschlag", GMBH, OSTERMUEHL, (Seat(WENDELIN, MANAGER, "2013-08-20"),))
TERMINAL = House("Nordkai Terminal", "GmbH & Co. KG", OSTERMUEHL, (Seat(NORDKAI, PARTNER, "2013-09-02"),), section="HRA")
WOHNBAU = House("Tilsenbruck Wohnbau", GMBH, OSTERMUEHL, (Seat(ANNEGRET, MANAGER, "2009-05-04"), Seat(GERLIND, MANAGER, "2009-05-04")))
IMMOBILIEN = House(
    "Vossmerg Immobilien", GMBH, OSTERMUEHL, (Seat(ANNEGRET_MARRIED, MANAGER, "2019-07-22"), Seat(RUTHARD, MANAGER, "2019-07-22"))
)

BAULOGISTIK = House("Falkenstieg Baulogistik", GMBH, OSTERMUEHL, (Seat(GUNTHER, MANAGER, "2022-02-01"),))
WOUND_UP = (
    House(
        "Falkenstieg Hydraulik",
        "GmbH i.L.",
        OSTERMUEHL,
        (Seat(GUNTHER, MANAGER, "2008-03-10", "2023-05-10"), Seat(GUNTHER, LIQUIDATOR, "2023-05-10")),
    ),
    House(
        "Falkenstieg Kranbau",
        "GmbH i.L.",
        OSTERMUEHL,
        (Seat(GUNTHER, MANAGER, "2010-06-01", "2023-11-30"), Seat(EDELTRAUD, LIQUIDATOR, "2023-11-30")),
    ),
    House(
        "Falkenstieg Montage",
        "UG (haftungsbeschränkt) i.L.",
        OSTERMUEHL,
        (Seat(GUNTHER, MANAGER, "", "2024-01-15"), Seat(EDELTRAUD, LIQUIDATOR, "2024-01-15")),
        removed=True,
    ),
)
LIQUIDATED = tuple(
    House(
        f"Kehrwieder Restabwicklung {number}",
        "GmbH i.L.",
        TANNWERDER,
        (Seat(EDELTRAUD, LIQUIDATOR, f"20{10 + number // 4:02d}-{1 + 3 * (number % 4):02d}-15"),),
        removed=number % 2 == 0,
    )
    for number in range(48)
)
GROUP = tuple(
    House(
        f"Brückenhain {name}",
        "GmbH i.L.",
        OSTERMUEHL,
        (Seat(OTTOKAR, MANAGER, "2012-10-01", "2024-03-15"), Seat(OTTOKAR, LIQUIDATOR, "2024-03-15")),
    )
    for name in ("Holding", *(f"Werk {number}" for number in range(1, 7)))
)

HOUSES: tuple[House, ...] = (
    HUBWERK,
    MOOSGRUND,
    QUELLBRINK,
    KALTENMOOR,
    HAFENTECHNIK,
    CONSULTING,
    VREDERSEE,
    *SHELVES,
    GARTENBAU,
    NORDKAI,
    TERMINAL,
    WOHNBAU,
    IMMOBILIEN,
    BAULOGISTIK,
    *WOUND_UP,
    *LIQUIDATED,
    *GROUP,
)

ASSOCIATION = "Verband Fördertechnik Seenland e.V."
INTRALOGISTICS, LOAD_SAFETY = "Arbeitskreis Intralogistik", "Arbeitskreis Ladungssicherung"
CHAMBER = "Handelskammer Indonesien-Seenland"
PRESIDIUM = "Handelskammer Indonesien-Seenland, Präsidium"

# Everybody in a body joined on the same day, so that the mean number of members while two were there is their number.
COMMITTEES: dict[str, tuple[Membership, ...]] = {
    INTRALOGISTICS: (
        Membership(TORSTEN, "Mitglied", "01.03.2019", QUELLBRINK.name, "torsten@quellbrink.example"),
        Membership(FRIEDERIKE, "Vorsitzende", "01.03.2019", MOOSGRUND.name),
        Membership(Figure("Irmtraud", "Wachtelborn", "Lindhaven"), "Mitglied", "01.03.2019", "Wachtelborn Regalbau GmbH"),
        Membership(Figure("Hasso", "Eulenkrug", "Ostermühl"), "Mitglied", "01.03.2019", "Eulenkrug Sortiertechnik GmbH"),
        Membership(Figure("Lothar", "Nebelhorst", "Tannwerder"), "Mitglied", "01.03.2019", "Nebelhorst Antriebe KG"),
    ),
    LOAD_SAFETY: (
        Membership(BERNADETTE, "Mitglied", "01.09.2020", HUBWERK.name),
        Membership(WENDELIN, "Vorsitzender", "01.09.2020", NORDKAI.name),
        Membership(Figure("Notburga", "Krautsand", "Süderlohe"), "Mitglied", "01.09.2020", "Krautsand Zurrgurte GmbH"),
        Membership(Figure("Volkmar", "Steertpogg", "Lindhaven"), "Mitglied", "01.09.2020", "Steertpogg Netze GmbH"),
        Membership(Figure("Undine", "Fahrenkrog", "Ostermühl"), "Mitglied", "01.09.2020", "Fahrenkrog Paletten GmbH"),
    ),
}
PRESIDIUM_MEMBERS: tuple[Membership, ...] = (
    Membership(ALBRECHT, "Presiden", "01/04/2020", MOOSGRUND.name),
    Membership(LEONHARD, "Wakil Presiden", "01/04/2020", KALTENMOOR.name),
    Membership(ULRICH, "Bendahara", "01/04/2020", HAFENTECHNIK.name),
    Membership(Figure("Rahayu", "Sukmawatiningrum", "Jakarta"), "Anggota", "01/04/2020", "PT Sukma Angkasa"),
    Membership(Figure("Bagaskara", "Adhinugraha", "Surabaya"), "Anggota", "01/04/2020", "PT Bagas Samudra"),
)

# Jonas's diary: somebody of no register, met twice within the last half year, called and mailed.
MARLIES = Figure("Marlies", "Hohenfleth", "Lindhaven")
VISITS: tuple[tuple[str, str, str, str, str], ...] = tuple(
    (day, kind, MARLIES.name, MARLIES.city, "Hohenfleth Packmittel GmbH")
    for day, kind in (
        ("30.09.2026", "Besuch"), ("01.04.2026", "Besuch"), ("30.09.2025", "Anruf"), ("29.09.2026", "Mail"), ("29.09.2026", "Mail"),
        ("12.11.2026", "Besuch"))
)
