"""The Python of the guide prints what is shown."""

import contextlib
import io
import re

import pytest

import synthgen
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


def test_five_lines_lead_from_installing_to_training_on_a_preset():
    torch = pytest.importorskip("torch")
    page = (repository / "web/guide/python.md").read_text(encoding="utf-8")
    shell, code = re.findall(r"^```(?:bash|python)\n(.*?)^```$", page, re.M | re.S)[:2]
    lines = [line for line in (shell + code).splitlines() if line.strip()]
    assert len(lines) <= 5 and lines[0].endswith("pip install .")
    vocab_size = synthgen.Generator(preset=re.search(r'preset="([^"]+)"', code)[1]).config["vocab_size"]
    model = torch.nn.Sequential(torch.nn.Embedding(vocab_size, 8), torch.nn.Linear(8, vocab_size))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
    losses = []

    class Enough(Exception):
        pass

    def train_step(input_ids, labels):
        loss = torch.nn.functional.cross_entropy(model(input_ids).transpose(1, 2), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        if len(losses) == 4:
            raise Enough

    with pytest.raises(Enough):
        exec(compile(code, "python.md", "exec"), {"train_step": train_step})
    assert losses[-1] < losses[0]
