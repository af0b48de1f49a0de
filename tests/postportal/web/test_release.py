from pathlib import Path

from pytest_django import Settings

from postportal.web.release import release


def test_release_changes_with_a_template_and_only_with_the_code(settings: Settings, tmp_path: Path) -> None:
    settings.THEME_DIRS = [tmp_path]

    def digest() -> str:
        release.cache_clear()
        return release()

    try:
        first, again = digest(), digest()
        (tmp_path / "notes.bak").write_text("Not part of the theme.")
        unchanged = digest()
        (tmp_path / "base.html").write_text("<p>Theme</p>")
        with_template = digest()
        (tmp_path / "base.html").write_text("<p>Other</p>")
        with_other_template = digest()
    finally:
        release.cache_clear()

    assert first == again == unchanged
    assert len({first, with_template, with_other_template}) == 3
