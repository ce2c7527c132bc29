"""The help window: pages and chapters on the left, the text on the right, and a search over all."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QTextBrowser,
    QTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.language import _
from ui.look.help_texts import Chapter, HelpPage, chapter_at, help_pages
from ui.look.theme import APART, NEAR, tokens
from ui.widgets.head_fields import SearchField

CHAPTER_ROLE = Qt.ItemDataRole.UserRole
CONTENTS_WIDTH = 260


class HelpWindow(QDialog):
    """Stays open beside the work; F1 on another page turns it to that page's chapter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Help"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(980, 540)
        self._pages = {page.name: page for page in help_pages()}
        self._documents: dict[str, QTextDocument] = {}
        self._shown = ""
        self.search = SearchField(_("Find in the help"))
        self.contents, self.text = QTreeWidget(), QTextBrowser()
        self.contents.setAccessibleName(_("Chapters"))
        self.contents.setHeaderHidden(True)
        self.contents.setIndentation(NEAR + 4)
        self.text.setAccessibleName(_("Help"))
        self.text.setOpenExternalLinks(False)
        self._lay_out()
        self._list_chapters()
        self.contents.currentItemChanged.connect(self._follow_contents)
        self.search.textChanged.connect(self._list_chapters)
        self.search.returnPressed.connect(self.contents.setFocus)
        self.show_chapter(self._pages["window"].chapters[0])

    def show_anchor(self, page: str, anchor: str) -> None:
        """Turn to the chapter that an anchor of a page names."""
        self.search.clear()
        self.show_chapter(chapter_at(page, anchor))

    def show_chapter(self, chapter: Chapter) -> None:
        """Turn to a chapter and mark it among the contents."""
        self._turn_to(self._pages[chapter.page])
        block = _heading_blocks(self.text.document())[chapter.number]
        self.text.document().documentLayout().documentSize()
        self.text.setTextCursor(QTextCursor(block))
        bar = self.text.verticalScrollBar()
        bar.setValue(bar.value() + self.text.cursorRect().top() - NEAR)
        self._mark_found()
        self._choose(chapter)

    @property
    def chapter(self) -> Chapter | None:
        """Return the chapter chosen among the contents."""
        item = self.contents.currentItem()
        found = item.data(0, CHAPTER_ROLE) if item is not None else None
        return found if isinstance(found, Chapter) else None

    def found(self) -> list[Chapter]:
        """Return the chapters that hold what is searched for; all of them for a blank."""
        words = self.search.text().casefold().split()
        return [
            chapter
            for page in self._pages.values()
            for chapter in page.chapters
            if all(word in f"{chapter.title}\n{chapter.text}".casefold() for word in words)
        ]

    def _turn_to(self, page: HelpPage) -> None:
        if self._shown == page.name:
            return
        self._shown = page.name
        if page.name not in self._documents:
            document = QTextDocument(self)
            document.setDefaultFont(self.text.font())
            document.setDocumentMargin(APART)
            document.setMarkdown(page.text)
            _dress_tables(document)
            self._documents[page.name] = document
        self.text.setDocument(self._documents[page.name])

    def _list_chapters(self) -> None:
        self.contents.blockSignals(True)
        self.contents.clear()
        tops: dict[str, QTreeWidgetItem] = {}
        for chapter in self.found():
            if chapter.page not in tops:
                first = self._pages[chapter.page].chapters[0]
                tops[chapter.page] = _item(first, None, self.contents)
                tops[chapter.page].setExpanded(True)
            if chapter.number:
                _item(chapter, tops[chapter.page], self.contents)
        self.contents.blockSignals(False)
        self._mark_found()

    def _choose(self, chapter: Chapter) -> None:
        for top in range(self.contents.topLevelItemCount()):
            item = self.contents.topLevelItem(top)
            assert item is not None
            for one in (item, *map(item.child, range(item.childCount()))):
                if one is not None and one.data(0, CHAPTER_ROLE) == chapter:
                    self.contents.blockSignals(True)
                    self.contents.setCurrentItem(one)
                    self.contents.blockSignals(False)

    def _follow_contents(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.show_chapter(item.data(0, CHAPTER_ROLE))

    def _mark_found(self) -> None:
        """Mark every place on the page where a word that is searched for stands."""
        marks: list[QTextEdit.ExtraSelection] = []
        for word in self.search.text().split():
            cursor = self.text.document().find(word, 0)
            while not cursor.isNull():
                mark = QTextEdit.ExtraSelection()
                mark.cursor = cursor
                mark.format.setBackground(QColor(tokens().accent_soft))
                marks.append(mark)
                cursor = self.text.document().find(word, cursor)
        self.text.setExtraSelections(marks)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(NEAR)
        left.addWidget(self.search)
        left.addWidget(self.contents, 1)
        for widget in (self.search, self.contents):
            widget.setFixedWidth(CONTENTS_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(APART, APART, APART, APART)
        row.setSpacing(APART)
        row.addLayout(left)
        row.addWidget(self.text, 1)


def _item(
    chapter: Chapter, above: QTreeWidgetItem | None, contents: QTreeWidget
) -> QTreeWidgetItem:
    item = QTreeWidgetItem([chapter.title])
    item.setData(0, CHAPTER_ROLE, chapter)
    item.setToolTip(0, chapter.title)
    if above is None:
        contents.addTopLevelItem(item)
    else:
        above.addChild(item)
    return item


def _heading_blocks(document: QTextDocument) -> list[QTextBlock]:
    blocks, block = [], document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel() > 0:
            blocks.append(block)
        block = block.next()
    return blocks


def _dress_tables(document: QTextDocument) -> None:
    """Give tables thin lines and room, which Markdown does not say anything about."""
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            shape = frame.format()
            shape.setBorder(1)
            shape.setBorderBrush(QColor(tokens().line))
            shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            shape.setBorderCollapse(True)
            shape.setCellPadding(NEAR / 2)
            shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
            frame.setFormat(shape)
