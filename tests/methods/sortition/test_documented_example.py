"""The courtyard on the pages for residents is what the commands say and draw."""

import csv
import json
from pathlib import Path

import pytest

from linli.methods.__main__ import main
from linli.methods.sortition.draw import SealedList, holds_ticket

PAGES = Path(__file__).resolve().parents[3] / "docs" / "methods"
EXAMPLE = PAGES / "sortition-example"
VALUE = "02 08 11 19 26 33 07"
COLUMNS = {"en": (".csv", "ticket", "flat"), "zh": (".zh.csv", "号码", "户")}


@pytest.mark.parametrize(("language", "page"), [("en", "sortition.md"), ("zh", "sortition.zh-CN.md")])
def test_the_courtyard(language, page, tmp_path, capsys):
    assert main(["sortition", "seed", str(EXAMPLE / "list.json"), VALUE, VALUE]) == 0
    seed = capsys.readouterr().out.strip()
    end, ids, homes = COLUMNS[language]
    files = [str(EXAMPLE / f"{name}{end}") for name in ("people", "quotas")]
    words = ["sortition", "panel", *files, "--size", "12", "--id", ids, "--household", homes]
    words += ["--seed", seed, "--language", language, "--svg", str(tmp_path / "panel.svg"), "--json"]
    assert main(words) == 0
    result = json.loads(capsys.readouterr().out)["result"]
    assert (tmp_path / "panel.svg").read_text() == (EXAMPLE / f"panel.{language}.svg").read_text()
    text = (PAGES / page).read_text("utf-8")
    assert f"sortition-example/panel.{language}.svg" in text
    assert result["fairness"]["certified"]
    assert f"**{result['drawn']['number']}**" in text
    drawn = ", ".join(result["drawn"]["ids"]).replace(", 60", " and 60")
    assert (drawn if language == "en" else "、".join(result["drawn"]["ids"])) in " ".join(text.split())
    told = {f"{chance * 100:.3g}".removesuffix(".0") for chance in result["people"]["probabilities"]}
    assert told == {"16.1", "21.1", "30"}
    assert all(number in text for number in told)
    assert f"sheet {result['sheet']['digest']}" in (EXAMPLE / "list.json").read_text()


@pytest.mark.parametrize(("language", "page"), [("en", "sortition.md"), ("zh", "sortition.zh-CN.md")])
def test_who_comes_instead(language, page, tmp_path, capsys):
    assert main(["sortition", "seed", str(EXAMPLE / "list.json"), VALUE, VALUE]) == 0
    seed = capsys.readouterr().out.strip()
    end, ids, homes = COLUMNS[language]
    files = [str(EXAMPLE / f"{name}{end}") for name in ("people", "quotas")]
    panel, then = tmp_path / "panel.json", tmp_path / "panel-2.json"
    words = ["sortition", "panel", *files, "--size", "12", "--id", ids, "--household", homes]
    assert main([*words, "--seed", seed, "--run", str(panel)]) == 0
    words = ["sortition", "replace", str(panel), "60", "--away", "26", "--files", str(EXAMPLE)]
    assert main([*words, "--run", str(then)]) == 0
    assert main(["sortition", "replace", str(then), "59", "--files", str(EXAMPLE)]) == 0
    text = (PAGES / page).read_text("utf-8")
    assert "replace panel.json 60 --away 26" in text
    assert "replace panel-2.json 59" in text
    (came,) = json.loads(then.read_text())["result"]["came"]
    assert f"**{came['comes']}**" in text


def test_everybody_of_the_example_finds_their_ticket():
    stored = json.loads((EXAMPLE / "list.json").read_text())
    sealed = SealedList(**{**stored, "tickets": tuple(stored["tickets"])})
    rows = list(csv.DictReader((EXAMPLE / "salts.csv").read_text().splitlines()))
    assert len(rows) == 60
    assert all(holds_ticket(sealed, int(row["ticket"]), bytes.fromhex(row["salt"])) for row in rows)
