"""The verbs of people's accounts: the only place where their rows are written."""

from linli.people.actions.codes import (
    add_contact_with_code,
    confirm_with_code,
    remove_contact,
    send_code,
    sign_in_with_code,
)
from linli.people.actions.consents import give_consent, has_consent, withdraw_consent
from linli.people.actions.desks import forget_desk, register_desk, set_pin, switch_person
from linli.people.actions.erasure import erase_person
from linli.people.actions.export import export_person
from linli.people.actions.invite import invite
from linli.people.actions.looks import look
from linli.people.actions.roles import colleague_to_be, end_role, grant_role, hand_over
from linli.people.actions.second_factor import (
    begin_second_factor,
    confirm_second_factor,
    replace_second_factor,
    use_recovery_code,
    use_second_factor,
)
from linli.people.actions.sessions import end_all_sessions, end_session
from linli.people.actions.slips import confirm_with_slip, issue_slip, sign_in_with_slip

__all__ = [
    "add_contact_with_code",
    "begin_second_factor",
    "colleague_to_be",
    "confirm_second_factor",
    "confirm_with_code",
    "confirm_with_slip",
    "end_all_sessions",
    "end_role",
    "end_session",
    "erase_person",
    "export_person",
    "forget_desk",
    "give_consent",
    "grant_role",
    "hand_over",
    "has_consent",
    "invite",
    "issue_slip",
    "look",
    "register_desk",
    "remove_contact",
    "replace_second_factor",
    "send_code",
    "set_pin",
    "sign_in_with_code",
    "sign_in_with_slip",
    "switch_person",
    "use_recovery_code",
    "use_second_factor",
    "withdraw_consent",
]
