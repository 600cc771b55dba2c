"""Processes that are killed at random: forked from one program that has loaded Django, replaced as they die."""

import os
import random
import signal
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable
from typing import Any

Task = Callable[[], None]


def wait_for_no_disk(database: dict[str, Any]) -> None:
    """SQLite leaves it to the system when to write: killed processes take nothing away that the system has."""
    if "init_command" in database["OPTIONS"]:
        database["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"


def fork(task: Task) -> int:
    """Runs the task in a child, which never returns."""
    pid = os.fork()
    if pid:
        return pid
    try:
        threading.Thread(target=die_with, args=[os.getppid()], daemon=True).start()
        random.seed()
        task()
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


def die_with(parent: int) -> None:
    """Nobody is left running when the program itself is killed."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def run_alone(task: Task) -> None:
    """In a process of its own, so that no connection is shared by a later fork."""
    _pid, status = os.waitpid(fork(task), 0)
    if status:
        raise SystemExit(f"{task.__name__} failed")


class Herd:
    """The running processes by what they do, and how often each kind was killed."""

    def __init__(self, tasks: list[Task], seed: int):
        self.rng = random.Random(seed)
        self.running = {fork(task): task for task in tasks}
        self.kills: Counter[str] = Counter()

    def let_work(self, progress: Callable[[], int], most: int) -> None:
        """Waits until the work has gone on by up to `most` steps and a moment more, or has stood still for half a second.

        By progress and not by the clock, so that a busy machine is not killed faster than it can work.
        """
        target, deadline = progress() + self.rng.randint(1, most), time.monotonic() + 0.5
        while progress() < target and time.monotonic() < deadline:
            time.sleep(0.002)
        time.sleep(self.rng.uniform(0, 0.02))

    def kill_one(self) -> None:
        """A random one dies at once and is replaced."""
        pid = self.rng.choice(sorted(self.running))
        task = self.running.pop(pid)
        os.kill(pid, signal.SIGKILL)
        _pid, status = os.waitpid(pid, 0)
        if os.WIFEXITED(status) and os.WEXITSTATUS(status):
            raise SystemExit(f"{task.__name__} ended by itself")
        self.kills[task.__name__] += os.WIFSIGNALED(status)
        self.running[fork(task)] = task

    def wait(self, seconds: float) -> None:
        """Until every process has ended by itself."""
        deadline = time.monotonic() + seconds
        while self.running and time.monotonic() < deadline:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid:
                self.running.pop(pid)
                if status:
                    raise SystemExit(f"a process ended with {status}")
            time.sleep(0.02)
        for pid in self.running:
            os.kill(pid, signal.SIGKILL)
        if self.running:
            raise SystemExit("work was left over")
