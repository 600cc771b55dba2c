"""A small real mail server: takes letters, refuses them, or hangs up in the middle, as a test tells it."""

import email
import socketserver
import threading
from email.message import Message
from email.policy import default


class Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.say("220 post office")
        while line := self.rfile.readline().decode().strip():
            verb = line.split()[0].upper()
            answer = self.server.office.answers.get(verb)
            if answer == "hang up":
                return None
            if answer:
                self.say(answer)
            elif verb == "DATA":
                if not self.take_letter():
                    return None
            elif verb == "QUIT":
                return self.say("221 bye")
            else:
                self.say("250 ok")
        return None

    def take_letter(self) -> bool:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.server.office.letters.append(email.message_from_bytes(b"".join(lines), policy=default))
        if self.server.office.answers.get("END") == "hang up":
            return False
        self.say(self.server.office.answers.get("END", "250 taken"))
        return True

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class PostOffice:
    """`answers` maps a verb of SMTP (or END, the end of a letter) to a line such as "450 later", or "hang up"."""

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}
        self.letters: list[Message] = []

    def __enter__(self) -> "PostOffice":
        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation)
        self.server.office, self.server.daemon_threads = self, True
        self.port = self.server.server_address[1]
        # It looks that often whether it is to stop.
        threading.Thread(target=self.server.serve_forever, args=[0.01], daemon=True).start()
        return self

    def __exit__(self, *_error) -> None:
        self.close()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
