"""The session that confines: a group, a cell, a fresh X server, and an end that asks nobody.

The end kills the group, sweeps the accounts, stops the server and lets the cell fall; the kernel
takes its memory back. Nothing a visitor started is asked to cooperate, and root removes no tree.
What a failed step leaves is found by the audit, so no step stops the next one.
"""

import logging
import os
import signal
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

import psutil

from kiosk.gate.answer import Refusal
from kiosk.gate.appearance import PLAIN, Appearance
from kiosk.gate.audit import look_for_residue
from kiosk.gate.backend import Application, SessionFailed
from kiosk.gate.cell import Cell, make_cell
from kiosk.gate.cgroup import DISPLAY, PROGRAMS, Group
from kiosk.gate.child import Child
from kiosk.gate.confinement import Companion, Confinement
from kiosk.gate.display import STOP_SECONDS, DisplayKind, make_cookie, start_server
from kiosk.gate.drop import Account, Program, SpawnFailed, spawn
from kiosk.gate.fact import Proof, Residue, ResidueReason
from kiosk.gate.keyring import Keyring
from kiosk.gate.minorrules import lay_minor_rules
from kiosk.gate.remnant import Known, Remnant, know, read_remnant, write_remnant
from kiosk.gate.sweep import (
    cancel_print_jobs,
    kill_accounts,
    remove_ipc,
    remove_spooled,
    strike,
)
from kiosk.rules.person import BrowserProfile
from kiosk.rules.usbkey import OPEN_KEY, REMOVE_KEY

FILES = "files"
"""The file manager's place in the table of applications."""

KILL_SECONDS = 1.0
LOOK_AGAIN_SECONDS = 0.002

_log = logging.getLogger(__name__)


