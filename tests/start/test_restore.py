"""Backup and restore as docs/production.md says them, line by line, and everything taken away as files, on the database of
this run.
"""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest

from linli.areas.models import Unit
from linli.records.databases import Broken
from linli.records.exporting import import_all
from tests import cluster, postgres
from tests.programs import own_database

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("restore")]
ROOT = Path(__file__).resolve().parents[2]
ERASE = """
import django; django.setup()
from linli.ledger.work import drain
from linli.people.actions.erasure import erase_person
from linli.people.models import Person
mei = Person.objects.get(cast="mei")
erase_person(by=mei, person=mei)
drain()
"""
LOSE = """
import django; django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("DELETE FROM directory_openingrule")
    cursor.execute("UPDATE directory_station SET name = 'lost'")
"""
# Half a minute less, for what is thirty thousand times the same.
FEWER = """
import django; django.setup()
from linli.directory.models import WalkIn
WalkIn.objects.exclude(hour=12).delete()
"""
LIVING = """
import django; django.setup()
from linli.people.models import Person
print(sorted(Person.objects.filter(erased_at=None).values_list("cast", flat=True)))
"""


def documented(heading: str) -> str:
    """The commands under a heading of the production page."""
    page = (ROOT / "docs" / "production.md").read_text()
    section = page.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"```sh\n(.*?)```", section, re.DOTALL)[0]


@pytest.fixture(scope="module")
def installation(tmp_path_factory, empty_database):
    """A machine with the demonstration network, whose service manager does nothing: run(commands) and its folder."""
    folder = tmp_path_factory.mktemp("installation")
    stand_ins = folder / "bin"
    stand_ins.mkdir()
    (stand_ins / "systemctl").write_text("#!/bin/sh\n")
    (stand_ins / "systemctl").chmod(0o755)
    (stand_ins / "python3").symlink_to(sys.executable)
    programs = [stand_ins, ROOT / "deploy", *([cluster.find_binaries()] if postgres.asked() else [])]
    with own_database(folder, "restored", copied=empty_database) as environment:
        environment["PATH"] = os.pathsep.join([*map(str, programs), environment["PATH"]])
        environment |= {"LINLI_PYTHON": sys.executable, "LINLI_DEMO": "1"}

        def run(commands: str) -> str:
            shell = ["sh", "-euc", commands]
            done = subprocess.run(
                shell, env=environment, cwd=ROOT, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stdout + done.stderr
            return done.stdout

        run("linli-manage prepare && linli-manage work --once")
        run(python(FEWER))
        (folder / "media").mkdir()
        (folder / "media" / "poster.txt").write_text("a poster")
        yield SimpleNamespace(run=run, folder=folder, url=environment.get("LINLI_DATABASE_URL"))


@pytest.fixture(scope="module")
def backup(installation) -> Path:
    commands = documented("Backup").replace("/var/backups/linli", str(installation.folder / "backups"))
    return Path(installation.run(commands).strip())


def python(code: str) -> str:
    return f"'{sys.executable}' - <<'CODE'\n{code}\nCODE"


def rows(run) -> dict[str, str]:
    return json.loads(run(f"'{sys.executable}' -m tests.start.rows").splitlines()[-1])


def restore(run, backup: Path) -> str:
    commands = documented("Restore")
    assert commands.count("/var/backups/linli/linli-20260131T023000Z") == 1
    return run(commands.replace("/var/backups/linli/linli-20260131T023000Z", str(backup)))


def test_every_row_and_upload_comes_back(installation, backup):
    before = rows(installation.run)
    poster = installation.folder / "media" / "poster.txt"
    poster.unlink()
    installation.run(python(LOSE))
    lost = rows(installation.run)
    changed = {table for table in before if before[table] != lost[table]}
    assert changed == {"directory_openingrule", "directory_station"}
    said = restore(installation.run, backup)
    assert "0 tables differ" in said
    assert "every event fits its seal" in said
    assert rows(installation.run) == before
    assert poster.read_text() == "a poster"


def test_an_erased_person_stays_erased(installation, backup):
    everybody = installation.run(python(LIVING))
    installation.run(python(ERASE))
    said = restore(installation.run, backup)
    assert "1 erasures listed, 1 accounts were back and are empty again." in said
    assert installation.run(python(LIVING)) == everybody.replace("'mei', ", "")


def test_a_backup_is_for_its_owner_only_and_holds_no_key(backup):
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in [backup, *backup.iterdir()]}
    files = {"linli.dump" if postgres.asked() else "linli.sqlite3", "media.tar", "backup.json"}
    assert modes == {backup.name: "0o700"} | dict.fromkeys(files, "0o600")


