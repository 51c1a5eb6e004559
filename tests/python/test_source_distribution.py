"""A source distribution has what the extension is built from."""

import subprocess
import sys
import tarfile

import pytest

from conftest import repository


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sdist")
    # In a copy: setuptools leaves its notes next to what it packs.
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=repository, check=True, capture_output=True, text=True,
    ).stdout.split("\0")
    source = folder / "source"
    for name in filter(None, listed):
        if (repository / name).is_file() and not name.startswith(("web/", "tests/")):
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((repository / name).read_bytes())
    build = "import sys, setuptools.build_meta as b; print(b.build_sdist(sys.argv[1]))"
    made = subprocess.run(
        [sys.executable, "-c", build, str(folder)], cwd=source, check=True, capture_output=True, text=True
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
