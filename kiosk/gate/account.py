"""The accounts of this machine that the gate deals with, by name or by number."""

import os
import pwd

from kiosk.gate.drop import Account


def find_account(who: str | int) -> Account:
    """Return an account with its further groups; a number without an entry is its own group.

    Raises:
        LookupError: there is no account of this name.
    """
    try:
        entry = pwd.getpwnam(who) if isinstance(who, str) else pwd.getpwuid(who)
    except KeyError as error:
        if isinstance(who, int):
            return Account(who, who)
        raise LookupError(f"this machine has no account named {who}") from error
    groups = os.getgrouplist(entry.pw_name, entry.pw_gid)
    further = tuple(sorted(set(groups) - {entry.pw_gid}))
    return Account(entry.pw_uid, entry.pw_gid, entry.pw_name, further)


def home_of(account: Account) -> str:
    """Return the home of an account, / where the machine has no entry for it."""
    return pwd.getpwnam(account.name).pw_dir if account.name else "/"
