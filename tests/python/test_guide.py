"""The Python of the guide prints what is shown."""

import contextlib
import io
import re

import pytest

from conftest import repository

BLOCKS = [
    (page.name, code, output)
    for page in sorted((repository / "web/guide").rglob("*.md"))
    for code, output in re.findall(
        r"^```python\n((?:(?!^```).)*)^```\n\n```text\n(.*?)^```$", page.read_text("utf-8"), re.M | re.S
    )
]


def test_there_are_examples():
    assert len(BLOCKS) >= 3


@pytest.mark.parametrize(("page", "code", "output"), BLOCKS)
def test_an_example_prints_what_is_shown(page, code, output):
    if "torch" in code:
        pytest.importorskip("torch")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, page, "exec"), {"__name__": "example"})
    assert printed.getvalue() == output
