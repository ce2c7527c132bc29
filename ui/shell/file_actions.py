"""Filing: opening, saving, importing and exporting, with the questions they ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from app.language import _
from ui.look.icons import Icon
from ui.shell import help_actions
from ui.work.workspace import SUFFIX
from ui.work.writing import run_writing

if TYPE_CHECKING:
    from app.workbooks.importing import Import
    from ui.pages.start import Beginning
    from ui.shell.shell import Shell

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".et", ".csv")


def beginnings(window: Shell) -> tuple[Beginning, ...]:
    """Return the ways to begin that the start page offers."""
    return (
        (
            Icon.SAMPLE,
            _("Sample county"),
            _("An invented county of 20 units, to try everything on"),
            partial(open_sample, window),
        ),
        (
            Icon.IMPORT,
            _("Import workbooks…"),
            _("Begin with a filled standard workbook"),
            partial(ask_import, window),
        ),
        (
            Icon.IMPORT,
            _("Import a folder…"),
            _("All workbooks in it together, one per township for example"),
            partial(ask_import_folder, window),
        ),
        (
            Icon.OPEN,
            _("Open a plan…"),
            _("Go on with a saved plan"),
            partial(ask_open, window),
        ),
        (
            Icon.NEW,
            _("New plan"),
            _("Begin with an empty plan"),
            partial(new_plan, window),
        ),
        (
            Icon.NEW,
            _("New from a plan as template…"),
            _("Its duties, tasks and settings, without its units and posts"),
            partial(ask_new_from_template, window),
        ),
    )


def new_plan(window: Shell) -> None:
    """Start an untitled, empty plan in place of the open one."""
    window.leave_plan(window.workspace.new)


def open_sample(window: Shell) -> None:
    """Start an untitled plan with the sample county."""
    window.leave_plan(
        lambda: window.workspace.new(with_sample=True, then=lambda: help_actions.offer_tour(window))
    )


def ask_new_from_template(window: Shell) -> None:
    """Ask for a plan file and start a new plan with its duties, tasks and settings."""
    kinds = _("Plans (*{suffix})").format(suffix=SUFFIX)
    name, _kind = QFileDialog.getOpenFileName(
        window, _("Plan to take as template"), window.memory.folder, kinds
    )
    if name:
        new_from_template(window, Path(name))


def new_from_template(window: Shell, path: Path) -> None:
    """Start an untitled plan with the duties, tasks and settings of a plan file."""
    window.leave_plan(lambda: window.workspace.new_from(path))


def ask_open(window: Shell) -> None:
    """Ask for a plan file and open it."""
    kinds = _("Plans (*{suffix})").format(suffix=SUFFIX)
    name, _kind = QFileDialog.getOpenFileName(window, _("Open a plan"), window.memory.folder, kinds)
    if name:
        open_plan(window, Path(name))


def open_plan(window: Shell, path: Path) -> None:
    """Open a plan file in place of the open one."""
    window.leave_plan(lambda: window.workspace.open(path))


def save(window: Shell, then: Callable[[], object] | None = None) -> None:
    """Save the plan, asking where if it has no place yet, then do `then`."""
    project = window.workspace.project
    assert project is not None
    if project.path is None:
        ask_save(window, then)
    else:
        window.workspace.save(then=then)


def ask_save(window: Shell, then: Callable[[], object] | None = None) -> None:
    """Ask where to save the plan, save it there, then do `then`."""
    project = window.workspace.project
    assert project is not None
    kinds = _("Plans (*{suffix})").format(suffix=SUFFIX)
    path = ask_path(window, _("Save the plan"), project.title, SUFFIX, kinds)
    if path is None:
        return

    def saved() -> None:
        window.remember_plan()
        if then is not None:
            then()

    window.workspace.save(path, saved)


def ask_import(window: Shell) -> None:
    """Ask for workbooks and import them, into a new plan where none is open."""
    patterns = " ".join(f"*{suffix}" for suffix in WORKBOOKS)
    kinds = _("Workbooks ({patterns})").format(patterns=patterns)
    names, _kind = QFileDialog.getOpenFileNames(
        window, _("Import workbooks"), window.memory.folder, kinds
    )
    if names:
        import_workbooks(window, [Path(name) for name in names])


def ask_import_folder(window: Shell) -> None:
    """Ask for a folder and import all workbooks in it together."""
    name = QFileDialog.getExistingDirectory(
        window, _("Folder with workbooks"), window.memory.folder
    )
    if name:
        import_workbooks(window, [Path(name)])


def ask_decided(window: Shell) -> None:
    """Ask for the one workbook in which the county has decided on differences, and import it."""
    name, _kind = QFileDialog.getOpenFileName(
        window,
        _("Decided differences"),
        window.memory.folder,
        _("Workbooks ({patterns})").format(patterns="*.xlsx"),
    )
    if name:
        window.memory.folder = str(Path(name).parent)
        _read_import(window, [Path(name)], is_new=False, decides=True)


def import_workbooks(window: Shell, paths: Sequence[Path]) -> None:
    """Read workbooks, show what they would change, and store it if the user agrees."""
    window.memory.folder = str(paths[0].parent)
    if window.workspace.is_open:
        _read_import(window, paths, is_new=False)
    else:
        window.workspace.new(then=lambda: _read_import(window, paths, is_new=True))


def _read_import(
    window: Shell, paths: Sequence[Path], *, is_new: bool, decides: bool = False
) -> None:
    names = _(", ").join(path.name for path in paths)

    def give_up() -> None:
        if is_new:
            window.close_plan()

    def ask(imported: Import) -> None:
        from app.workbooks.importing import import_label  # noqa: PLC0415 - needs the workbooks

        chosen = window.ask_import(imported, names)
        if chosen:
            window.workspace.apply_import(chosen, import_label(names, chosen))
        else:
            give_up()

    window.workspace.read_import(paths, ask, give_up, decides=decides)


def ask_export(window: Shell) -> None:
    """Ask where to write the allocation workbook and write it."""
    project = window.workspace.project
    assert project is not None
    name = _("{title} allocation").format(title=project.title)
    _write(window, _("Export the allocation"), name, ".xlsx", project.export_allocation)


def ask_export_standard(window: Shell) -> None:
    """Ask where to write the inputs as a standard workbook and write them."""
    project = window.workspace.project
    assert project is not None
    name = _("{title} inputs").format(title=project.title)
    _write(window, _("Export the inputs"), name, ".xlsx", project.export_standard)


def ask_report(window: Shell) -> None:
    """Ask where to write the report, for print or for Word, and write it."""
    project = window.workspace.project
    assert project is not None
    name = _("{title} report").format(title=project.title)
    kinds = _("For print (*.pdf)") + ";;" + _("For Word or WPS (*.docx)")
    _write(window, _("Save the report"), name, ".pdf", project.write_report, kinds=kinds)


def ask_template(window: Shell) -> None:
    """Ask where to write the blank standard workbook and write it."""

    def write(path: Path) -> None:
        from app.workbooks.standard.exporting import write_template  # noqa: PLC0415 - slow to import

        write_template(path)

    _write(window, _("Save a blank workbook"), _("Standard workbook"), ".xlsx", write)


def ask_pictures(window: Shell) -> None:
    """Ask for a folder and write the charts into it."""
    project = window.workspace.project
    assert project is not None
    name = QFileDialog.getExistingDirectory(
        window, _("Folder for the charts"), window.memory.folder
    )
    if name:
        folder = Path(name)
        run_writing(window.workspace, folder, project.write_pictures)


def _write(
    window: Shell,
    title: str,
    name: str,
    suffix: str,
    write: Callable[[Path], object],
    *,
    kinds: str = "",
) -> None:
    path = ask_path(window, title, name, suffix, kinds or f"*{suffix}")
    if path is not None:
        run_writing(window.workspace, path, write)


def ask_path(window: Shell, title: str, name: str, suffix: str, kinds: str) -> Path | None:
    """Ask for a file to write; a missing suffix is added before Qt asks about overwriting."""
    dialog = QFileDialog(window, title, window.memory.folder, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix.removeprefix("."))
    dialog.selectFile(f"{name}{suffix}")
    dialog.filterSelected.connect(lambda kind: _follow_kind(dialog, kind))
    if not dialog.exec():
        return None
    path = Path(dialog.selectedFiles()[0])
    window.memory.folder = str(path.parent)
    return path


def _follow_kind(dialog: QFileDialog, kind: str) -> None:
    """Give the file the ending of the kind that was chosen: “For Word (*.docx)” gives .docx."""
    suffix = Path(kind.rpartition("*")[2].rstrip(")")).name
    if suffix.startswith(".") and dialog.selectedFiles():
        dialog.setDefaultSuffix(suffix.removeprefix("."))
        dialog.selectFile(Path(dialog.selectedFiles()[0]).with_suffix(suffix).name)
