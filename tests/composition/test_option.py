"""The command line of the workstation."""

from pathlib import Path

import pytest

from kiosk.composition.option import CODE_ENV, DEFAULT_GATE, DEFAULT_HUB, HUB_ENV, read_options


def test_a_bare_start_fills_the_screen_and_asks_the_root_service(tmp_path: Path) -> None:
    options = read_options([])
    assert (options.gate, options.size) == (DEFAULT_GATE, None)
    socket = tmp_path / "gate.socket"
    elsewhere = read_options(["--gate", str(socket), "--size", "1280x1024"])
    assert (elsewhere.gate, elsewhere.size) == (socket, (1280, 1024))


def test_a_window_needs_nothing_else(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    options = read_options(["--windowed"])
    assert options.hub == DEFAULT_HUB
    assert options.state == tmp_path / "creneau" / "kiosk"
    assert (options.code, options.seat, options.language) == (None, None, "fr")
    assert options.size == (1366, 768)
    assert options.gate is None


def test_without_a_state_home_the_state_is_under_the_user_s_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("XDG_STATE_HOME")
    state = read_options(["--windowed"]).state
    assert state == Path.home() / ".local" / "state" / "creneau" / "kiosk"


def test_a_flag_counts_more_than_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HUB_ENV, "https://hub.example.org")
    monkeypatch.setenv(CODE_ENV, "ABCD2345")
    told = read_options(["--windowed"])
    assert (told.hub, told.code) == ("https://hub.example.org", "ABCD2345")
    words = ["--windowed", "--hub", "http://localhost:1", "--enrol", "WXYZ6789", "--seat", "7"]
    options = read_options(words)
    assert (options.hub, options.code, options.seat) == ("http://localhost:1", "WXYZ6789", 7)


@pytest.mark.parametrize("size", ["wide", "1366", "1366x", "-1x5", "x768"])
def test_a_size_is_a_width_and_a_height(size: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        read_options(["--windowed", f"--size={size}"])
    assert "1366x768" in capsys.readouterr().err


def test_a_window_may_fill_the_screen() -> None:
    assert read_options(["--windowed", "--size", "full"]).size is None
