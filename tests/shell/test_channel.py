"""What a face gets and sends has gone through bytes."""

import pytest

from kiosk.shell.channel import carry_snapshot, carry_wish
from kiosk.shell.sample import COMMAND_ID
from kiosk.shell.sample_page import samples
from kiosk.wire.codec import MessageInvalid
from kiosk.wire.face import (
    AwayAsked,
    CardPassed,
    EndAsked,
    GoodbyeSeen,
    HelpSeen,
    HelpWished,
    LaunchAsked,
    MercyAsked,
    MessageRead,
    RefusalRead,
    RenewalAsked,
    RenewalDeclined,
    RenewalPutOff,
    SignInAsked,
    StillHere,
    TicketSeen,
    TicketWished,
    Wish,
)
from kiosk.wire.outing import PlacesSeen, PlacesWished

WISHES: list[Wish] = [
    SignInAsked(card="29214545678", pin="2718"),
    RefusalRead(),
    RenewalAsked(),
    RenewalDeclined(),
    RenewalPutOff(),
    MercyAsked(),
    TicketWished(card="29214545678"),
    TicketSeen(),
    PlacesWished(),
    PlacesSeen(),
    AwayAsked(),
    CardPassed(),
    StillHere(),
    EndAsked(),
    HelpWished(),
    HelpSeen(),
    GoodbyeSeen(),
    MessageRead(command_id=COMMAND_ID),
    LaunchAsked(application="internet", url="https://www.boulognebillancourt.com/"),
]


@pytest.mark.parametrize("wish", WISHES, ids=lambda wish: type(wish).__name__)
def test_a_wish_arrives_as_it_was_sent_and_is_another_object(wish: Wish) -> None:
    arrived = carry_wish(wish)
    assert arrived == wish
    assert type(arrived) is type(wish)
    assert arrived is not wish


def test_every_snapshot_of_the_gallery_arrives_as_it_was_sent() -> None:
    snapshots = [sample.snapshot for sample in samples() if sample.snapshot is not None]
    assert len(snapshots) > 40
    for snapshot in snapshots:
        assert carry_snapshot(snapshot) == snapshot


def test_a_card_with_a_letter_in_it_does_not_pass() -> None:
    with pytest.raises(MessageInvalid):
        carry_wish(SignInAsked(card="2921A", pin="2718"))
