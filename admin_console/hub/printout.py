"""What `creneau-hub sample` prints: the cards, the staff and the codes of an invented town."""

from admin_console.hub.service.estate import Printed


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