class ConfinedBackend:
    """Sessions that are kept from the lock, from the machine and from each other. Needs root."""

    confines = True

    def __init__(self, plan: Confinement, keys: Keyring | None = None) -> None:
        self._plan = plan
        self._keys = keys
        self._applications = {one.app_id: one for one in plan.applications}
        self._session: Remnant | None = None
        self._children: list[Child] = []
        self._ended: set[int] = set()
        self._removed = 0
        self._covered = False

    def applications(self) -> tuple[Application, ...]:
        """Return what can be launched on this machine."""
        return self._plan.applications

    def start(self, slot_id: str) -> None:
        """Make the session of this slot, or take up the one that the gate left in this boot.

        Raises:
            SessionFailed: a step was refused, or something of an earlier visitor is left.
        """
        self._ended, self._removed = set(), 0
        known = read_remnant(self._plan.remnant)
        if known is not None and known.slot_id == slot_id and known.is_alive():
            self._session = known
            self.mend(slot_id)
            return
        if known is not None or self._look() is not None:
            self.end(None)
            if self._look() is not None:
                raise SessionFailed("something of an earlier visitor is left")
        try:
            self._make(slot_id)
        except (OSError, SpawnFailed, psutil.NoSuchProcess) as error:
            self.end(slot_id)
            raise SessionFailed(str(error)) from error

    def launch(
        self,
        slot_id: str,
        app_id: str,
        url: str,
        appearance: Appearance = PLAIN,
        profile: BrowserProfile = BrowserProfile.ADULT,
    ) -> Refusal | None:
        """Start an application as the visitor, inside; a minor's with the rules for minors."""
        application = self._shower() if app_id == OPEN_KEY else self._applications.get(app_id)
        if app_id == REMOVE_KEY and self._keys is not None and self._keys.let_go():
            return None
        if application is None:
            return Refusal.APPLICATION_UNKNOWN
        if url and not application.takes_url:
            return Refusal.URL_INVALID
        session = self._session
        if session is None or session.slot_id != slot_id:
            return Refusal.NO_SLOT
        private = str(self._plan.cell.private)
        command = application.command(private, url, appearance)
        try:
            self._spawn_inside(
                session,
                command,
                self._plan.visitor,
                appearance.variables(),
                self._rules_of(profile),
            )
        except SpawnFailed as failure:
            _log.warning("application %s did not start: %s", app_id, failure)
            return Refusal.SESSION_FAILED
        return None

    def view_of(self, slot_id: str) -> Path | None:
        """Return the view of the machine that the session of this slot has, None without one."""
        session = self._session
        if session is None or session.slot_id != slot_id or not session.holder.is_alive():
            return None
        return self._cell(session).view

    def mend(self, slot_id: str) -> bool:
        """Start again what of our own programs has ended inside; the visitor may end them.

        Returns:
            Whether the session has its display still; without it nothing can be mended.
        """
        session = self._session
        if session is None or session.slot_id != slot_id or not session.is_alive():
            return False
        self._show_front()
        running = dict(session.companions)
        for one in self._plan.all_companions():
            if one.name not in running or not running[one.name].is_alive():
                with suppress(SpawnFailed, psutil.NoSuchProcess):
                    running[one.name] = self._accompany(session, one)
        if running != session.companions:
            self._note(replace(session, companions=running))
        return True

    def cover(self, slot_id: str, on: bool) -> None:
        """Bring the lock in front of the session, or the session in front again."""
        self._covered = on
        if self._session is not None and self._session.slot_id == slot_id:
            self._show_front()

    def end(self, slot_id: str | None) -> None:
        """End every program of the visitor and let go of every file; `audit` tells what is left."""
        plan = self._plan
        session = self._session or read_remnant(plan.remnant)
        self._session = None
        _attempt("forgetting the session", lambda: plan.remnant.unlink(missing_ok=True))
        if plan.terminals is not None:
            plan.terminals.ask(plan.terminals.lock)
        group = plan.ground.find()
        programs = group.part(PROGRAMS)
        self._count(session, programs)
        _attempt("killing the programs", programs.kill)
        # What others started for the visitor stands outside the group.
        _attempt("sweeping the visitor", lambda: strike(plan.visitor))
        if session is not None:
            self._stop(session.server, group.part(DISPLAY))
        _attempt("killing the group", group.kill)
        if group.wait_until_empty(KILL_SECONDS):
            _attempt("removing the group", group.remove)
        self._sweep()
        self._bury(session)
        if plan.terminals is not None:
            # A server that hung kept the screen until now.
            plan.terminals.show(plan.terminals.lock)
        for account in (plan.visitor, plan.face):
            self._removed += remove_spooled(account, plan.spools) + remove_ipc(account.uid)
        cancel_print_jobs(plan.visitor, plan.cancel)

    def audit(self, slot_id: str | None) -> Proof | Residue:
        """Look for anything of a visitor, and tell what `end` has ended and removed.

        A screen that does not show the lock is no end either.
        """
        terminals = self._plan.terminals
        if (left := self._look()) is not None:
            return left
        if terminals is not None and terminals.front() != terminals.lock:
            return Residue(ResidueReason.FAULT, 1)
        return Proof(len(self._ended), self._removed)

    def close(self) -> None:
        """Let go of the session without ending it; the next gate takes it up."""
        self._children = []
        self._session = None

    def _make(self, slot_id: str) -> None:
        plan = self._plan
        group = plan.ground.make(plan.group_limits)
        cell, holder = make_cell(plan.cell, group.part(PROGRAMS).door)
        self._children.append(holder)
        cookie = make_cookie()
        for account in {plan.server.account, plan.visitor, plan.face}:
            cell.write(plan.cookie_of(account), cookie, account)
        self._covered = False
        self._show_front()
        server = start_server(
            plan.server, cell, group.part(DISPLAY).door, plan.cookie_of(plan.server.account)
        )
        self._children.append(server)
        session = Remnant(slot_id, know(holder.pid), know(server.pid), cell.count_files())
        self._note(session)
        companions = {one.name: self._accompany(session, one) for one in plan.all_companions()}
        self._note(replace(session, companions=companions))

    def _shower(self) -> Application | None:
        """Return what shows the open keys: the file manager, at their folder."""
        files, folder = self._applications.get(FILES), self._keys and self._keys.folder
        if files is None or folder is None:
            return None
        return replace(files, arguments=(*files.arguments, str(folder)))

    def _rules_of(self, profile: BrowserProfile) -> Callable[[], None] | None:
        """Return what lays a profile's rules for browsers, from inside; None for the house's own.

        Every program of a minor waits for them: many open an address in a browser.
        """
        if profile is BrowserProfile.ADULT:
            return None
        return partial(lay_minor_rules, self._plan.cell.run)

    def _note(self, session: Remnant) -> None:
        self._session = session
        write_remnant(self._plan.remnant, session)

    def _accompany(self, session: Remnant, one: Companion) -> Known:
        command = tuple(word.replace("{slot}", session.slot_id) for word in one.arguments)
        return know(self._spawn_inside(session, command, one.account, one.environment).pid)

    def _spawn_inside(
        self,
        session: Remnant,
        command: tuple[str, ...],
        account: Account,
        environment: Mapping[str, str] = MappingProxyType({}),
        prepare: Callable[[], None] | None = None,
    ) -> Child:
        plan = self._plan
        self._reap()
        variables = plan.variables(account) | dict(environment)
        door = plan.ground.find().part(PROGRAMS).door
        place = self._cell(session).place(door, variables["HOME"])
        limits = plan.process_limits if account == plan.visitor else None
        child = spawn(Program(command, account, variables, place, limits), prepare)
        self._children.append(child)
        return child

    def _cell(self, session: Remnant) -> Cell:
        return Cell(self._plan.cell, session.holder.pid)

    def _look(self) -> Residue | None:
        plan = self._plan
        try:
            return look_for_residue(
                (plan.visitor, plan.face), plan.ground.find(), plan.cell.places, plan.spools
            )
        except OSError as error:
            _log.warning("the audit cannot look: errno %s", error.errno)
            return Residue(ResidueReason.FAULT, 1)

    def _count(self, session: Remnant | None, programs: Group) -> None:
        """Note what is there to be ended: once it is gone, nobody can count it."""
        self._ended |= programs.members()
        if session is not None and session.holder.is_alive():
            self._ended.discard(session.holder.pid)
            self._removed += max(self._cell(session).count_files() - session.files, 0)

    def _sweep(self) -> None:
        accounts = (self._plan.visitor, self._plan.face)
        try:
            self._ended |= kill_accounts(accounts, KILL_SECONDS)
        except OSError as error:
            _log.warning("the accounts are not swept: errno %s", error.errno)

    def _stop(self, server: Known, group: Group) -> None:
        """Give the server a moment to let go of the screen; the kill of the group comes anyway."""
        if server.is_alive():
            with suppress(ProcessLookupError):
                os.kill(server.pid, signal.SIGTERM)
            group.wait_until_empty(STOP_SECONDS)

    def _bury(self, session: Remnant | None) -> None:
        """Wait until the server is forgotten: the kernel asks even a dead one for the screen."""
        deadline = time.monotonic() + KILL_SECONDS
        self._reap()
        while session is not None and not session.server.is_gone():
            if time.monotonic() >= deadline:
                _log.warning("the X server of the session does not go away")
                return
            time.sleep(LOOK_AGAIN_SECONDS)
            self._reap()

    def _show_front(self) -> None:
        """Put in front what belongs there; a lock that was started anew may have pushed ahead."""
        terminals, server = self._plan.terminals, self._plan.server
        if terminals is None or server.kind is not DisplayKind.XORG:
            return
        wanted = terminals.lock if self._covered else server.terminal
        if terminals.front() != wanted:
            terminals.show(wanted)

    def _reap(self) -> None:
        self._children = [one for one in self._children if one.poll() is None]


def _attempt(what: str, act: Callable[[], None]) -> None:
    try:
        act()
    except OSError as error:
        _log.warning("%s failed: errno %s", what, error.errno)
