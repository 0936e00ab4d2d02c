"""The display and the database that tests are given are real."""

import sys
from pathlib import Path

import psycopg
import pytest
from PySide6.QtGui import QImage

from tests.helpers.postgres import Cluster
from tests.helpers.process import Programs, wait_until
from tests.helpers.xvfb import Xvfb

WINDOW = """
import sys
from PySide6.QtWidgets import QApplication, QLineEdit
app = QApplication(sys.argv)
field = QLineEdit()
field.setGeometry(0, 0, 400, 60)
field.returnPressed.connect(lambda: print("typed", field.text(), flush=True))
field.show()
print("shown", app.platformName(), flush=True)
app.exec()
"""


def ask(address: str, question: str) -> str:
    with psycopg.connect(address.replace("+psycopg", "")) as connection:
        row = connection.execute(question.encode()).fetchone()
    assert row is not None
    return str(row[0])


def test_a_module_has_an_empty_database_of_its_own(postgres_url: str) -> None:
    tables = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"

    assert ask(postgres_url, tables) == "0"
    assert ask(postgres_url, "SHOW server_encoding") == "UTF8"


def test_two_databases_do_not_know_each_other(postgres_cluster: Cluster, postgres_url: str) -> None:
    other = postgres_cluster.create_database()

    assert ask(other, "SELECT current_database()") != ask(postgres_url, "SELECT current_database()")

    postgres_cluster.drop_database(other)
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        ask(other, "SELECT 1")


def test_two_screens_do_not_quarrel() -> None:
    with Xvfb() as one, Xvfb() as other:
        assert one.display != other.display


def test_a_program_draws_and_hears_keys_on_the_screen(
    display: Xvfb, programs: Programs, tmp_path: Path
) -> None:
    program = programs.start([sys.executable, "-c", WINDOW], environment=display.environment)
    program.wait_for_line("shown xcb")

    def drawn() -> bool:
        picture = QImage(str(display.screenshot(tmp_path / "screen.png")))
        assert (picture.width(), picture.height()) == (1366, 768)
        return picture.pixelColor(390, 30).lightness() > 200

    wait_until(drawn, what="the field on the screen")
    display.click(200, 30)
    display.type_text("2041")
    display.press("Return")

    assert program.wait_for_line(r"typed (.*)")[1] == "2041"
