from typing import Any

from benchmarks.servers.bare import application


def test_page_has_the_size_of_a_real_one() -> None:
    found: list[Any] = []

    body = b"".join(application({}, lambda *arguments: found.extend(arguments)))  # type: ignore[arg-type, return-value]

    assert (found[0], dict(found[1])["Content-Length"], len(body)) == ("200 OK", "30000", 30_000)
