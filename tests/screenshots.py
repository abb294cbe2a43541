#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""screenshots.py BUILD FOLDER: the application in every look, as PNG files.

PAGE-STATE-LANGUAGE-SCHEME-SIZE.png: with the demo network, with the service
killed after a first look, with an empty network, and while nothing has come
yet; in English and Chinese, light and dark, at the two sizes it is made for.
One process takes all pictures of a state in a language.

Fails on a warning of GTK, on a picture that is not to the pixel of its size, on
Chinese that is English, and on a heading or figure that is cut with an ellipsis.
SM_SCREENSHOTS=wall-data-* takes only those.
"""

import concurrent.futures
import configparser
import datetime
import fnmatch
import glob
import json
import os
import re
import shutil
import socket
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
import uuid

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# What a page is opened by; %s is something that the network has.
PAGES = {
    'wall': 'stationmaster:wall',
    'vehicles': 'stationmaster:vehicles',
    'stations': 'stationmaster:stations',
    'batteries': 'stationmaster:batteries',
    'orders': 'stationmaster:orders',
    'notifications': 'stationmaster:notifications',
    'alarms': 'stationmaster:alarms',
    'shift': 'stationmaster:shift',
    'certificates': 'stationmaster:certificates',
    'contacts': 'stationmaster:contacts',
    'inspections': 'stationmaster:inspections',
    'incidents': 'stationmaster:safety_incidents',
    'problems': 'stationmaster:problems',
    'complaints': 'stationmaster:complaints',
    'parts': 'stationmaster:parts',
    'week': 'stationmaster:week',
    'roster': 'stationmaster:roster',
    'desks': 'stationmaster:desks',
    'figures': 'stationmaster:figures?range=7d',
    'board': 'stationmaster:work_order_board',
    'work-orders': 'stationmaster:work_orders',
    'work-map': 'stationmaster:work_order_map',
    'work-calendar': 'stationmaster:work_order_calendar',
    'work-figures': 'stationmaster:work_figures?by=station',
    'maintenance': 'stationmaster:maintenance_windows',
    'catalogue': 'stationmaster:fault_codes?code=battery-over-temperature',
    'limits': 'stationmaster:limits',
    'pending': 'stationmaster:pending',
    'diagnostics': 'app.diagnostics',
    'availability': 'app.availability',
    'drill': 'stationmaster:drill_steps',
    'replay': 'stationmaster:replay?of=area&id=1',
    'station': 'stationmaster:station/%s',
    'vehicle': 'stationmaster:vehicle/%s',
    'battery': 'stationmaster:battery/%s',
}
# Where a panel's thing comes from: the collection, and the member that names it.
THINGS = {'station': ('stations', 'sn'), 'vehicle': ('vehicles', 'plate'),
          'battery': ('batteries', 'sn')}
# Nobody is signed out in any of these states.
SIGN_IN = ('Sign in', '登录')
STATES = ('data', 'offline', 'empty', 'loading', 'banner', 'dim', 'drill')
# Of a wall: with alarms of level 1 and a playlist, and the same in its dim hours.
WALL_SETTINGS = {
    'banner': 'wall-dim-from=0\nwall-dim-to=0\n',
    'dim': 'wall-dim-from=0\nwall-dim-to=1440\n',
}
WALL_COMMON = ('[io/github/stationmaster/Stationmaster]\n'
               "wall-name='Room 1 · 调度大厅'\n"
               "wall-playlists={'': [('stationmaster:wall', uint32 3600), "
               "('stationmaster:alarms', 3600)]}\n")
WORST = {'events': [
    {'at_minutes': 0.2, 'do': 'fault', 'code': 'station-smoke', 'station': 'SW4400032',
     'minutes': 600},
    {'at_minutes': 0.4, 'do': 'fault', 'code': 'station-gas', 'station': 'SW4400030',
     'minutes': 600}]}
LANGUAGES = {'en': 'en', 'zh': 'zh_CN'}
SCHEMES = {'light': 'prefer-light', 'dark': 'prefer-dark'}
SIZES = ('1920x1080', '3840x2160')
LISTENING = 'listening on '
# Latin words that Chinese uses as they are: names, units, codes.
LATIN = {'Stationmaster', 'Natural', 'Earth', 'kWh', 'MWh', 'GWh', 'VIN', 'SOC', 'SOH', 'OCPP',
         'km', 'min', 'kg', 'kW', 'MW', 'English'}
# What people named, and what is typed: nobody translates that.
DATA = re.compile(r'^(Demo|Network|anna|demo|Yantian .*|stationmaster-service .*|\w+ (Battery|Power|Energy|Charging))$')
# What the diagnostics name: functions, libraries, addresses, numbers.
CODE = re.compile(r'^(https?://\S+|[0-9a-f-]{36}|lib\S+|events|(\[\w+\] )?(\(unnamed\) |\w+ )?[a-z_]+|\S*[/+]\S*)$')
WORD = re.compile(r'[A-Za-z]+')
CJK = re.compile(r'[\u3400-\u9fff]')


def name_of(page, state, language, scheme, size):
    return f'{page}-{state}-{language}-{scheme}-{size}.png'


def looks():
    return [(language, scheme, size)
            for language in LANGUAGES for scheme in SCHEMES for size in SIZES]


def has_picture(page, state):
    """There is no panel of a thing in a network that has none, or that did not come yet."""
    if state in WALL_SETTINGS:
        return page == 'wall'
    if state == 'drill' or page == 'drill':
        return state == 'drill' and page in ('wall', 'alarms', 'drill')
    if page in ('diagnostics', 'availability'):
        return state in ('data', 'offline')
    return page not in THINGS or state in ('data', 'offline')


def names():
    return [name_of(page, state, *look) for page in PAGES for state in STATES
            if has_picture(page, state) for look in looks()]


class Service:
    """A service with a network of its own, until it is killed."""

    def __init__(self, build, folder, network, *more):
        database = os.path.join(folder, 'network.db')
        self.process = subprocess.Popen(
            [os.path.join(build, 'src', 'stationmaster-service'), '--listen', '127.0.0.1:0',
             '--database', database, '--simulate', network, '--seed', '1', *more],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        if not line.startswith(LISTENING):
            raise SystemExit(f'The service said {line!r} instead of where it listens.')
        self.url = line[len(LISTENING):].strip()

    def ask(self, path, token=None, body=None):
        headers = {'Content-Type': 'application/json'}
        if token:
            headers['Authorization'] = f'Bearer {token}'
            headers['Idempotency-Key'] = str(uuid.uuid4())
        request = urllib.request.Request(self.url + path, headers=headers,
                                         data=body and json.dumps(body).encode())
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read())

    def fill_roster(self):
        """Shifts with gaps between them, from two hours ago on."""
        token = self.ask('/api/v1/session', body={'demo': True})['token']
        begin = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=2)
        for hours in (0, 16, 24, 72, 120):
            times = [begin + datetime.timedelta(hours=hours + more) for more in (0, 8)]
            self.ask('/api/v1/roster', token,
                     {'desk_id': 1, 'person': 'demo', 'from_at': times[0].isoformat(),
                      'to_at': times[1].isoformat()})

    def wait_for_a_fault(self, n=1, level=4):
        """A wall without a single fault would not show what it is for."""
        token = self.ask('/api/v1/session', body={'demo': True})['token']
        deadline = time.monotonic() + 180
        while sum(alarm['level'] <= level for alarm in
                  self.ask('/api/v1/alarms?sort=-raised_at&limit=200', token)['items']) < n:
            if time.monotonic() > deadline:
                raise SystemExit('The demo network had no fault for three minutes.')
            time.sleep(0.5)

    def wait_for_drill_steps(self, n=2):
        token = self.ask('/api/v1/session', body={'demo': True})['token']
        deadline = time.monotonic() + 180
        while len(self.ask('/api/v1/drill_steps', token)['items']) < n:
            if time.monotonic() > deadline:
                raise SystemExit('Nothing of the drill happened for three minutes.')
            time.sleep(0.5)

    def things(self):
        """One thing of each kind that has a panel: the name that its link has."""
        token = self.ask('/api/v1/session', body={'demo': True})['token']
        found = {}
        for page, (plural, member) in THINGS.items():
            rows = self.ask(f'/api/v1/{plural}?limit=50', token)['items']
            named = [row[member] for row in rows if row.get(member)]
            # The last ones are a swap network's: Shenzhen's sites come first.
            found[page] = urllib.parse.quote(named[-1]) if named else 'none'
        return found

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


def is_untranslated(text):
    """Whether a Chinese reader meets English: words in small letters, and nothing Chinese."""
    words = [word for word in WORD.findall(text) if word not in LATIN]
    return not CJK.search(text) and not DATA.match(text) and any(len(word) > 2 and word[1:].islower() for word in words)


def troubles_of(stdout, stderr, language):
    """What is wrong with the pictures, from what the application says of them."""
    for line in stderr.splitlines():
        if '-CRITICAL **' in line or '-WARNING **' in line:
            yield line
    for line in stdout.splitlines():
        parts = line.split('\t')
        if len(parts) != 4:
            continue
        name, weight, cut, text = parts
        if weight == 'primary' and cut == 'ellipsised':
            yield f'{name}: “{text}” is cut'
        if text in SIGN_IN:
            yield f'{name}: it asks somebody to sign in'
        if name.startswith('diagnostics-') and CODE.match(text):
            continue
        if language == 'zh' and is_untranslated(text):
            yield f'{name}: “{text}” is not Chinese'


def shots_of(folder, state, language, things):
    """(name, line of the list), large ones last: a window grows more readily than it shrinks."""
    for size in SIZES:
        for page, place in PAGES.items():
            for scheme in SCHEMES:
                name = name_of(page, state, language, scheme, size)
                if not has_picture(page, state) or not fnmatch.fnmatch(name, WANTED):
                    continue
                if '%s' in place:
                    place = place % things[page]
                wait = 'as-is' if state == 'loading' else 'settled'
                yield name, '\t'.join([place, size, scheme, wait, os.path.join(folder, name)])


def shoot(build, home, arguments, folder, state, language, things):
    shots = list(shots_of(folder, state, language, things))
    if not shots:
        return []
    pictures = os.path.join(home, f'{state}-{language}.pictures')
    with open(pictures, 'w', encoding='utf-8') as file:
        file.write('\n'.join(line for _, line in shots) + '\n')
    environment = dict(os.environ, SM_TEST_SCREEN=SIZES[-1], LC_ALL='C.UTF-8', TZ='Asia/Shanghai',
                       LANGUAGE=LANGUAGES[language], GSETTINGS_BACKEND='memory',
                       SM_TEST_HOME=os.path.join(home, language),
                       GSETTINGS_SCHEMA_DIR=os.path.join(build, 'data'))
    if state in WALL_SETTINGS:
        keyfile = os.path.join(home, f'{state}-{language}.settings')
        with open(keyfile, 'w', encoding='utf-8') as file:
            file.write(WALL_COMMON + WALL_SETTINGS[state])
        environment.update(GSETTINGS_BACKEND='keyfile', SM_TEST_SETTINGS=keyfile)
    answer = subprocess.run(
        [os.path.join(ROOT, 'tests', 'with-display.sh'),
         os.path.join(build, 'src', 'stationmaster'), *arguments, '--screenshot', pictures],
        env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        timeout=60 + 20 * len(shots))
    troubles = sorted(set(troubles_of(answer.stdout, answer.stderr, language)))
    if answer.returncode != 0:
        last = answer.stderr.strip().splitlines()[-1:]
        troubles.append(f'{state}-{language} ended with {answer.returncode}: {"".join(last)}')
    for name, _ in shots:
        path = os.path.join(folder, name)
        if os.path.exists(path) and not name.endswith(f'{size_of(path)}.png'):
            troubles.append(f'{name} is {size_of(path)}')
    print(*troubles, f'{state}-{language}: {len(shots)} pictures, {len(troubles)} troubles',
          sep='\n', flush=True)
    return troubles


def shoot_languages(build, home, arguments, folder, state, things=None):
    # One home for each language: two applications must not write one cache.
    with concurrent.futures.ThreadPoolExecutor() as pool:
        runs = [pool.submit(shoot, build, home, arguments, folder, state, language, things)
                for language in LANGUAGES]
        return [trouble for run in runs for trouble in run.result()]


# What somebody did before the service went away: (verb, noun, object, its name, body,
# base_seq, field by field: as it was seen, mine, theirs; state, problem, theirs_seq, here)
ACTS = (
    ('edit', 'station', 1, '{"en":"Yantian Port Swap 1","zh-CN":"盐田港1号换电站"}', 1,
     "[('name/en', just 'Yantian Port Swap 1', just 'Yantian East Gate', just 'Yantian Gate 1'),"
     " ('phones/duty', just '10010000000', just '10010000001', just '10010000000')]",
     'conflict', 'row-changed', 2, True),
    ('acknowledge', 'alarm', 1, 'battery-over-temperature\n粤B·10086D', None,
     "[('level', just '2', just '2', just '1'), ('count', just '1', just '1', just '3')]",
     'conflict', 'alarm-changed', None, True),
    ('edit', 'station', 2, '{"en":"Yantian Port Swap 2","zh-CN":"盐田港2号换电站"}', 1,
     "[('name/zh-CN', just '盐田港2号换电站', just '盐田港东站', nothing)]",
     'waiting', 'server-unreachable', None, True),
    ('note', 'alarm', 2, 'tbox-antenna\n粤A·93297D', 1,
     "[('note', nothing, just '13:40 天线已换 / antenna replaced', nothing)]",
     'waiting', None, None, True),
    ('note', 'alarm', 9, 'station-door-open\nSW4400021', 1,
     "[('note', nothing, just '门锁 / lock', nothing)]", 'waiting', None, None, False),
)


def leave_acts(home):
    """Writes what a person did into the outbox of a home, as if the wire had been cut."""
    for path in glob.glob(os.path.join(home, 'state', '*', 'outbox.db')):
        networks = configparser.ConfigParser(interpolation=None)
        networks.read(os.path.join(os.path.dirname(path), 'networks.ini'))
        network = networks[networks.sections()[0]]
        with sqlite3.connect(path) as outbox:
            for i, (verb, noun, number, name, base, edits, state, problem, theirs,
                    here) in enumerate(ACTS):
                outbox.execute(
                    'INSERT INTO act (key, network, person_id, verb, noun, object_id, method, path,'
                    ' body, created_at, state, problem, base_seq, changes, theirs_seq, object_name,'
                    ' network_name, person_name) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)',
                    (f'019ff000-0000-7000-8000-{i:012}', network['epoch'] if here else 'gone',
                     int(network['person']), verb, noun, number, 'PATCH', '/api/v1/none', '{}',
                     1795276000000000 + i * 60000000, state, problem, base, edits, theirs, name,
                     'Guangdong demo · 广东演示网络', 'Demo'))


def shoot_demo(build, folder):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        service = Service(build, home, 'demo')
        arguments = ['--server', service.url]
        try:
            service.wait_for_a_fault()
            service.fill_roster()
            things = service.things()
            troubles = shoot_languages(build, home, arguments, folder, 'data', things)
        finally:
            service.kill()
        # The same home: what was shown last is still known, and what could not be sent.
        for language in LANGUAGES:
            leave_acts(os.path.join(home, language))
        return troubles + shoot_languages(build, home, arguments, folder, 'offline', things)


def shoot_wall(build, folder):
    """What a wall has of its own: one run of the program for each state, for its settings."""
    if not any(fnmatch.fnmatch(name_of('wall', state, *look), WANTED)
               for state in WALL_SETTINGS for look in looks()):
        return []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        scenario = os.path.join(home, 'worst.json')
        with open(scenario, 'w', encoding='utf-8') as file:
            json.dump(WORST, file)
        service = Service(build, home, 'demo', '--scenario', scenario)
        arguments = ['--wall', '--server', service.url]
        try:
            service.wait_for_a_fault(len(WORST['events']), 1)
            return [trouble for state in WALL_SETTINGS
                    for trouble in shoot_languages(build, home, arguments, folder, state)]
        finally:
            service.kill()


def shoot_drill(build, folder):
    """A drill of which something has happened."""
    if not any(fnmatch.fnmatch(name_of(page, 'drill', *look), WANTED)
               for page in PAGES if has_picture(page, 'drill') for look in looks()):
        return []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        scenario = os.path.join(ROOT, 'data', 'scenarios', 'blackout-at-noon.json')
        service = Service(build, home, 'demo', '--speed', '10', '--history-days', '0.1',
                          '--drill', scenario)
        try:
            service.wait_for_drill_steps()
            return shoot_languages(build, home, ['--server', service.url], folder, 'drill')
        finally:
            service.kill()


def shoot_empty(build, folder):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        person = add_person(build, home)
        service = Service(build, home, 'none')
        try:
            return shoot_languages(build, home, ['--server', service.url, *person], folder, 'empty')
        finally:
            service.kill()


def shoot_loading(build, folder):
    """A service that takes every connection and never says anything."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home, \
            socket.create_server(('127.0.0.1', 0)) as silent:
        url = f'http://127.0.0.1:{silent.getsockname()[1]}'
        return shoot_languages(build, home, ['--server', url], folder, 'loading')


WANTED = os.environ.get('SM_SCREENSHOTS', '*')


def main():
    build, folder = (os.path.abspath(path) for path in sys.argv[1:])
    # A picture of last week must not pass for one of today.
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    began = time.monotonic()
    troubles = (shoot_loading(build, folder) + shoot_empty(build, folder)
                + shoot_demo(build, folder) + shoot_wall(build, folder)
                + shoot_drill(build, folder))
    wanted = [name for name in names() if fnmatch.fnmatch(name, WANTED)]
    gone = [name for name in wanted if not os.path.exists(os.path.join(folder, name))]
    for name in gone:
        print(f'{name} was not written')
    print(f'{len(wanted) - len(gone)} of {len(wanted)} pictures in {folder}, '
          f'{len(troubles)} troubles, {time.monotonic() - began:.0f} s')
    return 1 if gone or troubles else 0


if __name__ == '__main__':
    sys.exit(main())
