"""The part of docs/style.md that a machine can hold."""

import ast
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.template.utils import get_app_template_dirs

from postportal.richtext.allowed_html import ALLOWED_CLASSES
from postportal.richtext.fields import RichTextField

ROOT = Path(settings.BASE_DIR)
NOT_OURS = {"node_modules", "__pycache__", "media", "staticfiles", "htmlcov"}
BANNED_MODULES = {"utils", "helpers", "common", "core", "misc", "base", "managers", "selectors", "services"}
FILE_LINES, FUNCTION_LINES = 300, 40
MAX_COLUMNS = 120
BLOCK_ELEMENTS = (
    "html|head|body|meta|link|header|footer|main|nav|section|article|aside|div|p|h[1-6]|ul|ol|li|dl|dt|dd|table|thead"
    "|tbody|tr|th|td|form|fieldset|figure|figcaption|details"
)
# Words that happen to be short, and what texts are stored with.
SHORT_CLASSES = {"all", "who", *(name for names in ALLOWED_CLASSES.values() for name in names)}
TEXT_SUFFIXES = {".py", ".md", ".html", ".txt", ".toml", ".lock", ".json", ".css", ".js", ".conf", ".yml", ".xml", ""}


def own_files(*suffixes: str) -> list[Path]:
    """Return the files of the project with one of these suffixes, as paths from its root."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in NOT_OURS and (name[0] != "." or name == ".ci")]
        # What coverage measures, and settings of this machine alone, belong to nobody else.
        names = [name for name in names if not name.startswith(".coverage") and name != ".env"]
        found += [Path(folder, name).relative_to(ROOT) for name in names]
    return sorted(path for path in found if path.suffix in suffixes)


def python_files() -> list[Path]:
    return [path for path in own_files(".py") if "migrations" not in path.parts]


def text(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def lines_matching(pattern: str, paths: list[Path]) -> list[str]:
    search = re.compile(pattern).search
    return [
        f"{path}:{number}: {line.strip()[:100]}"
        for path in paths
        for number, line in enumerate(text(path).splitlines(), start=1)
        if search(line)
    ]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(text(path))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_file_has_at_most_300_lines() -> None:
    long = {str(path): text(path).count("\n") for path in python_files() + own_files(".html")}

    assert {path: lines for path, lines in long.items() if lines > FILE_LINES} == {}


def test_line_of_template_style_or_script_has_at_most_120_columns() -> None:
    """Python has ruff for that. A budget on lines alone is answered by width."""
    assert lines_matching(rf".{{{MAX_COLUMNS + 1}}}", own_files(".html", ".css", ".js")) == []


def test_line_of_template_has_one_block_element() -> None:
    assert lines_matching(rf"<(?:{BLOCK_ELEMENTS})\b.*<(?:{BLOCK_ELEMENTS})\b", own_files(".html")) == []


def test_field_that_a_style_names_is_in_the_admin() -> None:
    sources = "".join(text(path) for path in python_files() if path.parts[0] != "tests")
    styled = {name for path in own_files(".css") for name in re.findall(r"\.field-([a-z_]+)\b", text(path))}
    named = {name for name in styled if re.search(rf"""["']{name}["']|\bdef {name}\(|\n +{name} = """, sources)}

    assert sorted(styled - named) == []


def test_classes_are_words() -> None:
    selectors = [found for path in own_files(".css") for found in re.findall(r"([^{}]*)\{", uncommented(text(path)))]
    in_styles = {name for selector in selectors for name in re.findall(r"\.([a-zA-Z][\w-]*)", selector)}
    attributes = [
        found for path in own_files(".html") for found in re.findall(r'\bclass="([^"]*)"', untagged(text(path)))
    ]
    names = in_styles | {name for attribute in attributes for name in attribute.split()}

    assert len(names) > 300
    assert sorted(name for name in names - SHORT_CLASSES if len(name) <= 3) == []


def uncommented(style: str) -> str:
    return re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)


