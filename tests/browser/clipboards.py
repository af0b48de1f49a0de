"""Clipboards of office programs, viewers and web pages, as they arrive in the browser, and what the text becomes.

The folder `clipboards` has the HTML (or plain text) of each and, in a file that ends with `.expected.htm`, the stored
text and below it what the editor says was left out.
"""

from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "clipboards"
# The engine reads the data of a paste event, which only a real clipboard or a script can give.
PASTE = """
([selector, type, text]) => {
    const target = document.querySelector(selector);
    const data = new DataTransfer();
    data.setData(type, text);
    target.focus();
    target.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}
"""


class Clipboard(NamedTuple):
    name: str
    type: str
    text: str
    expected: str


def read_clipboards() -> list[Clipboard]:
    files = [path for path in sorted(FOLDER.iterdir()) if not path.name.endswith(".expected.htm")]
    types = {".htm": "text/html", ".txt": "text/plain"}
    return [Clipboard(path.stem, types[path.suffix], path.read_text(), read_expected(path.stem)) for path in files]


def read_expected(name: str) -> str:
    path = FOLDER / f"{name}.expected.htm"
    return path.read_text().rstrip("\n") if path.exists() else ""


def expected_text(stored: str, notice: str) -> str:
    """Return the content of an `.expected.htm` file."""
    return f"{stored}\n<!-- {notice} -->" if notice else stored
