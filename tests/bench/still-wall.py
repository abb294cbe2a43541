#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""still-wall.py BUILD: what the wall costs while nothing changes (P12).

A demo network runs for a while, is stopped, and is served again without its
simulator: everything is there and nothing happens any more.  What has gone
silent is said to be so first; then five windows of processor time and of
wake-ups (voluntary context switches of all its threads) are looked at.

What is to wake it: the clock in the header once a second, a frame that under X11
is five exchanges with the server, each of which is waited for; ten polls that the
service holds for eight seconds, each of which wakes the thread that reads it four
times, the one that owns the cache once or twice, and the main loop once; the
figures of today; and the probe that measures availability each second.  That makes
6 + 10 / 8 * 8 + 2 + 3 a second; more is somebody's mistake.
"""

import importlib.util
import os
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))  # what the soak brings with it
SPEC = importlib.util.spec_from_file_location('soak', os.path.join(HERE, '..', 'soak-wall.py'))
SOAK = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(SOAK)

LIVES_S = 15       # the demo network, before it stands still
SETTLES_S = int(os.environ.get('SM_STILL_SETTLES_S', '150'))
WINDOW_S = 20
ROUNDS = 5
CPU_SHARE = 0.01
WAKES_PER_S = 21
PASSWORD = 'correct horse battery staple'
LISTENING = 'listening on '


def start_service(build, home, *more):
    service = subprocess.Popen(
        [os.path.join(build, 'src', 'stationmaster-service'), '--listen', '127.0.0.1:0',
         '--database', os.path.join(home, 'network.db'), *more],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    line = service.stdout.readline()
    if not line.startswith(LISTENING):
        service.kill()
        raise SystemExit(f'The service said {line!r} instead of where it listens.')
    return service, line[len(LISTENING):].strip()


def make_network(build, home):
    """A network with a past, and somebody who may look at it."""
    service, _ = start_service(build, home, '--simulate', 'demo', '--seed', '1')
    time.sleep(LIVES_S)
    service.terminate()
    service.wait()
    password = os.path.join(home, 'password')
    with open(password, 'w', encoding='utf-8', opener=lambda p, f: os.open(p, f, 0o600)) as file:
        file.write(PASSWORD + '\n')
    subprocess.run([os.path.join(build, 'src', 'stationmaster-service'), 'user', 'add', 'wally',
                    '--role', 'wall', '--database', os.path.join(home, 'network.db'),
                    '--password-file', password], check=True, stdout=subprocess.DEVNULL)
    return password


def start_wall(build, home, url, password):
    environment = dict(os.environ, SM_TEST_SCREEN='1920x1080', LC_ALL='C.UTF-8', LANGUAGE='en',
                       GSETTINGS_BACKEND='memory', SM_TEST_HOME=os.path.join(home, 'person'),
                       GSETTINGS_SCHEMA_DIR=os.path.join(build, 'data'))
    program = os.path.realpath(os.path.join(build, 'src', 'stationmaster'))
    wall = subprocess.Popen(
        [os.path.join(HERE, '..', 'with-display.sh'), program, '--server', url, '--wall',
         '--user', 'wally', '--password-file', password],
        env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and wall.poll() is None:
        pid = SOAK.application_of(wall.pid, program)
        if pid is not None:
            return wall, pid
        time.sleep(0.2)
    raise SystemExit('The wall did not come.')


def look(pid):
    """Processor time in seconds, and thread -> (name, wake-ups)."""
    with open(f'/proc/{pid}/stat', encoding='utf-8') as file:
        fields = file.read().rsplit(')', 1)[1].split()
    threads = {}
    for task in os.listdir(f'/proc/{pid}/task'):
        with open(f'/proc/{pid}/task/{task}/status', encoding='utf-8') as file:
            status = dict(line.split(':', 1) for line in file)
        threads[task] = (status['Name'].strip(), int(status['voluntary_ctxt_switches']))
    return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK'), threads


def watch(pid):
    """(share of a processor, wake-ups a second, those by thread) of each window."""
    windows, names = [], {}
    cpu, threads = look(pid)
    for _ in range(ROUNDS):
        began = time.monotonic()
        time.sleep(WINDOW_S)
        next_cpu, next_threads = look(pid)
        seconds = time.monotonic() - began
        wakes = 0
        for task, (name, n) in next_threads.items():
            more = n - threads.get(task, (name, 0))[1]
            wakes += more
            names[name] = names.get(name, 0) + more / seconds / ROUNDS
        windows.append(((next_cpu - cpu) / seconds, wakes / seconds))
        cpu, threads = next_cpu, next_threads
    return windows, names


def report(name, values, target):
    values = sorted(values)
    median = values[len(values) // 2]
    print(f'{name}: {median:.3g} ({values[0]:.3g}-{values[-1]:.3g}), target {target:.3g} '
          f'{"ok" if median <= target else "missed"}')


def main():
    build = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        password = make_network(build, home)
        service, url = start_service(build, home)
        wall = None
        try:
            wall, pid = start_wall(build, home, url, password)
            time.sleep(SETTLES_S)
            windows, names = watch(pid)
        finally:
            if wall is not None:
                os.killpg(wall.pid, signal.SIGTERM)
                wall.wait()
            service.kill()
            service.wait()
    report('P12 wall where nothing changes, share of one core', [w[0] for w in windows], CPU_SHARE)
    report('P12 wall where nothing changes, wake-ups a second', [w[1] for w in windows],
           WAKES_PER_S)
    for name, n in sorted(names.items(), key=lambda item: -item[1])[:8]:
        print(f'  {name}: {n:.2f}/s')
    return 0


if __name__ == '__main__':
    sys.exit(main())
