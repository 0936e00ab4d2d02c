"""`python -m admin_console.rehearsal`: what `make run` starts."""

import asyncio
import contextlib
import shutil
import signal
import sys
from collections.abc import Sequence

from admin_console.rehearsal.connection import HubAway, HubRefused
from admin_console.rehearsal.house import RehearsalFailed, sign_in
from admin_console.rehearsal.notice import tell_house
from admin_console.rehearsal.option import SEAT_NUMBER, Options, read_options
from admin_console.rehearsal.program import ProgramFailed, Programs
from admin_console.rehearsal.rehearsal import PLAYED, SECRETS_IN_FILES, Folder, Rehearsal
from admin_console.rehearsal.sample import SampleUnusable, read_sample
from admin_console.rehearsal.screen import has_display, open_screen
from admin_console.rehearsal.visit import PlayedVisit, Stage

SHORT_SLOT_MINUTES = 11
KIOSK_SIZE = (1366, 768)
DESK_SIZE = (1440, 900)
NO_VOICE = {"SPEECHD_ADDRESS": "none"}
"""Nobody listens in front of a virtual screen, so *Écouter* is absent there."""


def say(text: str) -> None:
    """Print for whoever watches."""
    print(text, flush=True)


async def rehearse(options: Options) -> None:
    """Start everything and let it live until cancelled."""
    folder = Folder(options.state)
    async with Programs(folder.logs, SECRETS_IN_FILES) as programs:
        say("Preparing the hub and the stations…")
        rehearsal = Rehearsal(folder, programs, read_sample(), SEAT_NUMBER, say)
        await rehearsal.prepare()
        kiosk = await rehearsal.open_kiosk() if options.kiosk else None
        agent = rehearsal.sample.someone("agent")
        desk = await rehearsal.open_desk(agent.name) if options.desk else None
        say(tell_house(rehearsal, kiosk, desk, options.seed, bold=sys.stdout.isatty()))
        started = [one for one in (rehearsal.hub, kiosk, desk) if one is not None]
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(rehearsal.live(rehearsal.plan(options.seed, options.fast)))
            tasks.create_task(rehearsal.tell_ends(*started))


async def play(options: Options) -> None:
    """Play a visit on a virtual screen, always from a fresh estate."""
    folder = Folder(options.state / PLAYED)
    folder.forget()
    async with Programs(folder.logs, SECRETS_IN_FILES) as programs:
        say("A visit is played on a virtual screen, with real programs and real key presses.")
        say(f"To see the renewal soon, slots of this site last {SHORT_SLOT_MINUTES} minutes today.")
        rehearsal = Rehearsal(folder, programs, read_sample(), SEAT_NUMBER, say)
        await rehearsal.prepare(SHORT_SLOT_MINUTES)
        kiosk_screen = await open_screen(programs, "screen-kiosk", *KIOSK_SIZE)
        desk_screen = await open_screen(programs, "screen-desk", *DESK_SIZE)
        kiosk = await rehearsal.open_kiosk({**kiosk_screen.environment, **NO_VOICE})
        desk = await rehearsal.open_desk("", desk_screen.environment)
        agent = rehearsal.sample.someone("agent")
        member = rehearsal.sample.member[0]
        watcher = await sign_in(rehearsal.address, agent.name, agent.password)
        pictures = Folder(options.state).pictures
        shutil.rmtree(pictures, ignore_errors=True)
        stage = Stage(kiosk_screen, desk_screen, member, agent, pictures)
        visit = PlayedVisit(stage, watcher, rehearsal.window_seat.seat_id, say)
        living = asyncio.create_task(rehearsal.live(rehearsal.plan(options.seed, options.fast)))
        try:
            await visit.play()
        except (HubAway, RehearsalFailed):
            for started in (rehearsal.hub, kiosk, desk):
                say(started.program.tail())
            raise
        finally:
            watcher.close()
            living.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await living
        say(f"\nThe pictures are in {pictures}")


async def run(options: Options) -> None:
    """Do what is asked for; SIGTERM ends it as Ctrl-C does, also where a shell took Ctrl-C away."""
    if options.fresh:
        Folder(options.state).forget()
    rehearsing = asyncio.ensure_future(play(options) if options.play else rehearse(options))
    for ending in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(ending, rehearsing.cancel)
    await rehearsing


def main(arguments: Sequence[str]) -> int:
    """Run the rehearsal and return its exit status."""
    options = read_options(arguments, display=has_display())
    try:
        asyncio.run(run(options))
    except asyncio.CancelledError:
        say("\nEverything is ended.")
    except (HubAway, HubRefused, ProgramFailed, RehearsalFailed, SampleUnusable) as error:
        sys.stderr.write(f"rehearsal: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
