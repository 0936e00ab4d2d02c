"""How staff come in."""

from admin_console.hub.service.answer import Conflict
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.port import Clock, SecretHasher, Store
from kiosk.rules.identifier import Entropy
from kiosk.wire.desk import Role, SignInStaff, StaffAnswer


class StaffDoor:
    """Signs staff in and out and recognises them by their token."""

    def __init__(self, store: Store, clock: Clock, entropy: Entropy, hasher: SecretHasher) -> None:
        self._store = store

    def sign_in(self, ask: SignInStaff) -> StaffAnswer:
        """Sign in; takes as long as a slow hash, whether name or password is wrong."""
        raise NotImplementedError

    def identify(self, token: str) -> StaffIdentity | None:
        """Return who holds this token, until 12 hours after sign-in."""
        raise NotImplementedError

    def sign_out(self, token: str) -> None:
        """End a session; one already over is no error."""
        raise NotImplementedError

    def add(
        self,
        name: str,
        display_name: str,
        password: str,
        roles: frozenset[Role],
        site_ids: tuple[str, ...] | None = None,
    ) -> str | Conflict:
        """Make a member of staff and return their id. `site_ids` None means every site."""
        raise NotImplementedError
