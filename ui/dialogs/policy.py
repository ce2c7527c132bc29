"""Goals and limits of a plan: their order, what may be given up, and what a plan may cost."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.language import _, word
from app.model.county import Change, County, PolicyValue
from app.model.parameters import Setting, SettingKind
from app.model.settings import BadSetting, read_policy, read_setting, setting_for
from app.model.vocabulary import Goal, Scope
from ui.look.theme import APART, FAR, NEAR, TIGHT, set_role

LIMITS = (
    "max_moves",
    "max_temporaries",
    "budget",
    "scope",
    "target_saturation",
    "max_cut.formalistic",
    "max_cut.necessary",
    "minimum_measure",
    "integer",
)
"""The keys a plan obeys besides its goals and the county pools."""
GOAL_HEIGHT, GOAL_WIDTH = 23, 360
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class PolicyDialog(QDialog):
    """Left the goals in their strict order with tolerances, right the limits of the plan."""

    def __init__(self, county: County, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Goals and limits"))
        self._county = county
        self._written = {row.name: row.value for row in county.policy.values()}
        self._policy = read_policy(self._written.items())
        self.goals = self._goal_list()
        self.fields: dict[str, QLineEdit | QComboBox] = {}
        self.fault = QLabel()
        self.fault.setWordWrap(True)
        self._lay_out()
        self._show_goals()

    def changes(self) -> list[Change]:
        """Return what the settings as they are shown change.

        Raises:
            BadSetting: a field does not hold what it should.
        """
        shown = {**self._written, **dict(self._shown())}
        read_policy(shown.items())
        rows = []
        for key, text in shown.items():
            before = self._county.policy.get((key,))
            if text != (before.value if before is not None else ""):
                rows.append(Change(before=before, after=PolicyValue(key, text)))
        return rows

    def accept(self) -> None:
        """Close if everything can be read, else say what cannot."""
        try:
            self.changes()
        except BadSetting as error:
            setting = error.setting
            name = word(setting) if setting is not None else error.key
            self.fault.setText(
                _("“{text}” is no value for {name}.").format(text=error.value, name=name)
            )
            self.fault.show()
            if error.key in self.fields:
                self.fields[error.key].setFocus()
            return
        super().accept()

    def move_goal(self, by: int) -> None:
        """Move the selected goal up or down; the first one stays."""
        item = self.goals.currentItem()
        at = self.goals.indexOfTopLevelItem(item) if item is not None else 0
        if item is not None and at >= 1 and 1 <= at + by < self.goals.topLevelItemCount():
            self.goals.takeTopLevelItem(at)
            self.goals.insertTopLevelItem(at + by, item)
            self.goals.setCurrentItem(item)

    def _shown(self) -> Iterator[tuple[str, str]]:
        kept = [goal for goal, is_kept, _text in self._goal_rows() if is_kept]
        if tuple(kept) != self._policy.goals:
            yield "goals", ",".join(goal.value for goal in kept)
        for goal, _is_kept, text in self._goal_rows():
            key = f"tolerance.{goal.value}"
            if read_setting(key, text) != read_setting(key, self._written.get(key, "")):
                yield key, text
        for key, field in self.fields.items():
            text = field.currentData() if isinstance(field, QComboBox) else field.text().strip()
            if str(text) not in (self._text_of(key), self._shown_text(key)):
                yield key, str(text)

    def _text_of(self, key: str) -> str:
        setting = setting_for(key)
        assert setting is not None
        return self._written.get(key, "") or setting.default

    def _shown_text(self, key: str) -> str:
        """Return the text of a setting as it is shown: shares in per cent."""
        text, setting = self._text_of(key), setting_for(key)
        share = read_setting(key, text)
        is_share = setting is not None and setting.kind is SettingKind.SHARE
        if (is_share or key == "target_saturation") and isinstance(share, float):
            return f"{share * 100:g}%"
        return text

    def _goal_list(self) -> QTreeWidget:
        goals = QTreeWidget()
        goals.setAccessibleName(_("Goals in their strict order"))
        goals.setHeaderLabels([_("Goal, the first one first"), _("Tolerance %")])
        goals.setRootIsDecorated(False)
        goals.setUniformRowHeights(True)
        goals.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        goals.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        goals.setMinimumSize(GOAL_WIDTH, GOAL_HEIGHT * (len(Goal) + 1))
        goals.headerItem().setTextAlignment(1, RIGHT)
        goals.header().setStretchLastSection(False)
        goals.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        goals.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        goals.itemDoubleClicked.connect(lambda item, column: goals.editItem(item, 1))
        edit = QShortcut(QKeySequence("F2"), goals)
        edit.setContext(Qt.ShortcutContext.WidgetShortcut)
        edit.activated.connect(self._edit_tolerance)
        return goals

    def _show_goals(self) -> None:
        kept = list(self._policy.goals)
        left_out = [goal for goal in Goal if goal not in kept]
        for goal in (*kept, *left_out):
            share = self._policy.tolerance.get(goal, 0.0)
            item = QTreeWidgetItem([word(goal), f"{share * 100:g}"])
            item.setData(0, Qt.ItemDataRole.UserRole, goal.value)
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            flags |= Qt.ItemFlag.ItemIsEditable
            if goal is not Goal.UNASSIGNED_HOURS:
                flags |= Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsDragEnabled
            item.setFlags(flags)
            is_kept = Qt.CheckState.Checked if goal in kept else Qt.CheckState.Unchecked
            item.setCheckState(0, is_kept)
            item.setTextAlignment(1, RIGHT)
            self.goals.addTopLevelItem(item)
        self.goals.setCurrentIndex(self.goals.model().index(1, 0))

    def _edit_tolerance(self) -> None:
        item = self.goals.currentItem()
        if item is not None:
            self.goals.editItem(item, 1)

    def _goal_rows(self) -> Iterator[tuple[Goal, bool, str]]:
        """Yield the goals as they are shown, whether they are kept, and their tolerance as text.

        The first goal stays the first: work that nobody does is no way to relieve anybody.
        """
        rows = (self.goals.topLevelItem(at) for at in range(self.goals.topLevelItemCount()))
        items = [item for item in rows if item is not None]
        for item in sorted(items, key=lambda item: _goal_of(item) is not Goal.UNASSIGNED_HOURS):
            text = item.text(1).strip()
            is_bare = bool(text) and not text.endswith("%")
            is_kept = item.checkState(0) == Qt.CheckState.Checked
            yield _goal_of(item), is_kept, f"{text}%" if is_bare else text

    def _lay_out(self) -> None:
        sides = QHBoxLayout()
        sides.setSpacing(FAR)
        sides.addLayout(self._goal_side())
        sides.addLayout(self._limit_side(), 1)
        buttons = QDialogButtonBox()
        keep = buttons.addButton(_("Keep"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        keep.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.fault.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(FAR, FAR, FAR, APART)
        column.setSpacing(APART)
        column.addLayout(sides)
        column.addWidget(self.fault)
        column.addWidget(buttons)

    def _goal_side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(NEAR)
        title = QLabel(_("Goals in their strict order"))
        set_role(title, "heading")
        hint = QLabel(
            _(
                "An earlier goal is never given up for a later one, but for its tolerance: the "
                "share of its relief that may be forgone. Unticked goals are left out."
            )
        )
        hint.setWordWrap(True)
        set_role(hint, "caption")
        # A dialog begins as high as its parts ask for, which a wrapped text does not by itself.
        hint.setMinimumHeight(hint.heightForWidth(GOAL_WIDTH))
        up, down = QPushButton(_("Earlier")), QPushButton(_("Later"))
        up.setShortcut("Alt+Up")
        down.setShortcut("Alt+Down")
        up.clicked.connect(lambda: self.move_goal(-1))
        down.clicked.connect(lambda: self.move_goal(1))
        for button in (up, down):
            button.setAutoDefault(False)
            button.setToolTip(button.shortcut().toString())
        row = QHBoxLayout()
        row.setSpacing(NEAR)
        row.addWidget(up)
        row.addWidget(down)
        row.addStretch(1)
        for widget in (title, self.goals):
            side.addWidget(widget)
        side.addLayout(row)
        side.addWidget(hint)
        side.addStretch(1)
        pools = QLabel(_("Held back by the county (posts)"))
        set_role(pools, "heading")
        side.addWidget(pools)
        side.addLayout(self._pools())
        return side

    def _limit_side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(NEAR)
        title = QLabel(_("Limits of the plan"))
        set_role(title, "heading")
        side.addWidget(title)
        form = QFormLayout()
        form.setHorizontalSpacing(APART)
        form.setVerticalSpacing(TIGHT)
        for key in LIMITS:
            setting = setting_for(key)
            assert setting is not None
            form.addRow(word(setting), self._field(key, setting))
        side.addLayout(form)
        side.addStretch(1)
        return side

    def _pools(self) -> QGridLayout:
        """Return what the county holds back of every category, two beside each other."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(APART)
        grid.setVerticalSpacing(TIGHT)
        for at, row in enumerate(self._county.categories.values()):
            key = f"pool.{row.category}"
            setting = setting_for(key)
            assert setting is not None
            line, place = divmod(at, 2)
            grid.addWidget(QLabel(row.category), line, 2 * place)
            grid.addWidget(self._field(key, setting), line, 2 * place + 1)
        return grid

    def _field(self, key: str, setting: Setting) -> QLineEdit | QComboBox:
        field = self._box(key, setting)
        field.setAccessibleName(word(setting))
        self.fields[key] = field
        return field

    def _box(self, key: str, setting: Setting) -> QLineEdit | QComboBox:
        choices = _choices(setting)
        if choices:
            box = QComboBox()
            for text, value in choices:
                box.addItem(text, value)
            box.setCurrentIndex(max(0, box.findData(self._text_of(key))))
            return box
        line = QLineEdit(self._shown_text(key))
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        line.setMaximumWidth(110)
        if not setting.default:
            line.setPlaceholderText(_("no limit"))
        return line


def _goal_of(item: QTreeWidgetItem) -> Goal:
    return Goal(item.data(0, Qt.ItemDataRole.UserRole))


def _choices(setting: Setting) -> list[tuple[str, str]]:
    if setting.kind is SettingKind.SCOPE:
        return [(word(scope), scope.value) for scope in Scope]
    if setting.kind is SettingKind.YES_NO:
        return [(_("yes"), "yes"), (_("no"), "no")]
    return []
