"""Menus: every action of the window with its words, its icon, its keys, and when it is possible."""

from __future__ import annotations

from functools import partial

from app.language import _
from ui.look.icons import Icon
from ui.look.theme import is_dark
from ui.shell import file_actions, help_actions
from ui.shell.shell import Action, Menu, Shell
from ui.work.workspace import Workspace


def _is_open(workspace: Workspace) -> bool:
    return workspace.is_open and not workspace.is_busy


def _may_edit(workspace: Workspace) -> bool:
    return workspace.may_edit and not workspace.is_busy


def _may_import(workspace: Workspace) -> bool:
    return not workspace.is_busy and (workspace.may_edit or not workspace.is_open)


def _may_undo(workspace: Workspace) -> bool:
    project = workspace.project
    return _may_edit(workspace) and project is not None and project.undo_label is not None


def _may_redo(workspace: Workspace) -> bool:
    project = workspace.project
    return _may_edit(workspace) and project is not None and project.redo_label is not None


def _may_save(workspace: Workspace) -> bool:
    project = workspace.project
    return (
        _may_edit(workspace)
        and project is not None
        and (project.is_modified or project.path is None)
    )


def _undo_text(workspace: Workspace) -> str:
    label = workspace.project.undo_label if workspace.project is not None else None
    return _("Undo: {step}").format(step=label) if label else _("Undo")


def _redo_text(workspace: Workspace) -> str:
    label = workspace.project.redo_label if workspace.project is not None else None
    return _("Redo: {step}").format(step=label) if label else _("Redo")


def menus(window: Shell) -> tuple[Menu, ...]:
    """Return every action of the window, menu by menu, in the current language."""
    return (_file_menu(), _edit_menu(), _view_menu(window), _help_menu())


def _file_menu() -> Menu:
    return Menu(
        _("&File"),
        (
            Action("new", _("New plan"), file_actions.new_plan, Icon.NEW, "Ctrl+N"),
            Action(
                "template_plan",
                _("New from a plan as template…"),
                file_actions.ask_new_from_template,
                tip=_("Its duties, tasks and settings, without its units and posts"),
            ),
            Action("open", _("Open…"), file_actions.ask_open, Icon.OPEN, "Ctrl+O"),
            Action("sample", _("Open the sample county"), file_actions.open_sample, Icon.SAMPLE),
            None,
            *_import_actions(),
            None,
            Action("save", _("Save"), file_actions.save, Icon.SAVE, "Ctrl+S", when=_may_save),
            Action(
                "save_as",
                _("Save as…"),
                file_actions.ask_save,
                Icon.SAVE_AS,
                "Ctrl+Shift+S",
                when=_is_open,
            ),
            None,
            *_export_actions(),
            None,
            Action(
                "close",
                _("Close the plan"),
                lambda window: window.close_plan(),
                None,
                "Ctrl+W",
                when=_is_open,
            ),
            Action("quit", _("Quit"), lambda window: window.close(), None, "Ctrl+Q"),
        ),
    )


def _import_actions() -> tuple[Action, ...]:
    return (
        Action(
            "import",
            _("Import workbooks…"),
            file_actions.ask_import,
            Icon.IMPORT,
            "Ctrl+I",
            when=_may_import,
            short=_("Import"),
            tip=_("Read standard workbooks; you see what would change before it is stored"),
        ),
        Action(
            "import_folder",
            _("Import a folder…"),
            file_actions.ask_import_folder,
            when=_may_import,
            tip=_("Read all workbooks of a folder together"),
        ),
        Action(
            "import_decided",
            _("Take over decided differences…"),
            file_actions.ask_decided,
            when=_may_edit,
            tip=_("Read the one workbook in which the county has decided on units' figures"),
        ),
        Action(
            "template",
            _("Save a blank workbook…"),
            file_actions.ask_template,
            tip=_("The standard workbook to fill in, with lists and explanations"),
        ),
    )


