"""What the rehearsal prints: where things are, who may come in, and what to try."""

from collections.abc import Iterable

from admin_console.rehearsal.rehearsal import HANDED_OUT, Rehearsal, Started

WIDTH = 96


class Paper:
    """Lines for a terminal, bold only where it understands that."""

    def __init__(self, *, bold: bool) -> None:
        self._bold = bold
        self._lines: list[str] = []

    def title(self, text: str) -> None:
        """Add a heading between two empty lines."""
        shown = f"\x1b[1m{text}\x1b[0m" if self._bold else text
        self._lines += ["", shown]

    def rule(self) -> None:
        """Add a line across."""
        self._lines.append("─" * WIDTH)

    def row(self, *cells: str, widths: Iterable[int] = (18, 24, 22)) -> None:
        """Add a line of a table."""
        padded = [f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=False)]
        rest = cells[len(padded) :]
        self._lines.append(("  " + "".join([*padded, *rest])).rstrip())

    def line(self, text: str = "") -> None:
        """Add a line."""
        self._lines.append(f"  {text}" if text else "")

    def __str__(self) -> str:
        return "\n".join(self._lines)


def tell_house(
    rehearsal: Rehearsal, kiosk: Started | None, desk: Started | None, seed: int, *, bold: bool
) -> str:
    """Return the page that whoever runs the rehearsal works from."""
    paper = Paper(bold=bold)
    paper.title("Créneau: the whole product on this machine")
    paper.rule()
    paper.row("Hub", f"{rehearsal.url}  (API: /v1/openapi.json, health: /healthz)")
    paper.row("Stations", f"{rehearsal.stations} simulated over the real wire, seed {seed}")
    if kiosk is not None:
        paper.row("Workstation", f"a window: Médiathèque du Trapèze, seat {rehearsal.seat_number}")
    if desk is not None:
        paper.row("Desk", "a window: the staff console")
    paper.row("Kept in", str(rehearsal.folder.root))
    paper.row("Logs", str(rehearsal.folder.logs))
    paper.line()
    paper.line("Every room is open day and night: that is for the rehearsal only. The sample's own")
    paper.line("hours stand in assets/sample/estate.toml. Cards, codes and passwords are invented.")

    paper.title("Cards for the window: number, then secret code")
    for member in rehearsal.sample.member[:HANDED_OUT]:
        paper.row(member.card, member.pin, member.first_name, widths=(18, 8))

    paper.title("Print cards: number, credit in euros, whose")
    names = {member.card: member.first_name for member in rehearsal.sample.member}
    for card in rehearsal.sample.print_card:
        whose = names.get(card.member, "") if card.member is not None else "anybody's"
        paper.row(card.number, f"{card.cents / 100:.2f}", whose, widths=(18, 8))

    paper.title("Staff for the desk: name, then password")
    for person in rehearsal.sample.staff:
        sites = "every site" if person.sites is None else ", ".join(person.sites)
        paper.row(person.name, person.password, ", ".join(person.roles), sites, widths=(14, 24, 12))

    paper.title("What to try")
    number = 1
    for wish in _wishes(rehearsal, kiosk, desk):
        first, *rest = wish.split("\n")
        paper.line(f"{number}. {first}")
        for line in rest:
            paper.line(f"   {line}")
        number += 1
    paper.line()
    paper.line("Ctrl-C ends everything that was started here.")
    paper.rule()
    return str(paper)


def _wishes(rehearsal: Rehearsal, kiosk: Started | None, desk: Started | None) -> list[str]:
    wishes = []
    if kiosk is not None:
        card = rehearsal.sample.member[0]
        wishes.append(f"Type {card.card}, Enter, {card.pin}, Enter in the window: an hour begins.")
    if kiosk is not None and desk is not None:
        agent = rehearsal.sample.someone("agent")
        wishes.append(
            f"Sign in at the desk as {agent.name}: seat {rehearsal.seat_number} turns occupé "
            "within a second.\nClick it: send a message, give time, end the slot."
        )
    if desk is not None:
        cashier, sold = rehearsal.sample.someone("cashier"), rehearsal.sample.print_card[0]
        wishes.append(
            f"Sign in at the desk as {cashier.name}, page Caisse: open the till, type "
            f"{sold.number}, Enter,\nand take five euros. Then count and close: what should be "
            "there is shown after."
        )
    if kiosk is not None:
        wishes.append(
            f"Kill the workstation (kill -9 {kiosk.program.process.pid}) and start it again: the "
            f"time left is right.\n{kiosk.command}"
        )
    wishes.append(
        f"Stop the hub (kill {rehearsal.hub.program.process.pid}): the hour goes on without it. "
        f"Start it again:\n{rehearsal.hub.command}"
    )
    return wishes
