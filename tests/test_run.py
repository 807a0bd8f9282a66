"""`./run` makes the environment once, says nothing when it stands, and survives what goes wrong.

The registry is the world, so `uv` is stood in for by a script that notes what it is asked to do;
the environment itself is real.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHELL_SCRIPTS = ("run", ".ci/run")
PATIENCE = 30.0
"""Seconds after which a process that should have ended is a failure."""

UV = """#!/bin/sh
echo "$*" >>"$UV_LOG"
[ -z "${UV_WAITS-}" ] || sleep "$UV_WAITS"
exit "${UV_EXIT-0}"
"""


class House:
    """A folder with our `run`, a lock and a pyproject of its own, and a uv that takes notes."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "a house"  # with a blank, as people have
        self.bin = folder / "bin"
        self.log = folder / "uv.log"
        for made in (self.root, self.bin):
            made.mkdir()
        shutil.copy(ROOT / "run", self.root)
        (self.root / "requirements.lock").write_text("# nothing\n")
        (self.root / "pyproject.toml").write_text("# nothing\n")
        self.program("uv", UV)

    @property
    def stamp(self) -> Path:
        """The file that says what the environment was made from."""
        return self.root / ".venv/stamp"

    @property
    def asked(self) -> list[str]:
        """Give what uv was asked, one line a call."""
        return self.log.read_text().splitlines() if self.log.exists() else []

    def program(self, name: str, text: str) -> None:
        """Put a program before all others."""
        (self.bin / name).write_text(text)
        (self.bin / name).chmod(0o755)

    def start(
        self, *words: str, script: Path | None = None, cwd: Path | None = None, **more: str
    ) -> subprocess.Popen[str]:
        """Start `run` with these arguments, in a process group of its own."""
        path = f"{self.bin}{os.pathsep}{os.environ['PATH']}"
        return subprocess.Popen(
            [script or self.root / "run", *words],
            cwd=cwd or self.root,
            env={**os.environ, "PATH": path, "UV_LOG": str(self.log), **more},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(
        self,
        *words: str,
        script: Path | None = None,
        cwd: Path | None = None,
        stdin: str = "",
        **more: str,
    ) -> tuple[int, str, str]:
        """Run it to its end: exit code, stdout, stderr."""
        with self.start(*words, script=script, cwd=cwd, **more) as process:
            out, err = process.communicate(stdin, timeout=PATIENCE)
        return process.returncode, out, err


@pytest.fixture
def house(tmp_path: Path) -> House:
    """An empty house."""
    return House(tmp_path)


def test_without_arguments_it_says_how(house: House) -> None:
    """Wrong usage costs nothing: no environment is made for it."""
    code, out, err = house.run()
    assert (code, out) == (2, "")
    assert err.startswith("run: usage: ./run COMMAND")
    assert not house.stamp.parent.exists()


def test_it_makes_the_environment_in_two_steps(house: House) -> None:
    """Pins with hashes first, then ourselves without asking anyone; its own words go to stderr."""
    code, out, err = house.run("python", "-c", "import sys; print(sys.prefix)")
    assert (code, out) == (0, f"{house.root / '.venv'}\n")
    assert err == "run: making .venv, which takes a minute\n"
    pins, ourselves = house.asked
    assert pins.endswith("--require-hashes -r requirements.lock")
    assert ourselves.endswith("--no-deps --no-build-isolation -e .")


def test_while_the_stamp_fits_it_is_silent(house: House) -> None:
    """Every command goes through it, so it must cost and say nothing."""
    house.run("true")
    before = house.asked
    assert house.run("true") == (0, "", "")
    assert house.asked == before


def test_the_command_keeps_its_folder_stdin_and_exit_code(house: House, tmp_path: Path) -> None:
    """It stands between the caller and the command, and neither may notice, even by a symlink."""
    link = tmp_path / "elsewhere" / "link"
    link.parent.mkdir()
    link.symlink_to("../a house/run")
    assert house.run("sh", "-c", "pwd; cat; exit 7", script=link, cwd=link.parent, stdin="in") == (
        7,
        f"{link.parent}\nin",
        "run: making .venv, which takes a minute\n",
    )


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_a_changed_file_is_installed_in_place(house: House, name: str) -> None:
    """New pins reach the environment at the next command, without making it from nothing."""
    house.run("true")
    kept = house.root / ".venv/kept"
    kept.touch()
    (house.root / name).write_text("# changed\n")
    assert house.run("true") == (0, "", "")
    assert len(house.asked) == 4
    assert kept.exists()


def test_another_interpreter_makes_it_anew(house: House) -> None:
    """After an upgrade of the system, packages built for the old Python are of no use."""
    house.run("true")
    python = house.root / ".venv/bin/python"
    python.unlink()
    python.write_text("#!/bin/sh\necho Python 3.10.0\n")
    python.chmod(0o755)
    code, out, _ = house.run("python", "-c", "print('new')")
    assert (code, out) == (0, "new\n")
    assert len(house.asked) == 4


def test_a_moved_house_makes_it_anew(house: House, tmp_path: Path) -> None:
    """The scripts of an environment name its folder: a copy's would run the original's code."""
    house.run("true")
    house.root = house.root.rename(tmp_path / "moved")
    _, out, err = house.run("python", "-c", "import sys; print(sys.prefix)")
    assert out == f"{tmp_path}/moved/.venv\n"
    assert err == "run: making .venv, which takes a minute\n"


def test_a_failed_install_is_not_taken_for_a_good_one(house: House) -> None:
    """The command does not run in half an environment, and the next call begins again."""
    code, out, err = house.run("echo", "never", UV_EXIT="3")
    assert (code, out) == (3, "")
    assert err.endswith("./run will begin again\n")
    assert not house.stamp.exists()
    left = house.root / ".venv/left"
    left.touch()
    assert house.run("echo", "now")[:2] == (0, "now\n")
    assert not left.exists()


def test_a_failed_update_is_not_forgotten(house: House) -> None:
    """Going back to the old files must not bring the old stamp back to life."""
    house.run("true")
    lock = house.root / "requirements.lock"
    old = lock.read_text()
    lock.write_text("# changed\n")
    house.run("true", UV_EXIT="1")
    lock.write_text(old)
    assert not house.stamp.exists()
    house.run("true")
    assert house.stamp.exists()


@pytest.mark.slow
def test_two_at_once_install_once(house: House) -> None:
    """A cron job and a developer may start in the same second; the later one waits."""
    both = [house.start("echo", "done", UV_WAITS="0.5") for _ in range(2)]
    ends = [process.communicate(timeout=PATIENCE) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert [out for out, _ in ends] == ["done\n", "done\n"]
    assert len(house.asked) == 2


def test_a_killed_install_blocks_nobody(house: House) -> None:
    """The lock dies with its holder, and what it left is made anew."""
    process = house.start("true", UV_WAITS="60")
    deadline = time.monotonic() + PATIENCE
    while not house.asked and time.monotonic() < deadline:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=PATIENCE)
    assert not house.stamp.exists()
    assert house.run("echo", "now")[:2] == (0, "now\n")


def test_without_python_it_says_so_in_one_sentence(house: House) -> None:
    """The first thing a newcomer may meet has to say what to install."""
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        house.program(name, "#!/bin/sh\necho /usr/bin/old; exit 1\n")
    code, out, err = house.run("true")
    assert (code, out) == (1, "")
    assert err.startswith("run: no Python 3.11 or newer is found: install one")
    assert err.count("\n") == 1


@pytest.mark.parametrize("name", SHELL_SCRIPTS)
def test_shell_scripts_pass_shellcheck(name: str) -> None:
    """Blanks in paths and unset names are what shell scripts fail on."""
    if not (shellcheck := shutil.which("shellcheck")):
        pytest.skip("shellcheck is not installed")
    result = subprocess.run([shellcheck, ROOT / name], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (0, "")