def untagged(template: str) -> str:
    """Return a template without its tags: with `x` for what they write, and a space for what they decide."""
    return re.sub(r"\{%.*?%\}", " ", re.sub(r"\{\{.*?\}\}", "x", template))


def test_function_has_at_most_40_lines() -> None:
    long = [
        f"{path}:{node.lineno} {node.name}"
        for path in python_files()
        for node in functions(path)
        if (node.end_lineno or 0) - node.lineno + 1 > FUNCTION_LINES
    ]

    assert long == []


def test_module_is_named_after_its_subject() -> None:
    # The factories of an app are named after it.
    named = [path for path in python_files() if path.parent.name != "factories"]

    assert [str(path) for path in named if path.stem in BANNED_MODULES] == []


def test_visibility_is_decided_in_one_place() -> None:
    decided = [
        f"{path}:{condition.value.lineno} {condition.arg}"
        for path in python_files()
        if path.parts[0] != "tests" and path.parts[:2] != ("postportal", "publishing")
        for condition in conditions(path)
        if re.search(r"(^|__)(publish_at|expire_at|state)(__\w+)?$", condition.arg or "")
        # Comparing with another row's own moment is an order, not a rule.
        and not (isinstance(condition.value, ast.Attribute) and condition.value.attr == "publish_at")
    ]

    assert decided == []


def conditions(path: Path) -> Iterator[ast.keyword]:
    """Return what the queries in this module ask for."""
    queries = {"filter", "exclude", "get", "Q", "When", "get_or_create", "update_or_create"}
    for node in ast.walk(ast.parse(text(path))):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in queries:
            yield from node.keywords


def test_signals_are_received_in_four_modules() -> None:
    """One module each for content, deletions, accounts and tags, so that nobody has to search for effects of a save."""
    receivers = [f"postportal/{package}/signals.py" for package in ("outbox", "publishing", "audit", "tags")]
    others = [path for path in python_files() if path.parts[0] != "tests" and path.as_posix() not in receivers]

    pattern = r"(django|taggit)\S*(?<!backends)\.signals import (?!post_migrate(, pre_migrate)?$)|@receiver\b"

    assert lines_matching(pattern, others) == []


def test_migration_written_by_hand_says_why() -> None:
    migrations = [path for path in own_files(".py") if path.parent.name == "migrations"]
    by_hand = [path for path in migrations if re.search(r"\bRun(Python|SQL)\b", text(path))]

    assert by_hand
    assert [str(path) for path in by_hand if not ast.get_docstring(ast.parse(text(path)))] == []


def test_template_has_no_inline_style_or_script() -> None:
    inline = (
        r"""(?i)\sstyle\s*=|<style\b|\son[a-z]+\s*=\s*["']|javascript:|<script(?![^>]*(\bsrc=|application/ld\+json))"""
    )

    assert lines_matching(inline, own_files(".html")) == []


def test_only_sanitised_columns_are_marked_safe() -> None:
    columns = {
        field.name
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, RichTextField)
    }
    marked = [
        f"{path}: {name}"
        for path in own_files(".html", ".txt", ".xml")
        for name in re.findall(r"([\w.]*)\s*\|\s*safe\b", text(path)) + re.findall(r"{% rich_text (\S*)", text(path))
        if name.rpartition(".")[2] not in columns
    ]

    assert marked + lines_matching(r"\bautoescape\s+off\b|\bsafeseq\b", own_files(".html", ".txt", ".xml")) == []


def test_news_templates_use_nothing_of_services() -> None:
    """Services reach pages of news through the slot `related_content` only."""
    news = [path for path in own_files(".html") if path.parts[:2] == ("templates", "news")]

    assert news
    assert lines_matching(r"{%\s*load\b(?! articles )|[\"']services/|[\"']services:", news) == []


def test_every_template_is_used() -> None:
    templates = {
        path.relative_to("templates").as_posix() for path in own_files(".html") if path.parts[0] == "templates"
    }
    sources = "\n".join(text(path) for path in python_files() + own_files(".html"))
    named = set(re.findall(r"""(?<=["'])[\w./-]+\.html(?=["'])""", sources))

    assert sorted(name for name in templates - named if not (by_convention(name) or overrides(name))) == []


