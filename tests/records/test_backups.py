"""What makes a backup one, and what is refused. That every row comes back is shown in tests/start/test_restore.py."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from linli.records import diary
from linli.records.backups import LIST, MEDIA, checked, digest, drop_old, newest
from linli.records.databases import Broken, own_database
from linli.records.fingerprints import count, differing, of_rows

NOW = datetime(2026, 3, 31, 2, 30, tzinfo=UTC)


@pytest.fixture
def backup(tmp_path):
    """A backup by its look: the files, and the list that says what they are."""
    folder = tmp_path / "linli-20260331T023000Z"
    folder.mkdir()
    names = own_database().file, MEDIA
    for name in names:
        (folder / name).write_bytes(b"bytes of " + name.encode())
    files = {name: digest(folder / name) for name in names}
    (folder / LIST).write_text(json.dumps({"database": names[0], "rows": {}, "files": files}))
    return folder


def test_a_whole_one_is_accepted(backup):
    assert checked(backup)["rows"] == {}


def test_any_changed_byte_of_it_is_found(backup):
    for name in (own_database().file, MEDIA):
        data = (backup / name).read_bytes()
        for place in range(len(data)):
            (backup / name).write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
            with pytest.raises(Broken, match="not as it was written"):
                checked(backup)
        (backup / name).write_bytes(data)


@pytest.mark.parametrize("what", ["no list", "half a list", "no database", "another database"])
def test_what_is_no_backup_of_this_installation_is_refused(backup, what):
    if what == "no list":
        (backup / LIST).unlink()
    elif what == "half a list":
        (backup / LIST).write_text((backup / LIST).read_text()[:40])
    elif what == "no database":
        (backup / own_database().file).unlink()
    else:
        (backup / LIST).write_text(json.dumps({"database": "other.db", "rows": {}, "files": {}}))
    with pytest.raises(Broken):
        checked(backup)


def test_old_ones_go_and_the_newest_never(tmp_path):
    names = [
        "linli-20260101T023000Z",
        "linli-20260223T023000Z",
        "linli-20260225T023000Z",
        "linli-20260226T023000Z",
    ]
    for name in [*names, "linli-20260330T023000Z.unfinished", "other", "linli-mineZ"]:
        (tmp_path / name).mkdir()
    assert drop_old(tmp_path, keep=timedelta(days=35), now=NOW) == names[:2]
    assert sorted(path.name for path in tmp_path.iterdir()) == [*names[2:], "linli-mineZ", "other"]
    assert drop_old(tmp_path, keep=timedelta(days=0), now=NOW) == names[2:3]


def test_only_one_left_is_kept_however_old(tmp_path):
    (tmp_path / "linli-20200101T023000Z").mkdir()
    assert drop_old(tmp_path, keep=timedelta(days=35), now=NOW) == []


def test_the_newest_is_found(tmp_path, backup):
    assert newest(backup) == backup
    assert newest(backup.parent) == backup
    with pytest.raises(Broken):
        newest(backup.parent / "nowhere")


def test_the_order_of_rows_is_irrelevant_and_all_else_is_not():
    rows = [b"a", b"b", b"b"]
    same = of_rows(rows)
    assert of_rows(reversed(rows)) == same
    for other in ([b"a", b"b"], [b"a", b"a", b"b"], [b"a", b"b", b"b", b"b"], [b"a", b"b", b"c"], []):
        assert of_rows(other) != same
    found = {"x": same, "y": of_rows([])}
    assert (count(found), differing(found, {"x": same, "z": same})) == (3, ["y", "z"])


def test_the_diary_keeps_one_entry_each_and_survives_nonsense(settings, tmp_path):
    settings.DATA = tmp_path
    assert diary.read() == {}
    first = diary.Entry(NOW.isoformat(), "/backups/1", 1.5, 100, 10)
    diary.note("backup", first)
    diary.note("restore_test", first)
    second = diary.Entry(NOW.isoformat(), "/backups/2", 1.5, 100, 10, good=False)
    diary.note("backup", second)
    assert diary.read() == {"backup": second, "restore_test": first}
    assert diary.read()["backup"].moment == NOW
    for nonsense in ("", "{", "[]", '{"backup": {}}', '{"backup": 7}'):
        (tmp_path / "records.json").write_text(nonsense)
        assert diary.read() == {}
