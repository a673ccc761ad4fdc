"""The ledger on the page: tried without saving, saved with its comments, taken back."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.dossier.render.reader import Page

from cuibono.record.case_file import read_case
from cuibono.web.pages.ledger import _smallest
from cuibono.web.settings import Settings
from cuibono.weighing.weigh import weigh

LEDGER = "/cases/small/ledger"
STRONG = ("0.9", "0.95", "0.01", "0.02")
FIELDS = ("true_low", "true_high", "false_low", "false_high")


def shown(client: TestClient, item: str) -> dict[str, str]:
    """Read the fields that the page shows for an item, as a browser would send them."""
    page = client.get(LEDGER).text
    part = page.split(f'id="{item}"')[1].split("</form>")[0]
    return {
        e.attributes["name"]: e.attributes.get("value", "") for e in Page(part).every("input")
    }


def banded(name: str, numbers: tuple[str, ...], why: str = "it is so") -> dict[str, str]:
    fields = {f"{field}:{name}": text for field, text in zip(FIELDS, numbers, strict=True)}
    return {**fields, f"why:{name}": why}


def first(client: TestClient) -> str:
    return str(client.get(f"{LEDGER}.json").json()["weighing"]["weights"][0]["explanation"])


def test_the_page_shows_every_item_and_weight(reader: TestClient) -> None:
    page = Page(reader.get(LEDGER).text)
    items = [e.attributes["id"] for e in page.every("details")]
    assert items == ["item:E1", "item:E2", "item:E3", "new"]
    assert len(page.every("tr")) == 1 + 3


def test_an_origin_is_named_by_its_items_with_its_id_at_hand(reader: TestClient) -> None:
    told = reader.get(f"{LEDGER}.json").json()["evidence"]
    page = reader.get(LEDGER).text
    for item in told:
        one = "/".join(e["id"] for e in told if e["origin"] == item["origin"])
        part = page.split(f'id="item:{item["id"]}"')[1].split("</p>")[0]
        assert f'Origin: <span title="{item["origin"]}">{one}</span>.' in part


def test_what_the_page_shows_can_be_sent_back_unchanged(client: TestClient) -> None:
    before = client.get(f"{LEDGER}.json").json()["weighing"]
    answer = client.post(f"{LEDGER}/items/E2", data=shown(client, "item:E2"))
    assert answer.status_code == 200
    assert client.get(f"{LEDGER}.json").json()["weighing"] == before


def test_a_band_is_tried_without_being_saved(client: TestClient, settings: Settings) -> None:
    before = settings.cases["small"].read_bytes()
    tried = {**shown(client, "item:E1"), **banded("purpose", STRONG)}
    part = client.post(f"{LEDGER}/items/E1/weigh", data=tried).text
    assert "With this, “Purpose” would come first." in part
    assert "<html" not in part
    assert settings.cases["small"].read_bytes() == before


def test_a_saved_band_turns_the_order_and_undo_turns_it_back(
    client: TestClient, settings: Settings
) -> None:
    before, led = settings.cases["small"].read_bytes(), first(client)
    saved = client.post(
        f"{LEDGER}/items/E1", data={**shown(client, "item:E1"), **banded("purpose", STRONG)}
    )
    assert str(saved.url).endswith(f"{LEDGER}#item%3AE1")
    assert (led, first(client)) == ("trade", "purpose")
    client.post(f"{LEDGER}/undo")
    assert settings.cases["small"].read_bytes() == before
    assert client.post(f"{LEDGER}/undo").status_code == 422


def test_a_saved_item_names_its_judge_and_the_day(client: TestClient) -> None:
    client.post(f"{LEDGER}/items/E1", data={**shown(client, "item:E1"), "judge": "A. Nalyst"})
    item = client.get(f"{LEDGER}.json").json()["evidence"][0]
    assert item["judge"] == "A. Nalyst"
    assert item["judged"]


def test_empty_bands_leave_an_explanation_blank(client: TestClient) -> None:
    emptied = {**shown(client, "item:E1"), **banded("trade", ("", "", "", ""))}
    client.post(f"{LEDGER}/items/E1", data=emptied)
    assert set(client.get(f"{LEDGER}.json").json()["evidence"][0]["likelihoods"]) == {"fear"}


def test_a_further_item_is_added(client: TestClient) -> None:
    fields = {
        **shown(client, "new"),
        "day": "2021-08-01",
        "document": "wire",
        "locator": "line 3",
        "text": "=They met again.",
        "holder": "An agency",
        "origin": "again",
        "judge": "A. Nalyst",
        **banded("fear", ("0.4", "0.5", "0.2", "0.3")),
    }
    assert fields["id"] == "E04"
    assert client.post(f"{LEDGER}/items", data=fields).status_code == 200
    item = client.get(f"{LEDGER}.json").json()["evidence"][-1]
    assert (item["id"], item["text"]) == ("E04", "=They met again.")
    assert client.post(f"{LEDGER}/items", data=fields).status_code == 422


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (banded("fear", ("0", "0.5", "0.2", "0.3")), "not between 0 and 1"),
        (banded("fear", ("0.5", "1", "0.2", "0.3")), "not between 0 and 1"),
        (banded("fear", ("nan", "0.5", "0.2", "0.3")), "not between 0 and 1"),
        (banded("fear", ("0,4", "0.5", "0.2", "0.3")), "is no number"),
        (banded("fear", ("0.5", "0.4", "0.2", "0.3")), "Swap the two"),
        (banded("fear", ("0.4", "0.5", "", "0.3")), "is no number"),
        (banded("fear", ("0.4", "0.5", "0.2", "0.3"), why=" "), "why: this field is empty"),
        ({"judge": ""}, "judge: this field is empty"),
        ({"judge": "x" * 5000}, "at most 4,000 characters"),
        ({"origin": "two words"}, "origin"),
    ],
)
def test_what_is_no_judgement_is_refused_in_words_and_nothing_is_saved(
    client: TestClient, settings: Settings, wrong: dict[str, str], said: str
) -> None:
    before = settings.cases["small"].read_bytes()
    answer = client.post(f"{LEDGER}/items/E1", data={**shown(client, "item:E1"), **wrong})
    assert (answer.status_code, said in answer.text) == (422, True)
    assert settings.cases["small"].read_bytes() == before


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (banded("fear", ("0.7", "0.4", "0.2", "0.3")), "Swap the two"),
        (banded("fear", ("0.7", "", "", "")), "is no number"),
        ({"judge": ""}, "judge: this field is empty"),
    ],
)
def test_what_is_tried_while_it_is_being_written_is_told_and_is_no_fault(
    client: TestClient, wrong: dict[str, str], said: str
) -> None:
    tried = {**shown(client, "item:E1"), **wrong}
    answer = client.post(f"{LEDGER}/items/E1/weigh", data=tried)
    assert (answer.status_code, said in answer.text, 'class="fault"' in answer.text) == (
        200,
        True,
        True,
    )


def test_a_page_that_is_out_of_date_saves_nothing(
    client: TestClient, settings: Settings
) -> None:
    fields = shown(client, "item:E1")
    path = settings.cases["small"]
    path.write_text(path.read_text("utf-8") + "# a colleague was here\n", "utf-8")
    answer = client.post(f"{LEDGER}/items/E1", data=fields)
    assert (answer.status_code, "Load the page again" in answer.text) == (422, True)
    assert path.read_text("utf-8").endswith("# a colleague was here\n")


def test_an_item_that_is_not_there_is_told(client: TestClient) -> None:
    fields = shown(client, "item:E1")
    for address in (f"{LEDGER}/items/E9", f"{LEDGER}/items/E9/weigh"):
        assert client.post(address, data=fields).status_code == 422


def test_a_file_among_the_fields_is_refused(client: TestClient) -> None:
    answer = client.post(f"{LEDGER}/items/E1", files={"judge": ("a.txt", b"x")})
    assert answer.status_code in {400, 422}


def test_a_form_of_too_many_fields_is_refused(client: TestClient) -> None:
    fields = {f"field{n}": "x" for n in range(500)}
    assert client.post(f"{LEDGER}/items/E1/weigh", data=fields).status_code in {400, 422}


def test_what_would_overturn_the_order_names_items_and_no_origin() -> None:
    case = read_case(Path(__file__).parents[3] / "cases" / "russia-pakistan.toml")
    weighing = weigh(case)
    (removal, *_) = [f for f in weighing.flips if f.kind == "remove_origins"]
    (said, *_) = [one for one in _smallest(case, weighing) if one.startswith("Without")]
    assert any(origin in removal.said for origin in removal.origins)
    assert not any(origin in said for origin in removal.origins)
    first = next(item.id for item in case.evidence if item.origin == removal.origins[0])
    assert first in said
