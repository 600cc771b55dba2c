import pytest

from linli.kit.ids import digest
from linli.kit.rules import Problem, Refused
from linli.people.actions import forget_desk, register_desk, set_pin, switch_person
from linli.people.desks import is_weak
from linli.people.models import DeskMachine, Pin
from tests.factories import make_person, make_role
from tests.people.signing import in_processes, wrong

PIN = "480273"


@pytest.fixture
def machine(omar, town):
    return register_desk(by=omar, unit=town.tower.unit, label="front")[0]


@pytest.fixture
def ana(town):
    """A colleague of omar's, with a PIN."""
    person = make_person("Ana")
    make_role(person, town.tower.unit, "manager")
    set_pin(by=person, pin=PIN)
    return person


def sit_down(machine, person, pin=PIN):
    return switch_person(by=None, machine=machine, person_id=person.pk, pin=pin)


def test_registering_keeps_a_hash_and_leaves_a_fact(omar, town, facts):
    machine, secret = register_desk(by=omar, unit=town.tower.unit, label="front")
    assert machine.token_hash == digest(secret)
    assert facts() == [("people.desk_registered", "areas.unit/JA-0101", {})]


def test_only_the_desk_itself_registers(mei, gao, lena, kai, omar, town):
    for person in (mei, gao, lena, kai):
        with pytest.raises(Refused):
            register_desk(by=person, unit=town.tower.unit, label="front")
    with pytest.raises(Refused):
        register_desk(by=omar, unit=town.night.unit, label="front")


def test_giving_up(machine, omar, lena, facts):
    with pytest.raises(Refused):
        forget_desk(by=lena, machine=machine)
    forget_desk(by=omar, machine=machine)
    assert DeskMachine.objects.count() == 0
    assert facts()[-1] == ("people.desk_forgotten", "areas.unit/JA-0101", {})


def test_a_pin_is_kept_hashed(omar, facts):
    set_pin(by=omar, pin=PIN)
    assert Pin.objects.get(person=omar).hash.startswith("$argon2id$")
    assert facts() == [("people.pin_set", "people.person/own", {})]


def test_only_staff_have_a_pin(mei):
    with pytest.raises(Refused):
        set_pin(by=mei, pin=PIN)


@pytest.mark.parametrize(
    "pin",
    [
        "123456",
        "000000",
        "654321",
        "112112",
        "121212",
        "112233",
        "990312",
        "250890",
        "131412",
        "48027",
        "4802731",
    ],
)
def test_a_pin_anybody_would_try_is_refused(omar, pin):
    with pytest.raises(Problem):
        set_pin(by=omar, pin=pin)
    assert Pin.objects.count() == 0


def test_most_pins_are_good():
    weak = sum(is_weak(f"{number:06}") for number in range(0, 1_000_000, 7))
    assert weak / (1_000_000 / 7) < 0.10


def test_a_colleague_sits_down(machine, ana):
    assert sit_down(machine, ana) == ana


def test_five_wrong_pins_switch_it_off_here_until_a_code(machine, ana, omar, town):
    for _try in range(5):
        with pytest.raises(Problem):
            sit_down(machine, ana, wrong(PIN))
    with pytest.raises(Problem):
        sit_down(machine, ana)
    other = register_desk(by=omar, unit=town.tower.unit, label="back")[0]
    assert sit_down(other, ana) == ana


def test_a_right_pin_forgives_the_wrong_ones(machine, ana):
    for _round in range(3):
        for _try in range(4):
            with pytest.raises(Problem):
                sit_down(machine, ana, wrong(PIN))
        sit_down(machine, ana)


def test_everything_else_gets_the_same_answer(machine, ana, omar, mei, lena, town):
    elsewhere = make_person("Bo")
    make_role(elsewhere, town.night.unit, "worker")
    set_pin(by=elsewhere, pin=PIN)
    said = set()
    for person, pin in ((ana, wrong(PIN)), (omar, PIN), (mei, PIN), (elsewhere, PIN)):
        with pytest.raises(Problem) as problem:
            sit_down(machine, person, pin)
        said.add(str(problem.value))
    assert len(said) == 1


def test_a_role_that_ended_ends_the_pin(machine, town):
    gone = make_person("Gone")
    role = make_role(gone, town.tower.unit, "worker", days=10, since=5)
    set_pin(by=gone, pin=PIN)
    type(role).objects.filter(pk=role.pk).update(valid_until=role.valid_from)
    with pytest.raises(Problem):
        sit_down(machine, gone)


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_wrong_pins_stop_at_five_across_processes(machine, ana):
    answers = in_processes(12, lambda number: sit_down(machine, ana, wrong(PIN)))
    assert answers == ["Problem"] * 12
    with pytest.raises(Problem):
        sit_down(machine, ana)
