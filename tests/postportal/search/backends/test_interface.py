import inspect

from postportal.search.backends.interface import Backend, BackendResults
from postportal.search.backends.scoring import Matches
from postportal.search.backends.tables import TableBackend


def public_names(owner: type) -> set[str]:
    return {name for name in vars(owner) if not name.startswith("_")}


def test_table_backend_has_the_methods_of_a_backend_and_no_others() -> None:
    assert public_names(TableBackend) == public_names(Backend)


def test_matches_have_every_member_of_results() -> None:
    assert public_names(BackendResults) <= public_names(Matches) | set(inspect.signature(Matches).parameters)
