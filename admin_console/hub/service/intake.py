"""How the facts of a station come in: each once, in the order of the station."""

from admin_console.hub.service.alone import Alone, Batch, nameless
from admin_console.hub.service.effect import Effects
from admin_console.hub.service.identity import StationIdentity
from admin_console.hub.service.parked import tell_parked
from admin_console.hub.service.port import Clock, Store
from admin_console.hub.service.provisionbook import Keys
from admin_console.hub.service.record import JournalEntry
from admin_console.hub.service.view import encode_body, tell_seat
from admin_console.hub.service.waiting import refresh
from kiosk.wire.event import Event, EventAnswer, EventBatch, EventsAnswer, Verdict

RETIRED = "retired"


class Intake:
    """Takes facts in: each once, in the order of the station, and never undoes one.

    A fact that contradicts what the hub knows is kept and parked for the desk; it does not stand in
    the way of the next one, and is not sent again.

    Args:
        store: where everything is kept.
        clock: the hub's clock.
        keys: derives the references of guests.
    """

    def __init__(self, store: Store, clock: Clock, keys: Keys) -> None:
        self._store = store
        self._clock = clock
        self._keys = keys

    def receive(self, station: StationIdentity, batch: EventBatch) -> EventsAnswer:
        """Keep a batch of facts and what follows from them; one verdict for each, in its order.

        Raises:
            LookupError: the place of the station is gone, which no use case can cause.
        """
        answers: dict[int, EventAnswer] = {}
        entries: list[JournalEntry] = []
        with self._store.begin(write=True) as work:
            now = self._clock.now()
            room = work.rooms.hold(station.room_id)
            seat = work.seats.get(station.seat_id)
            if seat is None or room is None:
                message = "the place of an enrolled station is gone"
                raise LookupError(message)
            retired = seat.station_id != station.station_id
            known = work.events.known([event.event_id for event in batch.events])
            alone = Alone(work, station, room, now, self._keys, Batch.of(batch.events))
            effects = Effects(work, station, seat, now, alone)
            for place, event in sorted(enumerate(batch.events), key=lambda pair: pair[1].seq):
                if event.event_id in known:
                    answers[place] = _again(event, known[event.event_id])
                    continue
                code = RETIRED if retired else effects.apply(event)
                known[event.event_id] = code
                answers[place] = _verdict(event, code)
                kind, body = encode_body(nameless(event.body))
                entries.append(
                    JournalEntry(
                        event_id=event.event_id,
                        station_id=station.station_id,
                        seat_id=station.seat_id,
                        seq=event.seq,
                        at=event.at,
                        received_at=now,
                        clock_trusted=event.clock_trusted,
                        kind=kind,
                        body=body,
                        code=code,
                    )
                )
            work.events.append(entries)
            if any(entry.code is not None for entry in entries):
                tell_parked(work, station.site_id)
            if effects.seat_touched:
                tell_seat(work, station.seat_id)
            if effects.list_touched:
                refresh(work, room, now, opened=effects.opened)
        return EventsAnswer(answers=tuple(answers[place] for place in range(len(batch.events))))


def _verdict(event: Event, code: str | None) -> EventAnswer:
    verdict = Verdict.ACCEPTED if code is None else Verdict.REFUSED
    return EventAnswer(event_id=event.event_id, verdict=verdict, code=code)


def _again(event: Event, code: str | None) -> EventAnswer:
    verdict = Verdict.DUPLICATE if code is None else Verdict.REFUSED
    return EventAnswer(event_id=event.event_id, verdict=verdict, code=code)
