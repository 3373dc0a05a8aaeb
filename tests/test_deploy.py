"""What an operator copies works: units, workflow, and every command line of the documentation."""

import configparser
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from archive.cli import main

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
WRITTEN = [*sorted(DEPLOY.iterdir()), ROOT / "docs" / "operations.md"]

# A command line begins a line, a backquoted passage, or what follows « = », « ; », « { » or « run: »; it may
# name the folder of the program. What merely speaks of coopress is followed by no command.
_COMMAND = re.compile(
    r"(?:^|[`={;]|run:|\s/\S{0,40}/)\s*(?:/\S{0,40}/)?coopress ([a-z][^`\n]*)", re.MULTILINE
)
# Where the shell, or the sentence, takes over.
_ENDS = re.compile(r"\s*(?:;|\|\||&&|>>?|\||\}).*")


def command_lines() -> Iterator[tuple[str, str]]:
    for path in WRITTEN:
        text = path.read_text("utf-8")
        for line in re.split(r"\n|; (?=/)", text):
            for match in _COMMAND.finditer(line):
                yield path.name, _ENDS.sub("", match[1]).strip()


def is_command(line: str) -> bool:
    return line.split()[0] in main.commands


LINES = sorted({(name, line) for name, line in command_lines() if is_command(line)})


def test_the_command_lines_are_found() -> None:
    first = {(name, line.split()[0]) for name, line in LINES}
    for name in ("coopress.service", "crontab", "github-actions.yml", "operations.md"):
        assert {(name, "crawl"), (name, "backup"), (name, "check")} <= first


@pytest.mark.parametrize(("name", "line"), LINES)
def test_every_command_line_is_understood(name: str, line: str) -> None:
    command: click.Command = main
    words = shlex.split(line)
    while isinstance(command, click.Group):
        command = command.commands[words.pop(0)]
    command.make_context(command.name, words).close()


def test_no_command_is_written_that_there_is_not() -> None:
    for path in WRITTEN:
        for match in re.finditer(r"(?:/bin/|`|run: )coopress ([a-z-]+)", path.read_text("utf-8")):
            assert match[1] in main.commands, (path.name, match[0])


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is absent")
def test_systemd_finds_nothing_to_say_about_the_units(tmp_path: Path) -> None:
    for unit in ("coopress.service", "coopress.timer"):
        text = (DEPLOY / unit).read_text("utf-8")
        # The program and its user are not on this machine.
        text = text.replace("/opt/coopress/bin/coopress", "/bin/true").replace("=coopress\n", "=root\n")
        (tmp_path / unit).write_text(text, "utf-8")
    result = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / "coopress.timer")],
        capture_output=True,
        text=True,
        check=False,
    )
    told = [line for line in result.stderr.splitlines() if "coopress" in line]
    assert (result.returncode, told) == (0, [])


def test_the_service_may_write_to_its_own_folders_alone() -> None:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(DEPLOY / "coopress.service", "utf-8")
    service = parser["Service"]
    assert service["ProtectSystem"] == "strict"
    assert service["StateDirectory"] == "coopress"
    assert service["NoNewPrivileges"] == "yes"
    assert service["SuccessExitStatus"] == "3"


def test_the_workflow_is_whole() -> None:
    yaml = pytest.importorskip("yaml")
    workflow = yaml.safe_load((DEPLOY / "github-actions.yml").read_text("utf-8"))
    # YAML 1.1 reads the key « on » as true.
    assert set(workflow) == {"name", True, "permissions", "concurrency", "jobs"}
    steps = workflow["jobs"]["crawl"]["steps"]
    assert all(("uses" in step) != ("run" in step) for step in steps)
    names = [step.get("name") for step in steps]
    assert names.index("Crawl") < names.index("Backup") < names.index("Check")


def test_the_crontab_has_a_time_a_user_and_a_command_in_each_line() -> None:
    lines = (DEPLOY / "crontab").read_text("utf-8").splitlines()
    jobs = [line for line in lines if re.match(r"[\d*]", line)]
    assert len(jobs) == 2
    for job in jobs:
        *times, user, command = job.split(maxsplit=6)
        assert all(re.fullmatch(r"[\d*]+", time) for time in times)
        assert user == "coopress"
        assert "%" not in command  # cron would take it for a line break


def test_the_log_files_that_are_rotated_are_those_that_are_written() -> None:
    written = set(re.findall(r">> (\S+)/[a-z]+\.log", (DEPLOY / "crontab").read_text("utf-8")))
    assert {f"{folder}/*.log" for folder in written} == {"/var/log/coopress/*.log"}
    assert "/var/log/coopress/*.log {" in (DEPLOY / "logrotate").read_text("utf-8")
