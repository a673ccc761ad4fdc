"""Templates hold nothing that the policy forbids, and files of others are as they came."""

import hashlib
import re
from pathlib import Path

import pytest

import cuibono

WEB = Path(cuibono.__file__).parent / "web"
TEMPLATES = sorted((WEB / "templates").glob("*.j2"))
HTMX = "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130"
named = pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)


@named
def test_f63_no_template_holds_script_or_style_of_its_own(template: Path) -> None:
    text = template.read_text("utf-8")
    assert re.findall(r"<script(?![^>]*\bsrc=)", text) == []
    assert re.findall(r"<style|\sstyle=", text) == []
    assert re.findall(r"\son[a-z]+=|javascript:|hx-on|hx-vals|hx-headers", text) == []


@named
def test_f63_no_template_leads_to_another_host(template: Path) -> None:
    assert re.findall(r"https?://|[\"']//", template.read_text("utf-8")) == []


@named
def test_f58_no_template_marks_text_as_safe(template: Path) -> None:
    assert re.findall(r"\|\s*safe|autoescape", template.read_text("utf-8")) == []


@named
def test_every_field_has_a_label(template: Path) -> None:
    text = template.read_text("utf-8")
    fields = re.findall(r"<(?:input|select|textarea)\b[^>]*>", text)
    visible = [field for field in fields if 'type="hidden"' not in field]
    labels = text.count("<label")
    assert labels >= len(visible)


def test_the_script_of_the_pages_evaluates_and_writes_no_markup() -> None:
    text = (WEB / "static" / "workbench.js").read_text("utf-8")
    assert re.findall(r"eval|Function\(|innerHTML|insertAdjacent|document\.write", text) == []


def test_htmx_is_as_its_authors_ship_it_with_its_licence() -> None:
    vendored = WEB / "static" / "vendor"
    found = hashlib.sha256((vendored / "htmx.min.js").read_bytes()).hexdigest()
    assert found == HTMX
    assert (vendored / "htmx.LICENSE").read_text("utf-8").startswith("Zero-Clause BSD")


def test_axe_is_for_tests_alone() -> None:
    assert list(WEB.parent.rglob("*axe*")) == []
