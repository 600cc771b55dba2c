"""A text message gateway for tests: remembers what it took, or answers as told."""

taken: list[tuple[str, dict, str]] = []
answers: list[Exception] = []


def send(template: str, params: dict[str, str], phone: str) -> None:
    if answers:
        raise answers.pop(0)
    taken.append((template, params, phone))
