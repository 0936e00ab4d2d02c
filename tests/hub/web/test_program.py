"""The real program: says when it listens, stops when asked, never speaks in the clear abroad."""

import json
import sqlite3
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import httpx
import pytest

from admin_console.hub.cli import build_parser
from admin_console.hub.composition import main
from admin_console.hub.web.certificate import fingerprint
from kiosk.wire.codec import decode, encode
from kiosk.wire.station import EnrolmentAnswer, EnrolStation, StationEnrolled
from tests.helpers.process import Program, Programs
from tests.hub.web.house import new_id

HUB = [sys.executable, "-m", "admin_console.hub"]


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    return {"CRENEAU_STATE": str(tmp_path / "state"), "CRENEAU_LISTEN": "127.0.0.1:0"}


Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Carries out an order that ends by itself, in this process; returns status and words."""

    def carry_out(settings: Mapping[str, str], *words: str) -> tuple[int, str]:
        capfd.readouterr()
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        status = main(words)
        said = capfd.readouterr()
        return status, (said.out + said.err).strip()

    return carry_out


def serve(programs: Programs, settings: Mapping[str, str], *words: str) -> tuple[Program, str]:
    program = programs.start([*HUB, "serve", *words], environment=settings, name="hub")
    return program, program.wait_for_line(r"^listening on (https?://\S+:\d+)$", within=30)[1]


def test_a_hub_with_an_open_stream_stops_at_once_and_well(
    programs: Programs, run: Run, settings: dict[str, str]
) -> None:
    status, printed = run(settings, "sample", "--always-open")
    assert status == 0
    code = printed.split("Enrolment codes")[1].splitlines()[1].split()[0]
    hub, url = serve(programs, settings)
    ask = EnrolStation(code=code, station_id=new_id(), hostname="pc")
    answer = httpx.post(f"{url}/v1/enrolments", content=encode(ask), trust_env=False)
    enrolled: EnrolmentAnswer = decode(answer.content, EnrolmentAnswer)
    assert isinstance(enrolled, StationEnrolled)
    assert enrolled.hub_key == ""
    headers = {"Authorization": f"Bearer {enrolled.token}"}
    with (
        httpx.Client(headers=headers, trust_env=False, timeout=20) as client,
        client.stream("GET", f"{url}/v1/stream") as stream,
    ):
        lines = stream.iter_lines()
        assert next(lines) == "event: change"
        started = time.monotonic()

        hub.process.terminate()

        list(lines)
        cut_after = time.monotonic() - started
    assert hub.wait_for_end() == 0
    # Loose against a busy machine; a stream that were waited for would take for ever.
    assert cut_after < 5
    assert not [line for line in hub.lines if '"level": "error"' in line]


def test_an_interrupted_hub_ends_well_too(programs: Programs, settings: dict[str, str]) -> None:
    hub, _ = serve(programs, settings)

    hub.process.send_signal(2)

    assert hub.wait_for_end() == 0


def test_the_hub_says_where_its_secrets_are_and_not_what_they_are(
    programs: Programs, settings: dict[str, str]
) -> None:
    hub, url = serve(programs, settings)
    assert httpx.get(f"{url}/healthz", trust_env=False).json()["status"] == "ok"
    hub.wait_for_line('"started"')
    hub.stop()

    secrets = Path(settings["CRENEAU_STATE"]) / "secrets"
    said = "\n".join(hub.lines)
    assert f"files under {secrets}" in said
    assert (secrets / "pepper").read_text() not in said


@pytest.mark.parametrize("listen", ["0.0.0.0:0", "[::]:0"])
def test_nothing_is_said_in_the_clear_to_other_machines(
    run: Run, settings: dict[str, str], listen: str
) -> None:
    status, said = run(settings, "serve", "--listen", listen)

    assert status == 1
    assert said.startswith("creneau-hub: will not listen")
    assert "--tls" in said
    assert "Traceback" not in said


def test_the_hub_makes_its_own_certificate_and_tells_stations_its_key(
    programs: Programs, run: Run, settings: dict[str, str]
) -> None:
    assert run(settings, "sample")[0] == 0
    status, code = run(settings, "enrol-code", "--room", "trapeze/salle", "--uses", "1")
    assert status == 0, code
    hub, url = serve(programs, settings, "--tls")
    assert url.startswith("https://")
    certificate = Path(settings["CRENEAU_STATE"]) / "hub-certificate.pem"
    trust = ssl.create_default_context(cafile=str(certificate))
    ask = EnrolStation(code=code, station_id=new_id(), hostname="pc")

    with httpx.Client(verify=trust, trust_env=False) as client:
        answer = client.post(f"{url}/v1/enrolments", content=encode(ask))

    enrolled: EnrolmentAnswer = decode(answer.content, EnrolmentAnswer)
    assert isinstance(enrolled, StationEnrolled)
    assert enrolled.hub_key == fingerprint(certificate)
    assert hub.stop() == 0


def test_a_certificate_made_before_is_used_outside_of_this_machine(
    programs: Programs, run: Run, settings: dict[str, str]
) -> None:
    status, said = run(settings, "certificate", "--name", "hub.ville.example")
    assert status == 0
    print_of_key = said.split()[-1]
    assert len(print_of_key) == 64

    again = run(settings, "certificate")
    _, url = serve(programs, settings, "--listen", "0.0.0.0:0")

    assert print_of_key in again[1]
    assert url.startswith("https://0.0.0.0:")


def test_two_hubs_do_not_serve_one_file(
    programs: Programs, run: Run, settings: dict[str, str]
) -> None:
    serve(programs, settings)

    status, said = run(settings, "serve")

    assert status == 1
    assert "another hub" in said


def test_a_taken_port_is_said_in_one_sentence(
    programs: Programs, run: Run, settings: dict[str, str], tmp_path: Path
) -> None:
    _, url = serve(programs, settings)
    other = {**settings, "CRENEAU_STATE": str(tmp_path / "other")}

    status, said = run(other, "serve", "--listen", url.removeprefix("http://"))

    assert status == 1
    assert "cannot listen on 127.0.0.1" in said
    assert "Traceback" not in said


def test_a_database_that_does_not_answer_is_said_without_its_password(
    run: Run, settings: dict[str, str]
) -> None:
    address = "postgresql://hub:hunter2@127.0.0.1:1/creneau"

    status, said = run({**settings, "CRENEAU_DATABASE_URL": address}, "serve")

    assert status == 1
    assert "the database does not answer" in said
    assert "hunter2" not in said
    assert "Traceback" not in said


def test_the_hub_runs_on_postgresql_as_well(
    programs: Programs, run: Run, settings: dict[str, str], postgres_url: str
) -> None:
    address = postgres_url.replace("+psycopg", "")
    told = {**settings, "CRENEAU_DATABASE_URL": address}
    assert run(told, "sample")[0] == 0

    hub, url = serve(programs, told)

    assert httpx.get(f"{url}/healthz", trust_env=False).json()["database"] is True
    assert not (Path(settings["CRENEAU_STATE"]) / "hub.sqlite").exists()
    assert hub.stop() == 0


def test_a_wrong_setting_is_said_in_one_sentence(run: Run, settings: dict[str, str]) -> None:
    status, said = run({**settings, "CRENEAU_LOG": "xml"}, "serve")

    assert (status, said) == (1, "creneau-hub: CRENEAU_LOG must be json or console, not 'xml'")


def test_holidays_of_no_country_stop_the_start(run: Run, settings: dict[str, str]) -> None:
    status, said = run({**settings, "CRENEAU_HOLIDAYS": "Narnia"}, "serve")

    assert status == 1
    assert said.startswith("creneau-hub: there are no public holidays of 'Narnia'")


def test_the_sample_goes_into_an_empty_store_and_is_printed_again(
    run: Run, settings: dict[str, str]
) -> None:
    first = run(settings, "sample")
    second = run(settings, "sample")

    assert first[0] == second[0] == 0
    assert "Cards (number, secret code, first name)" in second[1]
    assert first[1].split("Enrolment")[0] == second[1].split("Enrolment")[0]
    assert first[1] != second[1]


def test_an_unknown_room_is_said(run: Run, settings: dict[str, str]) -> None:
    status, said = run(settings, "enrol-code", "--room", "no/where")

    assert (status, said) == (1, "creneau-hub: there is no room no/where")


def test_the_document_is_printed(run: Run, settings: dict[str, str]) -> None:
    status, said = run(settings, "openapi")

    assert status == 0
    assert json.loads(said)["openapi"].startswith("3.")


def test_upgrade_is_quiet_work(run: Run, settings: dict[str, str]) -> None:
    assert run(settings, "upgrade") == (0, "the tables are up to date")


@pytest.mark.parametrize(
    "words",
    [[], ["nothing"], ["serve", "--port", "1"], ["enrol-code"],
     ["enrol-code", "--room", "a/b", "--uses", "0"], ["serve", "--li", "127.0.0.1:0"]],
)  # fmt: skip
def test_unclear_words_are_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args(words)

    assert ended.value.code == 2
    assert "usage: creneau-hub" in capsys.readouterr().err


def test_the_module_is_the_program() -> None:
    answer = subprocess.run(
        [*HUB, "--help"], check=True, capture_output=True, text=True, timeout=30
    )

    assert answer.stdout.startswith("usage: creneau-hub")


def test_the_ledger_of_the_sample_is_sound_until_somebody_touches_it(
    run: Run, settings: dict[str, str]
) -> None:
    assert run(settings, "sample")[0] == 0
    status, said = run(settings, "ledger", "verify")
    assert status == 0
    assert "book credit: 5 lines" in said
    assert "the ledger is sound" in said
    with sqlite3.connect(Path(settings["CRENEAU_STATE"]) / "hub.sqlite") as database:
        database.execute("DROP TRIGGER ledger_line_no_update")
        database.execute("UPDATE ledger_line SET amount_cents = -900 WHERE number = 2")
    database.close()

    status, said = run(settings, "ledger", "verify")

    assert status == 1
    assert "BAD: book credit, line 2 is not what was written" in said
    assert "stop taking money" in said
