"""Two spellings of one telephone number are one number; numbers that differ stay two, whatever their last digits are."""

from __future__ import annotations

import pytest

from referralgraph.resolve.telephones import region_of, telephone_numbers


@pytest.mark.parametrize(
    ("written", "region", "numbers"),
    [
        ("06221 / 12 34-56", "DE", ["+496221123456"]),
        ("(06221) 123456", "DE", ["+496221123456"]),
        ("+49 (0)6221 123456", None, ["+496221123456"]),
        ("0049 6221 123456", None, ["+496221123456"]),
        ("Tel. 06221 123456", "DE", ["+496221123456"]),
        ("+49 6221 1234", None, ["+4962211234"]),
        ("06221 1234", "DE", ["+4962211234"]),
        ("06221 123456 Durchwahl 12", "DE", ["+496221123456x12"]),
        ("+1 (415) 555-2671 x12", "DE", ["+14155552671x12"]),
        ("06221 123456; 0171 1234567", "DE", ["+496221123456", "+491711234567"]),
        ("06221 123456 / Fax: +49 6221 9988", "DE", ["+496221123456", "+4962219988"]),
        ("021-5551234", "ID", ["+62215551234"]),
        ("+62 812-3456-7890", "DE", ["+6281234567890"]),
        ("020 7946 0018", "GB", ["+442079460018"]),
        ("02 1234 5678", "IT", ["+390212345678"]),
        ("06221 123456", None, ["221123456"]),
        ("12", "DE", []),
        ("unbekannt", "DE", []),
        ("", None, []),
    ],
)
def test_a_text_tells_its_numbers(written, region, numbers):
    assert telephone_numbers(written, region) == numbers


@pytest.mark.parametrize(
    ("written", "region"),
    [("Germany", "DE"), ("ALLEMAGNE", "DE"), (" de ", "DE"), ("GBR", "GB"), ("Indonesien", "ID"), ("Inggris Raya", "GB"),
     ("Nowhere", None), ("", None)],
)
def test_a_country_is_known_as_people_write_it(written, region):
    assert region_of(written) == region


def _acquaintance(case, record, phone, owner="Me", **more):
    return case.contact(record, "Jürgen Vredenau", None, owner=owner, source="vcard", phones=[phone], **more)


@pytest.mark.parametrize(
    ("one", "other", "more", "same"),
    [
        # a short number: its last nine digits with and without the country's code are others
        ("+49 6221 1234", "06221/1234", {"country": "Deutschland"}, True),
        ("+49 6221 1234", "06221/1234", {}, True),  # most numbers of the source are German
        ("+49 6221 1234", "Fax 06221 99887; Tel. 06221 1234", {}, True),
        ("+49 6221 1234", "06221 1234", {"country": "Indonesia"}, False),
        ("+49 171 1234567", "+62 171 1234567", {}, False),  # the last nine digits are equal
        ("+49 6221 123456 Durchwahl 12", "06221 123456 ext. 13", {}, False),
        ("+49 6221 123456 Durchwahl 12", "06221 123456 x12", {}, True),
    ],
)
def test_the_same_number_however_it_is_written_joins_two_entries_of_one_name(case, one, other, more, same):
    a, b = _acquaintance(case, "1", one), _acquaintance(case, "2", other, owner="Jonas", **more)
    assert case.resolve().one(a, b) is same


def test_without_any_country_numbers_are_compared_by_their_last_digits_and_the_registers_country_tells(case):
    a, b = _acquaintance(case, "1", "0171 1234567"), _acquaintance(case, "2", "(0171) 123 4567", owner="Jonas")
    assert case.resolve().one(a, b)
    case.company("o", "Kronwald GmbH", identifier="X1", country="DE")
    c = _acquaintance(case, "3", "+49 171 1234567", owner="Sri")
    assert case.resolve().one(a, b, c)
