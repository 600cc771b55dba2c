"""A message is sent at most once, or shown as unknown, whoever is killed and when."""

import pytest

from tests import programs

PEOPLE = 600


@pytest.mark.processes
def test_no_message_is_doubled_or_forgotten_while_senders_are_killed(tmp_path, empty_database, capsys):
    with programs.own_database(tmp_path, "delivery_trial", copied=empty_database) as environment:
        figures = programs.run("tests.notices.delivery_trial", PEOPLE, 20261122, environment=environment)
    programs.tell_figures(capsys, figures)

    assert (figures["doubled"], figures["sent_but_not_taken"], figures["neither"]) == (0, 0, 0)
    assert figures["sent"] + figures["unknown"] == figures["messages"] == PEOPLE
    # Some died before the gateway had it and some after: nobody can know, so both are unknown.
    assert 0 < figures["unknown_but_taken"] < figures["unknown"]
