"""The contract of guest passes: made once, good once, at their site, on their day."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from admin_console.hub.service.answer import Conflict, NotAllowed, NotFound
from admin_console.hub.service.identity import StaffIdentity
from kiosk.rules.guestpass import PASS_TRIES, SERIALS, Use, make_pass
from kiosk.rules.hours import local_date
from kiosk.rules.slot import Ground
from kiosk.wire.desk import Role
from kiosk.wire.event import EndReason, OpeningGivenUp, SlotEnded, SlotResumed
from kiosk.wire.place import AdmissionView
from kiosk.wire.provision import MakePass, OpenByPass, PassesOut, PassMade
from kiosk.wire.station import RenewalGranted, RenewSlot, SlotAnswer, SlotGranted, SlotRefused
from tests.helpers.hubhouse import BIJ, TRAPEZE, HubHouse, Sitting


def make(
    house: HubHouse, code: int = 0, site: str = "trapeze", staff: StaffIdentity | None = None
) -> PassMade:
    ask = MakePass(ask_id=house.fresh_id(), duration_code=code)
    made = house.passes.make(staff or house.agent(), site, ask)
    assert isinstance(made, PassMade), made
    return made


def ask(
    house: HubHouse,
    station: Sitting,
    digits: str,
    slot_id: str | None = None,
    resumes: str | None = None,
    ticket_code: str | None = None,
) -> SlotAnswer:
    wanted = OpenByPass(
        slot_id=slot_id or house.fresh_id(),
        digits=digits,
        resumes=resumes,
        ticket_code=ticket_code,
    )
    return house.pass_openings.open(station.identity, wanted)


def sit(house: HubHouse, station: Sitting, digits: str, resumes: str | None = None) -> str:
    answer = ask(house, station, digits, resumes=resumes)
    assert isinstance(answer, SlotGranted), answer
    told = [house.fact(station, house.opened(answer.slot_id, answer.total_seconds))]
    if resumes is not None:
        told.append(house.fact(station, SlotResumed(slot_id=answer.slot_id, before=resumes)))
    house.tell(station, *told)
    station.slot_id = answer.slot_id
    return answer.slot_id


def cut(house: HubHouse, station: Sitting, slot_id: str, left: int = 1800) -> None:
    """Tell that a power cut ended a slot."""
    ended = SlotEnded(
        slot_id=slot_id,
        reason=EndReason.POWER_LOST,
        used_seconds=600,
        remaining_seconds=left,
    )
    house.tell(station, house.fact(station, ended))


def refusal(answer: SlotAnswer) -> SlotRefused:
    assert isinstance(answer, SlotRefused), answer
    return answer


def ground(answer: SlotAnswer) -> Ground:
    return refusal(answer).ground


class PassContract:
    """What holds of guest passes on every store."""

    def test_a_pass_opens_one_slot_of_the_room(self, house: HubHouse) -> None:
        station, beside = house.enrol(), house.enrol()
        made = make(house)

        answer = ask(house, station, made.digits)

        assert isinstance(answer, SlotGranted)
        assert (answer.total_seconds, answer.first_name, answer.first_use) == (3600, "", False)
        house.tell(station, house.fact(station, house.opened(answer.slot_id)))
        assert ground(ask(house, beside, made.digits)) is Ground.PASS_USED
        house.leave(station, answer.slot_id)
        assert ground(ask(house, beside, made.digits)) is Ground.PASS_USED
        assert ground(ask(house, station, made.digits)) is Ground.PASS_USED

    def test_a_pass_says_how_long(self, house: HubHouse) -> None:
        made = make(house, code=6)
        assert (made.seconds, made.day.isoformat()) == (7200, "2026-03-10")

        answer = ask(house, house.enrol(), made.digits)

        assert isinstance(answer, SlotGranted)
        assert answer.total_seconds == 7200

    def test_the_same_ask_gets_the_same_pass(self, house: HubHouse) -> None:
        agent = house.agent()
        wanted = MakePass(ask_id=house.fresh_id(), duration_code=4)

        first = house.passes.make(agent, "trapeze", wanted)
        house.clock.advance(36 * 3600)

        assert house.passes.make(agent, "trapeze", wanted) == first
        other = replace(wanted, duration_code=5)
        assert isinstance(house.passes.make(agent, "trapeze", other), Conflict)
        assert isinstance(house.passes.make(agent, "bij", wanted), Conflict)

    def test_a_pass_is_made_by_staff_of_the_site_who_may_act_there(self, house: HubHouse) -> None:
        wanted = MakePass(ask_id=house.fresh_id())
        observer = house.agent(frozenset({Role.OBSERVER}))
        elsewhere = house.agent(sites=("bij",))

        assert isinstance(house.passes.make(observer, "trapeze", wanted), NotAllowed)
        assert isinstance(house.passes.make(elsewhere, "trapeze", wanted), NotFound)
        for role in (Role.AGENT, Role.TRAINER, Role.IT, Role.ADMIN):
            make(house, staff=house.agent(frozenset({role})))

    def test_all_passes_of_a_duration_can_be_given_out_and_no_more(self, house: HubHouse) -> None:
        agent = house.agent()
        made = [make(house, code=1, staff=agent).digits for _ in range(SERIALS)]

        assert len(set(made)) == SERIALS
        serials = [digits[1:4] for digits in made]
        assert serials != sorted(serials)
        wanted = MakePass(ask_id=house.fresh_id(), duration_code=1)
        assert house.passes.make(agent, "trapeze", wanted) == PassesOut(site_id="trapeze")
        make(house, code=2, staff=agent)
        make(house, code=1, site="bij", staff=agent)

    def test_passes_made_at_once_are_all_different(self, house: HubHouse) -> None:
        agent = house.agent()

        with ThreadPoolExecutor(4) as pool:
            made = list(pool.map(lambda _: make(house, code=3, staff=agent), range(12)))

        assert len({one.digits for one in made}) == len(made)

    def test_a_pass_of_yesterday_or_of_another_site_is_wrong(self, house: HubHouse) -> None:
        here, there = house.enrol(), house.enrol(BIJ)
        made = make(house)

        assert ground(ask(house, there, made.digits)) is Ground.WRONG_CARD_OR_CODE
        house.clock.set_wall(datetime(2026, 3, 10, 23, 30, tzinfo=UTC))
        assert ground(ask(house, here, made.digits)) is Ground.WRONG_CARD_OR_CODE

    def test_a_pass_that_was_never_given_out_is_wrong(self, house: HubHouse) -> None:
        today = local_date(house.clock.now(), "Europe/Paris")
        forged = make_pass(house.keys.day_key("trapeze", today), Use(today, 4, 123))

        assert ground(ask(house, house.enrol(), forged)) is Ground.WRONG_CARD_OR_CODE

    def test_five_wrong_passes_lock_the_entry_for_a_minute_then_for_twice_as_long(
        self, house: HubHouse
    ) -> None:
        station, beside = house.enrol(), house.enrol()
        right = make(house).digits
        wrong = f"{right[:9]}{(int(right[9]) + 1) % 10}"

        answers = [refusal(ask(house, station, wrong)) for _ in range(5)]
        assert [one.tries_left for one in answers] == [4, 3, 2, 1, 1]
        assert [one.retry_seconds for one in answers] == [0, 0, 0, 0, 60]
        locked = refusal(ask(house, station, right))
        assert (locked.ground, locked.retry_seconds) == (Ground.TOO_MANY_TRIES, 60)
        house.clock.advance(60)
        assert refusal(ask(house, station, wrong)).retry_seconds == 120
        house.clock.advance(119)
        assert ground(ask(house, station, right)) is Ground.TOO_MANY_TRIES
        assert isinstance(ask(house, beside, right), SlotGranted)
        house.leave(beside, "none")
        house.clock.advance(1)
        assert ground(ask(house, station, right)) is Ground.PERSON_SEATED

    def test_guesses_on_many_keyboards_lock_the_site(self, house: HubHouse) -> None:
        right = make(house).digits
        wrong = f"{right[:9]}{(int(right[9]) + 1) % 10}"
        stations = [house.enrol(), house.enrol(), house.enrol()]
        for station in stations:
            for _ in range(PASS_TRIES.free_tries):
                ask(house, station, wrong)
        house.clock.advance(60)
        for station in stations:
            ask(house, station, wrong)
        house.clock.advance(120)

        last = [refusal(ask(house, station, wrong)) for station in stations[:2]]

        # Both keyboards wait for their own count; the third one for the site's.
        assert [one.retry_seconds for one in last] == [240, 240]
        locked = refusal(ask(house, stations[2], right))
        assert (locked.ground, locked.retry_seconds) == (Ground.TOO_MANY_TRIES, 60)
        house.clock.advance(60)
        assert isinstance(ask(house, stations[2], right), SlotGranted)

    def test_the_same_id_gets_the_same_answer(self, house: HubHouse) -> None:
        station, beside = house.enrol(), house.enrol()
        made, other = make(house), make(house)
        slot_id = house.fresh_id()

        first = ask(house, station, made.digits, slot_id)

        assert ask(house, station, made.digits, slot_id) == first
        assert ground(ask(house, station, other.digits, slot_id)) is Ground.FAULT
        assert ground(ask(house, beside, made.digits, slot_id)) is Ground.FAULT

    def test_the_same_id_gets_the_same_answer_after_midnight(self, house: HubHouse) -> None:
        station = house.enrol()
        house.clock.set_wall(datetime(2026, 3, 10, 22, 59, tzinfo=UTC))
        made = make(house)
        slot_id = house.fresh_id()
        first = ask(house, station, made.digits, slot_id)

        house.clock.advance(120)

        assert ask(house, station, made.digits, slot_id) == first

    def test_a_pass_whose_slot_never_opened_is_still_good(self, house: HubHouse) -> None:
        station, beside = house.enrol(), house.enrol()
        made = make(house)
        lost = ask(house, station, made.digits)
        assert isinstance(lost, SlotGranted)

        again = ask(house, station, made.digits)
        assert isinstance(again, SlotGranted)
        assert ground(ask(house, beside, made.digits)) is Ground.PERSON_SEATED
        house.tell(station, house.fact(station, OpeningGivenUp(slot_id=again.slot_id)))

        assert isinstance(ask(house, beside, made.digits), SlotGranted)

    def test_two_stations_at_once_open_one_slot(self, house: HubHouse) -> None:
        stations = [house.enrol(), house.enrol(), house.enrol()]
        made = make(house)

        with ThreadPoolExecutor(3) as pool:
            answers = list(pool.map(lambda one: ask(house, one, made.digits), stations))

        assert sum(isinstance(one, SlotGranted) for one in answers) == 1

    def test_a_pass_goes_on_after_power_cuts_and_nowhere_else(self, house: HubHouse) -> None:
        station, beside = house.enrol(), house.enrol()
        made = make(house)
        first = sit(house, station, made.digits)
        cut(house, station, first)

        assert ground(ask(house, beside, made.digits, resumes=first)) is Ground.OVER
        assert ground(ask(house, station, made.digits)) is Ground.PASS_USED
        second = sit(house, station, made.digits, resumes=first)
        cut(house, station, second, left=900)
        third = ask(house, station, made.digits, resumes=second)

        assert isinstance(third, SlotGranted)
        assert third.total_seconds == 900

    def test_a_guest_renews_like_everybody(self, house: HubHouse) -> None:
        station = house.enrol()
        slot_id = sit(house, station, make(house, code=2).digits)
        house.clock.advance(1500)

        wanted = RenewSlot(slot_id=slot_id, from_total_seconds=1800)
        answer = house.renewals.renew(station.identity, wanted)

        assert isinstance(answer, RenewalGranted)
        assert answer.total_seconds == 1800 + 3600

    def test_a_pass_admits_where_a_card_would_have_to_show_an_age(self, house: HubHouse) -> None:
        station = house.enrol()
        with house.store.begin(write=True) as work:
            room = work.rooms.hold(TRAPEZE)
            assert room is not None
            admission = AdmissionView(minimum_age=99, residents_only=True, categories=("minor",))
            work.rooms.save(replace(room, admission=admission))

        assert ground(house.ask(station)) is Ground.NOT_ADMITTED
        assert isinstance(ask(house, station, make(house).digits), SlotGranted)

    def test_used_passes_are_among_the_provisions_of_the_whole_site(self, house: HubHouse) -> None:
        here, beside, there = house.enrol(), house.enrol(), house.enrol(BIJ)
        made = make(house, code=4)
        before = house.provisioning.provide(beside.identity).used
        sit(house, here, made.digits)

        found = house.provisioning.provide(beside.identity).used

        assert before == ()
        (use,) = found
        assert (use.day, use.duration_code, f"{use.serial:03d}") == (made.day, 4, made.digits[1:4])
        assert house.provisioning.provide(there.identity).used == ()
        house.clock.advance(24 * 3600)
        assert house.provisioning.provide(beside.identity).used == ()

    def test_the_proof_of_a_pass_is_kept_nowhere(self, house: HubHouse) -> None:
        station = house.enrol()
        made = make(house)
        sit(house, station, made.digits)

        with house.store.begin(write=False) as work:
            kept = work.events.of_seat(
                station.identity.seat_id,
                house.clock.now() - timedelta(days=1),
                house.clock.now() + timedelta(days=1),
                50,
            )
            passes = work.passes.used_from("trapeze", made.day)

        assert made.digits not in repr(kept)
        assert made.digits[4:] not in repr(passes)

    def test_the_janitor_forgets_old_passes(self, house: HubHouse) -> None:
        made = make(house)
        use = Use(made.day, 0, int(made.digits[1:4]))
        house.clock.advance(61 * 24 * 3600)

        house.janitor.tidy()

        with house.store.begin(write=False) as work:
            assert not work.passes.is_made("trapeze", use)
