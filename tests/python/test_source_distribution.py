"""A checkout and a source distribution have what the extension is built from.

SYNTHGEN_PYTHON_BUILD=full also compiles the core in each, which takes minutes.
"""

import os
import subprocess
import sys
import tarfile

import pytest

from conftest import repository


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy of the files that git knows, since setuptools leaves its notes next to what it packs."""
    source = tmp_path_factory.mktemp("checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=repository, check=True, capture_output=True, text=True,
    ).stdout.split("\0")
    for name in filter(None, listed):
        if (repository / name).is_file() and not name.startswith(("web/", "tests/")):
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((repository / name).read_bytes())
    return source


@pytest.fixture(scope="module")
def unpacked(checkout, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sdist")
    build = "import sys, setuptools.build_meta as b; print(b.build_sdist(sys.argv[1]))"
    made = subprocess.run(
        [sys.executable, "-c", build, str(folder)], cwd=checkout, check=True, capture_output=True, text=True
    ).stdout.split()[-1]
    with tarfile.open(folder / made) as archive:
        archive.extractall(folder)
    return folder / made.removesuffix(".tar.gz")


def configure(source, build, *options):
    words = ["cmake", "-S", source, "-B", build, "-DSYNTHGEN_PYTHON=ON", "-DSYNTHGEN_CLI=OFF", *options]
    return subprocess.run(list(map(str, words)), capture_output=True, text=True)


def test_it_holds_the_core_the_bindings_and_the_package(unpacked):
    for folder, pattern in (("cpp/synthgen", "*.?pp"), ("cpp/python", "*"), ("tools/python/synthgen", "*.py*")):
        for path in (repository / folder).rglob(pattern):
            if path.is_file() and "__pycache__" not in path.parts:
                assert (unpacked / path.relative_to(repository)).is_file(), path


def test_it_is_configured_without_the_programs_libraries(unpacked, tmp_path):
    made = configure(unpacked, tmp_path / "build", f"-DPython_EXECUTABLE={sys.executable}")
    assert made.returncode == 0, made.stderr
    assert "CLI11" not in (tmp_path / "build/CMakeCache.txt").read_text()


def test_a_missing_header_is_named_with_its_package(unpacked, tmp_path):
    made = configure(unpacked, tmp_path / "build", "-DCMAKE_IGNORE_PATH=/usr/include;/usr/local/include")
    assert made.returncode != 0
    assert "nlohmann/json.hpp was not found: install nlohmann-json3-dev" in " ".join(made.stderr.split())


if os.environ.get("SYNTHGEN_PYTHON_BUILD") == "full":

    @pytest.mark.parametrize("kind", ["checkout", "unpacked"])
    def test_pip_compiles_the_core_in_a_fresh_environment(kind, request, tmp_path):
        python = tmp_path / "environment/bin/python"
        offline = ["--no-index", "--no-build-isolation", "--no-deps", "--disable-pip-version-check"]
        show = "import synthgen; print(synthgen.__file__, synthgen.generate(vocab_size=9, seq_length=4, count=1).tokens)"
        environment = {name: value for name, value in os.environ.items() if name != "SYNTHGEN_BUILD_DIR"}

        def run(*words, **options):
            made = subprocess.run([*map(str, words)], capture_output=True, text=True, **options)
            assert made.returncode == 0, made.stdout + made.stderr
            return made.stdout

        run(sys.executable, "-m", "venv", "--system-site-packages", tmp_path / "environment")
        run(python, "-m", "pip", "install", *offline, ".", cwd=request.getfixturevalue(kind), env=environment)
        file, tokens = run(python, "-c", show, cwd=tmp_path).split(" ", 1)
        assert file.startswith(str(tmp_path))
        assert tokens == run(sys.executable, "-c", show).split(" ", 1)[1]
