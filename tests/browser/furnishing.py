"""Puts into a demonstration network what only use brings: run as a module beside it, prints what it made as JSON.

The cast is signed in with both factors and a confirmation; others stand at each step of signing in.
"""

import json
import os
import sys
import time
from dataclasses import replace
from datetime import timedelta
from importlib import import_module

WORDS = "110 · 119"  # in no language


def session(person=None, **data) -> str:
    """The cookie of somebody who is signed in, or of a visitor who has got so far."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    store = import_module(settings.SESSION_ENGINE).SessionStore()
    if person is not None:
        store[SESSION_KEY] = str(person.pk)
        store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.update(data)
    store.create()
    return store.session_key


def at_work() -> dict[str, float]:
    """Second factor shown, and a confirmation that outlasts the run."""
    later = time.time() + 3600
    return {"second_factor_at": later, "confirmed_at": later}


def newcomer(name: str, email: str = "", role: str = "", app: bool = False):
    """Somebody outside the cast, for the pages that treat the cast more kindly."""
    from django.utils import timezone

    from linli.areas.models import Unit
    from linli.people.actions import grant_role
    from linli.people.models import Person, SecondFactor
    from linli.site.demonstration.people import add_email

    person = Person.objects.create(name=name, language="zh-hans")
    if email:
        add_email(person, email)
    if role:
        grant_role(by=None, person=person, unit=Unit.objects.get(code="JA-1201"), role=role)
    if app:
        SecondFactor.objects.create(person=person, secret="JBSWY3DPEHPK3PXP", confirmed_at=timezone.now())
    return person


def sessions() -> dict[str, str]:
    from linli.people.models import Person

    made = {person.cast: session(person, **at_work()) for person in Person.objects.exclude(cast="")}
    attempt = {"id": "01930000-0000-7000-8000-000000000000", "masked": "138****1234", "shown": "123456"}
    mei = Person.objects.get(cast="mei")
    made |= {
        "asked": session(sign_in_attempt=attempt),
        "adding": session(mei, contact_attempt=attempt),
        "an": session(newcomer("安")),
        "bai": session(newcomer("白", "bai@example.org")),
        "cai": session(newcomer("蔡", role="worker")),
        "dai": session(newcomer("戴", role="worker", app=True)),
    }
    return {f"session_{name}": key for name, key in made.items()}


def letters() -> None:
    """Work given up, and a message nobody knows the fate of."""
    from django.utils import timezone

    from linli.kit.ids import uuid7
    from linli.ledger.models import MAX_TRIES, Todo
    from linli.notices.models import Delivery, Notice
    from linli.people.models import Contact

    now = timezone.now()
    late = now - timedelta(minutes=1)
    Todo.objects.create(
        consumer="notices.tell", key="given up", due_at=late, tries=MAX_TRIES, error="ConnectionError"
    )
    contact = Contact.objects.get(person__cast="mei")
    fields = {"kind": "directory.status_declared", "subject": "directory.station/JA-1201"}
    data = {"state": "closed", "until": now.isoformat()}
    for number in range(2):
        notice = Notice.objects.create(
            person=contact.person,
            event_id=uuid7(),
            at=now,
            data=data,
            seen_at=now if number else None,
            **fields,
        )
    Delivery.objects.create(
        notice=notice,
        contact=contact,
        channel="email",
        state="unknown",
        due_at=now,
        ended_at=now,
        error="TimeoutError",
    )


def changes() -> str:
    """A unit that gets another name, one that becomes part of another and one that ends; returns a day after that."""
    from django.utils import timezone

    from linli.areas.actions import close_unit, merge_units, open_unit, rename_unit
    from linli.areas.models import Unit

    today = timezone.localdate()
    tomorrow = today + timedelta(days=1)
    near, far = Unit.objects.get(code="310106012"), Unit.objects.get(code="310106011")
    words = {"kind": "grid", "language": "zh-hans"}
    english = {"translations": {"en": {"name": "West Grid"}}}
    # Without an English name: the pages have to say which language they speak.
    east = open_unit(by=None, parent=far, on=today, name="东片网格", code="G-EAST", **words)
    west = open_unit(by=None, parent=near, on=today, name="西片网格", code="G-WEST", **words, **english)
    north = open_unit(by=None, parent=far, on=today, name="北片网格", code="G-NORTH", **words)
    rename_unit(by=None, unit=west, on=tomorrow, name="西片综合网格", language="zh-hans", **english)
    merge_units(by=None, units=[east], into=west, on=tomorrow)
    close_unit(by=None, unit=north, on=tomorrow)
    return str(today + timedelta(days=2))


def photo() -> dict[str, str]:
    """The first entrance of omar's station has a photo, the second none."""
    from linli.directory.actions import set_photo
    from linli.directory.models import Entrance
    from linli.kit.pictures import read_picture
    from linli.people.models import Person
    from tests.photographs import photograph

    omar = Person.objects.get(cast="omar")
    first, second = Entrance.objects.filter(station__code="JA-1201").order_by("code")[:2]
    set_photo(by=omar, entrance=first, alt=WORDS, picture=read_picture(photograph()))
    return {"entrance": first.code, "entrance_plain": second.code}


