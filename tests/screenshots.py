#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""screenshots.py BUILD FOLDER: the application in every look, as PNG files.

PAGE-STATE-LANGUAGE-SCHEME-SIZE.png: with the demo network, with the service
killed after a first look, and with an empty network; in English and Chinese,
light and dark, at the two sizes it is made for.  Each picture's size is
checked to the pixel.
"""

import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PAGES = ('wall',)
STATES = ('data', 'offline', 'empty')
LANGUAGES = {'en': 'en', 'zh': 'zh_CN'}
SCHEMES = {'light': 'prefer-light', 'dark': 'prefer-dark'}
SIZES = ('1920x1080', '3840x2160')
LISTENING = 'listening on '


def name_of(page, state, language, scheme, size):
    return f'{page}-{state}-{language}-{scheme}-{size}.png'


def looks():
    return [(language, scheme, size)
            for language in LANGUAGES for scheme in SCHEMES for size in SIZES]


def names():
    return [name_of(page, state, *look)
            for page in PAGES for state in STATES for look in looks()]


class Service:
    """A service with a network of its own, until it is killed."""

    def __init__(self, build, folder, network):
        database = os.path.join(folder, 'network.db')
        self.process = subprocess.Popen(
            [os.path.join(build, 'src', 'stationmaster-service'), '--listen', '127.0.0.1:0',
             '--database', database, '--simulate', network, '--seed', '1'],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        if not line.startswith(LISTENING):
            raise SystemExit(f'The service said {line!r} instead of where it listens.')
        self.url = line[len(LISTENING):].strip()

    def ask(self, path, token=None, body=None):
        headers = {'Content-Type': 'application/json'}
        if token:
            headers['Authorization'] = f'Bearer {token}'
        request = urllib.request.Request(self.url + path, headers=headers,
                                         data=body and json.dumps(body).encode())
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read())

    def wait_for_a_fault(self):
        """A wall without a single fault would not show what it is for."""
        token = self.ask('/api/v1/session', body={'demo': True})['token']
        deadline = time.monotonic() + 180
        while not self.ask('/api/v1/alarms?limit=1', token)['items']:
            if time.monotonic() > deadline:
                raise SystemExit('The demo network had no fault for three minutes.')
            time.sleep(0.5)

    def kill(self):
        self.process.kill()
        self.process.wait()


def add_person(build, folder):
    """A network that is not simulated lets nobody in without a password."""
    password = os.path.join(folder, 'password')
    with open(password, 'w', encoding='utf-8') as file:
        file.write('correct horse battery staple\n')
    subprocess.run(
        [os.path.join(build, 'src', 'stationmaster-service'), 'user', 'add', 'anna',
         '--role', 'operator', '--password-file', password,
         '--database', os.path.join(folder, 'network.db')],
        check=True, stdout=subprocess.DEVNULL)
    return ['--user', 'anna', '--password-file', password]


def size_of(path):
    with open(path, 'rb') as file:
        header = file.read(24)
    if header[:8] != b'\x89PNG\r\n\x1a\n':
        raise SystemExit(f'{path} is not a PNG.')
    return 'x'.join(str(number) for number in struct.unpack('>II', header[16:24]))


def shoot(build, home, arguments, path, page, look):
    language, scheme, size = look
    environment = dict(os.environ, SM_TEST_SCREEN=size, LC_ALL='C.UTF-8', TZ='Asia/Shanghai',
                       LANGUAGE=LANGUAGES[language], ADW_DEBUG_COLOR_SCHEME=SCHEMES[scheme],
                       GSETTINGS_BACKEND='memory', SM_TEST_HOME=home,
                       GSETTINGS_SCHEMA_DIR=os.path.join(build, 'data'))
    answer = subprocess.run(
        [os.path.join(ROOT, 'tests', 'with-display.sh'),
         os.path.join(build, 'src', 'stationmaster'), *arguments, '--page', page,
         '--screenshot', path, '--size', size],
        env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=180)
    if answer.returncode != 0 or not os.path.exists(path):
        raise SystemExit(f'{os.path.basename(path)} failed ({answer.returncode}):\n'
                         f'{answer.stdout}{answer.stderr}')
    trouble = [line for line in answer.stderr.splitlines()
               if '-CRITICAL **' in line or '-WARNING **' in line]
    if trouble:
        raise SystemExit('\n'.join([f'{os.path.basename(path)}:', *trouble]))
    if size_of(path) != size:
        raise SystemExit(f'{path} is {size_of(path)}, not {size}.')
    print(os.path.basename(path), flush=True)


def shoot_looks(build, home, arguments, folder, state):
    for page in PAGES:
        for look in looks():
            path = os.path.join(folder, name_of(page, state, *look))
            shoot(build, home, arguments, path, page, look)


def shoot_demo(build, folder):
    with tempfile.TemporaryDirectory() as home:
        service = Service(build, home, 'demo')
        arguments = ['--server', service.url]
        try:
            service.wait_for_a_fault()
            shoot_looks(build, home, arguments, folder, 'data')
        finally:
            service.kill()
        # The same home: what was shown last is still known.
        shoot_looks(build, home, arguments, folder, 'offline')


def shoot_empty(build, folder):
    with tempfile.TemporaryDirectory() as home:
        person = add_person(build, home)
        service = Service(build, home, 'none')
        try:
            shoot_looks(build, home, ['--server', service.url, *person], folder, 'empty')
        finally:
            service.kill()


def main():
    build, folder = (os.path.abspath(path) for path in sys.argv[1:])
    # A picture of last week must not pass for one of today.
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    shoot_demo(build, folder)
    shoot_empty(build, folder)
    written = len(os.listdir(folder))
    print(f'{written} of {len(names())} pictures in {folder}')
    return 0 if written == len(names()) else 1


if __name__ == '__main__':
    sys.exit(main())
