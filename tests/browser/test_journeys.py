"""Ten ways in which an analyst goes through the workbench, in a real browser."""

import json
import re
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from unittest.mock import patch
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, Route, expect
from tests.browser.conftest import PATIENCE_MS, Visit
from tests.browser.held_run import hold
from tests.cli.calling import call
from tests.web.conftest import settings_in

from cuibono.web.desk import Desk
from cuibono.web.runs import _keep
from cuibono.web.settings import Settings

CASE = "/cases/small"
EVERY_PAGE = [
    "/cases",
    f"{CASE}/dossier",
    f"{CASE}/dossier?number=posterior.fear",
    f"{CASE}/rows?number=posterior.fear",
    f"{CASE}/ledger",
    "/relations?actor=TUR&recipient=GRC",
    "/relations?actor=TUR",
    "/relations/votes?actor=TUR&recipient=GRC",
    "/world",
    "/coverage",
    "/reviews",
    "/nothing-here",
]


def beside(page: Page) -> str:
    return page.locator("#beside").inner_text()


def press_run(page: Page, title: str) -> None:
    page.locator("article", has_text=title).get_by_role("button").click()


def test_1_opening_a_case_from_the_list(visit: Visit) -> None:
    page = visit.go("/")
    page.get_by_role("link", name="A small case").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A small case")
    expect(page.locator(".answer dt").first).to_have_text("In short")


def test_2_exploring_from_the_world_to_the_rows_of_a_relation(visit: Visit) -> None:
    page = visit.go("/world")
    page.get_by_label("Actor").fill("TUR")
    page.get_by_role("button", name="Show").click()
    # The world's own ranking is there until the page of the actor has come.
    page.wait_for_url("**/world?*actor=TUR*")
    page.get_by_role("region", name="Ranking").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("TUR→")
    expect(page.get_by_role("region", name="Rows")).to_be_visible()


def test_2_votes_come_beside_the_events_once_they_are_looked_at(visit: Visit) -> None:
    page = visit.go("/relations?actor=TUR&recipient=GRC")
    page.locator("#votes").scroll_into_view_if_needed()
    expect(page.locator("#votes svg").first).to_be_visible()
    expect(page.locator("#votes h2")).to_have_text("In the United Nations")


def test_3_tracing_a_number_opens_its_rows_beside_the_text(visit: Visit) -> None:
    page = visit.go(f"{CASE}/dossier")
    page.locator(".answer a.n").first.click()
    expect(page.locator("#beside h2")).to_be_visible()
    assert "cuibono trace posterior." in beside(page)
    expect(page).to_have_url(re.compile("number=posterior[.]"))


def test_3_going_back_closes_the_rows_again(visit: Visit) -> None:
    page = visit.go(f"{CASE}/dossier")
    page.locator(".answer a.n").first.click()
    expect(page.locator("#beside h2")).to_be_visible()
    page.go_back()
    expect(page.locator("#beside")).to_be_hidden()
    page.go_forward()
    expect(page.locator("#beside h2")).to_be_visible()


def test_3_rows_that_come_after_going_back_stay_away(visit: Visit) -> None:
    page = visit.go(f"{CASE}/dossier")
    late: list[Route] = []
    page.route("**/rows?*", lambda route: late.append(route))
    with page.expect_request("**/rows?*"):
        page.locator(".answer a.n").first.click()
    page.go_back()
    with page.expect_response("**/rows?*") as answered:
        late[0].continue_()
    answered.value.finished()
    page.evaluate("new Promise((seen) => setTimeout(seen))")
    expect(page.locator("#beside")).to_be_hidden()


def test_3_a_workbench_that_has_gone_is_told_where_rows_would_stand(visit: Visit) -> None:
    visit.provoke("ERR_FAILED")
    page = visit.go(f"{CASE}/dossier")
    page.route("**/rows?*", lambda route: route.abort())
    page.locator(".answer a.n").first.click()
    expect(page.locator("#beside .fault")).to_contain_text("does not answer")


