import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
NEEDED = {"SECRET_KEY": "k7-" * 20 + "Zq", "ALLOWED_HOSTS": "portal.example"}


def production(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py as a server would: nothing in the environment but what is named."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**kept, "DEBUG": "0", "DATABASE_URL": "sqlite:///:memory:", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("missing", NEEDED)
def test_production_start_without_a_needed_setting_says_which_and_stops(missing: str) -> None:
    start = production("check", **{**NEEDED, missing: ""})

    assert start.returncode != 0
    assert f"{missing} is not set." in start.stderr


@pytest.mark.parametrize("address", ["rubbish", "portal.sqlite3"])
def test_start_with_an_address_that_names_no_database_says_so_and_stops(address: str) -> None:
    start = production("check", **NEEDED, DATABASE_URL=address)

    assert start.returncode != 0
    assert start.stderr.splitlines()[-1].endswith("DATABASE_URL names no database. Write it as .env.example shows.")


def test_production_start_is_the_default() -> None:
    start = production("shell", "-c", "from django.conf import settings; print(settings.DEBUG)", **NEEDED, DEBUG="")

    assert start.stdout.splitlines()[-1:] == ["False"]


def test_production_settings_pass_the_deployment_checks(tmp_path: Path) -> None:
    start = production("check", "--deploy", "--fail-level", "WARNING", **NEEDED, STATIC_ROOT=str(tmp_path))

    assert (start.returncode, start.stderr) == (0, "")


INSTALLED = (
    "from django.apps import apps; print(*[a.label for a in apps.get_app_configs() if a.label in {'demo', 'legacy'}])"
)


@pytest.mark.parametrize(
    ("asked", "installed"),
    [({}, ""), ({"DEMO": "1"}, "demo"), ({"LEGACY_IMPORT": "1"}, "legacy"), ({"DEBUG": "1"}, "")],
    ids=["production", "demo", "old site", "development"],
)
def test_demo_and_import_are_installed_only_where_asked_for(asked: dict[str, str], installed: str) -> None:
    start = production("shell", "-v", "0", "-c", INSTALLED, **NEEDED, **asked)

    assert (start.returncode, start.stdout.strip(), start.stderr) == (0, installed, "")


@pytest.mark.parametrize("command", ["load_demo", "import_legacy"])
def test_command_of_an_app_that_is_not_installed_does_not_exist(command: str) -> None:
    assert f"Unknown command: '{command}'" in production(command, **NEEDED).stderr


MAKE_ACCOUNTS = """
from django.utils import timezone
from postportal.demo.accounts import load_accounts
from postportal.demo.run import Run
load_accounts(Run(now=timezone.now()))
"""
# Prints whom the demo's password lets in, and what pages answer that once listed rows of the old site.
LOOK = """
from django.contrib.auth import authenticate, get_user_model
from django.test import Client
browser = Client(headers={"host": "portal.example"})
browser.force_login(get_user_model().objects.get(username="admin"))
pages = [browser.get(address).status_code for address in ("/", "/admin/", "/admin/auth/group/", "/admin/audit/entry/")]
print(authenticate(username="admin", password="postportal-demo"), pages)
"""


@pytest.mark.once
def test_database_of_a_demo_is_served_without_the_demo_and_lets_nobody_in(tmp_path: Path) -> None:
    needed = {**NEEDED, "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}", "STATIC_ROOT": str(tmp_path)}
    with_both = {**needed, "DEBUG": "1", "DEMO": "1", "LEGACY_IMPORT": "1"}
    assert production("migrate", **with_both).returncode == 0
    assert production("shell", "-c", MAKE_ACCOUNTS, **with_both).returncode == 0

    again = production("migrate", **needed)
    check = production("check", "--deploy", "--database", "default", **needed)
    look = production("shell", "-v", "0", "-c", LOOK, **needed, DEBUG="1")

    assert (again.returncode, check.returncode) == (0, 1)
    assert "demo.E001" in check.stderr
    assert look.stdout.strip() == "None [200, 200, 200, 200]"


def test_env_example_lists_every_variable_and_no_other() -> None:
    read = re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "postportal" / "settings.py").read_text(encoding="utf-8"))
    listed = re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)

    assert sorted(listed) == sorted(set(read))


def test_silent_redis_holds_a_page_up_for_half_a_second_at_most() -> None:
    said = "from django.core.cache import caches; o = caches['default']._options; print(sorted(o.items()))"
    start = production("shell", "-v", "0", "-c", said, **NEEDED, CACHE_URL="redis://127.0.0.1:6379/1")

    assert start.stdout.strip() == "[('socket_connect_timeout', 0.5), ('socket_timeout', 0.5)]"


@pytest.mark.parametrize(("query", "seconds"), [("", 5), ("?connect_timeout=2", 2)])
def test_silent_postgresql_is_given_up(query: str, seconds: int) -> None:
    said = "from django.db import connection; print(connection.get_connection_params()['connect_timeout'])"
    address = f"postgres://portal@127.0.0.1:5432/portal{query}"
    start = production("shell", "-v", "0", "-c", said, **NEEDED, DATABASE_URL=address)

    assert start.stdout.strip() == str(seconds)