def by_convention(name: str) -> bool:
    """Return True if Django looks for the template by its name: error pages, and list and detail views."""
    conventional = {
        f"{model._meta.app_label}/{model._meta.model_name}_{suffix}.html"
        for model in apps.get_models()
        for suffix in ("list", "detail", "archive", "archive_year", "archive_month", "form")
    }
    return name in conventional


def overrides(name: str) -> bool:
    """Return True if an installed package has a template of the same name."""
    return any((Path(folder) / name).exists() for folder in get_app_template_dirs("templates"))


def test_every_template_compiles() -> None:
    broken = []
    for path in own_files(".html"):
        if path.parts[0] == "templates":
            try:
                get_template(path.relative_to("templates").as_posix())
            except TemplateDoesNotExist as error:
                broken.append(f"{path}: includes {error}")

    assert broken == []


def map_rows() -> list[tuple[str, str]]:
    page = ROOT / "docs" / "map.md"
    return re.findall(r"\| `([^`]+)` `([^`]+)` \|", page.read_text(encoding="utf-8")) if page.exists() else []


@pytest.mark.parametrize(("path", "symbol"), map_rows())
def test_map_row_points_at_something(path: str, symbol: str) -> None:
    assert (ROOT / path).is_file()

    for name in symbol.split("."):
        assert re.search(rf"(?m)^\s*(?:async def |def |class )?{re.escape(name)}\b", text(Path(path)))


def test_map_answers_each_question_once() -> None:
    lines = (ROOT / "docs" / "map.md").read_text(encoding="utf-8").splitlines()
    questions = [line.split("|")[1].strip() for line in lines if line.startswith("| ")]

    assert [question for question, number in Counter(questions).items() if number > 1] == []
    assert len(questions) >= 20


def test_index_of_decisions_lists_each_with_its_title() -> None:
    folder = ROOT / "docs" / "adr"
    titles = {path.name: path.read_text("utf-8").partition("\n")[0] for path in folder.glob("0*.md")}
    listed = re.findall(r"\| \[(\d{4})\]\((\S+)\) \| (.+) \|", (folder / "README.md").read_text("utf-8"))

    assert {name: f"# {int(number)}. {title}" for number, name, title in listed} == titles


def test_index_of_decisions_names_each_number_that_was_never_used() -> None:
    folder = ROOT / "docs" / "adr"
    used = {int(path.name[:4]) for path in folder.glob("0*.md")}
    sentence = re.search(r"The numbers ([^.]+) were\s+never used", (folder / "README.md").read_text("utf-8"))

    ranges = re.findall(r"(\d+)(?: to (\d+))?", sentence[1] if sentence else "")
    named = {number for first, last in ranges for number in range(int(first), int(last or first) + 1)}

    assert named == set(range(1, max(used))) - used


def test_readme_and_example_list_every_variable_of_the_environment() -> None:
    code = "".join(text(path) for path in python_files() if path.parts[0] == "postportal")
    read = set(re.findall(r'\benv\.\w+\(\s*"([A-Z0-9_]+)"', code))

    assert len(read) >= 30
    for name in ("README.md", ".env.example"):
        listed = text(Path(name))
        assert [variable for variable in sorted(read) if not re.search(rf"\b{variable}\b", listed)] == []


def test_no_file_names_the_machine_it_was_written_on() -> None:
    paths = [path for path in own_files(*TEXT_SUFFIXES) if (ROOT / path).stat().st_size < 1_000_000]

    assert lines_matching(r"/(?:work|root|home|Users)/|\bT[O]DO\b|\bFIX[M]E\b", paths) == []


def test_lock_files_name_no_server() -> None:
    locks = [path for path in own_files(".lock", ".json") if "lock" in path.name]

    assert lines_matching(r'"resolved"|--(extra-)?index-url|--find-links|@ (https?|file):', locks) == []
