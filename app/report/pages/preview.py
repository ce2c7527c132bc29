"""Preview: the pages of a report as pictures, exactly those that are printed."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from io import BytesIO
from types import TracebackType
from typing import Self

import pypdfium2

_ONE_AT_A_TIME = threading.RLock()
"""PDFium is not made for two threads at once."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page as PNG, so many pixels wide and high."""

    number: int
    """Of the page, the first being 1."""
    png: bytes
    width: int
    height: int


class Preview:
    """The pages of a PDF, each drawn when it is asked for; any thread may ask.

    `close` lets go of the document; it is a context manager, too.
    """

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf
        """What is shown, ready to be written or printed as it stands."""
        with _ONE_AT_A_TIME:
            self._document = pypdfium2.PdfDocument(pdf)

    def __len__(self) -> int:
        """Return how many pages there are."""
        with _ONE_AT_A_TIME:
            return len(self._document)

    def page(self, number: int, *, width: int = 900, is_grey: bool = False) -> PagePicture:
        """Return a page, the first being 1, `width` pixels wide; in grey as a printer gives it.

        Raises:
            IndexError: there is no such page.
        """
        with _ONE_AT_A_TIME:
            if not 1 <= number <= len(self._document):
                raise IndexError(number)
            page = self._document[number - 1]
            scale = width / page.get_width()
            bitmap = page.render(scale=scale, grayscale=is_grey)
            image = bitmap.to_pil()
            content = BytesIO()
            image.save(content, format="PNG")
            bitmap.close()
            page.close()
        return PagePicture(number, content.getvalue(), image.width, image.height)

    def text(self, number: int) -> str:
        """Return the words of a page, the first being 1."""
        with _ONE_AT_A_TIME:
            page = self._document[number - 1]
            words = page.get_textpage()
            found = str(words.get_text_bounded())
            words.close()
            page.close()
        return found

    def close(self) -> None:
        """Let go of the document."""
        with _ONE_AT_A_TIME:
            self._document.close()

    def __enter__(self) -> Self:
        """Return the preview itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the document."""
        self.close()
