"""Sentences, checked against their templates."""

import ast
import re
import tomllib
from importlib.resources import files
from pathlib import Path

from cuibono import weighing
from cuibono.weighing.sentences import list_origins, say

PACKAGE = Path(weighing.__file__).parent


def test_every_template_is_said_somewhere() -> None:
    templates = tomllib.loads(files(weighing).joinpath("sentences.toml").read_text("utf-8"))
    strings = {
        node.value
        for path in PACKAGE.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert {what for table in templates.values() for what in table} - strings == set()


def test_braces_in_a_name_are_left_alone() -> None:
    said = say("flip", "level", leader="{challenger}", challenger="{0.__class__}")
    assert re.findall(r"“(.*?)”", said) == ["{challenger}", "{0.__class__}"]


def test_origins_at_the_limit_are_all_named() -> None:
    assert list_origins(["a", "b"], 2) == "a, b"
