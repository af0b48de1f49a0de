"""The scenarios of the fault tests."""

from benchmarks.faults.load import Reply
from benchmarks.faults.scenarios import _last_failure


def test_last_failure_is_the_start_of_the_last_failed_request() -> None:
    replies = tuple(
        Reply(started, 0.1, status, "/")
        for started, status in ((1.0, "503"), (5.0, "503"), (6.0, "no response"), (7.0, "200"), (8.0, "302"))
    )

    assert _last_failure(replies, since=2.0) == 6.0
    assert _last_failure(replies[3:], since=2.0) == 2.0
