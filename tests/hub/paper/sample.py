"""Receipts, closings and a journal as a till of the sample estate makes them."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from kiosk.wire.money import Means, PaperReceipt, ReceiptView
from kiosk.wire.till import ByMeans, ClosingView, TillClosed, TillJournal

PARIS = ZoneInfo("Europe/Paris")
LONGEST_TOWN = "Communauté d’agglomération de Saint-Quentin-en-Yvelines et des communes voisines"

CASH = ReceiptView(
    till_id="landowski.caisse",
    year=2026,
    number=123,
    posting_id="01900000-0000-7000-8000-000000000001",
    at=datetime(2026, 10, 14, 12, 32, 5, tzinfo=UTC),
    town="Ville de Boulogne-Billancourt",
    site_name="Espace multimédia Landowski",
    regie="Régie de recettes des espaces multimédias",
    till_name="Caisse de l’Espace multimédia",
    agent="Nadia Belkacem",
    amount_cents=500,
    means=Means.CASH,
    given_cents=1000,
    last_four="5678",
    balance_cents=930,
)
COPY = msgspec.structs.replace(CASH, copy=2)
BY_CARD = msgspec.structs.replace(
    CASH, number=124, amount_cents=2000, means=Means.CARD, given_cents=None, balance_cents=2930
)
REVERSAL = msgspec.structs.replace(
    CASH,
    number=125,
    amount_cents=-500,
    given_cents=None,
    balance_cents=430,
    reverses="2026-000123",
    agent="Hélène Œuvrard",
)
DEFERRED = msgspec.structs.replace(
    CASH,
    number=126,
    means=Means.CHEQUE,
    given_cents=None,
    paper=PaperReceipt(number="A-0017", day=date(2026, 10, 13)),
)
CLOSING = TillClosed(
    till_id="landowski.caisse",
    session=12,
    number=36,
    at=datetime(2026, 10, 14, 16, 6, tzinfo=UTC),
    agent="Nadia Belkacem",
    expected=ByMeans(cash_cents=7100, card_cents=1500, cheque_cents=1000),
    counted=ByMeans(cash_cents=7050, card_cents=1500, cheque_cents=1000),
    difference=ByMeans(cash_cents=-50),
    paid_in=ByMeans(cash_cents=4050, card_cents=1500, cheque_cents=1000),
    kept_cents=3000,
    reason="Rendu 50 c de trop, reçu 2026-000031.",
    seal="9f86d081884c7d659a2feaa0c55ad015",
)


def journal(*receipts: ReceiptView, **changes: Any) -> TillJournal:
    """A month with these receipts and one closing, changed as told."""
    closing = msgspec.structs.replace(CLOSING, **changes)
    return TillJournal(
        site_id="landowski",
        since=date(2026, 10, 1),
        until=date(2026, 10, 31),
        receipts=receipts,
        closings=(ClosingView(till_name=CASH.till_name, closing=closing),),
    )
