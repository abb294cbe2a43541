#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""run.py BUILD: the demo network and the control centre, for `make run`.

Starts the service on a free loopback port, then the application against it.
Without a display the application is served to a browser on loopback.  When the
window closes, or on Ctrl+C, everything that was started ends.
"""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time

LISTENING = 'listening on '
PR_SET_PDEATHSIG = 1


class Stop(Exception):
    """A sentence for the person at the terminal."""


class Children:
    """The programs we started; ends them in reverse order."""

    def __init__(self):
        self.running = []

    def start(self, name, argv, log, **options):
        def prepare():
            # Ctrl+C reaches us alone and we end them in order; and should we
            # be killed outright, the kernel ends them.
            os.setsid()
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)

        child = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stderr=log,
                                 preexec_fn=prepare, **options)
        self.running.append((name, child))
        return child

    def end(self):
        for _, child in reversed(self.running):
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + 5
        for _, child in reversed(self.running):
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        self.running = []


def program(build, name):
    path = os.path.join(build, 'src', name)
    if not os.access(path, os.X_OK):
        raise Stop(f'{path} is not built.')
    return path


def start_service(children, build, folder):
    log_path = os.path.join(folder, 'service.log')
    with open(log_path, 'w') as log:
        service = children.start(
            'service',
            [program(build, 'stationmaster-service'), '--listen', '127.0.0.1:0',
             '--database', os.path.join(folder, 'network.db'),
             '--simulate', 'demo', '--seed', '1'],
            log, stdout=subprocess.PIPE, text=True)
    for line in service.stdout:
        if line.startswith(LISTENING):
            return service, line[len(LISTENING):].strip()
    raise Stop(f'The service did not start. Its last words are in {log_path}.')


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(('127.0.0.1', port)) == 0


def start_broadway(children, folder, environment):
    """A display server whose screen is a web page, on loopback alone."""
    runtime = environment.get('XDG_RUNTIME_DIR', '')
    if not os.path.isdir(runtime):
        runtime = environment['XDG_RUNTIME_DIR'] = tempfile.mkdtemp(prefix='stationmaster-')
    # broadwayd takes over a display that is in use without a word.
    display = next(n for n in range(20, 1000)
                   if not os.path.exists(os.path.join(runtime, f'broadway{n + 1}.socket')))
    for port in range(8085, 8185):
        if answers(port):
            continue
        with open(os.path.join(folder, 'broadway.log'), 'w') as log:
            server = children.start(
                'broadway', ['gtk4-broadwayd', '--address', '127.0.0.1', '--port', str(port),
                             f':{display}'], log, stdout=log, env=environment)
        while server.poll() is None and not answers(port):
            time.sleep(0.02)
        if server.poll() is None:
            environment.update(GDK_BACKEND='broadway', BROADWAY_DISPLAY=f':{display}')
            return server, port
        children.running.pop()
    raise Stop('No port between 8085 and 8184 is free for the display in a browser.')


def say_where(url, page, folder):
    print(f'The demo network is served on {url}')
    if page:
        print('There is no display here. Open the control centre in a browser:')
        print(f'  http://127.0.0.1:{page}')
        print('From another computer, first:')
        print(f'  ssh -L {page}:127.0.0.1:{page} {socket.gethostname()}')
    print(f'Logs are in {folder}. Ctrl+C ends everything.', flush=True)


def run(children, build):
    folder = os.environ.get('STATIONMASTER_RUN_DIR', os.path.join(build, 'run'))
    os.makedirs(folder, exist_ok=True)
    environment = dict(os.environ)
    environment.setdefault('GSETTINGS_SCHEMA_DIR', os.path.join(build, 'data'))
    service, url = start_service(children, build, folder)
    vital = [service]
    page = None
    if not environment.get('DISPLAY') and not environment.get('WAYLAND_DISPLAY'):
        server, page = start_broadway(children, folder, environment)
        vital.append(server)
    log_path = os.path.join(folder, 'application.log')
    with open(log_path, 'w') as log:
        application = children.start('application',
                                     [program(build, 'stationmaster'), '--server', url],
                                     log, stdout=log, env=environment)
    say_where(url, page, folder)
    # Whoever ends first, of those that only end by accident or on purpose.
    while application.poll() is None:
        if any(child.poll() is not None for child in vital):
            raise Stop(f'The service or the display ended by itself. See {folder}.')
        time.sleep(0.2)
    if application.returncode != 0:
        raise Stop(f'The application failed. Its last words are in {log_path}.')


def main():
    def interrupt(number, frame):
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    children = Children()
    try:
        run(children, os.path.abspath(sys.argv[1]))
    except KeyboardInterrupt:
        print('\nEnding.')
    except Stop as reason:
        print(reason, file=sys.stderr)
        return 1
    finally:
        # A second Ctrl+C must not leave half of them behind.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        children.end()
    return 0


if __name__ == '__main__':
    sys.exit(main())
