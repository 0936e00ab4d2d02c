"""*Où aller ?*: where it stands, what it shows, and what it does without the hub."""

import pytest
from msgspec.structs import replace

from kiosk.rules.slot import Ground
from kiosk.shell.face import Face
from kiosk.shell.outing_dialog import OutingDialog
from kiosk.shell.outing_words import PlaceWords, place_words
from kiosk.shell.question import Question
from kiosk.shell.sample import base, lock
from kiosk.shell.sample_told import PLACES, TOWN, at
from kiosk.shell.state_page import StatePage
from kiosk.wire.face import Contact, Shown, Snapshot
from kiosk.wire.guide import Places, RoomGuide, SiteGuide
from kiosk.wire.outing import PlacesSeen, PlacesWished
from tests.shell.conftest import HOW, Desk

CLOSED = base(Shown.CLOSED)
BROKEN = base(Shown.OUT_OF_ORDER)


def dialog(desk: Desk) -> OutingDialog:
    found = desk.window.questions.dialog(Question.PLACES)
    assert isinstance(found, OutingDialog)
    return found


def page(desk: Desk, face: Face = Face.CLOSED) -> StatePage:
    found = desk.window.page(face)
    assert isinstance(found, StatePage)
    return found


def words(desk: Desk, places: Places, snapshot: Snapshot = CLOSED) -> list[PlaceWords]:
    return place_words(desk.window._outfit, snapshot, places)


@HOW
@pytest.mark.parametrize(("snapshot", "face"), [(CLOSED, Face.CLOSED), (BROKEN, Face.OUT_OF_ORDER)])
def test_whoever_cannot_sit_here_asks_where_else(
    desk: Desk, how: str, snapshot: Snapshot, face: Face
) -> None:
    desk.show(snapshot)
    desk.use(page(desk, face).places, how)
    assert desk.question() is Question.PLACES
    assert desk.wishes == [PlacesWished()]
    desk.show(replace(snapshot, places=PLACES["told"]))
    told = " ".join(dialog(desk).spoken())
    assert "Espace multimédia Landowski. 4 postes libres. Ouvert jusqu’à 18\xa0h." in told
    desk.use(dialog(desk).close_button, how)
    assert desk.wishes[1:] == [PlacesSeen()]
    assert desk.question() is None


@HOW
def test_the_lock_knows_too(desk: Desk, how: str) -> None:
    desk.window.resize(1920, 1080)
    desk.show(lock())
    desk.use(desk.lock().places, how)
    assert desk.wishes == [PlacesWished()]


def test_a_small_screen_says_it_where_the_seat_is_not_to_be_had(desk: Desk) -> None:
    desk.window.resize(1366, 768)
    desk.show(lock())
    assert desk.lock().places.isHidden()
    desk.show(lock(slot_seconds=0, limit=Ground.CLOSING, limit_at=at(17)))
    assert not desk.lock().places.isHidden()


def test_what_nobody_can_answer_is_not_shown(desk: Desk) -> None:
    for shown, face in ((CLOSED, Face.CLOSED), (BROKEN, Face.OUT_OF_ORDER)):
        desk.show(replace(shown, contact=Contact.LOST))
        assert page(desk, face).places.isHidden()
        assert all("Où aller" not in part for part in page(desk, face).spoken())


def test_a_hub_that_is_lost_meanwhile_is_said_in_a_sentence(desk: Desk) -> None:
    desk.show(CLOSED)
    desk.use(page(desk).places, "click")
    desk.show(replace(CLOSED, contact=Contact.LOST, places=PLACES["no-answer"]))
    assert desk.question() is Question.PLACES
    assert "Réessayez" in dialog(desk).spoken()[1]


def test_it_closes_when_the_room_opens(desk: Desk) -> None:
    desk.show(CLOSED)
    desk.use(page(desk).places, "click")
    desk.show(lock())
    assert desk.question() is None


def test_free_seats_come_first_then_what_opens_today_then_the_rest(desk: Desk) -> None:
    told = words(desk, TOWN)
    assert [one.name.split()[0] for one in told] == [
        "Espace", "Médiathèque", "Club", "Centre", "Médiathèque", "Bureau", "Club",
    ]  # fmt: skip
    assert [one.is_free for one in told] == [True] * 3 + [False] * 4
    assert "(ici)" in told[4].name
    assert told[4].figure == "Des personnes attendent"
    assert told[2].line.endswith("À partir de 55 ans.")
    assert told[3].line == "Ouvre aujourd’hui, de 15\xa0h à 18\xa0h."


def test_a_room_that_never_closes_is_open_without_a_time(desk: Desk) -> None:
    room = RoomGuide(room_id="a", name="A", zone="Europe/Paris", open_until=at(24 * 9))
    (told,) = words(desk, Places(at=at(12), sites=(SiteGuide(name="Site", rooms=(room,)),)))
    assert (told.line, told.figure) == ("Ouvert.", "Aucun poste libre")


def test_a_room_without_an_opening_is_no_place_to_go_to(desk: Desk) -> None:
    room = RoomGuide(room_id="a", name="A", zone="Europe/Paris")
    assert words(desk, Places(at=at(12), sites=(SiteGuide(name="Site", rooms=(room,)),))) == []


@HOW
def test_what_does_not_fit_comes_at_a_press_and_nothing_twice(desk: Desk, how: str) -> None:
    desk.window.resize(1366, 768)
    desk.show(CLOSED)
    desk.use(page(desk).places, how)
    desk.show(replace(CLOSED, places=PLACES["told"]))
    seen: list[str] = []
    for _page in range(3):
        shown = [line.name() for line in dialog(desk).lines if not line.isHidden()]
        if shown and shown[0] in seen:
            break
        seen += shown
        desk.use(dialog(desk).more, how)
    assert seen == [one.name for one in words(desk, TOWN)]
    assert desk.question() is Question.PLACES
