"""Processes that are killed at random: forked from one program that has loaded Django, replaced as they die."""

import os
import random
import signal
import time
import traceback
from collections import Counter
from collections.abc import Callable

Task = Callable[[], None]


def fork(task: Task) -> int:
    """Runs the task in a child, which never returns."""
    pid = os.fork()
    if pid:
        return pid
    try:
        random.seed()
        task()
        os._exit(0)
    except BaseException:
        traceback.print_exc()
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

    def pause(self, longest: float = 0.08) -> None:
        time.sleep(self.rng.uniform(longest / 10, longest))

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
