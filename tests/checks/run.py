#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""run.py BUILD with-display|without-display: what `make run` starts.

The real service and the real application, in a home folder of their own,
started by the script that `make run` starts and ended like a person ends them.
"""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid

import tap

BUILD = os.path.abspath(sys.argv[1])
WITH_DISPLAY = sys.argv[2] == 'with-display'
SCRIPT = os.path.join(tap.ROOT, 'data', 'run.py')
PATIENCE = 90
TROUBLE = re.compile(r'[A-Za-z-]*-(?:WARNING|CRITICAL) \*\*: [0-9:.]*(.*)')
STATIONS = 1587
ONE_MORE = 3


def wait_until(holds, what):
    """A condition with a bound; what it waits for is named when it fails."""
    deadline = time.monotonic() + PATIENCE
    while True:
        answer = holds()
        if answer:
            return answer
        tap.claim(time.monotonic() < deadline, f'waited {PATIENCE} s in vain for {what()}')
        time.sleep(0.05)


def alive_with(mark):
    """The processes that carry our mark in their environment."""
    found = []
    for pid in filter(str.isdigit, os.listdir('/proc')):
        try:
            with open(f'/proc/{pid}/environ', 'rb') as file:
                marked = mark.encode() in file.read()
            with open(f'/proc/{pid}/stat') as file:
                state = file.read().rpartition(')')[2].split()[0]
            if marked and state not in 'ZX':
                with open(f'/proc/{pid}/cmdline') as file:
                    found.append((int(pid), file.read().replace('\0', ' ')))
        except (FileNotFoundError, PermissionError, ProcessLookupError):
            continue
    return found


class Run:
    def __init__(self, home):
        self.home = home
        self.mark = f'SM_CHECK_RUN={uuid.uuid4()}'
        environment = dict(os.environ, HOME=home, SM_CHECK_RUN=self.mark.split('=')[1],
                           STATIONMASTER_RUN_DIR=os.path.join(home, 'run'),
                           GSETTINGS_BACKEND='memory', LC_ALL='C.UTF-8', LANGUAGE='en')
        for folder in ('CONFIG', 'CACHE', 'DATA', 'STATE'):
            if folder != 'CONFIG' or not WITH_DISPLAY:
                environment[f'XDG_{folder}_HOME'] = os.path.join(home, folder.lower())
        if not WITH_DISPLAY:
            for name in ('DISPLAY', 'WAYLAND_DISPLAY', 'XDG_RUNTIME_DIR', 'GDK_BACKEND'):
                environment.pop(name, None)
        self.output = os.path.join(home, 'output')
        with open(self.output, 'w') as output:
            self.process = subprocess.Popen(['/usr/bin/python3', SCRIPT, BUILD], env=environment,
                                            stdin=subprocess.DEVNULL, stdout=output,
                                            stderr=output, start_new_session=True)

    def said(self):
        with open(self.output) as file:
            return file.read()

    def log(self, name):
        path = os.path.join(self.home, 'run', name)
        if not os.path.exists(path):
            return ''
        with open(path, errors='replace') as file:
            return file.read()

    def told(self, pattern):
        tap.claim(self.process.poll() is None, 'it ended by itself: ' + self.everything())
        match = re.search(pattern, self.said())
        return match and match[1]

    def everything(self):
        return '\n'.join((self.said(), self.log('application.log')[-3000:],
                          self.log('service.log')[-1500:]))

    def service_url(self):
        return wait_until(lambda: self.told(r'served on (http://127\.0\.0\.1:\d+)'),
                          lambda: 'the service: ' + self.everything())

    def answered(self, path, times):
        """Whether the service has answered this many requests for the path well."""
        tap.claim(self.process.poll() is None, 'it ended by itself: ' + self.everything())
        count = 0
        for line in self.log('service.log').splitlines():
            if line.startswith('{') and line.endswith('}'):
                entry = json.loads(line)
                count += path in (entry.get('route'), entry.get('path')) and entry['status'] == 200
        return count >= times

    def wait_for_the_application(self):
        for path, times in (('/api/v1/changes', 1), ('/api/v1/live/vehicles', 2)):
            wait_until(lambda: self.answered(path, times),
                       lambda: f'{times} x {path}: ' + self.everything())

    def end(self, number):
        self.process.send_signal(number)
        return self.gone()

    def gone(self):
        try:
            code = self.process.wait(20)
        except subprocess.TimeoutExpired:
            code = None
        wait_until(lambda: not alive_with(self.mark),
                   lambda: f'the end of {alive_with(self.mark)}')
        return code

    def clean_up(self):
        for pid, _ in alive_with(self.mark):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.wait()


def with_run(test):
    def case():
        with tempfile.TemporaryDirectory(prefix='stationmaster-') as home:
            run = Run(home)
            try:
                test(run)
            finally:
                run.clean_up()
    return case


def ask(url, path, token=None, body=None):
    request = urllib.request.Request(url + path, data=body and json.dumps(body).encode())
    if body:
        request.add_header('Content-Type', 'application/json')
    if token:
        request.add_header('Authorization', f'Bearer {token}')
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.loads(answer.read())


def listeners(port):
    """The addresses, as the kernel writes them, on which a port is open."""
    found = set()
    for table in ('/proc/net/tcp', '/proc/net/tcp6'):
        if os.path.exists(table):
            with open(table) as file:
                rows = [line.split() for line in file.readlines()[1:]]
            found |= {row[1].split(':')[0] for row in rows
                      if row[3] == '0A' and int(row[1].split(':')[1], 16) == port}
    return found


class Browser:
    """As much of a browser as it takes for the page's server to send it frames."""

    def __init__(self, page):
        host = page.partition('//')[2]
        self.socket = socket.create_connection(host.split(':'), timeout=PATIENCE)
        self.socket.sendall((f'GET /socket HTTP/1.1\r\nHost: {host}\r\nOrigin: {page}\r\n'
                             'Connection: Upgrade\r\nUpgrade: websocket\r\n'
                             'Sec-WebSocket-Key: c3RhdGlvbm1hc3RlcndhbGw=\r\n'
                             'Sec-WebSocket-Protocol: broadway\r\n'
                             'Sec-WebSocket-Version: 13\r\n\r\n').encode())
        self.stream = self.socket.makefile('rb')
        self.status = self.stream.readline()
        while self.stream.readline().strip():
            pass

    def read_message(self):
        """The next message (RFC 6455); empty when the server has gone."""
        head = self.stream.read(2)
        if len(head) < 2:
            return b''
        length = head[1] & 0x7f
        if length >= 126:
            length = int.from_bytes(self.stream.read(2 if length == 126 else 8), 'big')
        return self.stream.read(length)


