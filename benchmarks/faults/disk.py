"""A full disk: the database and the media lie on a small one of their own, in memory."""

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.faults.outcome import WELL, Outcome
from benchmarks.faults.pictures import PICKER, noise
from benchmarks.faults.portal import Portal
from benchmarks.faults.scenarios import AWAY, crowd_of
from benchmarks.faults.servers import Missing
from benchmarks.faults.visitor import Answer, Visitor, fields_of

MEGABYTES = 48
ADD = "/admin/images/image/add/"


@contextlib.contextmanager
def small_disk(disk: Path) -> Iterator[Path]:
    disk.mkdir()
    if os.geteuid() or not shutil.which("mount"):
        raise Missing("only root can mount a small disk")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", disk], check=False)
    if mounted.returncode:
        raise Missing("this machine lets nobody mount a small disk")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", disk], check=True)


def disk_full(portal: Portal, outcome: Outcome, disk: Path) -> None:
    """Nothing can be written for a while; then there is room again, and nobody restarts anything."""
    with crowd_of(portal) as crowd:
        with crowd.at_work(editors=4, readers=2):
            time.sleep(2)
        before, reads, saves = _files(disk), len(crowd.reads), len(crowd.saves)
        filler = fill(disk)
        with crowd.at_work(editors=4, readers=2):
            time.sleep(3)
        _upload_is_refused(Visitor(portal.port, dict(crowd.staff)), outcome)
        failed = {reply.status for reply in crowd.reads[reads:] if not reply.what.startswith("/admin/")} - WELL
        outcome.promise(not failed, f"Readers got {sorted(failed)} from a full disk.")
        refused = [reply for reply in crowd.saves[saves:] if reply.status == "503"]
        outcome.promise(refused, "No save was refused, so the disk was not full.")
        outcome.promise(_files(disk) == before, f"Left of refused uploads: {sorted(_files(disk) - before)[:3]}")
        filler.unlink()
        healed = len(crowd.saves)
        with crowd.at_work(editors=4, readers=2):
            time.sleep(2)
        failed = {reply.status for reply in crowd.saves[healed:]} - WELL
        outcome.promise(not failed, f"Saves get {sorted(failed)} although there is room again.")
        outcome.answers(crowd, may_fail=AWAY)
    outcome.nothing_lost(crowd)


def fill(disk: Path) -> Path:
    """Leave no room at all."""
    filler = disk / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(b"\0" * 4096)
    return filler


def _upload_is_refused(staff: Visitor, outcome: Outcome) -> None:
    """In words, by the form of the library and by the picker of the editor."""
    page = staff.get(ADD)
    fields = {name: values[-1] for name, values in fields_of(page.body, having="focal_x").items()}
    answers: dict[str, Answer] = {
        "form": staff.upload(ADD, {**fields, "alt": "Noise"}, noise()),
        "picker": staff.upload(PICKER, {"csrfmiddlewaretoken": staff.cookies["csrftoken"], "alt": "Noise"}, noise()),
    }
    for name, answer in answers.items():
        outcome.measured.append(f"upload by the {name} on a full disk: {answer.status}")
        is_said = answer.status in {200, 422} and "has no room for it" in answer.body
        outcome.promise(is_said, f"Upload by the {name}: {answer.status}, without saying why.")


def _files(disk: Path) -> set[Path]:
    return {path for path in (disk / "media").rglob("*") if path.is_file()}