def sheet() -> str:
    """gao has sent a sheet of one row that changes something and one that nobody understands."""
    from linli.areas.models import Unit
    from linli.directory.actions import read_sheet, send_sheet
    from linli.people.models import Person

    lines = "编号,名称,电话\nJA-1201,邻里示范大厦服务站,021-5550-9999\nJA-9999,没有的站,1\n"
    under = Unit.objects.get(code="310106012")
    upload = send_sheet(
        by=Person.objects.get(cast="gao"), under=under, name="stations.csv", content=lines.encode()
    )
    read_sheet(upload_id=str(upload.pk))
    return upload.code


def articles() -> dict[str, str]:
    """Three of omar's: one out, corrected and full of everything, one being written, one withdrawn."""
    from linli.areas.models import Unit
    from linli.kit.pictures import read_picture
    from linli.news import actions
    from linli.news.actions.writing import Written
    from linli.people.models import Person
    from tests.photographs import photograph

    omar, tower = Person.objects.get(cast="omar"), Unit.objects.get(code="JA-1201")
    table = "| 110 | 119 |\n|---|---|\n| 1 | 2 |"
    body = f"{WORDS}\n\n[picture 1]\n\n## {WORDS}\n\n- 1\n- 2\n\n> {WORDS}\n\n{table}\n\n![110](https://example.org/1.jpg)"
    written = Written(
        title=WORDS,
        language="en",
        body=body,
        source_name=WORDS,
        source_url="https://example.org/",
        licence=WORDS,
    )
    made = {
        name: actions.write_article(by=omar, unit=tower, written=written)
        for name in ("article", "draft", "withdrawn")
    }
    for name in ("article", "withdrawn"):
        actions.publish_article(by=omar, article=made[name])
    for width, words in ((900, WORDS), (600, "110")):
        picture = read_picture(photograph(width=width))
        actions.add_picture(by=omar, article=made["article"], picture=picture, alt=words, credit=WORDS)
    actions.correct_article(by=omar, article=made["article"], written=written, correction=WORDS)
    actions.withdraw_article(by=omar, article=made["withdrawn"], why=WORDS)
    return {name: article.code for name, article in made.items()}


