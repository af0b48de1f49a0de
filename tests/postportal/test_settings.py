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
