import pytest
from django.utils.translation import override

from linli.ledger.facts import KINDS
from linli.notices.messages import Message, kinds, message, notice


def test_every_kind_of_notice_is_a_fact():
    assert set(kinds()) - set(KINDS) == set()


def test_a_kind_has_one_writer():
    with pytest.raises(ValueError, match=r"directory\.status_declared"):
        notice("directory.status_declared")(lambda data, subject: Message(""))


def test_it_speaks_the_readers_language_and_has_words_for_a_hidden_subject(town):
    data = {"state": "closed", "until": "2026-11-23T15:00:00+08:00"}
    with override("zh-hans"):
        assert message("directory.status_declared", data, town.tower).title.startswith("云塔党群服务站")
    with override("en"):
        assert message("directory.status_declared", data, town.tower).title.startswith("Cloud Tower Station")
        assert message("directory.status_declared", data, None).title.startswith("A station you follow")