def test_4_changing_a_band_turns_the_order_before_it_is_saved(visit: Visit) -> None:
    page = visit.go(f"{CASE}/ledger")
    weights = page.locator("#weights tbody tr")
    expect(weights.first).to_contain_text("Trade")
    page.locator("[id='item:E2'] summary").click()
    item = page.locator("[id='item:E2']")
    for band, value in {"true_low": "0.90", "true_high": "0.95", "false_high": "0.05"}.items():
        with page.expect_response("**/weigh"):
            item.locator(f"[name='{band}:purpose']").fill(value)
            item.locator(f"[name='{band}:purpose']").blur()
    item.locator("[name='false_low:purpose']").fill("0.01")
    item.locator("[name='false_low:purpose']").blur()
    expect(page.locator("#weights [role=status]")).to_contain_text("“Purpose” would come first")
    expect(weights.first).to_contain_text("Purpose")
    page.reload()
    expect(weights.first).to_contain_text("Trade")


def test_4_the_latest_change_is_weighed_while_an_earlier_one_waits(visit: Visit) -> None:
    page = visit.go(f"{CASE}/ledger")
    waiting: list[Route] = []
    page.route("**/weigh", lambda route: waiting.append(route), times=1)
    page.locator("[id='item:E1'] summary").click()
    low = page.locator("[id='item:E1'] [name='true_low:trade']")
    with page.expect_request("**/weigh"):
        low.fill("2")
        low.blur()
    low.fill("0.6")
    low.blur()
    expect(page.locator("#weights [role=status]")).to_contain_text("Not saved yet")
    assert len(waiting) == 1


def test_4_a_band_that_is_none_is_told_beside_the_weights(visit: Visit) -> None:
    page = visit.go(f"{CASE}/ledger")
    page.locator("[id='item:E1'] summary").click()
    page.locator("[id='item:E1'] [name='true_low:trade']").fill("2")
    page.locator("[id='item:E1'] [name='true_low:trade']").blur()
    expect(page.locator("#weights .fault")).to_contain_text("not between 0 and 1")


def test_2_what_is_asked_stands_above_the_title_in_three_parts(visit: Visit) -> None:
    page = visit.go(f"{CASE}/dossier")
    parted = page.locator(".kicker span").evaluate_all(
        "found => found.map(one => getComputedStyle(one, '::before').content !== 'none')"
    )
    assert (sum(parted), len(parted) > 2) == (2, True)


def test_7_what_is_taken_along_is_what_the_page_shows(visit: Visit) -> None:
    page = visit.go(f"{CASE}/dossier")
    with page.expect_download() as taken:
        page.get_by_label("This case").get_by_role("link", name="JSON").click()
    dossier = json.loads(taken.value.path().read_text("utf-8"))
    assert dossier["title"] == page.get_by_role("heading", level=1).inner_text()


def test_7_the_whole_case_is_taken_along_and_opened_again(
    visit: Visit, desk_settings: Settings, tmp_path: Path
) -> None:
    page = visit.go(f"{CASE}/dossier")
    with page.expect_download() as taken:
        page.get_by_role("link", name="the whole case with its rows").click()
    ZipFile(taken.value.path()).extractall(tmp_path)
    again = settings_in(tmp_path, tmp_path / "small" / "small.toml")
    reopened = Desk(replace(again, out=tmp_path / "dossiers"))
    copytree(tmp_path / "small" / "dossier", tmp_path / "dossiers" / "small")
    assert reopened.cases.read("small").sha256 == Desk(desk_settings).cases.read("small").sha256
    assert reopened.dossiers.read("small") == Desk(desk_settings).dossiers.read("small")


def test_8_a_deep_link_opens_the_number_it_names(visit: Visit) -> None:
    page = visit.go(f"{CASE}/dossier?number=posterior.fear")
    assert "cuibono trace posterior.fear" in beside(page)
    page.get_by_role("link", name="Close").click()
    expect(page.locator("#beside")).to_be_hidden()
    expect(page).not_to_have_url(re.compile("number"))


def test_9_the_keyboard_alone_traces_a_number_and_comes_back_to_it(visit: Visit) -> None:
    page = visit.go(f"{CASE}/dossier")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    number = page.locator(".answer a.n").first
    number.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#beside")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#beside")).to_be_hidden()
    expect(number).to_be_focused()