def _export_actions() -> tuple[Action, ...]:
    return (
        Action(
            "export",
            _("Export the allocation…"),
            file_actions.ask_export,
            Icon.EXPORT,
            "Ctrl+E",
            short=_("Export"),
            tip=_("A workbook with summary, posts, measures and the matrix of each unit"),
            when=_is_open,
        ),
        Action(
            "export_standard",
            _("Export the inputs as a standard workbook…"),
            file_actions.ask_export_standard,
            when=_is_open,
        ),
        Action(
            "report",
            _("Save the report as PDF…"),
            file_actions.ask_report,
            Icon.REPORT,
            "Ctrl+P",
            short=_("Report"),
            when=_is_open,
        ),
        Action(
            "pictures", _("Save the charts as pictures…"), file_actions.ask_pictures, when=_is_open
        ),
        Action(
            "print",
            _("Print the table…"),
            lambda window: window.print_table(),
            None,
            "Ctrl+Shift+P",
            when=_is_open,
        ),
    )


def _edit_menu() -> Menu:
    return Menu(
        _("&Edit"),
        (
            Action(
                "undo",
                _("Undo"),
                lambda window: window.workspace.undo(),
                Icon.UNDO,
                "Ctrl+Z",
                when=_may_undo,
                text_now=_undo_text,
            ),
            Action(
                "redo",
                _("Redo"),
                lambda window: window.workspace.redo(),
                Icon.REDO,
                "Ctrl+Y",
                when=_may_redo,
                text_now=_redo_text,
            ),
            None,
            Action(
                "find",
                _("Find on this page"),
                lambda window: window.search(),
                None,
                "Ctrl+F",
                when=_is_open,
            ),
        ),
    )


def _show_page(window: Shell, *, name: str) -> None:
    window.show_page(name)


def _view_menu(window: Shell) -> Menu:
    pages = tuple(
        Action(
            f"page_{entry.name}",
            entry.text,
            partial(_show_page, name=entry.name),
            entry.icon,
            entry.shortcut or (f"Ctrl+{number}" if number < 10 else ""),
            when=_is_open,
        )
        for number, entry in enumerate(window.entries, start=1)
    )
    return Menu(
        _("&View"),
        (
            *pages,
            *((None,) if pages else ()),
            Action(
                "language",
                "English" if window.language == "zh_CN" else "中文",
                lambda window: window.switch_language(),
                Icon.LANGUAGE,
                tip=_("Show the program in the other language"),
            ),
            Action(
                "dark",
                _("Light colours") if is_dark() else _("Dark colours"),
                lambda window: window.switch_theme(),
                Icon.SUN if is_dark() else Icon.MOON,
                short=_("Light") if is_dark() else _("Dark"),
            ),
            Action(
                "system_theme",
                _("Colours as the system has them"),
                lambda window: window.use_theme(""),
                is_on=lambda window: window.memory.theme == "",
            ),
        ),
    )


def _find_command(window: Shell) -> None:
    from ui.shell.command_search import find_command  # noqa: PLC0415 - needs the help and its terms

    find_command(window)


def _help_menu() -> Menu:
    return Menu(
        _("&Help"),
        (
            Action("help", _("Help on this page"), help_actions.show_help, Icon.HELP, "F1"),
            Action(
                "commands",
                _("Find a command…"),
                _find_command,
                Icon.SEARCH,
                "Ctrl+K",
                short=_("Find a command"),
                tip=_("Commands, pages, units, posts, tasks and terms by a few letters"),
            ),
            Action(
                "shortcuts", _("Keyboard shortcuts"), help_actions.show_shortcuts, None, "Shift+F1"
            ),
            Action("tour", _("Guided tour"), help_actions.start_tour, when=_is_open),
            None,
            Action("about", _("About Hengbian"), help_actions.show_about, Icon.INFO),
        ),
    )
