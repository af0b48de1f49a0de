"""Lag of a replica: how far it is behind the primary."""

import math
from collections import deque
from threading import Lock


class Progress:
    """Comparison of what a replica has replayed with what the primary had written at known times.

    Positions in the log of the primary tell more than the time of the last transaction that was replayed: that one gets
    old while nobody writes, and stays young on a replica that has lost its primary while it replays what it has. All
    times are of one clock, that of this process."""

    def __init__(self, *, max_lag: float) -> None:
        self._max_lag = max_lag
        self._lock = Lock()
        self._written: deque[tuple[float, int]] = deque()
        self._complete_at = -math.inf

    def note(self, *, at: float, written: int, replayed: int) -> None:
        """Note that the primary had written its log up to `written` when it was asked at the time `at`, and that the
        replica, asked later, had replayed up to `replayed`."""
        with self._lock:
            self._written.append((at, written))
            while self._written and self._written[0][1] <= replayed:
                self._complete_at = self._written.popleft()[0]
            while self._written and at - self._written[0][0] > self._max_lag:
                # Even if the replica got as far as here, it would be too far behind.
                self._written.popleft()

    def forget(self) -> None:
        """Take the replica for lagging until it is noted again."""
        with self._lock:
            self._written.clear()
            self._complete_at = -math.inf

    def lag(self, now: float) -> float:
        """Return the largest number of seconds that the replica can be behind. Everything committed before is there."""
        return now - self._complete_at

    def is_current(self, now: float) -> bool:
        return self.lag(now) <= self._max_lag