def meetings() -> dict[str, str]:
    """Tickets in every state, a series, a group's proposal, a block of seats, a question that waits, a session that is on;
    a programme with pictures."""
    from django.utils import timezone

    from linli.areas.actions import open_unit
    from linli.areas.models import Unit
    from linli.directory.models import Organisation, Station
    from linli.kit.pictures import read_picture
    from linli.people.actions import grant_role
    from linli.people.models import Person
    from linli.programmes import actions
    from linli.programmes.actions.series import planned_of
    from linli.programmes.models import Programme, Series, Session, SignUp
    from linli.programmes.tickets import token_of
    from tests.factories import make_session, make_sign_up
    from tests.photographs import photograph

    mei, omar, chen = (Person.objects.get(cast=cast) for cast in ("mei", "omar", "chen"))
    tower, programme = Station.objects.get(code="JA-1201"), Programme.objects.get(code="PRG-READ")
    # The widest, the tallest and one in between.
    for size in ((900, 90), (90, 900), (400, 300)):
        picture = read_picture(photograph("JPEG", *size))
        actions.add_picture(by=omar, programme=programme, picture=picture, alt=WORDS, credit=WORDS)
    night, lift = Session.objects.get(code="SES-NIGHT"), Session.objects.get(code="SES-LIFT")
    above, today = Unit.objects.get(code="310106012"), timezone.localdate()
    english = {"translations": {"en": {"name": "The riders"}}}
    named = {"name": "骑行队", "language": "zh-hans", **english}
    group = open_unit(by=None, parent=above, on=today, kind="group", code="G-RIDE", **named)
    grant_role(by=None, person=mei, unit=group, role="group_lead")
    words = {"name": WORDS, "language": "en", "translations": {}}
    plain = dict.fromkeys(("about", "materials", "access", "held_in", "where", "audience"), "")
    pattern = replace(planned_of(night), **words, **plain)
    asked = {"programme": programme, "station": tower, "planned": pattern}
    proposal = actions.propose_session(by=mei, group=group, **asked)
    actions.take_block(by=chen, session=lift, organisation=Organisation.objects.get(code="ORG-CXR"), seats=3)
    question = {"text": "Allergy? 110", "purpose": WORDS, "language": "en"}
    waits = actions.ask_question(by=omar, session=night, ends_on=today, **question)
    actions.send_message(by=omar, session=night, text=WORDS)
    on_now = make_session(programme, tower, "SES-NOW", starts_in=-timedelta(minutes=20), **words)
    came = make_session(programme, tower, "SES-CAME", starts_in=-timedelta(hours=5), **words)
    for state in ("waiting", "confirmed", "offered"):
        make_sign_up(on_now, WORDS, state)
    make_sign_up(on_now, "110", "confirmed", needs=WORDS, arrived_at=timezone.now())
    answering = make_sign_up(came, WORDS, holder=mei, arrived_at=came.starts_at)
    seat = SignUp.objects.get(session=night, holder=mei)
    SignUp.objects.filter(pk=seat.pk).update(name=WORDS)
    return {
        "ticket": token_of(seat),
        "ticket_waiting": token_of(SignUp.objects.get(session__code="SES-RIDE", holder=mei)),
        "ticket_came": token_of(answering),
        "series": Series.objects.first().code,
        "proposal": proposal.code,
        "question": waits.code,
    }


def furnish() -> dict[str, str]:
    from linli.areas.models import Unit
    from linli.directory.models import Supply
    from linli.notices.stops import stop_token
    from linli.people.actions import register_desk, set_pin
    from linli.people.models import Contact, Person
    from linli.site import actions

    omar, shen = Person.objects.get(cast="omar"), Person.objects.get(cast="shen")
    tower = Unit.objects.get(code="JA-1201")
    set_pin(by=omar, pin="480273")
    set_pin(by=shen, pin="591604")
    _machine, secret = register_desk(by=shen, unit=tower, label="2")
    asked, asked_secret = actions.complain(text=WORDS)
    answered, answered_secret = actions.complain(text=WORDS)
    actions.answer(by=Person.objects.get(cast="robin"), complaint=answered, text=WORDS)
    letters()
    contact = Contact.objects.get(person__cast="mei")
    return (
        sessions()
        | photo()
        | articles()
        | meetings()
        | {
            "later": changes(),
            "desk": secret,
            "stop": stop_token(contact.person_id, "email", "directory.station/JA-1201"),
            "contact": str(contact.pk),
            "complaint": asked_secret,
            "complaint_code": asked.code,
            "answered": answered_secret,
            "answered_code": answered.code,
            "sheet": sheet(),
            "supply": Supply.objects.filter(station__code="JA-1201").first().code,
        }
    )


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "linli.settings"
    import django

    django.setup()
    json.dump(furnish(), sys.stdout)
