"""Rows of programmes."""

from linli.programmes.models.afterwards import Answer
from linli.programmes.models.polls import Choice, Poll
from linli.programmes.models.programmes import Programme, ProgrammePicture, Series
from linli.programmes.models.questions import Question
from linli.programmes.models.sessions import Message, Session
from linli.programmes.models.sign_ups import Block, Calendar, SignUp
from linli.programmes.models.tasks import Host, Leader

__all__ = [
    "Answer",
    "Block",
    "Calendar",
    "Choice",
    "Host",
    "Leader",
    "Message",
    "Poll",
    "Programme",
    "ProgrammePicture",
    "Question",
    "Series",
    "Session",
    "SignUp",
]
