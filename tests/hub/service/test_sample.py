"""The sample estate of the product, planted on a real store."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from admin_console.hub.members.hasher import Argon2Hasher
from admin_console.hub.members.local import LocalPeople
from admin_console.hub.members.moneykey import HmacMoneyKeys
from admin_console.hub.members.reference import HmacReferences
from admin_console.hub.service.enrolment import Enrolment
from admin_console.hub.service.estate import SampleEstate
from admin_console.hub.service.holiday import keep_holidays
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.money.cases import money_cases
from admin_console.hub.service.money.sample import SampleMoney
from admin_console.hub.service.money.tillverify import verify_money
from admin_console.hub.service.sample import SampleInvalid, read_sample
from admin_console.hub.service.staff import StaffDoor
from admin_console.hub.store.engine import sqlite_address
from admin_console.hub.store.store import Store, open_store
from admin_console.rehearsal.rehearsal import HANDED_OUT
from admin_console.rehearsal.sample import read_sample as rehearsed
from kiosk.rules.allowance import AdaptedTime
from kiosk.rules.hours import current_opening, openings_on
from kiosk.rules.signin import SignIn
from kiosk.wire.desk import Role, SignInStaff, StaffSignedIn
from kiosk.wire.money import FindPrintCard, PrintCardView
from kiosk.wire.rule import RuleDraft
from kiosk.wire.tariff import PriceList
from tests.helpers.clock import FakeClock
from tests.helpers.hubhouse import Dice

FILE = Path(__file__).parents[3] / "assets" / "sample" / "estate.toml"
SAMPLE = read_sample(FILE.read_text(encoding="utf-8"))
REFERENCES = HmacReferences(b"p" * 32)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def store(tmp_path: Path, clock: FakeClock) -> Iterator[Store]:
    opened = open_store(sqlite_address(tmp_path / "hub.db"), clock.now)
    yield opened
    opened.close()


@pytest.fixture
def hasher() -> Argon2Hasher:
    return Argon2Hasher()


@pytest.fixture
def estate(store: Store, clock: FakeClock, hasher: Argon2Hasher) -> SampleEstate:
    return SampleEstate(store, clock, Dice(), REFERENCES, hasher.hash_all, SAMPLE)


def luhn(number: str) -> bool:
    digits = [int(digit) for digit in reversed(number)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def test_the_sample_is_the_town_of_the_report() -> None:
    seats = {site.id: sum(room.seats for room in site.room) for site in SAMPLE.site}

    assert seats == {
        "landowski": 17,
        "trapeze": 12,
        "auguste-perret": 7,
        "rose-besnard": 5,
        "bij": 3,
        "centre-social": 2,
        "parchamp": 1,
        "point-du-jour": 1,
    }
    assert {site.id for site in SAMPLE.site if not site.staffed} == {
        "auguste-perret",
        "rose-besnard",
    }
    assert all(site.help is not None for site in SAMPLE.site)


def test_no_telephone_of_the_sample_rings_anywhere() -> None:
    """The range 01 99 00 is given to no subscriber."""
    numbers = [site.help.telephone for site in SAMPLE.site if site.help is not None]

    assert all(number.startswith("01 99 00 ") for number in numbers)


def test_every_card_of_the_sample_is_its_own_and_can_be_scanned() -> None:
    cards = [member.card for member in SAMPLE.member]

    assert len(set(cards)) == len(cards) == 60
    assert all(len(card) == 14 and card.startswith("20481") and luhn(card) for card in cards)


def test_the_sample_has_people_of_every_kind_and_clubs_for_their_age() -> None:
    kinds = {one.key: one for one in SAMPLE.category}
    ages = {site.id: room.admission.minimum_age for site in SAMPLE.site for room in site.room}
    times = {member.time for member in SAMPLE.member}

    assert {member.category for member in SAMPLE.member} == set(kinds)
    assert {site for site, age in ages.items() if age == 55} == {"auguste-perret", "rose-besnard"}
    assert sum(age is not None for age in ages.values()) == 2
    assert times == set(AdaptedTime)
    assert any(
        kinds[one.category].needs_authorisation and one.authorised_on is None
        for one in SAMPLE.member
    )


def test_the_cards_that_are_handed_out_may_sit_anywhere() -> None:
    sample = rehearsed()
    rooms = [f"{site.id}.{room.id}" for site in sample.site for room in site.room]
    today = datetime.now(UTC).date()

    for member in sample.member[:HANDED_OUT]:
        assert all(sample.admits(room, member, today) for room in rooms)
    for room in rooms:
        assert sum(sample.admits(room, one, today) for one in sample.member[HANDED_OUT:]) >= 12


@pytest.mark.parametrize("place", ['category = "senior"', "minimum_age = 55"])
def test_a_category_that_is_none_is_refused(place: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    wrong = 'category = "pirate"' if "senior" in place else 'categories = ["pirate"]'

    with pytest.raises(SampleInvalid, match="pirate is no category"):
        read_sample(text.replace(place, wrong, 1))


def test_every_role_stands_at_the_desk_once() -> None:
    roles = [role for person in SAMPLE.staff for role in person.roles]

    assert sorted(roles) == sorted(Role)


def test_a_planted_estate_can_be_used(
    store: Store, clock: FakeClock, hasher: Argon2Hasher, estate: SampleEstate
) -> None:
    assert estate.plant()
    assert not estate.plant()

    people = LocalPeople(store, REFERENCES, hasher)
    door = StaffDoor(store, clock, Dice(), hasher)
    printed = estate.print_out(Enrolment(store, clock, Dice()))

    jeanne = printed.members[0]
    person = people.check(jeanne.card, jeanne.pin)
    claire = next(one for one in printed.staff if one.name == "claire")
    admin = next(one for one in printed.staff if one.name == "admin")
    signed = [
        door.sign_in(SignInStaff(name=one.name, password=one.password)) for one in (claire, admin)
    ]
    assert person is not None
    assert person.first_name == jeanne.first_name
    assert people.check(jeanne.card, "0000") is None
    assert all(isinstance(one, StaffSignedIn) for one in signed)
    assert [len(getattr(one, "site_ids", ())) for one in signed] == [1, 8]
    assert [(code.room_id, code.seats) for code in printed.codes][:2] == [
        ("landowski.espace", 17),
        ("trapeze.salle", 12),
    ]


def test_rooms_keep_their_hours_and_close_on_holidays(store: Store, estate: SampleEstate) -> None:
    estate.plant()

    with store.begin(write=False) as work:
        room = work.rooms.get("landowski.espace")
    assert room is not None
    hours = room.hours.as_rule()
    week = sum(part.end - part.start for day in hours.week for part in day)
    assert week == 29 * 60
    assert openings_on(hours, datetime(2026, 7, 14, tzinfo=UTC).date()) == ()
    assert openings_on(hours, datetime(2026, 7, 15, tzinfo=UTC).date()) != ()


def test_a_sample_to_try_at_night_is_always_open(
    store: Store, clock: FakeClock, estate: SampleEstate
) -> None:
    estate.plant(always_open=True)

    with store.begin(write=False) as work:
        rooms = work.rooms.of_sites([site.id for site in SAMPLE.site])
    night = clock.now().replace(hour=2)
    openings = [current_opening(room.hours.as_rule(), night) for room in rooms]
    assert len(rooms) == 8
    assert all(one is not None and (one.end - night).days > 30 for one in openings)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ("zone", "zone"),
        ("town = 7", "town"),
        ("strange = true", "strange"),
    ],
)
def test_a_file_that_is_no_estate_is_refused(change: str, complaint: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith(change.partition(" ")[0])]
    if "=" in change:
        lines.insert(0, change)

    with pytest.raises(SampleInvalid, match=complaint):
        read_sample("\n".join(lines))


@pytest.mark.parametrize("hours", ['mon = ["25:00-26:00"]', 'mon = ["9-12"]', "lundi = []"])
def test_hours_that_are_none_are_refused_and_nothing_planted(
    store: Store, clock: FakeClock, hasher: Argon2Hasher, hours: str
) -> None:
    text = FILE.read_text(encoding="utf-8").replace('sun = ["14:00-16:00"]', hours, 1)
    estate = SampleEstate(store, clock, Dice(), REFERENCES, hasher.hash_all, read_sample(text))

    with pytest.raises(SampleInvalid):
        estate.plant()
    with store.begin(write=False) as work:
        assert work.sites.all() == ()


LIMITS = """
slot_minutes = 120
grace_seconds = 180
closing_margin_minutes = 5
shortest_slot_minutes = 10
max_renewals = 1
daily_minutes = 240
mercy_minutes = 3
hold_minutes = 7
away_minutes = 20
idle_minutes = 30
resume_minutes = 0
letter = "J"
"""


def bij_with(limits: str) -> str:
    text = FILE.read_text(encoding="utf-8")
    assert "seats = 3\nslot_minutes = 120\n" in text, "two hours at the BIJ"
    return text.replace("seats = 3\nslot_minutes = 120\n", f"seats = 3\n{limits}")


def test_every_limit_of_a_room_can_be_planted(
    store: Store, clock: FakeClock, hasher: Argon2Hasher
) -> None:
    sample = read_sample(bij_with(LIMITS))
    SampleEstate(store, clock, Dice(), REFERENCES, hasher.hash_all, sample).plant()

    with store.begin(write=False) as work:
        room = work.rooms.get("bij.accueil")
    assert room is not None
    assert RuleDraft.of(room) == RuleDraft(
        slot_seconds=7200, grace_seconds=180, closing_margin_seconds=300,
        shortest_slot_seconds=600, max_renewals=1, daily_seconds=14400, mercy_seconds=180,
        hold_seconds=420, away_seconds=1200, idle_seconds=1800, resume_seconds=0, letter="J",
        sign_in=SignIn.CARD_AND_PIN, coded_tickets=3,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ('letter = "J"', 'letter = "3"'),
        ("hold_minutes = 7", "hold_minutes = 0"),
        ("daily_minutes = 240", "daily_minutes = 5"),
    ],
)
def test_limits_without_sense_are_not_planted(
    store: Store, clock: FakeClock, hasher: Argon2Hasher, line: str, wrong: str
) -> None:
    sample = read_sample(bij_with(LIMITS.replace(line, wrong)))
    estate = SampleEstate(store, clock, Dice(), REFERENCES, hasher.hash_all, sample)

    with pytest.raises(SampleInvalid, match=r"the limits of bij\.accueil"):
        estate.plant()
    with store.begin(write=False) as work:
        assert work.sites.all() == ()


def test_the_card_alone_is_not_planted_where_pages_cost_money(
    store: Store, clock: FakeClock, hasher: Argon2Hasher
) -> None:
    text = FILE.read_text(encoding="utf-8")
    room = 'name = "Salle multimédia"\n'
    assert room in text
    sample = read_sample(text.replace(room, f'{room}sign_in = "card"\n'))
    estate = SampleEstate(store, clock, Dice(), REFERENCES, hasher.hash_all, sample)

    with pytest.raises(SampleInvalid, match="pages cost money"):
        estate.plant()
    with store.begin(write=False) as work:
        assert work.sites.all() == ()


def test_holidays_are_planted_a_year_and_a_half_ahead_in_the_language_of_the_country(
    store: Store, clock: FakeClock, estate: SampleEstate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    estate.plant()

    with store.begin(write=False) as work:
        room = work.rooms.get("landowski.espace")
        plan = work.holidays.get("landowski.espace")
    assert room is not None
    assert plan is not None
    assert plan.until is not None
    assert room.hours.exceptions[-1].day <= plan.until
    assert "Fête nationale" in {one.label for one in room.hours.exceptions}
    assert room.hours.exceptions[0].day >= clock.now().date()


def test_a_sample_without_closing_days_stays_so(
    store: Store, clock: FakeClock, estate: SampleEstate
) -> None:
    estate.plant(always_open=True)
    assert keep_holidays(store, clock, "FR") == 0


def test_a_country_that_is_none_is_not_planted(
    store: Store, clock: FakeClock, hasher: Argon2Hasher
) -> None:
    sample = read_sample(FILE.read_text(encoding="utf-8").replace('"FR"', '"FR-99"'))
    estate = SampleEstate(store, clock, Dice(), REFERENCES, hasher.hash_all, sample)
    with pytest.raises(SampleInvalid, match="FR-99"):
        estate.plant()


def test_the_money_of_the_sample_is_in_its_tills_and_on_its_cards(
    store: Store, clock: FakeClock, hasher: Argon2Hasher, estate: SampleEstate
) -> None:
    estate.plant()
    keys = HmacMoneyKeys(b"p" * 32)
    people = LocalPeople(store, REFERENCES, hasher)
    money = money_cases(store, clock, Dice(), keys, people)

    SampleMoney(store, clock, Dice(), money, SAMPLE).plant()

    yves = next(one for one in SAMPLE.staff if Role.REGISSEUR in one.roles)
    with store.begin(write=False) as work:
        found = work.staff.by_name(yves.name)
        tills = work.money.tills.of_site("trapeze")
    assert found is not None
    assert [till.till_id for till in tills] == ["trapeze.caisse"]
    sites = tuple(site.id for site in SAMPLE.site)
    staff = StaffIdentity(found.staff_id, yves.name, "", found.roles, sites)
    cards = [money.cards.find(staff, FindPrintCard(number=one.number)) for one in SAMPLE.print_card]
    assert [(one.balance_cents, one.tied) for one in cards if isinstance(one, PrintCardView)] == [
        (500, False), (30, False), (430, True), (80, True), (1200, False),
    ]  # fmt: skip
    handed_out = [person.card for person in SAMPLE.member[:HANDED_OUT]]
    assert [one.member for one in SAMPLE.print_card if one.member] == handed_out[:2]
    listed = money.prices.read(staff, "trapeze")
    assert isinstance(listed, PriceList)
    assert {one.cents for one in listed.prices} == {10, 50}
    assert verify_money(store, keys).sound


@pytest.mark.parametrize(
    ("place", "wrong", "why"),
    [
        ('number = "7700000000029"', 'number = "7700000000011"', "the print card"),
        ("cents = 1200", "cents = 120000", "the credit of"),
        ('member = "20481144240031"', 'member = "20489999999999"', "member_unknown"),
        ('site = "landowski"', 'site = "bij"', "no till"),
        ("cents = 50\n", "cents = -50\n", "the prices of"),
    ],
)
def test_money_that_would_be_refused_at_a_till_is_no_sample(
    store: Store, clock: FakeClock, hasher: Argon2Hasher, place: str, wrong: str, why: str
) -> None:
    text = FILE.read_text(encoding="utf-8")
    a, b, c = text.rpartition(place) if "site" in place else text.partition(place)
    assert b
    sample = read_sample(a + wrong + c)
    SampleEstate(store, clock, Dice(), REFERENCES, hasher.hash_all, sample).plant()
    keys = HmacMoneyKeys(b"p" * 32)
    money = money_cases(store, clock, Dice(), keys, LocalPeople(store, REFERENCES, hasher))

    with pytest.raises(SampleInvalid, match=why):
        SampleMoney(store, clock, Dice(), money, sample).plant()
