import math

from postportal.replicas.progress import Progress


def test_replica_is_not_current_before_it_was_asked() -> None:
    progress = Progress(max_lag=5)

    assert (progress.lag(100), progress.is_current(100)) == (math.inf, False)


def test_replica_of_an_idle_primary_has_no_lag() -> None:
    progress = Progress(max_lag=5)
    for at in range(100, 200):
        progress.note(at=at, written=7, replayed=7)

    assert progress.lag(200) == 1


def test_time_since_the_last_check_counts_as_lag() -> None:
    progress = Progress(max_lag=5)
    progress.note(at=100, written=7, replayed=7)

    assert progress.is_current(105)
    assert not progress.is_current(105.1)


def test_lag_begins_when_the_primary_had_written_what_was_replayed() -> None:
    progress = Progress(max_lag=5)
    for at, written, replayed in [(100, 10, 9), (101, 20, 10), (102, 30, 25), (103, 40, 29)]:
        progress.note(at=at, written=written, replayed=replayed)

    assert progress.lag(103) == 2


def test_replica_that_stands_still_lags_although_its_primary_wrote_little() -> None:
    progress = Progress(max_lag=5)
    progress.note(at=100, written=10, replayed=10)
    for at in range(101, 107):
        progress.note(at=at, written=11, replayed=10)

    assert progress.lag(106) == 6
    assert not progress.is_current(106)


def test_replica_that_catches_up_is_current_again() -> None:
    progress = Progress(max_lag=5)
    for at in range(100, 160):
        progress.note(at=at, written=at, replayed=90)
    assert not progress.is_current(160)

    progress.note(at=160, written=160, replayed=160)

    assert progress.lag(160) == 0


def test_replica_that_was_lost_is_not_current() -> None:
    progress = Progress(max_lag=5)
    progress.note(at=100, written=7, replayed=7)

    progress.forget()

    assert not progress.is_current(100)
