"""What orders print: the sample with its cards, staff and codes; a file of members; the ledger."""

from admin_console.hub.service.estate import Printed
from admin_console.hub.service.money.verify import LedgerFault, Verdict
from kiosk.wire.people import ImportAnswer, ImportChecked, LineFaultView


def printed_sample(printed: Printed) -> str:
    """Return the text; nothing in it is secret, all of it stands in the sample's file."""
    lines = ["Cards (number, secret code, first name)"]
    lines += [f"  {one.card:<14} {one.pin:<8} {one.first_name}" for one in printed.members]
    lines += [
        "",
        "Print cards (number, credit in euros, where it was issued, whose card it goes with)",
    ]
    lines += [
        f"  {one.number:<14} {one.cents / 100:<8.2f} {one.site:<12} {one.member or ''}".rstrip()
        for one in printed.print_cards
    ]
    lines += ["", "Staff (name, password, roles, sites)"]
    lines += [
        f"  {one.name:<12} {one.password:<16} {', '.join(one.roles):<20} "
        f"{'all' if one.sites is None else ', '.join(one.sites)}"
        for one in printed.staff
    ]
    lines += ["", "Enrolment codes (code, stations, room)"]
    lines += [
        f"  {one.code:<10} {one.seats:>3}  {one.site_name}, {one.room_name} ({one.room_id})"
        for one in printed.codes
    ]
    return "\n".join(lines)


def printed_import(answer: ImportAnswer) -> str:
    """Return the text: counts and places, never a card or a name."""
    counts = f"{answer.added} new, {answer.changed} changed, {answer.same} the same"
    if not isinstance(answer, ImportChecked):
        return f"written: {counts}; {answer.pins_missing} without a code"
    if answer.faults:
        lines = [f"line {one.line}: {_place(one)}" for one in answer.faults]
        return "\n".join([*lines, f"{len(lines)} faults; the other lines: {counts}"])
    return f"nothing written yet: {counts}; --confirm writes it"


_FAULTS = {
    LedgerFault.MISSING: "is missing",
    LedgerFault.UNREADABLE: "cannot be read",
    LedgerFault.BROKEN_CHAIN: "does not follow the line before",
    LedgerFault.CHANGED: "is not what was written, or its posting is not",
    LedgerFault.WRONG_BALANCE: "tells a wrong balance",
    LedgerFault.NEGATIVE: "makes a balance negative",
    LedgerFault.WRONG_END: "is not where the book says that it ends",
    LedgerFault.BAD_SEAL: "is not the end that this hub has sealed",
    LedgerFault.WRONG_HOLD: "is the last of a hold that stands otherwise in its row",
    LedgerFault.NOT_ZERO: "belongs to a posting that does not sum to zero",
}


def printed_verdict(verdict: Verdict) -> str:
    """Return the text: how far each book was read, and the first bad line of each."""
    lines = [
        f"book {one.book_id}: {one.lines} lines, hash {one.last_hash}" for one in verdict.books
    ]
    for found in verdict.findings:
        if found.fault is LedgerFault.WITHOUT_LINES:
            lines.append("BAD: there are postings without lines")
        else:
            lines.append(f"BAD: book {found.book_id}, line {found.number} {_FAULTS[found.fault]}")
    lines.append("the ledger is sound" if verdict.sound else "the ledger is NOT sound")
    return "\n".join(lines)


def _place(view: LineFaultView) -> str:
    told = view.fault.value.replace("_", " ")
    return f"{told} ({view.column})" if view.column else told
