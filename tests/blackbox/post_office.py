"""A relay on loopback that speaks enough of SMTP (RFC 5321) to be handed mail, and a name server
that knows a few texts; each on a free port, or on a given one to come up again."""

import email
import email.policy
import socket
import socketserver
import struct
import threading


class Letter:
    def __init__(self, sender, recipients, data):
        self.sender, self.recipients, self.data = sender, recipients, data
        self.message = email.message_from_bytes(data, policy=email.policy.default)

    def part(self, kind):
        return next(p for p in self.message.walk() if p.get_content_type() == kind)

    @property
    def text(self):
        return self.part("text/plain").get_content()

    @property
    def calendar(self):
        return self.part("text/calendar").get_payload(decode=True)


class Talk(socketserver.StreamRequestHandler):
    def say(self, words):
        self.wfile.write((words + "\r\n").encode())

    def take_data(self):
        self.say("354 go on")
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line[1:] if line.startswith(b"..") else line)
        return b"".join(lines)

    def handle(self):
        office = self.server.office
        sender, recipients = "", []
        self.say("220 relay.example")
        for line in self.rfile:
            words = line.decode().strip()
            verb = words.split(" ")[0].split(":")[0].upper()
            office.commands.append(words)
            if verb == "EHLO":
                self.say("250-relay.example")
                self.say("250 8BITMIME")
            elif verb == "MAIL":
                sender, recipients = words.split("<")[1].split(">")[0], []
                self.say("250 ok")
            elif verb == "RCPT":
                who = words.split("<")[1].split(">")[0]
                refusal = office.refuses.get(who)
                if refusal is None:
                    recipients.append(who)
                self.say(refusal or "250 ok")
            elif verb == "DATA":
                office.letters.append(Letter(sender, recipients, self.take_data()))
                self.say("250 kept")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")


class PostOffice:
    """`letters` as they came; `refuses` maps a recipient to what the relay says to it."""

    def __init__(self):
        self.letters, self.commands, self.refuses = [], [], {}
        self.port, self.server = 0, None

    def open(self):
        socketserver.ThreadingTCPServer.allow_reuse_address = True
        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", self.port), Talk)
        self.server.daemon_threads = True
        self.server.office = self
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def close(self):
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.port}"

    def to(self, address):
        return [x for x in self.letters if x.recipients == [address]]


class NameServer:
    """Answers what it is asked for with the TXT records it was given; any other name is absent."""

    def __init__(self, texts):
        self.texts = texts
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.address = "127.0.0.1:%d" % self.socket.getsockname()[1]
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            try:
                asked, peer = self.socket.recvfrom(512)
            except OSError:
                return
            self.socket.sendto(self.answer(asked), peer)

    def answer(self, asked):
        labels, at = [], 12
        while asked[at]:
            labels.append(asked[at + 1:at + 1 + asked[at]].decode().lower())
            at += 1 + asked[at]
        question = asked[12:at + 5]
        texts = self.texts.get(".".join(labels))
        records = b""
        for text in texts or []:
            raw = text.encode()
            pieces = b"".join(bytes([len(raw[i:i + 255])]) + raw[i:i + 255]
                              for i in range(0, len(raw), 255))
            records += b"\xc0\x0c" + struct.pack(">HHIH", 16, 1, 60, len(pieces)) + pieces
        flags = 0x8180 if texts is not None else 0x8183
        return (asked[:2] + struct.pack(">HHHHH", flags, 1, len(texts or []), 0, 0) + question
                + records)

    def close(self):
        self.socket.close()
