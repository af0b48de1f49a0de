"""The faults. Each records its outcome; the caller limits its time."""

import contextlib
import random
import statistics
import time
from collections.abc import Iterator

from benchmarks.faults.load import Crowd, Reply
from benchmarks.faults.outcome import SUCCESS_STATUSES, Outcome
from benchmarks.faults.portal import Portal, wait_until
from benchmarks.faults.servers import Postgres, Redis
from benchmarks.faults.stories import Ledger, story_path
from benchmarks.faults.visitor import Visitor

# Limits of the guarantees.
MAX_STARTUP_SECONDS = 5.0
MAX_SAVE_SECONDS = 5.0
MAX_RECOVERY_SECONDS = 1.0
MAX_PAGE_SECONDS = 2.0
# Allowed responses while the database is down.
DATABASE_AWAY_STATUSES = {"503"}


@contextlib.contextmanager
def start_crowd(portal: Portal) -> Iterator[Crowd]:
    portal.start()
    try:
        portal.wait_until_up()
        yield Crowd(portal, Ledger(), staff=portal.staff().cookies)
    finally:
        portal.stop()


def kill_repeatedly(portal: Portal, outcome: Outcome, *, times: int) -> None:
    """Kill all processes of the portal during a save, repeatedly."""
    chance = random.Random()  # noqa: S311
    startups: list[float] = []
    hits = 0
    with start_crowd(portal) as crowd:
        for _ in range(times):
            before = len(crowd.saves)
            with crowd.working(editors=4, uploaders=1):
                # During a save, after a random number of saves.
                enough = before + chance.randint(0, 4)
                wait_until(lambda enough=enough: len(crowd.saves) >= enough and crowd.saving > 0, 20, what="No save")
                time.sleep(chance.uniform(0, 0.2))
                portal.kill()
            hits += any(reply.status == "no response" for reply in crowd.saves[before:])
            portal.start()
            startups.append(portal.wait_until_up())
        with crowd.working(editors=4, uploaders=1):
            time.sleep(1)
        outcome.record_answers(crowd, may_fail={"no response"})
    outcome.check_nothing_lost(crowd)
    outcome.expect(hits >= times / 3, f"Only {hits} of {times} kills were during a save.")
    outcome.expect(max(startups) <= MAX_STARTUP_SECONDS, f"Started again only after {max(startups):.1f} s.")
    outcome.measured.insert(0, f"{times} kills, {hits} during saves")
    outcome.measured.append(f"started again in {statistics.median(startups):.1f} s (at most {max(startups):.1f} s)")


def write_concurrently(portal: Portal, outcome: Outcome, *, seconds: float) -> None:
    """Let 16 editors save at the same time while readers load pages."""
    with start_crowd(portal) as crowd, crowd.working(editors=16, readers=4):
        time.sleep(seconds)
    outcome.record_answers(crowd, may_fail=set())
    outcome.check_nothing_lost(crowd)
    outcome.record_latencies("saves", crowd.saves)
    outcome.record_latencies("reads", crowd.reads)
    slowest = outcome.percentile(crowd.saves, 95)
    outcome.expect(slowest < MAX_SAVE_SECONDS, f"The 95th percentile of saves is {slowest:.1f} s.")


def restart_database(portal: Portal, outcome: Outcome, postgres: Postgres) -> None:
    """Crash PostgreSQL, restart it, and stop it for three seconds."""
    with start_crowd(portal) as crowd:
        with crowd.working(editors=4, readers=2):
            time.sleep(2)
            for mode, pause in (("immediate", 0), ("fast", 0), ("fast", 3)):
                postgres.stop(mode)
                gone = time.monotonic()
                time.sleep(pause / 2)
                if pause:
                    health = portal.visitor().get("/healthz").status
                    outcome.expect(health == 503, f"/healthz returns {health} without a database.")
                time.sleep(pause / 2)
                postgres.start()
                back = time.monotonic()
                time.sleep(2.5)
                late = _last_failure((*crowd.saves, *crowd.reads), since=gone) - back
                outcome.expect(
                    late <= MAX_RECOVERY_SECONDS, f"Errors until {late:.1f} s after the database was back ({mode})."
                )
                outcome.measured.append(f"{mode}: down for {back - gone:.1f} s, recovered after {max(0, late):.1f} s")
        outcome.record_answers(crowd, may_fail=DATABASE_AWAY_STATUSES)
    outcome.check_nothing_lost(crowd)


def _last_failure(replies: tuple[Reply, ...], *, since: float) -> float:
    """Return the start of the last failed request."""
    failed = [reply.started for reply in replies if reply.started >= since and reply.status not in SUCCESS_STATUSES]
    return max(failed, default=since)


def lose_cache(portal: Portal, outcome: Outcome, redis: Redis) -> None:
    """Kill Redis and restart it, then freeze it so that it accepts requests without responding."""
    redis.start()
    with start_crowd(portal) as crowd:
        for name, begin, end in (("killed", redis.kill, redis.start), ("frozen", redis.freeze, redis.thaw)):
            first_read = len(crowd.reads)
            begin()
            with crowd.working(editors=2, readers=2):
                time.sleep(4)
                _check_health(portal, outcome, name, wanted="degraded")
                # The dashboard caches counts.
                crowd.read(Visitor(portal.port, dict(crowd.staff)), "/admin/")
            end()
            _check_health(portal, outcome, f"back after {name}", wanted="ok")
            slowest = max(reply.seconds for reply in crowd.reads[first_read:])
            outcome.expect(slowest <= MAX_PAGE_SECONDS, f"A page took {slowest:.1f} s while Redis was {name}.")
            outcome.measured.append(f"{name}: slowest page {slowest:.2f} s")
            _check_nothing_stale(crowd, outcome)
        outcome.record_answers(crowd, may_fail=set())
    outcome.check_nothing_lost(crowd)


def _check_health(portal: Portal, outcome: Outcome, when: str, *, wanted: str) -> None:
    started = time.monotonic()
    answer = portal.visitor().get("/healthz")
    seconds = time.monotonic() - started
    is_healthy = answer.status == 200 and f'"status": "{wanted}"' in answer.body
    outcome.expect(is_healthy, f"/healthz with Redis {when}: {answer.status} {answer.body[:60]}")
    outcome.expect(seconds <= MAX_PAGE_SECONDS, f"/healthz took {seconds:.1f} s with Redis {when}.")


def _check_nothing_stale(crowd: Crowd, outcome: Outcome) -> None:
    """Check the page of the last published story and the search for it."""
    last = crowd.ledger.published()[-1]
    visitor = crowd.portal.visitor()
    page, results = visitor.get(story_path(last.token)), visitor.get(f"/search/?q={last.token}")
    outcome.expect(f"Standfirst of {last.token}, version 2." in page.body, f"The page of {last.token} is stale.")
    outcome.expect(story_path(last.token) in results.body, f"The search does not find {last.token}.")
