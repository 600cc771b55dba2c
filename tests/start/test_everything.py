"""`./linli test` itself: nothing is skipped in silence, and one failure fails the whole."""

import pytest

from tests import everything


@pytest.fixture
def no_chromium(monkeypatch):
    monkeypatch.setattr(everything, "has_chromium", lambda: False)
    commands = []
    monkeypatch.setattr(everything, "call", lambda command, **more: commands.append(command) or 0)
    return commands


def test_a_missing_browser_ends_the_run_with_the_line_to_type(no_chromium, monkeypatch):
    monkeypatch.setattr(everything.os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit) as end:
        everything.ensure_chromium()
    assert "sudo apt-get install -y --no-install-recommends chromium fonts-noto-cjk" in end.value.code
    assert no_chromium == []


def test_the_administrator_of_a_debian_machine_gets_it_installed(no_chromium, monkeypatch):
    monkeypatch.setattr(everything.os, "geteuid", lambda: 0)
    monkeypatch.setattr(everything.shutil, "which", lambda name: f"/usr/bin/{name}")
    everything.ensure_chromium()
    assert [command[:2] for command in no_chromium] == [["apt-get", "update"], ["apt-get", "install"]]


@pytest.mark.parametrize("failing", ["ruff", "lint-imports", "mypy", "pytest"])
def test_whatever_fails_fails_the_whole(failing, monkeypatch, capsys):
    def call(command, **more):
        return int(any(failing in str(part).rsplit("/", 1)[-1] for part in command[:3]))

    monkeypatch.setattr(everything, "has_chromium", lambda: True)
    monkeypatch.setattr(everything, "call", call)
    monkeypatch.delenv("LINLI_DATA")
    assert everything.main([]) == 1
    assert "FAILED: " in capsys.readouterr().out.splitlines()[-1]


def test_the_whole_passes_when_everything_does(monkeypatch, capsys):
    runs = []
    monkeypatch.setattr(everything, "has_chromium", lambda: True)
    monkeypatch.setattr(everything, "call", lambda command, **more: runs.append(more) or 0)
    monkeypatch.delenv("LINLI_DATA")
    assert everything.main([]) == 0
    databases = [run["LINLI_TEST_DATABASE"] for run in runs if "LINLI_TEST_DATABASE" in run]
    assert databases == ["sqlite", "postgres"]
    assert capsys.readouterr().out.splitlines()[-1].startswith("Everything passed")
