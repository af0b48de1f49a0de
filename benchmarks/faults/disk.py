"""A full disk: database and media are on a small disk in memory."""

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.faults.outcome import SUCCESS_STATUSES, Outcome
from benchmarks.faults.pictures import UPLOAD_PATH, random_png
from benchmarks.faults.portal import Portal
from benchmarks.faults.scenarios import DATABASE_AWAY_STATUSES, start_crowd
from benchmarks.faults.servers import MissingProgram
from benchmarks.faults.visitor import Answer, Visitor, fields_of

DISK_MEGABYTES = 48
ADD_IMAGE_PATH = "/admin/images/image/add/"


@contextlib.contextmanager
def small_disk(disk: Path) -> Iterator[Path]:
    disk.mkdir()
    if os.geteuid() or not shutil.which("mount"):
        raise MissingProgram("only root can mount a small disk")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_MEGABYTES}m", "tmpfs", disk], check=False)
    if mounted.returncode:
        raise MissingProgram("a small disk cannot be mounted here")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", disk], check=True)


def fill_disk_under_load(portal: Portal, outcome: Outcome, disk: Path) -> None:
    """Fill the disk during work and free it again, without a restart."""
    with start_crowd(portal) as crowd:
        with crowd.working(editors=4, readers=2):
            time.sleep(2)
        before, reads, saves = _media_files(disk), len(crowd.reads), len(crowd.saves)
        filler = fill_disk(disk)
        with crowd.working(editors=4, readers=2):
            time.sleep(3)
        _check_upload_refused(Visitor(portal.port, dict(crowd.staff)), outcome)
        failed = {
            reply.status for reply in crowd.reads[reads:] if not reply.action.startswith("/admin/")
        } - SUCCESS_STATUSES
        outcome.expect(not failed, f"Readers got {sorted(failed)} while the disk was full.")
        refused = [reply for reply in crowd.saves[saves:] if reply.status == "503"]
        outcome.expect(refused, "No save was refused, so the disk was not full.")
        outcome.expect(
            _media_files(disk) == before, f"Files left from refused uploads: {sorted(_media_files(disk) - before)[:3]}"
        )
        filler.unlink()
        first_save = len(crowd.saves)
        with crowd.working(editors=4, readers=2):
            time.sleep(2)
        failed = {reply.status for reply in crowd.saves[first_save:]} - SUCCESS_STATUSES
        outcome.expect(not failed, f"Saves get {sorted(failed)} although the disk has space again.")
        outcome.record_answers(crowd, may_fail=DATABASE_AWAY_STATUSES)
    outcome.check_nothing_lost(crowd)


def fill_disk(disk: Path) -> Path:
    """Write a file that uses all remaining space; return its path."""
    filler = disk / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(b"\0" * 4096)
    return filler


def _check_upload_refused(staff: Visitor, outcome: Outcome) -> None:
    """Check that an upload fails with a message, in the form of the library and in the picker of the editor."""
    page = staff.get(ADD_IMAGE_PATH)
    fields = {name: values[-1] for name, values in fields_of(page.body, having="focal_x").items()}
    answers: dict[str, Answer] = {
        "form": staff.upload(ADD_IMAGE_PATH, {**fields, "alt": "Noise"}, random_png()),
        "picker": staff.upload(
            UPLOAD_PATH, {"csrfmiddlewaretoken": staff.cookies["csrftoken"], "alt": "Noise"}, random_png()
        ),
    }
    for name, answer in answers.items():
        outcome.measured.append(f"upload by the {name} on a full disk: {answer.status}")
        has_message = answer.status in {200, 422} and "has no disk space left" in answer.body
        outcome.expect(has_message, f"Upload by the {name}: {answer.status} without an error message.")


def _media_files(disk: Path) -> set[Path]:
    return {path for path in (disk / "media").rglob("*") if path.is_file()}