def check_in_browser(run):
    """A browser that connects is sent what there is to see, and nothing gives up."""
    run.service_url()
    page = wait_until(lambda: run.told(r'(http://127\.0\.0\.1:\d+)\nFrom'), run.everything)
    run.wait_for_the_application()
    browser = Browser(page)
    tap.claim(b' 101 ' in browser.status, f'{page} answers {browser.status}')
    gone = 'gone: ' + run.everything() + run.log('broadway.log')
    tap.claim(browser.read_message(), gone)
    # What it shows is in one message or in two; more only comes to one that answers.
    browser.socket.settimeout(ONE_MORE)
    try:
        tap.claim(browser.read_message(), gone)
    except TimeoutError:
        pass
    tap.claim(application(run), 'the application has gone: ' + run.everything())
    tap.claim(run.end(signal.SIGINT) == 0, run.everything())


def check_shown(run):
    """Both programs come up, talk to each other, and Ctrl+C ends them all."""
    url = run.service_url()
    run.wait_for_the_application()
    tap.claim(listeners(int(url.rpartition(':')[2])) == {'0100007F'}, 'not on loopback alone')
    if not WITH_DISPLAY:
        page = wait_until(lambda: run.told(r'(http://127\.0\.0\.1:\d+)\nFrom'), run.everything)
        with urllib.request.urlopen(page, timeout=20) as answer:
            tap.claim(answer.status == 200, f'{page} answers {answer.status}')
        port = page.rpartition(':')[2]
        tap.claim(listeners(int(port)) == {'0100007F'}, 'the page is not on loopback alone')
        tap.claim(f'ssh -L {port}:127.0.0.1:{port} ' in run.said(), 'no ssh line')
    tap.no_faults(sorted(set(TROUBLE.findall(run.log('application.log')))))
    code = run.end(signal.SIGINT)
    tap.claim(code == 0, f'ended with {code}: ' + run.everything())


def positions(answer):
    return dict(zip(answer['id'], zip(answer['latitude'], answer['longitude'])))


def moved(url, token, before):
    now = positions(ask(url, '/api/v1/live/vehicles', token))
    return any(now[number] != place for number, place in before.items() if number in now)


def count_stations(url, token):
    cursor, more, stations = '', True, set()
    while more:
        page = ask(url, f'/api/v1/changes?kinds=station&limit=1000{cursor}', token)
        stations |= {change['id'] for change in page['changes'] if not change['deleted']}
        cursor, more = f'&since={page["cursor"]}', page['more']
    return len(stations)


def check_network(run):
    """Trucks move, and the stations of Shenzhen are there."""
    url = run.service_url()
    token = ask(url, '/api/v1/session', body={'demo': True})['token']
    before = wait_until(lambda: positions(ask(url, '/api/v1/live/vehicles', token)),
                        lambda: 'vehicles')
    wait_until(lambda: moved(url, token, before), lambda: 'a vehicle that moves')
    # They come in behind the trucks.
    wait_until(lambda: count_stations(url, token) >= STATIONS, lambda: f'{STATIONS} stations')
    tap.claim(run.end(signal.SIGTERM) == 0, 'SIGTERM: ' + run.everything())


def application(run):
    return [pid for pid, line in alive_with(run.mark) if '/stationmaster --server' in line]


def check_application_ends(run):
    run.service_url()
    pid = wait_until(lambda: application(run), run.everything)[0]
    os.kill(pid, signal.SIGKILL)
    tap.claim(run.gone() == 1, 'a crash of the application went unsaid')
    tap.claim('application.log' in run.said(), run.said())


def check_killed(run):
    run.service_url()
    wait_until(lambda: application(run), run.everything)
    run.end(signal.SIGKILL)


CASES = [(f'/checks/run/{sys.argv[2]}', with_run(check_shown))]
if not WITH_DISPLAY:
    CASES += [
        ('/checks/run/in-a-browser', with_run(check_in_browser)),
        ('/checks/run/demo-network', with_run(check_network)),
        ('/checks/run/ends-with-the-application', with_run(check_application_ends)),
        ('/checks/run/leaves-nothing-when-killed', with_run(check_killed)),
    ]
tap.run(CASES)
