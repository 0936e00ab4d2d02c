"""What orders print: the sample with its cards, staff and codes; what a file of members does."""

from admin_console.hub.service.estate import Printed
from kiosk.wire.people import ImportAnswer, ImportChecked, LineFaultView


def printed_sample(printed: Printed) -> str:
    """Return the text; nothing in it is secret, all of it stands in the sample's file."""
    lines = ["Cards (number, secret code, first name)"]
    lines += [f"  {one.card:<14} {one.pin:<8} {one.first_name}" for one in printed.members]
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


def _place(view: LineFaultView) -> str:
    told = view.fault.value.replace("_", " ")
    return f"{told} ({view.column})" if view.column else told
