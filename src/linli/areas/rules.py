"""Who may change the tree. Persons are only asked what they reach: this app knows no person."""

ORGANISERS = frozenset({"organiser"})


def may_edit_units(person, unit) -> bool:
    """May this person change what stands below `unit`: open, rename, move, merge, split and close there?

    Organisers of the unit or of one above it may. `person` None is the command line, where the operator sits;
    `unit` None is the place above the root, which is the operator's alone.
    """
    if person is None:
        return True
    return unit is not None and person.is_authenticated and person.reaches(unit, ORGANISERS)


def may_import_holidays(person) -> bool:
    """Holidays hold for the whole installation, so only the command line imports them."""
    return person is None