@pytest.mark.parametrize("path", EVERY_PAGE[:-1])
def test_10_nothing_but_tables_is_wider_than_a_phone(phone: Visit, path: str) -> None:
    page = phone.go(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_10_on_a_phone_the_rows_cover_the_lower_part(phone: Visit) -> None:
    page = phone.go(f"{CASE}/dossier")
    page.locator(".answer a.n").first.tap()
    expect(page.locator("#beside h2")).to_be_visible()
    box = page.locator("#beside").bounding_box()
    assert box
    assert (box["x"], box["width"]) == (0, 390)
    assert box["height"] <= 844 * 0.7 + 1


def test_a_run_is_watched_to_its_end_and_leads_to_the_dossier(visit: Visit) -> None:
    page = visit.go("/cases")
    press_run(page, "An early case")
    page.wait_for_url("**/cases/early/dossier", timeout=3 * PATIENCE_MS)
    expect(page.get_by_role("heading", level=1)).to_have_text("An early case")


def test_a_run_shows_its_stages_and_is_cancelled(visit: Visit) -> None:
    page = visit.go("/cases")
    with patch("cuibono.web.runs.write_case", hold):
        press_run(page, "A small case")
        expect(page.locator("#stages li").first).to_have_text("case")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("status")).to_have_text("Cancelled.")


AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def faults(page: Page, axe: str, rules: dict[str, object]) -> list[tuple[str, str]]:
    """List what breaks the rules, with the element that does."""
    # Parts that come later are judged too.
    page.wait_for_load_state("networkidle")
    # The page's own policy forbids scripts of others; the browser's tools may run them.
    page.evaluate(axe)
    found = page.evaluate("rules => axe.run(document, rules)", rules)
    return [
        (rule["id"], node["html"][:160])
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("path", [p for p in EVERY_PAGE if "dossier?" not in p])
def test_every_page_keeps_the_rules_of_wcag_aa(visit: Visit, axe: str, path: str) -> None:
    if path == EVERY_PAGE[-1]:
        visit.provoke("404")
    page = visit.go(path)
    assert faults(page, axe, {"runOnly": AA}) == []


@pytest.mark.parametrize("path", ["/cases", "/relations?actor=TUR&recipient=GRC"])
def test_dark_colours_keep_their_contrast(visit: Visit, axe: str, path: str) -> None:
    visit.page.emulate_media(color_scheme="dark")
    contrast = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
    assert faults(visit.go(path), axe, contrast) == []


WITHOUT_SCRIPT = ["/cases", f"{CASE}/dossier", f"{CASE}/rows?number=posterior.fear"]


@pytest.mark.parametrize("path", WITHOUT_SCRIPT)
def test_without_script_every_link_still_leads_on(
    browser: object, workbench: str, path: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(workbench + path)
    expect(page.get_by_role("heading").first).to_be_visible()
    links = {link.get_attribute("href") for link in page.get_by_role("link").all()[:8]}
    assert all(link.startswith(("/", "#")) for link in links if link)
    context.close()


def test_5_a_record_is_accepted_beside_its_sentence(
    visit: Visit, desk_settings: Settings
) -> None:
    document = desk_settings.out.parent / "wire.txt"
    document.write_text("Russia lifted its embargo on arms sales to Pakistan.", "utf-8")
    store = ("--store", desk_settings.store, "--published", "2014-06-05")
    assert call("read", document, "--keep", *store).code == 0
    page = visit.go("/reviews")
    before = page.locator("article").count()
    assert before > 0
    expect(page.locator("mark").first).to_be_visible()
    page.get_by_label("Into the case").first.select_option("early")
    page.get_by_role("button", name="Accept").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("An early case")
    back = page.get_by_role("button", name="Take back the last change")
    back.click()
    # To leave before it is taken back would leave it there.
    expect(back).to_have_count(0)
    visit.go("/reviews")
    expect(page.locator("article")).to_have_count(before - 1)


def test_6_two_runs_are_compared(visit: Visit, desk_settings: Settings) -> None:
    _keep(desk_settings.out / "small")
    page = visit.go(f"{CASE}/dossier")
    page.get_by_role("link", name="Differences").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A small case")
    expect(page.locator("main")).to_contain_text("0 changes since the run of")
