"""What is done with programmes, sessions and seats."""

from linli.programmes.actions.afterwards import answer_session, say_what_came
from linli.programmes.actions.arriving import check_in, count_heads, release_unused, sync_arrivals
from linli.programmes.actions.blocks import give_block_back, name_in_block, take_block
from linli.programmes.actions.calendars import renew_calendar
from linli.programmes.actions.leading import find_leader, name_leader
from linli.programmes.actions.messages import send_message
from linli.programmes.actions.offering import accept_offer, give_seat, lapse_offer
from linli.programmes.actions.picturing import (
    add_picture,
    describe_picture,
    forget_picture,
    put_first,
    remove_picture,
)
from linli.programmes.actions.polls import open_poll, vote
from linli.programmes.actions.programmes import begin_programme, change_programme, end_programme
from linli.programmes.actions.proposals import agree_to_session, decline_session, propose_session
from linli.programmes.actions.questions import ask_question, decide_question, stop_question
from linli.programmes.actions.series import begin_series, change_series, end_series, extend_series
from linli.programmes.actions.sessions import cancel_session, change_session, plan_session
from linli.programmes.actions.signing_up import cancel_sign_up, enter_chain, keep_seat, sign_up, tick_off

__all__ = [
    "accept_offer",
    "add_picture",
    "agree_to_session",
    "answer_session",
    "ask_question",
    "begin_programme",
    "begin_series",
    "cancel_session",
    "cancel_sign_up",
    "change_programme",
    "change_series",
    "change_session",
    "check_in",
    "count_heads",
    "decide_question",
    "decline_session",
    "describe_picture",
    "end_programme",
    "end_series",
    "enter_chain",
    "extend_series",
    "find_leader",
    "forget_picture",
    "give_block_back",
    "give_seat",
    "keep_seat",
    "lapse_offer",
    "name_in_block",
    "name_leader",
    "open_poll",
    "plan_session",
    "propose_session",
    "put_first",
    "release_unused",
    "remove_picture",
    "renew_calendar",
    "say_what_came",
    "send_message",
    "sign_up",
    "stop_question",
    "sync_arrivals",
    "take_block",
    "tick_off",
    "vote",
]
