#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""soak-wall.py BUILD: the wall on `national` for half an hour.

Prints each minute what the application has taken: memory (PSS), descriptors,
the longest turn of its main loop and how many were above 8 ms.  Fails when it
grows by 5 % or more after warm-up, or ends.

SM_SOAK_MINUTES shortens it, SM_SOAK_NETWORK=demo makes it lighter; with
SM_SOAK_BENCH it prints the line of P3 for `make bench`.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LISTENING = 'listening on '
WARM_UP = 0.2          # of the time: caches fill, history arrives
GROWTH = 0.05
P3_MB = 190
LINE = re.compile(r'longest_us=(\d+) turns=(\d+) long=(\d+)')


def application_of(wrapper, program):
    """The process id of the application somewhere below the display's wrapper."""
    children = {}
    for name in os.listdir('/proc'):
        if not name.isdigit():
            continue
        try:
            with open(f'/proc/{name}/stat', encoding='utf-8') as file:
                parent = int(file.read().rsplit(')', 1)[1].split()[1])
            path = os.readlink(f'/proc/{name}/exe')
        except OSError:
            continue
        children.setdefault(parent, []).append((int(name), path))
    waiting = [wrapper]
    while waiting:
        for child, path in children.get(waiting.pop(), []):
            if path == program:
                return child
            waiting.append(child)
    return None


def pss_mb(pid):
    with open(f'/proc/{pid}/smaps_rollup', encoding='utf-8') as file:
        for line in file:
            if line.startswith('Pss:'):
                return int(line.split()[1]) / 1024
    return 0


def turns_since(path, offset):
    """The longest turn in ms, how many there were, how many were long, new offset."""
    longest = turns = long = 0
    if os.path.exists(path):
        with open(path, encoding='utf-8') as file:
            file.seek(offset)
            for match in LINE.finditer(file.read()):
                longest = max(longest, int(match[1]) / 1000)
                turns += int(match[2])
                long += int(match[3])
            offset = file.tell()
    return longest, turns, long, offset


def start_service(build, home, network):
    service = subprocess.Popen(
        [os.path.join(build, 'src', 'stationmaster-service'), '--listen', '127.0.0.1:0',
         '--database', os.path.join(home, 'network.db'), '--simulate', network, '--seed', '1'],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    line = service.stdout.readline()
    if not line.startswith(LISTENING):
        service.kill()
        raise SystemExit(f'The service said {line!r} instead of where it listens.')
    return service, line[len(LISTENING):].strip()


def start_wall(build, home, url):
    watch = os.path.join(home, 'turns')
    environment = dict(os.environ, SM_TEST_SCREEN='1920x1080', LC_ALL='C.UTF-8', LANGUAGE='en',
                       GSETTINGS_BACKEND='memory', SM_TEST_HOME=os.path.join(home, 'person'),
                       SM_MAIN_WATCH=watch, GSETTINGS_SCHEMA_DIR=os.path.join(build, 'data'))
    program = os.path.realpath(os.path.join(build, 'src', 'stationmaster'))
    wall = subprocess.Popen(
        [os.path.join(ROOT, 'tests', 'with-display.sh'), program, '--server', url, '--wall'],
        env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and wall.poll() is None:
        pid = application_of(wall.pid, program)
        if pid is not None and os.path.exists(watch):
            return wall, pid, watch
        time.sleep(0.2)
    raise SystemExit('The wall did not come.')


def watch_wall(wall, pid, watch, minutes):
    """One (pss, descriptors, longest turn) a sample: each minute, or four when short."""
    samples, offset = [], 0
    count = max(4, int(minutes))
    began = time.monotonic()
    for index in range(1, count + 1):
        while time.monotonic() < began + index * minutes * 60 / count:
            if wall.poll() is not None:
                raise SystemExit('The wall ended by itself.')
            time.sleep(0.5)
        longest, turns, long, offset = turns_since(watch, offset)
        samples.append((pss_mb(pid), len(os.listdir(f'/proc/{pid}/fd')), longest))
        pss, descriptors, _ = samples[-1]
        print(f'{(time.monotonic() - began) / 60:5.1f} min  {pss:6.1f} MB PSS  {descriptors:3} '
              f'descriptors  longest turn {longest:6.1f} ms, {long} of {turns} above 8 ms',
              flush=True)
    return samples


def judge(samples):
    warm = samples[max(0, int(len(samples) * WARM_UP) - 1)]
    last = samples[-1]
    growth = max((last[i] - warm[i]) / warm[i] for i in (0, 1))
    print(f'growth after warm-up: memory {(last[0] - warm[0]) / warm[0]:+.1%}, descriptors '
          f'{(last[1] - warm[1]) / warm[1]:+.1%}; may be {GROWTH:.0%}')
    return growth < GROWTH


def main():
    build = os.path.abspath(sys.argv[1])
    bench = 'SM_SOAK_BENCH' in os.environ
    minutes = float(os.environ.get('SM_SOAK_MINUTES', '10' if bench else '30'))
    network = os.environ.get('SM_SOAK_NETWORK', 'national')
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        service, url = start_service(build, home, network)
        wall = None
        try:
            wall, pid, watch = start_wall(build, home, url)
            samples = watch_wall(wall, pid, watch, minutes)
        finally:
            if wall is not None:
                os.killpg(wall.pid, signal.SIGTERM)
                wall.wait()
            service.kill()
            service.wait()
    good = judge(samples)
    if bench:
        pss = samples[-1][0]
        name = 'P3 PSS in MB' if network == 'national' and minutes >= 10 else 'PSS in MB'
        print(f'{name} of the wall on {network} after {minutes:g} min: {pss:.0f} '
              f'({min(s[0] for s in samples):.0f}-{max(s[0] for s in samples):.0f}), '
              f'target {P3_MB} {"ok" if pss <= P3_MB else "missed"}')
        return 0
    return 0 if good else 1


if __name__ == '__main__':
    sys.exit(main())
