"""Builds synthgen._core with CMake; everything else of the package is in pyproject.toml.

SYNTHGEN_BUILD_DIR names a build directory that was configured with SYNTHGEN_PYTHON=ON, whose core is reused;
without it the core is built in build/python.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

source = Path(__file__).resolve().parent


def run(*command: str) -> None:
    print("+", *command, flush=True)
    if subprocess.run(command).returncode != 0:
        sys.exit("synthgen: the core could not be built; the reason is above")


class CMakeBuild(build_ext):
    def build_extension(self, extension: Extension) -> None:
        if shutil.which("cmake") is None:
            sys.exit("synthgen: cmake was not found: install cmake (Debian, Ubuntu)")
        build = Path(os.environ.get("SYNTHGEN_BUILD_DIR") or source / "build/python")
        options = [f"-DPython_EXECUTABLE={sys.executable}", "-DSYNTHGEN_PYTHON=ON"]
        try:
            import pybind11

            options.append(f"-DSYNTHGEN_PYBIND11_INCLUDE_DIR={pybind11.get_include()}")
        except ImportError:
            pass  # the compiler's own path may have its headers; CMake says so if not
        if "SYNTHGEN_BUILD_DIR" not in os.environ:
            options.append("-DSYNTHGEN_CLI=OFF")
            if shutil.which("ninja"):
                options.append("-GNinja")
        jobs = os.environ.get("CMAKE_BUILD_PARALLEL_LEVEL") or str(os.cpu_count() or 1)
        run("cmake", "-S", str(source), "-B", str(build), *options)
        run("cmake", "--build", str(build), "--target", "synthgen_python", "--parallel", jobs)
        target = Path(self.get_ext_fullpath(extension.name))
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(build / "python" / target.name, target)
        # The page that `synthgen.show` embeds, where it was built.
        report = source / "build/report/index.html"
        if report.exists():
            shutil.copy(report, target.parent / "report.html")


setup(
    version=json.loads((source / "package.json").read_text(encoding="utf-8"))["version"],
    ext_modules=[Extension("synthgen._core", [])],
    cmdclass={"build_ext": CMakeBuild},
)
