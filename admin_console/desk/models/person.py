"""Who is signed in, and what the console offers that person.

The hub decides what may be done; the console only does not offer in vain. Each rule stands here
and nowhere else.
"""

from dataclasses import dataclass

from kiosk.wire.desk import Role

ACTING = frozenset({Role.AGENT, Role.TRAINER, Role.IT, Role.ADMIN})
"""The roles that may send commands and change tickets."""

PLANNING = ACTING
"""The roles that may write workshops and reservations, and open and end their seats."""

SETTING = frozenset({Role.IT, Role.ADMIN})
"""The roles that may change the settings of their sites."""

CASHING = frozenset({Role.CASHIER, Role.REGISSEUR, Role.ADMIN})
"""The roles that may serve at a till."""

ANSWERING = frozenset({Role.REGISSEUR, Role.ADMIN})
"""The roles that answer for the money: they take receipts back."""


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff. `site_ids` are the sites that this person may see."""

    display_name: str
    roles: frozenset[Role] = frozenset()
    account: str = ""
    site_ids: frozenset[str] = frozenset()

    @property
    def may_act(self) -> bool:
        """Return whether commands may be sent."""
        return bool(ACTING & self.roles)

    def may_set(self, site_id: str) -> bool:
        """Return whether the hours of a site may be changed."""
        return bool(SETTING & self.roles) and site_id in self.site_ids

    def may_rule(self, site_id: str) -> bool:
        """Return whether the limits of a site's rooms may be changed."""
        return Role.ADMIN in self.roles and site_id in self.site_ids

    def may_plan(self, site_id: str) -> bool:
        """Return whether workshops of a site may be written, opened and ended."""
        return bool(PLANNING & self.roles) and site_id in self.site_ids

    @property
    def may_read_journal(self) -> bool:
        """Return whether the journal of acts may be read."""
        return Role.ADMIN in self.roles

    @property
    def may_receive(self) -> bool:
        """Return whether people may be met: observers see seats, never persons."""
        return bool(ACTING & self.roles)

    @property
    def may_import(self) -> bool:
        """Return whether files of members may be imported."""
        return bool(SETTING & self.roles)

    def may_cash(self, site_id: str) -> bool:
        """Return whether money may be taken at a site."""
        return bool(CASHING & self.roles) and site_id in self.site_ids

    def may_reverse(self, site_id: str) -> bool:
        """Return whether receipts of a site may be taken back."""
        return bool(ANSWERING & self.roles) and site_id in self.site_ids

    @property
    def may_serve(self) -> bool:
        """Return whether there is a till to turn to, be it to read why it is not theirs."""
        return bool((CASHING | ACTING) & self.roles)
