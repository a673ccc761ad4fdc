"""Every public object says what it is, in numpydoc that the project's checks accept."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from numpydoc import validate
from numpydoc.hooks.validate_docstrings import AstValidator, parse_config

import cuibono

PACKAGE = Path(cuibono.__file__).parent
CONFIG = parse_config(PACKAGE.parents[1])

Named = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def public_below(
    node: ast.Module | ast.ClassDef, above: list[ast.AST]
) -> Iterator[list[ast.AST]]:
    """Yield each public object as the chain of nodes that leads to it."""
    chain = [*above, node]
    yield chain
    for child in node.body:
        if isinstance(child, Named) and not child.name.startswith("_"):
            if isinstance(child, ast.ClassDef):
                yield from public_below(child, chain)
            else:
                yield [*chain, child]


def public_objects() -> Iterator[tuple[str, Path, list[ast.AST]]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        dotted = path.relative_to(PACKAGE.parent).with_suffix("").as_posix().replace("/", ".")
        for chain in public_below(ast.parse(path.read_text("utf-8")), []):
            inside = [node.name for node in chain[1:] if isinstance(node, Named)]
            yield ".".join([dotted.removesuffix(".__init__"), *inside]), path, chain


OBJECTS = [
    pytest.param(name, path, chain, id=name)
    for name, path, chain in public_objects()
    if not (CONFIG["exclude"] and CONFIG["exclude"].search(name))
]


@pytest.mark.parametrize(("name", "path", "chain"), OBJECTS)
def test_docstring_passes_the_lint(name: str, path: Path, chain: list[ast.AST]) -> None:
    report = validate.validate(
        name,
        AstValidator,
        ast_node=chain[-1],
        filename=str(path),
        ancestry=chain[:-1],
    )
    found = [
        f"{path.relative_to(PACKAGE)}:{report['file_line']}: {check} {said}"
        for check, said in report["errors"]
        if check in CONFIG["checks"]
    ]
    assert found == []
