"""docs/deploy.md, done word for word."""

import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.databases import new_postgres
from tests.deploy.deploy_page import PAGE, ROOT, Machine, blocks

DEPLOY = ROOT / "docs" / "deploy"
# First words of blocks that are only checked, with the reason.
NOT_RUN = {
    "curl --unix-socket": "needs the service that systemd starts",
    "ssh portal.example": "is run on another machine",
}
UNITS = {".service", ".socket", ".timer"}
POSTGRES = "postgres://postportal:PASSWORD@127.0.0.1:5432/postportal"
# Programs that a new machine lacks, and the package that has each.
PACKAGES = {
    "git": "git",
    "nginx": "nginx",
    "certbot": "certbot",
    "curl": "curl",
    "python3": "python3-venv",
    **dict.fromkeys(["createuser", "createdb", "pg_dump", "pg_restore"], "postgresql"),
    "redis-server": "redis-server",
    "sqlite3": "sqlite3",
    "rsync": "rsync",
}


# The commands are the same on every database.
pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """Return a machine on which everything under “First start” was done."""
    new = Machine(tmp_path_factory.mktemp("server") / "machine")
    for text in texts("First start"):
        configure(new, new.run(text))
    return new


def texts(section: str) -> list[str]:
    return [text for name, text in blocks() if name == section and not text.startswith(tuple(NOT_RUN))]


def configure(machine: Machine, output: str) -> None:
    """Do what the page says in words: add the printed line to the settings."""
    if key := re.search("^SECRET_KEY=.+$", output, re.MULTILINE):
        file = machine.path("/etc/postportal.env")
        text = file.read_text("utf-8")
        assert "SECRET_KEY=\n" in text
        file.write_text(text.replace("SECRET_KEY=\n", f"{key[0]}\n"), encoding="utf-8")


def backups(machine: Machine) -> set[Path]:
    return set(machine.path("/var/backups/postportal").glob("*.tar"))


def test_first_start_sets_up_everything_that_is_shipped(machine: Machine) -> None:
    installed = {path.name for path in machine.path("/etc/systemd/system").iterdir()}

    assert installed == {path.name for path in DEPLOY.iterdir() if path.suffix in UNITS}
    assert machine.path("/etc/nginx/sites-enabled/postportal").exists()
    assert machine.path("/var/lib/postportal/static/errors/en/502.html").exists()
    started = re.search("^systemctl enable --now (.+)$", machine.calls(), re.MULTILINE)
    assert started
    started_by_others = {"postportal-outbox.service", "postportal-backup.service"}
    assert set(started[1].split()) == installed - started_by_others


def test_upgrade(machine: Machine) -> None:
    before = backups(machine)

    [text] = texts("Upgrade")
    machine.run(text)

    assert len(backups(machine) - before) == 1
    assert machine.calls().rstrip().endswith("systemctl restart postportal")


def test_audit_log_is_compared_with_a_stored_line(machine: Machine) -> None:
    verify, compare = texts("The audit log")

    [found] = re.findall(r"\b[0-9a-f]{64}\b", machine.run(verify))

    assert "The audit log is intact" in machine.run(compare.replace("HASH", found))


def test_backup_is_restored(machine: Machine) -> None:
    file = machine.path("/var/lib/postportal/db.sqlite3")
    back_up, restore = texts("Backup and restore")
    machine.run(back_up)
    with closing(sqlite3.connect(file)) as database:
        database.execute("DELETE FROM auth_group_permissions")
        database.commit()

    output = machine.run(restore)

    assert "Restored the portal" in output
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("SELECT count(*) > 0 FROM auth_group_permissions").fetchall() == [(1,)]


def test_portal_is_moved_to_postgresql(machine: Machine) -> None:
    [prepare], [text] = texts("PostgreSQL and Redis"), texts("Move to another database")
    settings = machine.path("/etc/postportal.env")
    before = settings.read_text("utf-8")
    assert text.count(POSTGRES) == 2
    with new_postgres() as url:
        try:
            output = machine.run(prepare + text.replace(POSTGRES, url))
            assert f"\nDATABASE_URL={url}\n" in settings.read_text("utf-8")
            assert "were copied and are equal" in output
            assert "The audit log is intact" in machine.run("portal verify_log")
        finally:
            settings.write_text(before, encoding="utf-8")


def test_blocks_that_are_not_run_are_there() -> None:
    assert {first for first in NOT_RUN if any(text.startswith(first) for _section, text in blocks())} == set(NOT_RUN)


@pytest.mark.parametrize("text", [text for _section, text in blocks()])
def test_block_is_valid_shell(text: str) -> None:
    checked = subprocess.run(["bash", "-n"], input=text, capture_output=True, text=True, check=False)

    assert (checked.returncode, checked.stderr) == (0, "")


def test_script_is_valid_shell() -> None:
    assert os.access(DEPLOY / "portal", os.X_OK)
    subprocess.run(["sh", "-n", DEPLOY / "portal"], check=True)
    if shutil.which("shellcheck"):
        subprocess.run(["shellcheck", DEPLOY / "portal"], check=True)


def test_every_program_is_installed_by_the_page() -> None:
    installed = set(" ".join(re.findall(r"^    apt install (.+)$", PAGE.read_text("utf-8"), re.MULTILINE)).split())
    words = set(re.findall(r"[\w-]+", " ".join(text for _section, text in blocks())))

    assert {PACKAGES[word] for word in words & set(PACKAGES)} <= installed


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_units_are_valid(machine: Machine) -> None:
    # What pip would have installed.
    shutil.copy(machine.programs / "venv-python", machine.path("/srv/postportal/.venv/bin/gunicorn"))

    units = [path for path in machine.path("/etc/systemd/system").iterdir() if path.suffix in UNITS]
    checked = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)

    assert [line for line in checked.stderr.splitlines() if "postportal" in line] == []
