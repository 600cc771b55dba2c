"""People who complain all the time, and remember what they were told: each complaint has its secret page."""

import http.client
import itertools
import random
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Told:
    """What was acknowledged (the address of its page → its words, and when), and what became of all else."""

    kept: dict[str, str] = field(default_factory=dict)
    times: list[float] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)


class People:
    """`with People(port) as told:` four threads send complaints, each from an address of its own, and two read pages."""

    def __init__(self, port: int, writers: int = 4, readers: int = 2):
        self.port, self.told = port, Told()
        self.ended = threading.Event()
        self.numbers = itertools.count(1)
        deeds = [self.complain] * writers + [self.read] * readers
        self.threads = [threading.Thread(target=self.go_on, args=(deed,), daemon=True) for deed in deeds]

    def __enter__(self) -> Told:
        for thread in self.threads:
            thread.start()
        return self.told

    def __exit__(self, *_error: object) -> None:
        self.ended.set()
        for thread in self.threads:
            thread.join(60)

    def go_on(self, deed) -> None:
        while not self.ended.is_set():
            try:
                deed()
            except (OSError, http.client.HTTPException):
                # No answer: it may have been kept or not. Nobody was told anything.
                self.count("no answer")
                time.sleep(0.05)

    def count(self, what: str) -> None:
        with self.told.lock:
            self.told.answers[what] += 1

    def complain(self) -> None:
        number = next(self.numbers)
        words = f"Trial {number} {random.getrandbits(64):x}"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        headers = {"X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}
        try:
            connection.request("GET", "/complaints/new/", headers=headers)
            page = connection.getresponse()
            found = TOKEN.search(page.read().decode())
            if page.status != 200 or found is None:
                self.count(f"form {page.status}")
                time.sleep(0.05)
                return
            cookie = (page.getheader("Set-Cookie") or "").split(";")[0]
            body = urlencode({"csrfmiddlewaretoken": found[1], "text": words})
            form = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
            connection.request("POST", "/complaints/new/", body, headers | form)
            answer = connection.getresponse()
            answer.read()
            self.note(answer, words)
        finally:
            connection.close()

    def note(self, answer: http.client.HTTPResponse, words: str) -> None:
        if answer.status == 302:
            with self.told.lock:
                self.told.kept[answer.getheader("Location") or ""] = words
                self.told.times.append(time.monotonic())
                self.told.answers["told it is kept"] += 1
        else:
            self.count(f"refused {answer.status}")
            time.sleep(0.05)

    def read(self) -> None:
        status, _body = ask(self.port, "/stations/")
        self.count(f"read {status}")
        time.sleep(0.05)


def ask(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def lost(port: int, told: Told) -> int:
    """How many of those that somebody was told of are not there, word for word."""
    count = 0
    for path, words in told.kept.items():
        status, body = ask(port, path)
        count += status != 200 or words not in body
    return count
