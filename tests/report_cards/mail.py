"""A real SMTP server in a thread that keeps what it gets and can be told what to answer."""

import asyncio
import logging
import threading
import time
from email import message_from_bytes, policy

from aiosmtpd.smtp import SMTP


class Sink:
    """``answers`` maps an address to the line the server gives to RCPT, ``refusals`` to the one it gives to the text.

    ``slow`` is the pause before taking a mail. At the addresses in ``drops`` it cuts the line: after the text, or,
    where the value is "rcpt", before it. ``turns_away`` is its answer to everybody's MAIL FROM. ``keeps_text`` off
    saves the time to read the mails.
    """

    def __init__(self, *, keeps_text=True):
        self.mails, self.answers, self.slow, self.connections = [], {}, 0, set()
        self.refusals, self.drops, self.turns_away, self.raw = {}, {}, "", []
        self.keeps_text = keeps_text
        # Else it writes a dozen lines a mail.
        logging.getLogger("mail.log").setLevel(logging.WARNING)
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        # Opened inside the thread: a browser test already runs a loop in its own.
        self.server = asyncio.run_coroutine_threadsafe(self.open(), self.loop).result(10)
        self.port = self.server.sockets[0].getsockname()[1]

    async def open(self):
        return await self.loop.create_server(lambda: SMTP(self, loop=self.loop), "127.0.0.1", 0)

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.turns_away:
            return self.turns_away
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if answer := self.answers.get(address):
            return answer
        if self.drops.get(address) == "rcpt":
            server.transport.abort()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        time.sleep(self.slow)
        (address,) = envelope.rcpt_tos
        self.connections.add(session.peer)
        if refusal := self.refusals.get(address):
            text = envelope.content.decode()
            return refusal.format(link=text[text.index("<http") + 1 : text.index("unsubscribe/>")])
        message = message_from_bytes(envelope.content, policy=policy.default) if self.keeps_text else None
        self.raw += [envelope.content] if self.keeps_text else []
        self.mails.append((address, message))
        if address in self.drops:
            server.transport.abort()
        return "250 taken"

    def to(self):
        return [address for address, _ in self.mails]

    def stop(self):
        self.loop.call_soon_threadsafe(self.server.close)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(5)
