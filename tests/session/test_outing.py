"""*Where can I go?*: asked each time, answered once, honest without the hub."""

import pytest

from kiosk.session.command import PlacesAnswered, PlacesUnanswered
from kiosk.wire.guide import Places
from kiosk.wire.outing import PlacesFace, PlacesSeen, PlacesStage, PlacesWished
from tests.session.station import Station


def ask(station: Station) -> str:
    station.wish(PlacesWished())
    return station.asked_places[-1]


def places(station: Station) -> Places:
    return Places(at=station.clock.wall())


def test_the_hub_is_asked_and_its_answer_is_shown_until_it_is_seen(station: Station) -> None:
    ask_id = ask(station)
    assert station.shown.places == PlacesFace(stage=PlacesStage.ASKING)
    station.session.handle(PlacesAnswered(ask_id, places(station)))
    told = PlacesFace(stage=PlacesStage.TOLD, places=places(station))
    assert station.shown.places == told
    station.wish(PlacesSeen())
    assert station.shown.places is None


def test_free_seats_are_asked_for_again_each_time(station: Station) -> None:
    first = ask(station)
    station.session.handle(PlacesAnswered(first, places(station)))
    second = ask(station)
    assert first != second
    assert station.shown.places == PlacesFace(stage=PlacesStage.ASKING)


def test_without_the_hub_nothing_is_asked_and_that_is_said(station: Station) -> None:
    station.disconnect()
    station.wish(PlacesWished())
    assert station.asked_places == []
    assert station.shown.places == PlacesFace(stage=PlacesStage.NO_ANSWER)


def test_a_hub_that_does_not_answer_is_said_too(station: Station) -> None:
    station.session.handle(PlacesUnanswered(ask(station)))
    assert station.shown.places == PlacesFace(stage=PlacesStage.NO_ANSWER)


@pytest.mark.parametrize("answered", [True, False])
def test_an_answer_that_nobody_waits_for_is_dropped(station: Station, answered: bool) -> None:
    ask_id = ask(station)
    station.wish(PlacesSeen())
    late = PlacesAnswered(ask_id, places(station)) if answered else PlacesUnanswered(ask_id)
    station.session.handle(late)
    assert station.shown.places is None
