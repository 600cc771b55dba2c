"""Rights over people do not flow up the tree, and no path leads from a person to what they did."""

import pytest
from django.apps import apps

from linli.kit.personal import registered
from linli.kit.refs import visible
from linli.people.models import Person
from tests.factories import make_person, make_programme, make_role, make_session
from tests.house.filling import make_row

OURS = [model for model in apps.get_models() if model.__module__.startswith("linli.")]
LINKED = sorted(
    {entry.table for entry in registered() if entry.person is not None}, key=lambda model: model._meta.label
)
WITH_SIGHT = [model for model in LINKED if hasattr(model._default_manager.all(), "visible_to")]
# Where the plainest values break a rule of the model.
GIVEN = {
    "people.Contact": {"kind": "email", "verified_at": "2026-01-01T00:00Z"},
    "people.Role": {"role": "worker", "valid_from": "2026-01-01", "valid_until": "2027-01-01"},
    "people.SignInCode": {"purpose": "confirm"},
    "directory.Duty": {"starts": "08:00", "ends": "16:00"},
    "people.Consent": {"purpose": "notices_by_email"},
    "programmes.SignUp": {"state": "confirmed"},
}


def test_nothing_can_be_reached_from_a_person():
    """`person.matters` would be a history of the person, and some view would use it."""
    back = [
        f"{relation.related_model._meta.label}.{relation.field.name}: set related_name to “+”"
        for relation in Person._meta.related_objects
        if not relation.hidden
    ]
    assert back == []
    assert [field.name for field in Person._meta.many_to_many] == []


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_no_list_of_people_hangs_on_a_model(model):
    """Many-to-many fields to people are lists of names without a reason for each."""
    assert [field.name for field in model._meta.many_to_many if field.related_model is Person] == []


@pytest.fixture
def onlookers(town, gao, lena, kai):
    """Everybody who has no business with the rows of a person of the tower station."""
    above = {
        "organiser of the district": (town.district, "organiser"),
        "organiser of the network": (town.network, "organiser"),
        "steward of the subdistrict": (town.west, "steward"),
        "handler of the subdistrict": (town.west, "handler"),
        "operator": (town.network, "operator"),
        "manager of the sibling station": (town.night.unit, "manager"),
        "worker of the sibling station": (town.night.unit, "worker"),
    }
    people = {"organiser of the subdistrict": gao, "outsider": lena, "visitor": kai}
    for title, (unit, role) in above.items():
        people[title] = make_person(title)
        make_role(people[title], unit, role)
    return people


@pytest.mark.parametrize("model", WITH_SIGHT, ids=lambda m: m._meta.label)
def test_no_row_about_a_person_is_visible_from_above(model, onlookers, town, mei):
    """Every role that is not at that very station, against every registered model."""
    given = dict(GIVEN.get(model._meta.label, {}))
    session = make_session(make_programme(town.tower.unit), town.tower)
    places = {"unit": town.tower.unit, "station": town.tower, "session": session}
    given |= {field.name: places[field.name] for field in model._meta.concrete_fields if field.name in places}
    row = mei if model is Person else make_row(model, mei, **given)

    seen = {
        title: model._default_manager.all().visible_to(person).filter(pk=row.pk).exists()
        for title, person in onlookers.items()
    }

    assert seen == dict.fromkeys(onlookers, False)
    assert model._default_manager.all().visible_to(mei).filter(pk=row.pk).exists()


def test_the_matrix_is_not_empty():
    labels = {model._meta.label for model in WITH_SIGHT}
    assert {"people.Person", "people.Contact", "people.Role", "people.Consent", "people.Look"} <= labels


@pytest.mark.parametrize("model", LINKED, ids=lambda m: m._meta.label)
def test_a_row_about_a_person_without_sight_cannot_be_resolved(model, db):
    """`kit.refs.resolve` looks only through `visible_to`; a model without one is shut."""
    if model not in WITH_SIGHT:
        assert visible(model._meta.label_lower, make_person("anybody")) is None
