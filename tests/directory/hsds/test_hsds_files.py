"""Files as they come: good, damaged, in other encodings, and not there at all."""

import pytest

from linli.directory.hsds.files import Unreadable, open_package

HEADER = "id,name\n"


def package(folder, text="", name="organizations.csv", encoding="utf-8"):
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return folder


def rows(path, table="organizations", **options):
    return [
        (row.number, row["id"], row["name"], row.surplus) for row in open_package(path, **options).rows(table)
    ]


def refusal(path, **options):
    with pytest.raises(Unreadable) as refused:
        rows(path, **options)
    return str(refused.value.sentence)


def test_rows_are_numbered_as_in_a_spreadsheet(tmp_path):
    text = 'id,name\n1,"two\nlines"\n\n2,short\n3\n4,much,more\n,\n5,last'
    assert rows(package(tmp_path, text)) == [
        (2, "1", "two\nlines", 0),
        (4, "2", "short", 0),
        (5, "3", "", -1),
        (6, "4", "much", 1),
        (8, "5", "last", 0),
    ]


def test_a_byte_order_mark_windows_line_ends_and_capitals_in_the_header_are_fine(tmp_path):
    assert rows(package(tmp_path, b"\xef\xbb\xbfID , Name\r\n1,caf\xc3\xa9\r\n")) == [(2, "1", "café", 0)]


def test_both_generations_of_file_names(tmp_path):
    package(tmp_path, HEADER + "1,a\n", "organization.csv")
    package(tmp_path, "id,service_id,location_id\n7,s,l\n", "service_at_locations.csv")
    assert rows(tmp_path) == [(2, "1", "a", 0)]
    assert [row["location_id"] for row in open_package(tmp_path).rows("offers")] == ["l"]
    assert rows(tmp_path, "phones") == []


def test_files_may_lie_in_the_subfolder_data(tmp_path):
    package(tmp_path / "data", HEADER + "1,a\n")
    assert rows(tmp_path) == [(2, "1", "a", 0)]


def test_says_when_there_is_nothing_or_no_folder_or_no_known_file(tmp_path):
    file = tmp_path / "x.zip"
    assert refusal(file) == f"There is nothing at {file}."
    file.write_bytes(b"PK")
    assert refusal(file).startswith(f"{file} is not a folder.")
    assert refusal(tmp_path).startswith(f"{tmp_path} holds none of the files of the standard")


def test_says_which_column_is_missing(tmp_path):
    assert refusal(package(tmp_path, "id;name\n1;a\n")).startswith(
        "organizations.csv has no column id, name."
    )
    assert refusal(package(tmp_path, "")).startswith("organizations.csv has no column id, name.")


@pytest.mark.parametrize("encoding", ["gb18030", "latin-1", "utf-16"])
def test_another_encoding_is_named_and_can_be_said(tmp_path, encoding):
    name = "静安" if encoding == "gb18030" else "café"
    path = package(tmp_path, HEADER + f"1,{name}\n", encoding=encoding)
    assert refusal(path).startswith("organizations.csv is not UTF-8 (after row 0).")
    assert rows(path, encoding=encoding) == [(2, "1", name, 0)]


def test_an_encoding_nobody_knows(tmp_path):
    assert refusal(package(tmp_path, HEADER), encoding="klingon") == "There is no encoding called klingon."


def test_a_file_cut_off_is_not_read(tmp_path):
    whole = "id,name,url\n1,a,http://a\n2,b,http://b\n"
    assert refusal(package(tmp_path, whole[:-11])) == (
        "organizations.csv ends in the middle of row 3. Please fetch it again."
    )
    assert refusal(package(tmp_path, 'id,name\n1,a\n2,"b')).startswith(
        "organizations.csv, row 3 cannot be taken apart into cells"
    )


def test_a_runaway_cell_is_not_read(tmp_path):
    text = HEADER + "1,a\n2," + "x" * 1_000_000 + "\n"
    assert refusal(package(tmp_path, text)).startswith(
        "organizations.csv, row 3: a cell is longer than 131072"
    )


def test_rows_come_one_by_one(tmp_path):
    path = package(tmp_path, HEADER + "".join(f"{n},a\n" for n in range(50_000)) + '9,"')
    stream = open_package(path).rows("organizations")
    assert [next(stream)["id"] for _ in range(3)] == ["0", "1", "2"]


def test_says_why_a_file_cannot_be_opened(tmp_path, monkeypatch):
    path = package(tmp_path, HEADER)

    def refuse(self, *args, **kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    assert refusal(path).endswith("cannot be read: Permission denied.")
