"""The courtyard on the pages for residents is what the command draws and says."""

from pathlib import Path

import pytest

from linli.methods.__main__ import main

PAGES = Path(__file__).resolve().parents[2] / "docs" / "methods"
EXAMPLE = PAGES / "opinion-example"


@pytest.mark.parametrize(("language", "page"), [("en", "opinion.md"), ("zh", "opinion.zh-CN.md")])
def test_the_courtyard(language, page, tmp_path, capsys):
    words = ["opinion", "map", EXAMPLE / "votes.csv", "--comments", EXAMPLE / "comments.csv"]
    words += ["--language", language, "--svg", tmp_path / "map.svg"]
    assert main([str(word) for word in words]) == 0
    assert (tmp_path / "map.svg").read_text() == (EXAMPLE / f"map.{language}.svg").read_text()
    told = " ".join(capsys.readouterr().out.split())
    for figures in ("22 / 22", "13 / 16", "20 / 20", "16 / 17", "35 / 37", "30 / 38", "1.00"):
        assert figures in told
    text = (PAGES / page).read_text("utf-8")
    assert f"opinion-example/map.{language}.svg" in text
    for number in ("42", "40", "22", "18", "35", "37", "30", "38", "1.00"):
        assert number in text
