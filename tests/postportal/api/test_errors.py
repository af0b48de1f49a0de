import json

import pytest

from postportal.api.errors import error_response, parameter_problem


@pytest.mark.parametrize(
    ("status", "kind", "message"),
    [
        (404, "not_found", "There is nothing at this URL. /api/ lists the operations."),
        (418, "im_a_teapot", "I'm a Teapot."),
    ],
)
def test_error_says_what_its_status_means(status: int, kind: str, message: str) -> None:
    response = error_response(status)

    assert response.status_code == status
    assert json.loads(response.content) == {"detail": [{"type": kind, "loc": [], "msg": message}]}


def test_error_lists_its_problems() -> None:
    problem = parameter_problem("unknown_parameter", "铜", "There is no parameter 铜.")

    assert json.loads(error_response(400, [problem]).content)["detail"] == [problem]
