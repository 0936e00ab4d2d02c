"""The wishes of the page *Caisse* on their way to the hub.

One wish of each kind is under way at a time; a later question takes the place of an earlier one.
What changes something bears an identifier that is kept until it is answered: however often the
button is pressed, and whatever answer is lost, money is taken once.
"""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote

from PySide6.QtCore import QObject, Signal, Slot

from admin_console.desk.errand import TRIES, Errand, Request
from admin_console.desk.models.till_wish import (
    MAKES,
    Close,
    Copy,
    Exchange,
    Export,
    FindCard,
    GiveBack,
    Issue,
    Mark,
    Open,
    Paper,
    ReadDoubtful,
    ReadMoves,
    ReadReceipts,
    ReadTills,
    Settle,
    Slip,
    Take,
    TakeBack,
    Tally,
    TillWish,
)
from kiosk.hublink.client import Failure, HubClient
from kiosk.hublink.failure import Reason
from kiosk.rules.identifier import Entropy, make_id
from kiosk.wire.hold import DoubtfulHolds, HoldAnswer, RefundAnswer, RefundPages, SettleDoubt
from kiosk.wire.money import (
    FindPrintCard,
    IssueCard,
    MarkCard,
    PrintCardAnswer,
    ReadStatement,
    ReplaceCard,
    ReversalAnswer,
    ReversePosting,
    StatementAnswer,
    TopUp,
    TopUpAnswer,
)
from kiosk.wire.till import (
    CloseTill,
    ClosingAnswer,
    CopyReceipt,
    CountTill,
    OpenTill,
    ReceiptAnswer,
    ReceiptsAnswer,
    TillAnswer,
    Tills,
)

PAPER_MS = 30_000
"""A year of receipts takes its time to become a file."""

READS = (FindCard, ReadMoves, ReadTills, ReadReceipts, ReadDoubtful)
"""Of these the latest counts."""


