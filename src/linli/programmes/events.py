"""Facts of programmes. Who signed up, and what anybody wrote, stays out of the ledger."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from linli.ledger.facts import fact


@fact("programmes.programme_begun", says=_("A programme was begun."))
@dataclass(frozen=True)
class ProgrammeBegun:
    kind: str


@fact("programmes.programme_changed", says=_("What a programme says of itself was changed."))
@dataclass(frozen=True)
class ProgrammeChanged:
    pass


@fact("programmes.programme_ended", says=_("A programme ended."))
@dataclass(frozen=True)
class ProgrammeEnded:
    pass


@fact("programmes.session_planned", says=_("A session was planned for {starts_at}."))
@dataclass(frozen=True)
class SessionPlanned:
    """`starts_at` in ISO 8601; `capacity` 0 for a drop-in; `is_proposal`: a group proposed it to a station."""

    starts_at: str
    capacity: int
    is_proposal: bool


@fact("programmes.session_agreed", says=_("A proposed session was agreed to."))
@dataclass(frozen=True)
class SessionAgreed:
    """`state`: "open", or "submitted" while an organiser has yet to agree."""

    state: str


@fact("programmes.session_declined", says=_("A proposed session was declined."))
@dataclass(frozen=True)
class SessionDeclined:
    pass


@fact("programmes.session_changed", says=_("What a session says of itself was changed."))
@dataclass(frozen=True)
class SessionChanged:
    capacity: int


@fact("programmes.leader_named", says=_("Who leads a session was said."))
@dataclass(frozen=True)
class LeaderNamed:
    """`somebody`: False where nobody does any more."""

    somebody: bool


@fact("programmes.session_moved", says=_("A session was moved to {starts_at}."))
@dataclass(frozen=True)
class SessionMoved:
    """In ISO 8601; `elsewhere`: the place changed too. `change` is its number, the first being 1."""

    from_at: str
    starts_at: str
    elsewhere: bool
    change: int


@fact("programmes.session_cancelled", says=_("A session of {starts_at} was cancelled."))
@dataclass(frozen=True)
class SessionCancelled:
    starts_at: str
    change: int


@fact("programmes.series_begun", says=_("A series of sessions was begun ({rule})."))
@dataclass(frozen=True)
class SeriesBegun:
    """`rule` as in RFC 5545."""

    rule: str


@fact("programmes.series_changed", says=_("A series of sessions was changed ({rule})."))
@dataclass(frozen=True)
class SeriesChanged:
    rule: str


@fact("programmes.series_ended", says=_("A series of sessions ended."))
@dataclass(frozen=True)
class SeriesEnded:
    cancelled: int


@fact("programmes.series_running_out", says=_("The last session of a series comes soon."))
@dataclass(frozen=True)
class SeriesRunningOut:
    """`last_on` in ISO 8601."""

    last_on: str


@fact("programmes.series_without_host", says=_("Whoever looked after a series has left."))
@dataclass(frozen=True)
class SeriesWithoutHost:
    pass


@fact("programmes.signed_up", says=_("Somebody signed up for a session."), daily=True)
@dataclass(frozen=True)
class SignedUp:
    pass


@fact("programmes.queue_joined", says=_("Somebody joined a waiting list."), daily=True)
@dataclass(frozen=True)
class QueueJoined:
    pass


@fact("programmes.sign_up_cancelled", says=_("A sign-up was cancelled."), daily=True)
@dataclass(frozen=True)
class SignUpCancelled:
    pass


@fact("programmes.seat_offered", says=_("A seat was offered to the next on the waiting list."), daily=True)
@dataclass(frozen=True)
class SeatOffered:
    """`sign_up` is its code, which names nobody; `until` in ISO 8601."""

    sign_up: str
    until: str


@fact("programmes.offer_accepted", says=_("An offered seat was taken."), daily=True)
@dataclass(frozen=True)
class OfferAccepted:
    pass


@fact("programmes.offer_lapsed", says=_("An offered seat was not taken in time."), daily=True)
@dataclass(frozen=True)
class OfferLapsed:
    sign_up: str


@fact("programmes.seats_released", says=_("{seats} unused seats were given free."))
@dataclass(frozen=True)
class SeatsReleased:
    """`by_itself`: as those who signed up had been told, and not by a tap of the desk."""

    seats: int
    by_itself: bool


@fact("programmes.chain_entered", says=_("A sign-up chain was entered: {seats} attendees."))
@dataclass(frozen=True)
class ChainEntered:
    seats: int


@fact("programmes.block_taken", says=_("An organisation took a block of {seats} seats."))
@dataclass(frozen=True)
class BlockTaken:
    seats: int


@fact("programmes.block_given_back", says=_("An organisation gave {seats} seats back."))
@dataclass(frozen=True)
class BlockGivenBack:
    seats: int


@fact("programmes.message_sent", says=_("A message went to those who have a seat."))
@dataclass(frozen=True)
class MessageSent:
    pass


@fact("programmes.session_summed_up", says=_("A session was over: {came} came."))
@dataclass(frozen=True)
class SessionSummedUp:
    """Written by itself an hour after the end. `seats`: that were given away; `capacity` 0 for a drop-in."""

    came: int
    seats: int
    capacity: int


@fact("programmes.poll_opened", says=_("A poll was opened until {closes_on}."))
@dataclass(frozen=True)
class PollOpened:
    closes_on: str
    choices: int


@fact("programmes.question_asked", says=_("A session asks a question of those who sign up, until {ends_on}."))
@dataclass(frozen=True)
class QuestionAsked:
    """`second_yes`: it touches religion, health or party, and somebody else has to agree first."""

    ends_on: str
    second_yes: bool


@fact("programmes.question_decided", says=_("A question that needed a second yes was decided."))
@dataclass(frozen=True)
class QuestionDecided:
    agreed: bool
