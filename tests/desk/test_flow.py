"""Children in lines: where they stand, and what happens when one of them dies."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from admin_console.desk.parts.flow import Columns, Flow, Lines


def block(width: int, height: int) -> QWidget:
    made = QWidget()
    made.setFixedSize(QSize(width, height))
    return made


def filled(lines: Lines, qtbot: QtBot, count: int = 3) -> list[QWidget]:
    qtbot.addWidget(lines)
    lines.show()
    children = [block(100, 20) for _ in range(count)]
    for child in children:
        lines.add(child)
    return children


def test_children_break_into_lines_where_the_width_ends(qtbot: QtBot) -> None:
    flow = Flow(gap=10, line_gap=5)
    children = filled(flow, qtbot)
    flow.resize(215, flow.heightForWidth(215))
    assert [(one.x(), one.y()) for one in children] == [(0, 0), (110, 0), (0, 25)]
    assert flow.heightForWidth(400) == 20
    assert flow.sizeHint() == QSize(320, 20)


def test_columns_share_the_width_and_keep_their_rows_even(qtbot: QtBot) -> None:
    columns = Columns(least=140, gap=12)
    qtbot.addWidget(columns)
    columns.show()
    children = [QWidget() for _ in range(4)]
    for child in children:
        child.setMinimumSize(140, 30)
        columns.add(child)
    columns.resize(456, columns.heightForWidth(456))
    assert [one.x() for one in children] == [0, 234, 0, 234]
    assert {one.width() for one in children} == {222}


def test_a_hidden_child_takes_no_room(qtbot: QtBot) -> None:
    flow = Flow(gap=10)
    children = filled(flow, qtbot)
    children[0].hide()
    flow.resize(400, 20)
    flow.remove(children[1])
    assert children[2].x() == 0


def test_a_child_that_dies_is_forgotten(qtbot: QtBot) -> None:
    for lines in (Flow(gap=10), Columns()):
        children = filled(lines, qtbot)
        lines.resize(400, 100)
        Shiboken.delete(children[1])
        lines.resize(500, 100)
        lines.heightForWidth(300)
        assert lines.sizeHint().isValid()
        assert children[2].x() < 260