class TillDesk(QObject):
    """Does wishes.

    Signals:
        answered: the `TillWish`, and the hub's answer or a `Failure`.
        failed: why no answer came, for those who watch the session.
    """

    answered = Signal(object, object)
    failed = Signal(object)

    def __init__(
        self,
        client: HubClient,
        clock: Callable[[], datetime],
        entropy: Entropy,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._client, self._clock, self._entropy = client, clock, entropy
        self._under_way: dict[type[TillWish], Errand[TillWish]] = {}
        self._ids: dict[TillWish, str] = {}

    def do(self, wish: TillWish) -> None:
        """Ask the hub; nothing while another act of the kind is under way."""
        kind = type(wish)
        before = self._under_way.get(kind)
        if before is not None:
            if not isinstance(wish, READS):
                return
            before.abandon()
        request = _card_request(wish, self._id_of) or _till_request(wish, self._id_of)
        errand: Errand[TillWish] = Errand(self._client, wish, request, TRIES)
        errand.ended.connect(self._on_ended)
        self._under_way[kind] = errand

    def forget(self) -> None:
        """Forget everything: the person has left."""
        for errand in self._under_way.values():
            errand.abandon()
        self._under_way.clear()
        self._ids.clear()

    def _id_of(self, wish: TillWish) -> str:
        return self._ids.setdefault(wish, make_id(self._clock(), self._entropy))

    @Slot(object, object)
    def _on_ended(self, errand: Errand[TillWish], result: object) -> None:
        wish = errand.wish
        if self._under_way.get(type(wish)) is not errand:
            return
        del self._under_way[type(wish)]
        if isinstance(wish, MAKES) and (
            not isinstance(result, Failure) or result.reason is Reason.PROBLEM
        ):
            self._ids.pop(wish, None)
        if isinstance(wish, FindCard) and not isinstance(result, Failure):
            # Whoever has seen how the card stands now means another top-up.
            self._ids = {one: kept for one, kept in self._ids.items() if self._keeps(one)}
        self.answered.emit(wish, result)
        if isinstance(result, Failure):
            self.failed.emit(result)

    def _keeps(self, wish: TillWish) -> bool:
        return not isinstance(wish, Take) or type(wish) in self._under_way


MakeId = Callable[[TillWish], str]


def _card_request(wish: TillWish, id_of: MakeId) -> Request | None:
    """Return what is asked about a print card; None where the wish is about a till."""
    match wish:
        case FindCard(number):
            return Request("/v1/print-cards/search", FindPrintCard(number=number), PrintCardAnswer)
        case ReadMoves(card_id, before):
            statement = ReadStatement(card_id=card_id, before=before)
            return Request("/v1/print-cards/statement", statement, StatementAnswer)
        case Issue(site_id, number, member_card):
            issue = IssueCard(
                ask_id=id_of(wish), site_id=site_id, number=number, member_card=member_card
            )
            return Request("/v1/print-cards", issue, PrintCardAnswer)
        case Mark(site_id, card_id, mark, reason):
            act = MarkCard(
                ask_id=id_of(wish), site_id=site_id, card_id=card_id, mark=mark, reason=reason
            )
            return Request("/v1/print-cards/mark", act, PrintCardAnswer)
        case Exchange(site_id, card_id, number, reason):
            other = ReplaceCard(
                ask_id=id_of(wish), site_id=site_id, card_id=card_id, number=number, reason=reason
            )
            return Request("/v1/print-cards/replace", other, PrintCardAnswer)
        case GiveBack(site_id, hold_id, pages, reason):
            refund = RefundPages(
                ask_id=id_of(wish), site_id=site_id, hold_id=hold_id, pages=pages, reason=reason
            )
            return Request("/v1/refunds", refund, RefundAnswer)
        case Settle(site_id, hold_id, printed, reason):
            doubt = SettleDoubt(site_id=site_id, hold_id=hold_id, printed=printed, reason=reason)
            return Request("/v1/doubts/settle", doubt, HoldAnswer)
    return None


def _till_request(wish: TillWish, id_of: MakeId) -> Request:
    """Return what is asked of a till.

    Raises:
        ValueError: the wish is about something else.
    """
    match wish:
        case Take(till_id, number, cents, means, given, paper):
            top_up = TopUp(
                ask_id=id_of(wish), till_id=till_id, number=number, amount_cents=cents,
                means=means, given_cents=given, paper=paper,
            )  # fmt: skip
            return Request("/v1/top-ups", top_up, TopUpAnswer)
        case TakeBack(posting_id, reason):
            back = ReversePosting(ask_id=id_of(wish), posting_id=posting_id, reason=reason)
            return Request("/v1/postings/reverse", back, ReversalAnswer)
        case Open(till_id, float_cents):
            opened = OpenTill(ask_id=id_of(wish), till_id=till_id, float_cents=float_cents)
            return Request("/v1/tills/open", opened, TillAnswer)
        case Tally(till_id, coins, card_cents, cheque_cents):
            count = CountTill(
                ask_id=id_of(wish), till_id=till_id, coins=coins, card_cents=card_cents,
                cheque_cents=cheque_cents,
            )  # fmt: skip
            return Request("/v1/tills/count", count, TillAnswer)
        case Close(till_id, kept_cents, reason):
            close = CloseTill(
                ask_id=id_of(wish), till_id=till_id, kept_cents=kept_cents, reason=reason
            )
            return Request("/v1/tills/close", close, ClosingAnswer)
        case Copy(till_id, year, number):
            copy = CopyReceipt(ask_id=id_of(wish), till_id=till_id, year=year, number=number)
            return Request("/v1/receipts/copy", copy, ReceiptAnswer)
    return _reading(wish)


def _reading(wish: TillWish) -> Request:
    match wish:
        case ReadTills(site_id):
            return Request(f"/v1/sites/{_safe(site_id)}/tills", None, Tills, method="GET")
        case ReadDoubtful(site_id):
            return Request(f"/v1/sites/{_safe(site_id)}/doubts", None, DoubtfulHolds, method="GET")
        case ReadReceipts(till_id, year, before):
            older = f"&before={before}" if before is not None else ""
            path = f"/v1/tills/{_safe(till_id)}/receipts?year={year}{older}"
            return Request(path, None, ReceiptsAnswer, method="GET")
        case Paper(till_id, year, number, form):
            path = f"/v1/receipts/{_safe(till_id)}/{year}/{number}/paper?form={form}"
            return Request(path, None, bytes, PAPER_MS, "GET")
        case Slip(till_id, session):
            path = f"/v1/tills/{_safe(till_id)}/closings/{session}/paper"
            return Request(path, None, bytes, PAPER_MS, "GET")
        case Export(site_id, form, since, until):
            path = f"/v1/sites/{_safe(site_id)}/till-journal/export"
            query = f"?form={form}&since={since.isoformat()}&until={until.isoformat()}"
            return Request(path + query, None, bytes, PAPER_MS, "GET")
    message = f"{type(wish).__name__} is about no till"
    raise ValueError(message)


def _safe(name: str) -> str:
    return quote(name, safe="")
