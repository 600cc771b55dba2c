"""Reads a calendar by libical, in a process of its own: `python -m benchmarks.trials.libical LIBRARY FILE` prints JSON."""

import json
import sys
from ctypes import CDLL, Structure, c_char_p, c_int, c_long, c_void_p
from pathlib import Path

NUMBERS = "year", "month", "day", "hour", "minute", "second", "is_date", "is_daylight"


class Time(Structure):
    _fields_ = [*((name, c_int) for name in NUMBERS), ("zone", c_void_p)]


DECLARED = {
    "icalparser_parse_string": (c_void_p, [c_char_p]),
    "icalcomponent_string_to_kind": (c_int, [c_char_p]),
    "icalcomponent_count_errors": (c_int, [c_void_p]),
    "icalcomponent_get_first_component": (c_void_p, [c_void_p, c_int]),
    "icalcomponent_get_next_component": (c_void_p, [c_void_p, c_int]),
    "icalcomponent_get_uid": (c_char_p, [c_void_p]),
    "icalcomponent_get_summary": (c_char_p, [c_void_p]),
    "icalcomponent_get_description": (c_char_p, [c_void_p]),
    "icalcomponent_get_sequence": (c_int, [c_void_p]),
    "icalcomponent_get_status": (c_int, [c_void_p]),
    "icalproperty_status_to_string": (c_char_p, [c_int]),
    "icalcomponent_get_dtstart": (Time, [c_void_p]),
    "icalcomponent_get_dtend": (Time, [c_void_p]),
    "icaltime_as_timet_with_zone": (c_long, [Time, c_void_p]),
}


def opened(path: str) -> CDLL:
    library = CDLL(path)
    for name, (result, arguments) in DECLARED.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


def read(library: CDLL, file: bytes) -> list[list]:
    """Every occurrence, its ends in seconds since 1970 by the time zones that stand in the file itself."""
    whole = library.icalparser_parse_string(file)
    if errors := library.icalcomponent_count_errors(whole):
        raise SystemExit(f"libical finds {errors} errors in it")
    kind, found = library.icalcomponent_string_to_kind(b"VEVENT"), []
    each = library.icalcomponent_get_first_component(whole, kind)
    while each:
        ends = library.icalcomponent_get_dtstart(each), library.icalcomponent_get_dtend(each)
        moments = [library.icaltime_as_timet_with_zone(end, end.zone) for end in ends]
        uid, summary, description, status = (
            (text or b"").decode()
            for text in (
                library.icalcomponent_get_uid(each),
                library.icalcomponent_get_summary(each),
                library.icalcomponent_get_description(each),
                library.icalproperty_status_to_string(library.icalcomponent_get_status(each)),
            )
        )
        sequence = library.icalcomponent_get_sequence(each)
        found.append([uid, *moments, summary, description, status, sequence])
        each = library.icalcomponent_get_next_component(whole, kind)
    return found


if __name__ == "__main__":
    print(json.dumps(read(opened(sys.argv[1]), Path(sys.argv[2]).read_bytes())))
