#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""secrets.py BUILD: both programs run, and no secret is left lying about.

A wire between them tells which tokens there were; then these and the passwords
are looked for in what either wrote to files and logs, in its arguments and in
its environment.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'checks'))
import tap  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
PASSWORD = 'correct-horse-battery-staple'
WRONG = 'wrong-horse-battery-staple'
TOKENS = re.compile(rb'Bearer ([0-9a-f.]+)|"(?:refresh_)?token"\s*:\s*"([0-9a-f.]+)"')
BOUND_S = 60


class Wire:
    """Passes everything on to the service, and remembers the tokens in it."""

    def __init__(self, port):
        self.port = port
        self.seen = set()
        self.paths = set()
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.url = f'http://127.0.0.1:{self.listener.getsockname()[1]}'
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            near, _ = self.listener.accept()
            far = socket.create_connection(('127.0.0.1', self.port))
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self.pass_on, args=(one, other), daemon=True).start()

    def pass_on(self, one, other):
        before = b''
        try:
            while data := one.recv(65536):
                other.sendall(data)
                text = before + data
                self.seen.update(a or b for a, b in TOKENS.findall(text))
                self.paths.update(re.findall(rb'(?:GET|POST|DELETE) (\S+)', text))
                before = data[-1000:]
            other.shutdown(socket.SHUT_WR)
        except OSError:
            pass


def ask(url, path, token=None, body=None, method=None):
    request = urllib.request.Request(url + path, method=method,
                                     data=json.dumps(body).encode() if body else None)
    request.add_header('Content-Type', 'application/json')
    if token:
        request.add_header('Authorization', 'Bearer ' + token)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.loads(answer.read() or b'{}')
    except urllib.error.HTTPError as error:
        return {'status': error.code}


def process_texts(pid):
    for name in ('cmdline', 'environ'):
        with open(f'/proc/{pid}/{name}', 'rb') as file:
            yield f'{name} of {pid}', file.read()


def file_texts(folder):
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            if os.path.isfile(path):
                with open(path, 'rb') as file:
                    yield path, file.read()


def children(pid):
    found = [pid]
    for name in os.listdir('/proc'):
        if name.isdigit():
            try:
                with open(f'/proc/{name}/stat', encoding='utf-8', errors='replace') as file:
                    if int(file.read().rsplit(')', 1)[1].split()[1]) == pid:
                        found += children(int(name))
            except OSError:
                pass
    return found


def name_of(pid):
    try:
        with open(f'/proc/{pid}/comm', encoding='utf-8') as file:
            return file.read().strip()
    except OSError:
        return ''


def wait_for(condition, what):
    until = time.monotonic() + BOUND_S
    while not condition():
        assert time.monotonic() < until, what
        time.sleep(0.05)


class Run:
    def __init__(self, build):
        self.build = build
        self.folder = tempfile.mkdtemp()
        self.outside = tempfile.mkdtemp()
        self.password_file = os.path.join(self.outside, 'password')
        with open(self.password_file, 'w', encoding='utf-8') as file:
            file.write(PASSWORD)
        self.secrets = {PASSWORD.encode(), WRONG.encode()}
        self.faults = []

    def program(self, name):
        return os.path.join(self.build, 'src', name)

    def command(self, *arguments):
        return subprocess.run([self.program('stationmaster-service'), *arguments, '--database',
                               os.path.join(self.folder, 'network.db')], check=True,
                              capture_output=True, text=True).stdout

    def look(self, texts):
        for place, text in texts:
            self.faults += [f'{secret[:6].decode()}… is in {place}'
                            for secret in self.secrets if secret in text]

    def start_service(self):
        self.command('user', 'add', 'ada', '--role', 'dispatcher', '--password-file',
                     self.password_file)
        self.secrets.add(self.command('gateway', 'add', 'north').split()[-1].encode())
        environment = {name: value for name, value in os.environ.items()
                       if name != 'SM_RECORD_DIR'}
        environment['G_MESSAGES_DEBUG'] = 'all'
        log_path = os.path.join(self.folder, 'service.log')
        with open(log_path, 'wb') as log:
            service = subprocess.Popen(
                [self.program('stationmaster-service'), '--listen', '127.0.0.1:0', '--database',
                 os.path.join(self.folder, 'network.db'), '--simulate', 'demo', '--seed', '1',
                 '--history-days', '0.1'],
                stdout=log, stderr=log, env=environment)

        def port():
            with open(log_path, encoding='utf-8', errors='replace') as log:
                return re.search(r'listening on http://127\.0\.0\.1:(\d+)', log.read())
        wait_for(port, 'the service listens')
        return service, int(port().group(1))

    def start_app(self, url):
        environment = dict(os.environ, SM_TEST_HOME=os.path.join(self.folder, 'home'),
                           G_MESSAGES_DEBUG='all', LC_ALL='C.UTF-8', TZ='UTC',
                           GSETTINGS_SCHEMA_DIR=os.path.join(self.build, 'data'))
        with open(os.path.join(self.folder, 'app.log'), 'wb') as log:
            return subprocess.Popen(
                [os.path.join(HERE, '..', 'with-display.sh'), self.program('stationmaster'),
                 '--server', url, '--user', 'ada', '--password-file', self.password_file],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment)


def use_by_hand(url):
    """What somebody may do wrong: a password that is not right, a token in an address."""
    ask(url, '/api/v1/session', body={'name': 'ada', 'password': WRONG})
    ask(url, '/api/v1/session', body={'name': WRONG, 'password': WRONG})
    session = ask(url, '/api/v1/session', body={'name': 'ada', 'password': PASSWORD})
    token = session['token']
    ask(url, f'/api/v1/me?token={token}', token=token)
    ask(url, f'/api/v1/{token}', token=token)
    ask(url, f'/api/v1/stations?sn={session["refresh_token"]}', token=token)
    session = ask(url, '/api/v1/session/refresh', body={'refresh_token': session['refresh_token']})
    ask(url, '/api/v1/session', token=session['token'], method='DELETE')


def search(build):
    run = Run(build)
    service, port = run.start_service()
    wire = Wire(port)
    app = run.start_app(wire.url)
    try:
        wait_for(lambda: any(b'/live/equipment' in path for path in wire.paths),
                 'the application follows the network')
        use_by_hand(wire.url)
        run.secrets |= {secret for secret in wire.seen if len(secret) >= 32}
        for pid in children(app.pid) + [service.pid]:
            run.look(process_texts(pid))
    finally:
        for pid in children(app.pid):
            if name_of(pid) == 'stationmaster':
                os.kill(pid, signal.SIGTERM)
        app.wait(BOUND_S)
        service.terminate()
        service.wait(BOUND_S)
    run.secrets |= {secret for secret in wire.seen if len(secret) >= 32}
    run.look(file_texts(run.folder))
    n_files = sum(1 for _ in file_texts(run.folder))
    shutil.rmtree(run.folder)
    shutil.rmtree(run.outside)
    return [f'only {len(run.secrets)} secrets were seen'] * (len(run.secrets) < 7) \
        + [f'only {n_files} files were looked at'] * (n_files < 6) + sorted(set(run.faults))


tap.run([
    ('/secrets/nowhere-after-a-full-run',
     lambda: tap.no_faults(search(os.path.abspath(sys.argv[1])))),
])
