"""Whatever the OpenAPI document allows to be asked is answered, and nothing breaks."""

from pathlib import Path
from unittest.mock import patch

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient
from tests.web.conftest import open_client, settings_in

FEW = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
DOCUMENT = open_client(settings_in(Path("nowhere"))).get("/openapi.json").json()
OPERATIONS = [
    found.ok() for found in schemathesis.openapi.from_dict(DOCUMENT).get_all_operations()
]


def test_the_document_describes_every_group() -> None:
    assert len(OPERATIONS) > 20


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: f"{o.method} {o.path}")
@given(st.data())
@FEW
def test_no_question_that_can_be_asked_is_a_fault_of_ours(
    reader: TestClient, operation: object, data: st.DataObject
) -> None:
    case = data.draw(operation.as_strategy())
    if "name" in case.path_parameters:
        # What changes a case is asked of none: other tests read this folder.
        case.path_parameters["name"] = "none" if case.method == "POST" else "small"
    # Printing and packing take seconds and depend on the name alone; they have their own tests.
    with (
        patch("cuibono.web.dossier_files.print_pdf", lambda _: b"paper"),
        patch("cuibono.web.dossier_files.bundle_case", lambda *_: b"packed"),
    ):
        answer = reader.request(case.method, case.formatted_path, params={**(case.query or {})})
    assert answer.status_code < 500
    assert "default-src 'none'" in answer.headers["content-security-policy"]
