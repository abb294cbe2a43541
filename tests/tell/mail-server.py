#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real SMTP server on a free port of this machine, for tests.

Prints its port, then each message it took as one line of JSON: to whom, and what Python's
own e-mail reads in it.  Takes nothing for nobody@..., and nothing from who does not sign in as
"sender" with the word that is its argument; ends when its input does.
"""
import asyncio
import email
import email.policy
import json
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith('nobody@'):
            return '550 nobody of that name'
        envelope.rcpt_tos.append(address)
        return '250 OK'

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        print(json.dumps({'to': envelope.rcpt_tos[0], 'from': envelope.mail_from,
                          'subject': message['subject'], 'header_to': message['to'],
                          'auto': message['auto-submitted'],
                          'has_date': message['date'].datetime is not None,
                          'text': message.get_content().strip()}), flush=True)
        return '250 OK'


def sign_in(server, session, envelope, mechanism, data):
    return AuthResult(success=(data.login, data.password) == (b'sender', sys.argv[1].encode()))


def make_session():
    # What curl says in the clear on this machine's own loopback.
    return SMTP(Handler(), hostname='127.0.0.1', authenticator=sign_in, auth_required=True,
                auth_require_tls=False)


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(make_session, '127.0.0.1', 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
