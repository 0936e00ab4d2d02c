"""The routes of money, for the matrix of the door: who is let in, and a body that is judged."""

from tests.hub.web.house import new_id

STATION, CASHIER, STEWARD = "station", "cashier", "steward"
MONEY = {
    ("POST", "/v1/print-cards"): CASHIER,
    ("POST", "/v1/print-cards/search"): CASHIER,
    ("POST", "/v1/print-cards/mark"): CASHIER,
    ("POST", "/v1/print-cards/replace"): CASHIER,
    ("POST", "/v1/print-cards/statement"): CASHIER,
    ("POST", "/v1/top-ups"): CASHIER,
    ("POST", "/v1/postings/reverse"): STEWARD,
    ("GET", "/v1/sites/other/tills"): CASHIER,
    ("POST", "/v1/tills/open"): CASHIER,
    ("POST", "/v1/tills/count"): CASHIER,
    ("POST", "/v1/tills/close"): CASHIER,
    ("GET", "/v1/tills/till/receipts?year=2026"): CASHIER,
    ("POST", "/v1/receipts/copy"): CASHIER,
    ("GET", "/v1/receipts/till/2026/1/paper?form=roll"): CASHIER,
    ("GET", "/v1/tills/till/closings/1/paper"): CASHIER,
    ("GET", "/v1/sites/other/till-journal/export?form=csv&since=2026-01-01&until=2026-01-02"): (
        STEWARD
    ),
    ("GET", "/v1/sites/other/till-journal?since=2026-01-01&until=2026-01-02"): STEWARD,
    ("GET", "/v1/sites/other/doubts"): CASHIER,
    ("POST", "/v1/doubts/settle"): CASHIER,
    ("POST", "/v1/refunds"): CASHIER,
    ("GET", "/v1/credit"): STEWARD,
    ("GET", "/v1/sites/other/prices"): CASHIER,
    ("POST", "/v1/prices"): STEWARD,
    ("GET", "/v1/prices"): STATION,
    ("POST", "/v1/print-cards/seated"): STATION,
    ("POST", "/v1/holds/quote"): STATION,
    ("POST", "/v1/holds"): STATION,
    ("POST", "/v1/holds/send"): STATION,
    ("POST", "/v1/holds/keep"): STATION,
    ("POST", "/v1/holds/settle"): STATION,
    ("POST", "/v1/holds/release"): STATION,
}

_AT = {"ask_id": new_id(), "site_id": "north"}
MONEY_BODIES = {
    "/v1/print-cards": {**_AT, "number": "7700000000011"},
    "/v1/print-cards/search": {"number": "7700000000011"},
    "/v1/print-cards/mark": {**_AT, "card_id": new_id(), "mark": "block", "reason": "lost"},
    "/v1/print-cards/replace": {
        **_AT, "card_id": new_id(), "number": "7700000000029", "reason": "lost",
    },
    "/v1/print-cards/statement": {"card_id": new_id()},
    "/v1/top-ups": {
        "ask_id": new_id(), "till_id": "till", "number": "7700000000011", "amount_cents": 500,
        "means": "cash",
    },
    "/v1/postings/reverse": {"ask_id": new_id(), "posting_id": new_id(), "reason": "mistyped"},
    "/v1/tills/open": {"ask_id": new_id(), "till_id": "till", "float_cents": 3000},
    "/v1/tills/count": {"ask_id": new_id(), "till_id": "till", "coins": []},
    "/v1/tills/close": {"ask_id": new_id(), "till_id": "till", "kept_cents": 0},
    "/v1/receipts/copy": {"ask_id": new_id(), "till_id": "till", "year": 2026, "number": 1},
    "/v1/doubts/settle": {
        "site_id": "north", "hold_id": new_id(), "printed": 1, "reason": "seen in the tray",
    },
    "/v1/refunds": {**_AT, "hold_id": new_id(), "pages": 1, "reason": "streaks"},
    "/v1/prices": {"site_id": "north"},
}  # fmt: skip
