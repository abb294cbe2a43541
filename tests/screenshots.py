#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""screenshots.py BUILD FOLDER: the application in every look, as PNG files.

PAGE-STATE-LANGUAGE-SCHEME-SIZE.png: with the demo network, with the service
killed after a first look, and with an empty network; in English and Chinese,
light and dark, at the two sizes it is made for.  Each picture's size is
checked to the pixel.
"""

import os
import shutil
import struct
import subprocess
import sys
import tempfile

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
        self.process = subprocess.Popen(
            [os.path.join(build, 'src', 'stationmaster-service'), '--listen', '127.0.0.1:0',
             '--database', os.path.join(folder, 'network.db'), '--simulate', network,
             '--seed', '1'],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        if not line.startswith(LISTENING):
            raise SystemExit(f'The service said {line!r} instead of where it listens.')
        self.url = line[len(LISTENING):].strip()

    def kill(self):
        self.process.kill()
        self.process.wait()


def size_of(path):
    with open(path, 'rb') as file:
        header = file.read(24)
    if header[:8] != b'\x89PNG\r\n\x1a\n':
        raise SystemExit(f'{path} is not a PNG.')
    return 'x'.join(str(number) for number in struct.unpack('>II', header[16:24]))


def shoot(build, home, url, path, page, look):
    language, scheme, size = look
    environment = dict(os.environ, SM_TEST_SCREEN=size, LC_ALL='C.UTF-8', TZ='Asia/Shanghai',
                       LANGUAGE=LANGUAGES[language], ADW_DEBUG_COLOR_SCHEME=SCHEMES[scheme],
                       GSETTINGS_BACKEND='memory', SM_TEST_HOME=home,
                       GSETTINGS_SCHEMA_DIR=os.path.join(build, 'data'))
    answer = subprocess.run(
        [os.path.join(ROOT, 'tests', 'with-display.sh'),
         os.path.join(build, 'src', 'stationmaster'), '--server', url, '--page', page,
         '--screenshot', path, '--size', size],
        env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=180)
    if answer.returncode != 0 or not os.path.exists(path):
        raise SystemExit(f'{os.path.basename(path)} failed ({answer.returncode}):\n'
                         f'{answer.stdout}{answer.stderr}')
    if size_of(path) != size:
        raise SystemExit(f'{path} is {size_of(path)}, not {size}.')
    print(os.path.basename(path), flush=True)


def shoot_looks(build, home, url, folder, state):
    for page in PAGES:
        for look in looks():
            shoot(build, home, url, os.path.join(folder, name_of(page, state, *look)), page, look)


def shoot_network(build, folder, network, states):
    """The first state is shot with the service there, the second without it."""
    with tempfile.TemporaryDirectory() as home:
        service = Service(build, home, network)
        try:
            shoot_looks(build, home, service.url, folder, states[0])
        finally:
            service.kill()
        for state in states[1:]:
            shoot_looks(build, home, service.url, folder, state)


def main():
    build, folder = (os.path.abspath(path) for path in sys.argv[1:])
    # A picture of last week must not pass for one of today.
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    shoot_network(build, folder, 'demo', ('data', 'offline'))
    shoot_network(build, folder, 'none', ('empty',))
    written = len(os.listdir(folder))
    print(f'{written} of {len(names())} pictures in {folder}')
    return 0 if written == len(names()) else 1


if __name__ == '__main__':
    sys.exit(main())
