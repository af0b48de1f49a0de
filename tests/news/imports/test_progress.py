from io import StringIO

from news.imports.progress import ProgressBar


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_bar_is_written_to_a_terminal() -> None:
    terminal = Terminal()
    with ProgressBar(terminal, total_bytes=100) as bar:
        bar.refreshed_at = bar.started_at = bar.started_at - 10
        bar.advance(50)
        bar.clear_line()
        bar.advance(50)

    assert terminal.getvalue().split("\r") == [
        "",
        "[###############               ]  50%  1 lines, 0 a second",
        "\033[K",
        "[##############################] 100%  2 lines, 0 a second\n",
    ]


def test_only_numbers_are_written_if_the_size_is_unknown() -> None:
    bar = ProgressBar(Terminal(), total_bytes=0)
    bar.started_at -= 1
    bar.advance(50)

    assert bar.status_text() == "1 lines, 1 a second"


def test_nothing_is_written_to_a_file() -> None:
    file = StringIO()
    with ProgressBar(file, total_bytes=100) as bar:
        bar.refreshed_at -= 10
        bar.advance(50)
        bar.clear_line()

    assert file.getvalue() == ""
