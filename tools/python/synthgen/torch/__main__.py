"""Prints the whole module as one file, which works without the package:

    python3 tools/python/synthgen/torch > synthgen_torch.py
    python3 -m synthgen.torch > synthgen_torch.py

The first works in a checkout, the second where the package is installed. `import synthgen_torch` then needs
Python 3.9 or newer, PyTorch and NumPy only.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent
_HEAD = '''\
{docstring}

# Made of the modules of synthgen.torch by `python3 -m synthgen.torch`: change those, not this file.

from __future__ import annotations

{imports}
'''


def one_file() -> str:
    """The text of one Python file with everything that the package exports."""
    package = ast.parse((_FOLDER / "__init__.py").read_text(encoding="utf-8"))
    imports: dict[str, set[str]] = {}
    parts: list[str] = []
    seen: dict[str, str] = {}
    for name in _in_order(package, []):
        text = (_FOLDER / f"{name}.py").read_text(encoding="utf-8")
        parts.append(f"\n\n# {name}.py: {_own_part(name, text, imports, seen)}")
    docstring = (ast.get_docstring(package, clean=False) or "").split("\n\n", 2)
    intro = "Without the package synthgen it needs Python 3.9 or newer, PyTorch and NumPy; only GeneratedDataset needs it."
    text = f'"""{docstring[0]}\n\n{intro}\n\n{docstring[2]}"""'
    exported = next(node for node in package.body if isinstance(node, ast.Assign))
    head = _HEAD.format(docstring=text, imports=_import_lines(imports))
    return head + "".join(parts) + f"\n\n{ast.unparse(exported)}\n"


def _in_order(tree: ast.Module, found: list[str]) -> list[str]:
    """The modules that a module is made of, each after those that it imports."""
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.level == 1 and node.module not in found:
            own = ast.parse((_FOLDER / f"{node.module}.py").read_text(encoding="utf-8"))
            _in_order(own, found)
            found.append(str(node.module))
    return found


def _own_part(name: str, text: str, imports: dict[str, set[str]], seen: dict[str, str]) -> str:
    """A module without its imports, which are added to `imports`; its docstring comes first, as a comment."""
    lines = text.split("\n")
    tree = ast.parse(text)
    for node in tree.body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            if isinstance(node, ast.Import):
                imports.setdefault(ast.unparse(node), set())
            elif node.level == 0 and node.module != "__future__":
                imports.setdefault(f"from {node.module} import ", set()).update(map(ast.unparse, node.names))
            lines[node.lineno - 1 : node.end_lineno] = [""] * (node.end_lineno - node.lineno + 1)
        for defined in _defined_by(node):
            if seen.setdefault(defined, name) != name:
                raise ValueError(f"{name}.py and {seen[defined]}.py both define {defined}: rename one")
    first, *rest = (ast.get_docstring(tree) or "").split("\n")
    comment = "\n".join([first, *(f"# {line}".rstrip() for line in rest)])
    return f"{comment}\n\n" + "\n".join(lines[tree.body[0].end_lineno :]).strip("\n") + "\n"


def _defined_by(node: ast.stmt) -> list[str]:
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _import_lines(imports: dict[str, set[str]]) -> str:
    """The standard library's, then others'."""

    def place(line: str) -> tuple[bool, bool, str]:
        return line.split()[1].split(".")[0] in ("numpy", "torch"), line.startswith("from"), line

    return "\n".join(sorted((head + ", ".join(sorted(names)) for head, names in imports.items()), key=place))


if __name__ == "__main__":
    sys.stdout.write(one_file())
