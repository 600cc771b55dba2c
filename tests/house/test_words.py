"""Every text is in both languages, every setting and every fact is documented."""

import re
from collections import defaultdict

import polib
from django.conf import settings

from linli.kit.catalogue import merged, texts_of, untranslated
from linli.ledger.facts import CONSUMERS, HEARD_BY, KINDS

ROOT = settings.PACKAGE.parent.parent
SETTING = re.compile(r"""env(?:_list|_flag)?\(\s*["']([A-Z_]+)["']""")


def apps():
    return sorted(path.parent for path in settings.PACKAGE.glob("*/apps.py"))


def test_no_text_is_left_untranslated():
    missing = []
    for app in apps():
        catalogue = merged(app / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po", texts_of(app))
        missing += [f"{app.name}: {text}" for text in untranslated(catalogue)]
    assert missing == []


def test_a_text_says_the_same_in_every_app():
    """All catalogues are read into one: of two translations of one text only one would ever be seen."""
    found = defaultdict(set)
    for path in settings.PACKAGE.glob("*/locale/zh_Hans/LC_MESSAGES/django.po"):
        for entry in polib.pofile(str(path)):
            found[entry.msgctxt, entry.msgid].add(entry.msgstr or entry.msgstr_plural[0])
    assert {text: words for text, words in found.items() if len(words) > 1} == {}


def test_every_setting_is_documented():
    named = {f"LINLI_{name}" for name in SETTING.findall((settings.PACKAGE / "settings.py").read_text())}
    documented = set(re.findall(r"^\| `(LINLI_[A-Z_]+)`", (ROOT / "docs" / "settings.md").read_text(), re.M))
    assert documented == named


def test_every_fact_is_documented_with_who_hears_it():
    rows = re.findall(r"^\| `([a-z_.]+)` \|.*\| (.*) \|$", (ROOT / "docs" / "facts.md").read_text(), re.M)
    documented = {kind: sorted(re.findall(r"`([^`]+)`", heard)) for kind, heard in rows}
    assert documented == {kind: sorted(HEARD_BY.get(kind, [])) for kind in KINDS}


def test_every_consumer_exists():
    assert {name for names in HEARD_BY.values() for name in names} <= set(CONSUMERS)
