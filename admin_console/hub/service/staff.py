"""How staff come in."""

from datetime import timedelta

from admin_console.hub.service import token
from admin_console.hub.service.answer import Conflict
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.port import Clock, SecretHasher, Store, Work
from admin_console.hub.service.record import StaffMember
from kiosk.rules.identifier import Entropy, make_id
from kiosk.rules.throttle import Tries, after_failure, wait_seconds
from kiosk.wire.desk import Role, SignInStaff, StaffAnswer, StaffRefused, StaffSignedIn

SESSION_SECONDS = 12 * 3600
WRONG = "wrong_name_or_password"
TOO_MANY = "too_many_tries"


class StaffDoor:
    """Signs staff in and out and recognises them by their token.

    Args:
        store: where everything is kept.
        clock: the hub's clock.
        entropy: makes tokens and identifiers.
        hasher: checks passwords, slowly.
    """

    def __init__(self, store: Store, clock: Clock, entropy: Entropy, hasher: SecretHasher) -> None:
        self._store = store
        self._clock = clock
        self._entropy = entropy
        self._hasher = hasher

    def sign_in(self, ask: SignInStaff) -> StaffAnswer:
        """Sign in; takes as long as a slow hash, whether name or password is wrong."""
        name = _plain(ask.name)
        # Somebody may have typed the password here: a name that failed is kept as a digest.
        subject = f"staff:{token.sha256(name).hex()}"
        with self._store.begin(write=False) as work:
            member = work.staff.by_name(name)
            wait = self._wait(work, subject)
        if wait:
            return StaffRefused(code=TOO_MANY, retry_seconds=wait)
        right = self._hasher.verify(ask.password, None if member is None else member.password_hash)
        bearer = token.make_token(self._entropy)
        with self._store.begin(write=True) as work:
            work.hold(subject)
            wait = self._wait(work, subject)
            if wait:
                return StaffRefused(code=TOO_MANY, retry_seconds=wait)
            now = self._clock.now()
            tries = work.tries.get((subject,))[subject]
            if member is None or not right:
                failed = after_failure(tries, now)
                work.tries.save(subject, failed)
                return StaffRefused(code=WRONG, retry_seconds=wait_seconds(failed, now))
            if tries != Tries():
                work.tries.clear((subject,))
            expires_at = now + timedelta(seconds=SESSION_SECONDS)
            work.staff.add_session(token.sha256(bearer), member.staff_id, expires_at)
            identity = _identity(work, member)
        return StaffSignedIn(
            token=bearer,
            name=identity.name,
            display_name=identity.display_name,
            roles=tuple(sorted(identity.roles)),
            site_ids=identity.site_ids,
            expires_at=expires_at,
        )

    def identify(self, bearer: str) -> StaffIdentity | None:
        """Return who holds this token, until 12 hours after sign-in."""
        with self._store.begin(write=False) as work:
            member = work.staff.by_session(token.sha256(bearer), self._clock.now())
            return None if member is None else _identity(work, member)

    def sign_out(self, bearer: str) -> None:
        """End a session; one already over is no error."""
        with self._store.begin(write=True) as work:
            work.staff.drop_session(token.sha256(bearer))

    def add(
        self,
        name: str,
        display_name: str,
        password: str,
        roles: frozenset[Role],
        site_ids: tuple[str, ...] | None = None,
    ) -> str | Conflict:
        """Make a member of staff and return their id. `site_ids` None means every site."""
        member = StaffMember(
            staff_id=make_id(self._clock.now(), self._entropy),
            name=_plain(name),
            display_name=display_name,
            password_hash=self._hasher.hash(password),
            roles=roles,
            site_ids=site_ids,
        )
        with self._store.begin(write=True) as work:
            work.hold(f"staff:{member.name}")
            if not work.staff.add(member):
                return Conflict("the name is taken")
        return member.staff_id

    def _wait(self, work: Work, subject: str) -> int:
        return wait_seconds(work.tries.get((subject,))[subject], self._clock.now())


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _identity(work: Work, member: StaffMember) -> StaffIdentity:
    """Return who a member of staff is, with the sites there are now."""
    sites = tuple(site.site_id for site in work.sites.all())
    if member.site_ids is not None:
        sites = tuple(site_id for site_id in sites if site_id in member.site_ids)
    return StaffIdentity(
        staff_id=member.staff_id,
        name=member.name,
        display_name=member.display_name,
        roles=member.roles,
        site_ids=sites,
    )
