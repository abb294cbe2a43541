#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-fill.py BUILD: how soon a new simulated network can be looked at.

A new network is begun, and asked over HTTP like the application asks: from
`listening` until a first wall is usable (the vehicles have a place, the swap
stations say whether they serve, the figures are answered), and until the two
weeks it has behind it are written, which is when their last minutes are.
SM_BENCH_NETWORK=demo leaves the country out.
"""

import datetime
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

LISTENING = 'listening on '
ROUNDS = {'demo': 3, 'national': 1}
SIZES = {'demo': (3000, 60), 'national': (40000, 800)}  # vehicles, swap stations
USABLE_S = 3
FILLED_S = 90
PATIENCE_S = 600


class Network:
    """A service of its own, with a new network."""

    def __init__(self, build, home, name):
        self.began = datetime.datetime.now(datetime.timezone.utc)
        self.service = subprocess.Popen(
            [os.path.join(build, 'src', 'stationmaster-service'), '--listen', '127.0.0.1:0',
             '--database', os.path.join(home, 'network.db'), '--simulate', name, '--seed', '1'],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.url = self.service.stdout.readline()[len(LISTENING):].strip()
        self.listening = time.monotonic()
        self.token = None
        self.token = self.ask('/api/v1/session', b'{"demo":true}')['token']

    def ask(self, path, body=None):
        headers = {'Content-Type': 'application/json'}
        if self.token is not None:
            headers['Authorization'] = f'Bearer {self.token}'
        request = urllib.request.Request(self.url + path, data=body, headers=headers)
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
            return json.load(answer)

    def wait(self, condition):
        """Seconds from `listening` until it holds."""
        while not condition():
            if time.monotonic() > self.listening + PATIENCE_S:
                raise SystemExit(f'{condition} did not come.')
            time.sleep(0.1)
        return time.monotonic() - self.listening

    def is_usable(self, vehicles, stations):
        places = self.ask('/api/v1/live/vehicles?since=0')['latitude']
        services = self.ask('/api/v1/live/stations?since=0')['service']
        # Those that speak at this very moment are in the next answer.
        return (sum(place is not None for place in places) >= 0.9 * vehicles
                and sum(service is not None for service in services) >= 0.9 * stations
                and 'today' in self.ask('/api/v1/stats/now'))

    def has_past(self):
        span = [(self.began - datetime.timedelta(seconds=s)).strftime('%Y-%m-%dT%H:%M:%SZ')
                for s in (600, 1)]
        return all(self.ask(f'/api/v1/{noun}?{when}_from={span[0]}&{when}_to={span[1]}&limit=1{more}')
                   ['items']
                   for noun, when, more in (('battery_movements', 'at', ''),
                                            ('orders', 'ended', '&kind=charge')))

    def cpu_s(self):
        """Processor time so far: others want the machine too."""
        with open(f'/proc/{self.service.pid}/stat', encoding='utf-8') as file:
            fields = file.read().rsplit(')', 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')

    def end(self):
        self.service.kill()
        self.service.wait()


def report(name, values, target):
    median = statistics.median(values)
    print(f'{name}: {median:.3g} ({min(values):.3g}-{max(values):.3g}), target {target} '
          f'{"ok" if median <= target else "missed"}', flush=True)


def measure(build, name):
    usable, filled, cpu = [], [], []
    for _ in range(ROUNDS[name]):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
            network = Network(build, home, name)
            try:
                usable.append(network.wait(lambda: network.is_usable(*SIZES[name])))
                filled.append(network.wait(network.has_past))
                cpu.append(network.cpu_s())
            finally:
                network.end()
    report(f'first usable wall of {name}, s after listening', usable, USABLE_S)
    report(f'14 days of {name} filled, s after listening', filled, FILLED_S)
    print(f'  processor time until then: {statistics.median(cpu):.3g} s '
          f'({min(cpu):.3g}-{max(cpu):.3g})', flush=True)


def main():
    build = os.path.abspath(sys.argv[1])
    for name in ROUNDS:
        if os.environ.get('SM_BENCH_NETWORK', name) == name:
            measure(build, name)


if __name__ == '__main__':
    main()
