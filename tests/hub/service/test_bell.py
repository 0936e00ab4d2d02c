from admin_console.hub.service.bell import Bell, seat_topic
from admin_console.hub.service.identity import StaffIdentity, StationIdentity
from admin_console.hub.service.record import Told

STATION = StationIdentity("station", "seat", "room", "site")
STAFF = StaffIdentity("staff", "name", "Name", frozenset(), ("site",))


def test_a_bell_that_has_not_rung_answers_with_where_it_began() -> None:
    bell = Bell()
    bell.start_at(41)

    assert bell.latest_for(STATION) == 41
    assert bell.latest_for(STAFF) == 41


def test_commits_may_be_told_in_any_order() -> None:
    bell = Bell()

    bell.ring((Told(7, seat_topic("seat"), "site", for_staff=True),))
    bell.ring((Told(6, seat_topic("seat"), "site", for_staff=True),))

    assert bell.latest_for(STATION) == bell.latest_for(STAFF) == 7


def test_a_command_for_a_station_does_not_ring_for_staff() -> None:
    bell = Bell()
    bell.start_at(1)

    bell.ring((Told(2, "station:station", "site", for_staff=False),))

    assert bell.latest_for(STATION) == 2
    assert bell.latest_for(STAFF) == 1


def test_a_listener_that_has_stopped_hears_nothing() -> None:
    bell = Bell()
    heard: list[int] = []
    stop = bell.listen(lambda: heard.append(1))

    bell.ring((Told(1, "x", "x", for_staff=True),))
    stop()
    bell.ring((Told(2, "x", "x", for_staff=True),))

    assert heard == [1]
