# SPDX-License-Identifier: GPL-3.0-or-later
"""What soak-wall.py does to a wall: its service killed, its wire cut, its disk full."""

import glob
import os
import re
import socket
import sqlite3
import subprocess
import sys
import threading
import time

INSIDE = 'SM_SOAK_INSIDE'
LISTENING = 'listening on '
DISK_MB = 8192


class Service:
    """The service as a child that comes back on the port and database it had."""

    def __init__(self, build, home, network, speed):
        self.database = os.path.join(home, 'network.db')
        self.listen = '127.0.0.1:0'
        self.command = [os.path.join(build, 'src', 'stationmaster-service'), '--database',
                        self.database, '--simulate', network, '--seed', '1', '--speed', str(speed)]
        self.child = None
        self.start()

    def start(self):
        self.child = subprocess.Popen(self.command + ['--listen', self.listen],
                                      stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.child.stdout.readline()
        if not line.startswith(LISTENING):
            self.kill()
            raise SystemExit(f'The service said {line!r} instead of where it listens.')
        self.url = line[len(LISTENING):].strip()
        self.listen = self.url.split('//')[1]

    def kill(self):
        self.child.kill()
        self.child.wait()
        self.child.stdout.close()


class Wire:
    """Between the wall and the service; it can be cut and mended."""

    def __init__(self, to):
        self.to = to
        self.is_cut = False
        self.open = set()
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.url = f'http://127.0.0.1:{self.listener.getsockname()[1]}'
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            near, _ = self.listener.accept()
            try:
                if self.is_cut:
                    raise OSError
                far = socket.create_connection(self.to, timeout=5)
                far.settimeout(None)
            except OSError:
                near.close()
                continue
            self.open |= {near, far}
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self.pump, args=(one, other), daemon=True).start()

    def pump(self, one, other):
        try:
            while data := one.recv(65536):
                other.sendall(data)
        except OSError:
            pass
        for end in (one, other):
            self.open.discard(end)
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()

    def cut(self):
        self.is_cut = True
        for end in list(self.open):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def mend(self):
        self.is_cut = False


class Disk:
    """A disk of memory that can be full at once: it is made as small as what lies there."""

    def __init__(self, path):
        self.path = path
        subprocess.run(['mount', '-t', 'tmpfs', '-o', f'size={DISK_MB}m', 'none', path], check=True)

    def resize(self, size):
        subprocess.run(['mount', '-o', f'remount,size={size}', self.path], check=True)

    def fill(self):
        for attempt in range(100):
            space = os.statvfs(self.path)
            try:
                self.resize((space.f_blocks - space.f_bfree) * space.f_frsize)
                return
            except subprocess.CalledProcessError:
                # What lies there has grown since it was looked at.
                if attempt == 99:
                    raise

    def empty(self):
        self.resize(f'{DISK_MB}m')


class Trouble:
    """One fault after the other, each for as long, with as long between them to recover."""

    def __init__(self, service, wire, disk, minutes):
        self.faults = [('service killed', service.kill, service.start),
                       ('wire cut', wire.cut, wire.mend),
                       ('disk full', disk.fill, disk.empty)]
        self.pause = min(60, minutes * 60 / 12)
        self.times = 0
        self.failure = None
        # Each takes a time and a half; a service that starts slowly may take as much again.
        self.least_times = int(minutes * 60 / self.pause / 3)
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def make_trouble(self):
        while not self.is_over.wait(self.pause):
            name, break_it, mend_it = self.faults[self.times % len(self.faults)]
            self.times += 1
            break_it()
            self.is_over.wait(self.pause / 2)
            mend_it()
            print(f'           {name} for {self.pause / 2:.0f} s', flush=True)

    def run(self):
        try:
            self.make_trouble()
        except Exception as error:  # pylint: disable=broad-except
            self.failure = error

    def stop(self):
        """Ends it.  Hours without trouble that were to have some are no proof of anything."""
        self.is_over.set()
        self.thread.join()
        if self.failure is not None:
            raise self.failure
        if self.times < self.least_times:
            raise SystemExit(f'There were {self.times} faults only, of {self.least_times} at least.')


def go_inside():
    """Runs the program again where a disk may be mounted that nobody else sees."""
    if INSIDE in os.environ:
        return
    how = ['-m'] if os.getuid() == 0 else ['-U', '-r', '-m']
    os.environ[INSIDE] = '1'
    os.execvp('unshare', ['unshare'] + how + [sys.executable] + sys.argv)


def newest_alarm(database):
    with sqlite3.connect(f'file:{database}?mode=ro', uri=True, timeout=30) as connection:
        return connection.execute('SELECT coalesce(max(id), 0) FROM alarm').fetchone()[0]


def raised(database, after):
    with sqlite3.connect(f'file:{database}?mode=ro', uri=True, timeout=30) as connection:
        return {row[0] for row in connection.execute('SELECT id FROM alarm WHERE id > ?', (after,))}


def told(home):
    """The alarms that the wall's own log has."""
    ids = set()
    for path in glob.glob(os.path.join(home, '**', '*-alarms.log*'), recursive=True):
        with open(path, encoding='utf-8', errors='replace') as file:
            ids |= {int(match[1]) for match in map(re.compile(r'(\d+)\t').match, file) if match}
    return ids


def missed(service, home, after, wait_s=180):
    """How many alarms the service has raised since @after, and those the wall has not logged."""
    alarms = raised(service.database, after)
    deadline = time.monotonic() + wait_s
    while alarms - told(home) and time.monotonic() < deadline:
        time.sleep(1)
    return len(alarms), alarms - told(home)


def unavailable(home):
    """Seconds in which nobody answered and in which no report was taken, of those the wall measured."""
    sums = [0, 0, 0]
    for path in glob.glob(os.path.join(home, '**', 'availability-*.txt'), recursive=True):
        with open(path, encoding='utf-8') as file:
            for numbers in (line.split()[2:] for line in file if line.startswith('h ')):
                sums = [a + int(b) / 1e6 for a, b in zip(sums, numbers)]
    return sums
