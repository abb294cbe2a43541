#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""first-frame.py BUILD LIBRARY: P10, the start of the application.

The application follows `national` until it has the whole of it in its cache;
then the service ends.  From there on it is started by turns with
gtk4-widget-factory (Debian's gtk-4-examples), on the same display, each until
a frame is painted: of the application the one that shows the 40,000 vehicles
that it knows from its cache.  LIBRARY (first-frame.c) is laid before both and
says when that was.
"""

import glob
import os
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 5
TARGET = 1.25
VEHICLES = 40000
FILLED_WITHIN_S = 300
LISTENING = 'listening on '
YARDSTICK = 'gtk4-widget-factory'


def start_service(build, home):
    service = subprocess.Popen(
        [os.path.join(build, 'src', 'stationmaster-service'), '--listen', '127.0.0.1:0',
         '--database', os.path.join(home, 'network.db'), '--simulate', 'national', '--seed', '1'],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    line = service.stdout.readline()
    if not line.startswith(LISTENING):
        service.kill()
        raise SystemExit(f'The service said {line!r} instead of where it listens.')
    return service, line[len(LISTENING):].strip()


def is_whole(home):
    """Whether the cache is a copy of all that there is."""
    for path in glob.glob(os.path.join(home, 'cache', 'stationmaster', '*', 'cache-*.db')):
        try:
            with sqlite3.connect(f'file:{path}?mode=ro', uri=True) as cache:
                vehicles = cache.execute('SELECT count(*) FROM vehicle_live').fetchone()[0]
                whole = cache.execute("SELECT value FROM meta WHERE name = 'whole'").fetchone()
        except sqlite3.Error:
            continue
        if whole is not None and vehicles == VEHICLES:
            return True
    return False


def fill_cache(command, environment, home):
    application = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + FILLED_WITHIN_S
    try:
        while not is_whole(home):
            if time.monotonic() > deadline or application.poll() is not None:
                raise SystemExit('The cache was not filled.')
            time.sleep(0.5)
    finally:
        application.send_signal(signal.SIGTERM)
        application.wait()


def first_frame(command, environment, library, home, text=None):
    """Milliseconds from the start to the frame: on the clock, and of processors."""
    answer = os.path.join(home, 'answer')
    environment = dict(environment, LD_PRELOAD=library, FIRST_FRAME_FILE=answer,
                       FIRST_FRAME_BEGAN=str(time.monotonic_ns()))
    if text is not None:
        environment['FIRST_FRAME_TEXT'] = text
    try:
        subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)
        with open(answer, encoding='utf-8') as file:
            wall, cpu = file.read().split()
    except (OSError, subprocess.SubprocessError) as error:
        raise SystemExit(f'{command[0]} did not come so far: {error}') from error
    os.unlink(answer)
    return int(wall) / 1000, int(cpu) / 1000


def spread(values):
    return f'{statistics.median(values):.3g} ({min(values):.3g}-{max(values):.3g})'


def measure(command, environment, library, home):
    ours, theirs = [], []
    for index in range(ROUNDS + 1):
        yardstick = first_frame([YARDSTICK], environment, library, home)
        own = first_frame(command, environment, library, home, f'{VEHICLES:,}')
        if index > 0:  # the first reads the disk
            theirs.append(yardstick)
            ours.append(own)
    for name, rounds in ((YARDSTICK, theirs), (f'{VEHICLES:,} cached vehicles', ours)):
        print(f'  first frame, {name}: {spread([wall for wall, _ in rounds])} ms, '
              f'{spread([cpu for _, cpu in rounds])} ms of processors')
    ratios = [own[0] / yardstick[0] for own, yardstick in zip(ours, theirs)]
    verdict = 'ok' if statistics.median(ratios) <= TARGET else 'missed'
    print(f'P10 first frame with {VEHICLES:,} cached vehicles against {YARDSTICK}\'s: '
          f'{spread(ratios)}, target {TARGET} {verdict}')


def main():
    build, library = (os.path.abspath(path) for path in sys.argv[1:3])
    if shutil.which(YARDSTICK) is None:
        raise SystemExit(f'{YARDSTICK} is missing: it is in the package gtk-4-examples.')
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        environment = dict(os.environ, HOME=home, LC_ALL='C.UTF-8', LANGUAGE='en',
                           GSETTINGS_BACKEND='memory',
                           GSETTINGS_SCHEMA_DIR=os.path.join(build, 'data'))
        for name in ('cache', 'data', 'state'):
            environment[f'XDG_{name.upper()}_HOME'] = os.path.join(home, name)
        service, url = start_service(build, home)
        command = [os.path.join(build, 'src', 'stationmaster'), '--server', url]
        try:
            fill_cache(command, environment, home)
        finally:
            service.kill()
            service.wait()
        measure(command, environment, library, home)
    return 0


if __name__ == '__main__':
    sys.exit(main())
