"""The shell lines of docs/deploy.md, and a folder that stands for the machine they are meant for."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PAGE = ROOT / "docs" / "deploy.md"
CODE = ["manage.py", "postportal", "news", "services", "templates", "static", "docs", "requirements-production.lock"]
# Folders of the machine, as they are written in the page and in the files it installs.
_FOLDERS = re.compile(r"(?<![\w.])/(?=(?:srv|var|etc|usr/local)/)")

# Programs that change the machine only note that they were called; the others lack rights or the network.
STUBS = {
    **dict.fromkeys(["apt", "adduser", "systemctl", "nginx", "createuser", "createdb"], ""),
    "runuser": 'while [ "$1" != -- ]; do shift; done; shift; exec "$@"',
    "git": 'if [ "$1" = clone ]; then cp -rp {copy}/. "$3"; fi',
    "python3": """if [ "$2" != venv ]; then exec {python} "$@"; fi
mkdir -p "$3/bin"
cp {bin}/venv-python "$3/bin/python"
cp {bin}/venv-pip "$3/bin/pip\"""",
    # The code never changes here, so the files made from it need not be made again after an upgrade.
    "venv-python": """case "$2" in collectstatic|write_error_pages)
    if [ -e {folder}/made-"$2" ]; then exit; fi
    touch {folder}/made-"$2";;
esac
exec {python} "$@\"""",
    "venv-pip": "",
    # Without the owners, who do not exist here.
    "install": """skip=
for word in "$@"; do
    shift
    case "$skip$word" in
        -o|-g) skip=x;;
        x*) skip=;;
        *) set -- "$@" "$word";;
    esac
done
exec /usr/bin/install "$@\"""",
}


class Block(NamedTuple):
    section: str
    text: str


def blocks() -> list[Block]:
    """Return the indented blocks of the page in order, each with the heading it stands under."""
    found: list[Block] = []
    section, lines = "", []
    for line in [*PAGE.read_text("utf-8").splitlines(), "end"]:
        if line.startswith("    ") or (lines and not line):
            lines.append(line[4:])
            continue
        if lines:
            found.append(Block(section, "\n".join(lines).strip() + "\n"))
            lines = []
        if line.startswith("#"):
            section = line.lstrip("# ")
    return found


class Machine:
    """A folder with the places that the page names, and with programs that need no rights."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in (
            "etc/systemd/system",
            "etc/nginx/sites-available",
            "etc/nginx/sites-enabled",
            "usr/local/bin",
            "srv",
        ):
            (folder / name).mkdir(parents=True)
        self.programs = folder / "stubs"
        self.programs.mkdir()
        self._copy_code(folder / "repository")
        for name, script in STUBS.items():
            self._write_program(name, script)

    def run(self, text: str) -> str:
        """Run the lines as root would and return their output. The first that fails raises AssertionError."""
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", self.mapped(text)],
            env={"PATH": f"{self.programs}:{self.folder}/usr/local/bin:{os.environ['PATH']}", "HOME": str(self.folder)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{text}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def calls(self) -> str:
        """Return the calls of programs that only note them, one a line."""
        return (self.folder / "calls").read_text("utf-8")

    def mapped(self, text: str) -> str:
        """Return the text with the folders of this machine."""
        return _FOLDERS.sub(f"{self.folder}/", text)

    def path(self, name: str) -> Path:
        return self.folder / name.lstrip("/")

    def _copy_code(self, copy: Path) -> None:
        copy.mkdir()
        ignore = shutil.ignore_patterns("*.sqlite3*", "guide", "pictures")
        for name in CODE:
            source = ROOT / name
            (
                shutil.copytree(source, copy / name, ignore=ignore)
                if source.is_dir()
                else shutil.copy(source, copy / name)
            )
        for file in (copy / "docs" / "deploy").iterdir():
            file.write_text(self.mapped(file.read_text("utf-8")), encoding="utf-8")

    def _write_program(self, name: str, script: str) -> None:
        lines = script.format(
            copy=self.folder / "repository", folder=self.folder, bin=self.programs, python=sys.executable
        )
        path = self.programs / name
        path.write_text(f'#!/bin/sh\necho {name} "$@" >> {self.folder}/calls\n{lines}\n', encoding="utf-8")
        path.chmod(0o755)