def test_it_can_be_tried_beside_what_is_there(installation, backup):
    before = rows(installation.run)
    said = installation.run(f"linli-manage restore --try '{backup.parent}'")
    assert re.search(r"\d+ rows, 0 tables differ, ", said)
    assert rows(installation.run) == before
    diary = json.loads((installation.folder / "records.json").read_text())
    assert (diary["restore_test"]["good"], diary["backup"]["rows"]) == (True, diary["restore_test"]["rows"])


def test_while_somebody_is_connected_nothing_is_touched(installation, backup):
    before = rows(installation.run)
    if postgres.asked():
        somebody = psycopg.connect(installation.url)
    else:
        somebody = sqlite3.connect(installation.folder / "linli.sqlite3")
        somebody.execute("SELECT 1 FROM people_person")
    with closing(somebody):
        told = installation.run(f"linli-manage restore '{backup}' 2>&1 && exit 1 || true")
    assert "Stop linli-web and linli-worker first" in told
    assert rows(installation.run) == before


@pytest.fixture(scope="module")
def exported(installation) -> Path:
    folder = installation.folder / "exported"
    said = installation.run(f"linli-manage export_all '{folder}'")
    assert re.fullmatch(r"\d+ rows in .*\n", said)
    return folder


def test_everything_goes_out_and_into_an_empty_installation(installation, exported, empty_database, tmp_path):
    with own_database(tmp_path, "moved", copied=empty_database) as environment:
        commands = f"migrate -v0 && linli import_all '{exported}' && linli export_all '{tmp_path / 'again'}'"
        commands += " && linli verify ledger"
        shell = f"linli() {{ '{sys.executable}' -m linli \"$@\"; }}; linli {commands}"
        done = subprocess.run(
            ["sh", "-euc", shell], env=environment, capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stderr
    assert "every event fits its seal" in done.stdout
    first, second = (
        json.loads((folder / "installation.json").read_text()) for folder in (exported, tmp_path / "again")
    )
    assert first["models"] == second["models"]
    assert first["models"]["ledger.leaf"]["rows"] > 100
    assert (tmp_path / "media" / "poster.txt").read_text() == "a poster"
    modes = [oct(path.stat().st_mode & 0o777) for path in (exported, exported / "installation.json")]
    assert modes == ["0o700", "0o600"]


@pytest.mark.parametrize(
    "what", ["a changed file", "a missing file", "no list", "other migrations", "a full house"]
)
def test_what_cannot_be_brought_in_is_refused(exported, tmp_path, db, what, request):
    folder = tmp_path / "exported"
    shutil.copytree(exported, folder)
    stations, listed = folder / "directory.station.jsonl", folder / "installation.json"
    if what == "a changed file":
        stations.write_bytes(stations.read_bytes().replace(b"2", b"3", 1))
    elif what == "a missing file":
        stations.unlink()
    elif what == "no list":
        listed.unlink()
    elif what == "other migrations":
        listed.write_text(json.dumps(json.loads(listed.read_text()) | {"migrations": []}))
    else:
        request.getfixturevalue("town")
    before = Unit.objects.count()
    with pytest.raises(Broken):
        import_all(folder)
    assert Unit.objects.count() == before
