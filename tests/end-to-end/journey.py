#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""journey.py BUILD: a hot pack in a moving truck, at night.

One alarm from the first second to its release, through the real service and the
application as two people and a wall have it before them: read over AT-SPI like a screen
reader does, pressed with real keys and nothing else.  One desk is in English and one in
Chinese; with SM_TEST_FULL it is the other way round.
"""

import datetime
import gettext
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'checks'))
import tap  # noqa: E402

BUILD = os.path.abspath(sys.argv[1])
IS_FULL = 'SM_TEST_FULL' in os.environ
PASSWORD = 'correct horse battery staple'
# Of the demo network of seed 1: it drives at that hour, and its pack is hot.
START = '2026-01-15T02:00:00+08:00'
THERMAL = 'battery-thermal-event'
SMOKE = 'battery-smoke'
HEARD_MINUTES = 3.5  # of its truck: enough to say how fast its pack warms
PLATE = '粤B·73615D'
NOTE = '已通知司机停车 driver told to stop'
REASON = '已更换电池 pack replaced'
AWAY_S = 60 if IS_FULL else 1
SHOWN_MS = 1500
LANGUAGES = {'en': None, 'zh_CN': gettext.translation(
    'stationmaster', os.path.join(BUILD, 'po'), ['zh_CN'])}


# What is not gone through in search of a part of the window: long, or not shown.
ROWS = 'GtkColumnListView'
MOST_ROWS = 12
HEAVY = ('SmWallPage', 'SmSignIn', 'SmFilterBar', 'SmTable', 'SmAlarmBar', 'SmFleetPage')


def wait_until(holds, what, patience=120):
    deadline = time.monotonic() + patience
    while True:
        answer = holds()
        if answer:
            return answer
        tap.claim(time.monotonic() < deadline, f'waited {patience} s in vain for {what}')
        time.sleep(0.05)


def is_there_a_tree():
    """The bus and its registry are there before who wants to be in it."""
    try:
        return Atspi.get_desktop(0).get_child_count() >= 0
    except GLib.Error:
        return False


class Service:
    """The real one, which can be killed and comes back at the same address."""

    def __init__(self, folder):
        self.database = os.path.join(folder, 'network.db')
        self.scenario = os.path.join(folder, 'scenario.json')
        self.password_file = os.path.join(folder, 'password')
        self.listen = '127.0.0.1:0'
        with open(self.password_file, 'w', encoding='utf-8') as file:
            file.write(PASSWORD)
        for name, role in (('wang', 'operator'), ('li', 'dispatcher'), ('hall', 'wall')):
            self.command('user', 'add', name, '--role', role, '--password-file', self.password_file)
        self.gateway = self.command('gateway', 'add', 'north').split()[-1]
        self.begin(START, '--history-days', '0.1', heard_minutes=HEARD_MINUTES)
        self.token = self.ask('/session', body={'name': 'li', 'password': PASSWORD})['token']
        self.desk = self.get('/desks')['items'][0]['id']  # the one that sees to everything

    def command(self, *arguments):
        return subprocess.run(
            [os.path.join(BUILD, 'src', 'stationmaster-service'), *arguments, '--database',
             self.database], check=True, capture_output=True, text=True).stdout

    def begin(self, start, *more, heard_minutes=0.1):
        """Without its start, its clock would jump to the day of whoever tests."""
        with open(self.scenario, 'w', encoding='utf-8') as file:
            json.dump({'events': [{'at_minutes': heard_minutes, 'do': 'silence', 'vehicle': PLATE,
                                   'minutes': 600}]}, file)
        self.process = subprocess.Popen(
            [os.path.join(BUILD, 'src', 'stationmaster-service'), '--listen', self.listen,
             '--database', self.database, '--simulate', 'demo', '--seed', '1', '--scenario',
             self.scenario, '--start', start, *more],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.url = self.process.stdout.readline().split()[-1]
        self.listen = self.url.split('//')[1]

    def kill(self):
        self.process.kill()
        self.process.wait()

    def come_back(self, away_s):
        """After that long by its own clock, too."""
        heard = datetime.datetime.fromisoformat(self.now.split(';')[0].replace('Z', '+00:00'))
        self.begin((heard + datetime.timedelta(seconds=away_s)).isoformat(timespec='seconds'))

    def ask(self, path, token=None, body=None):
        request = urllib.request.Request(self.url + '/api/v1' + path,
                                         data=json.dumps(body).encode() if body else None)
        request.add_header('Content-Type', 'application/json')
        if token:
            request.add_header('Authorization', 'Bearer ' + token)
        with urllib.request.urlopen(request, timeout=30) as answer:
            self.now = answer.headers['Stationmaster-Time']
            return json.loads(answer.read())

    def get(self, path):
        return self.ask(path, self.token)

    def say(self, noun, thing, code, is_raised):
        """A device speaks through its gateway."""
        self.get('/me')
        answer = self.ask('/ingest/faults', self.gateway, {'reports': [
            {'scheme': 'stationmaster', 'noun': noun, 'id': thing, 'code': code,
             'cleared': not is_raised, 'at': self.now.split(';')[0]}]})
        tap.claim(answer['accepted'] == 1, f'the fault was not taken: {answer}')

    def alarm(self, code):
        found = [one for one in self.get('/alarms?sort=-raised_at&limit=100')['items']
                 if one['code'] == code]
        return found[0] if found else None


class Screen:
    """What one person has before them."""

    def __init__(self, service, home, user, language, *arguments):
        self.words = LANGUAGES[language]
        self.parts = {}
        settings = os.path.join(home, 'config', 'glib-2.0', 'settings')
        os.makedirs(settings, exist_ok=True)
        with open(os.path.join(settings, 'keyfile'), 'w', encoding='utf-8') as file:
            file.write('[io/github/stationmaster/Stationmaster]\n'
                       'window-width=1600\nwindow-height=1000\nalarm-sounds=0\n')
        self.state = os.path.join(home, 'state')
        wait_until(is_there_a_tree, 'the accessibility bus')
        env = dict(os.environ, GSETTINGS_BACKEND='keyfile', LANGUAGE=language,
                   XDG_CONFIG_HOME=os.path.join(home, 'config'), XDG_STATE_HOME=self.state,
                   XDG_CACHE_HOME=os.path.join(home, 'cache'),
                   XDG_DATA_HOME=os.path.join(home, 'data'))
        self.app = subprocess.Popen(
            [os.path.join(BUILD, 'src', 'stationmaster'), '--server', service.url, '--user', user,
             '--password-file', service.password_file, *arguments], env=env)
        self.root = wait_until(self.find_root, f'the application of {user} in the tree')

    def find_root(self):
        desktop = Atspi.get_desktop(0)
        desktop.clear_cache()  # which only a main loop would keep up to date
        for index in range(desktop.get_child_count()):
            node = desktop.get_child_at_index(index)
            if node is not None and node.get_process_id() == self.app.pid:
                node.set_cache_mask(Atspi.Cache.NONE)
                return node
        return None

    def word(self, text, context=None):
        """Of this screen's language."""
        if self.words is None:
            return text
        found = self.words.pgettext(context, text) if context else self.words.gettext(text)
        tap.claim(found != text, f'“{text}” has no Chinese')
        return found

    def nodes(self, node, leave_out=(), most=60):
        """What is in there; of a long list the first rows."""
        try:
            states = node.get_state_set() if node is not None else None
            if states is None or not states.contains(Atspi.StateType.VISIBLE):
                return
            if (node.get_name() or '') in leave_out:
                return
            yield node
            for index in range(min(node.get_child_count(), most)):
                child = node.get_child_at_index(index)
                if child is not None:
                    yield from self.nodes(child, leave_out)
        except GLib.Error:
            return  # it went away while we looked

    def part(self, kind):
        """A part of the window, by the name of its kind; looked for once."""
        def look():
            # The first of the views of the alarm centre has what is active.
            above, leave_out = ((self.part('SmAlarmView'), ('SmFilterBar',)) if kind == ROWS
                                else (self.root.get_child_at_index(0), HEAVY))
            return next((node for node in self.nodes(above, leave_out)
                         if node.get_name() == kind), None)
        if kind not in self.parts:
            self.parts[kind] = wait_until(look, f'a {kind}')
        return self.parts[kind]

    def within(self, kind):
        """Of a part; without a name, of what stands around every page."""
        if kind is None:
            return self.nodes(self.root.get_child_at_index(0), HEAVY + ('SmAlarmsPage',))
        # What is urgent stands at the top: to look through all rows takes seconds.
        return self.nodes(self.part(kind), most=MOST_ROWS if kind == ROWS else 60)

    def names(self, kind):
        found = []
        for node in self.within(kind):
            try:
                found.append(node.get_name() or '')
            except GLib.Error:
                continue
        return found

    def find(self, kind, text, role=None):
        for node in self.within(kind):
            try:
                if text in (node.get_name() or '') and role in (None, node.get_role()):
                    return node
            except GLib.Error:
                continue
        return None

    def row_of(self, text):
        """Which row of the list says it, from the top."""
        def look():
            rows = self.part(ROWS)
            if rows is None:
                return None
            for index in range(min(rows.get_child_count(), MOST_ROWS)):
                if any(text in (node.get_name() or '')
                       for node in self.nodes(rows.get_child_at_index(index))):
                    return [index]
            return None
        return wait_until(look, f'“{text}” in the list')[0]

    def hears(self, kind, text, patience=120):
        return wait_until(lambda: self.find(kind, text), f'“{text}” in {kind}', patience)

    def question(self):
        """The window above the others."""
        count = self.root.get_child_count()
        return self.root.get_child_at_index(count - 1) if count > 1 else None

    def press(self, *keys):
        windows = subprocess.run(
            ['xdotool', 'search', '--onlyvisible', '--pid', str(self.app.pid)],
            stdout=subprocess.PIPE, text=True).stdout.split()
        tap.claim(windows, 'the application has no window')
        # A question is a window of its own, and the newest.
        subprocess.run(['xdotool', 'windowraise', windows[-1], 'windowfocus', '--sync',
                        windows[-1], 'key', *keys], check=True)

    def tab_to(self, node):
        if node.get_state_set().contains(Atspi.StateType.FOCUSED):
            return
        self.press('Tab')  # which brings the window forward; it stays there
        # What stands above rows is a few steps back from them, and behind all of them forward.
        for key, times in (('shift+Tab', 20), ('Tab', 100)):
            for _ in range(times):
                if node.get_state_set().contains(Atspi.StateType.FOCUSED):
                    return
                subprocess.run(['xdotool', 'key', key], check=True)
        tap.claim(False, f'no way by Tab to “{node.get_name()}”')

    def shown_ms(self, alarm_id):
        """What its own log says: from when the alarm was received to when it was painted."""
        folder = os.path.join(self.state, 'stationmaster')
        for name in os.listdir(folder):
            if name.endswith('-alarms.log'):
                with open(os.path.join(folder, name), encoding='utf-8') as file:
                    for line in file:
                        if line.split()[0] == str(alarm_id):
                            return float(line.split()[-1])
        return None

    def write(self, text):
        """Into the question's field; characters that no key has come as an input method gives them."""
        entry = wait_until(lambda: next(
            (node for node in self.nodes(self.question())
             if node.get_role() in (Atspi.Role.TEXT, Atspi.Role.ENTRY)), None), 'a field')
        tap.claim(Atspi.EditableText.insert_text(entry, 0, text, len(text.encode())),
                  'nothing can be written')

    def enter(self):
        """In the question's field, which may not be its first part.  It does not say itself
        that it has the focus; all others do."""
        for _ in range(20):
            if not any(node.get_state_set().contains(Atspi.StateType.FOCUSED)
                       for node in self.nodes(self.question())):
                self.press('Return')
                return
            self.press('Tab')
        tap.claim(False, 'no way by Tab into the field')

    def end(self):
        self.app.kill()
        self.app.wait()


class Journey:
    """The people, what they have before them, and what they do in turn."""

    def __init__(self, folder, languages):
        self.service = Service(folder)
        self.folder = folder
        self.languages = languages
        self.screens = []
        self.is_broken = False
        self.seen = []  # of (moment, state), of the hot pack
        self.hall = self.open('hall', languages[1], '--wall')
        self.wang = self.open('wang', languages[0], 'stationmaster:alarms')
        self.truck = next(one for one in self.service.get('/vehicles?limit=200')['items']
                          if one['plate'] == PLATE)
        self.wang.hears(None, self.wang.word('Live'))
        self.alarm_id = 0

    def open(self, user, language, *arguments):
        home = os.path.join(self.folder, f'{user}-{len(self.screens)}')
        self.screens.append(Screen(self.service, home, user, language, *arguments))
        return self.screens[-1]

    def end(self):
        for screen in self.screens:
            screen.end()
        self.service.kill()

    def panel_says(self, *words, screen=None, patience=120):
        screen = screen or self.wang

        def missing():
            names = screen.names('SmAlarmPanel')
            return [word for word in words if not any(word in name for name in names)]
        try:
            wait_until(lambda: not missing(), '', patience)
        except tap.Failure:
            tap.claim(False, f'the panel does not say {missing()}: '
                      + ' | '.join(name for name in screen.names('SmAlarmPanel') if name))

    def choose(self, screen, title):
        """With the arrow keys, from the first row down to where it stands."""
        def choose_again():
            screen.press('ctrl+l', 'Home', *['Down'] * screen.row_of(title))
            try:
                return wait_until(lambda: screen.find('SmAlarmPanel', title), '', 3)
            except tap.Failure:
                return None
        wait_until(choose_again, f'a row that leads to “{title}”')

    @staticmethod
    def lay_in_and_find(screen, title):
        """While a hand is on the list, what is new waits until it is asked for."""
        screen.press('u')
        return screen.find(ROWS, title)

    def lay_in(self, screen, title):
        wait_until(lambda: self.lay_in_and_find(screen, title), f'“{title}” in the list')

    def thermal(self, screen):
        return screen.word('Thermal event in a pack', 'alarm')

    def saw(self, state):
        """It stands on a screen; later the past has to say so of this moment."""
        self.service.get('/me')
        self.seen.append((self.service.now.split(';')[0], state))

    def smoke(self, screen):
        return screen.word('Smoke from a pack', 'alarm')

    def state(self):
        return self.service.get(f'/alarms/{self.alarm_id}')['state']

    # --- what happens ---

    def level_1_is_everywhere(self):
        """On the wall above everything, and in the desk's list, first."""
        live = self.service.get(f'/vehicles/{self.truck["id"]}/live')
        self.pack = live['battery_id']
        self.service.say('battery', self.pack, THERMAL, True)
        self.alarm_id = wait_until(lambda: self.service.alarm(THERMAL), 'the alarm')['id']
        self.hall.hears(None, self.hall.word('Level 1: %s') % self.thermal(self.hall))
        self.wang.hears(ROWS, self.thermal(self.wang))
        for screen in (self.hall, self.wang):
            shown = wait_until(lambda: screen.shown_ms(self.alarm_id), 'the line in its own log')
            print(f'# shown after {shown:.0f} ms', flush=True)
            tap.claim(not IS_FULL or shown <= SHOWN_MS, f'it was shown after {shown} ms')

    def one_key_takes_it(self):
        self.choose(self.wang, self.thermal(self.wang))
        tap.claim(self.state() == 'unacked', 'to look at it is not to take it')
        self.saw('unacked')
        self.wang.press('a')
        wait_until(lambda: self.state() == 'acked', 'that the service has it')
        self.panel_says(self.wang.word('acknowledged', 'alarm'))
        self.saw('acked')
        wait_until(lambda: not self.hall.find(None, self.thermal(self.hall)),
                   'that the wall says it no longer')

    def panel_says_what_is_known(self):
        word = self.wang.word
        self.panel_says(word('Clear people away and call the fire brigade', 'next step'),
                        word('driving', 'situation'), word('safety code'), word('What follows'),
                        word('Mostly from'), word('Likely cause of this one'), word('Warranty'),
                        word('Driver %s') % '', word('Warmest'), word('Highest cell'),
                        word('Lowest cell'), 'Ω/V', word('Charge'), word('Full cycles'),
                        word('capacity left of rated', 'battery'), word('Range'),
                        *(word(it).replace('%s', '').strip() for it in ('probe %s', 'cell %s')))
        tap.claim(any(word('Shelve') in name for name in self.wang.names('SmAlarmPanel')),
                  'there is no button to shelve that could say why it cannot')

    def steps_are_ticked(self):
        steps = self.service.get(f'/alarms/{self.alarm_id}/steps')['items']
        self.n_steps = len(steps)
        boxes = [node for node in self.wang.within('SmAlarmPanel')
                 if node.get_role() == Atspi.Role.CHECK_BOX]
        tap.claim(len(boxes) == len(steps) >= 4, f'{len(boxes)} of {len(steps)} steps are there')
        self.wang.press('Return')  # from the row into the panel
        self.wang.tab_to(boxes[0])
        self.wang.press('space')
        wait_until(lambda: self.n_done() == 1, 'the step with the service')
        self.panel_says('· wang')

    def calls_go_on_to_the_next(self):
        """Who does not answer is named with the time and the caller, and the next is offered."""
        word = self.wang.word
        self.panel_says(word('Next to call'))

        def find_unanswered():
            found = [node for node in self.wang.within('SmAlarmPanel')
                     if node.get_role() == Atspi.Role.PUSH_BUTTON
                     and word('No answer') in (node.get_name() or '')]
            return found if len(found) >= 2 else None
        unanswered = wait_until(find_unanswered, 'a second number to call')
        self.wang.tab_to(unanswered[0])
        self.wang.press('space')
        said = f'{word("no answer", "call")} · wang'
        called = wait_until(lambda: next((name for name in self.wang.names('SmAlarmPanel')
                                          if name.endswith(said)), None), f'“{said}”')
        self.panel_says(called, word('Next to call'))
        self.called = called
        record = self.service.get(f'/alarms/{self.alarm_id}')['calls'].split('\t')
        tap.claim({'no_answer', 'wang'} <= set(record), f'the record of the call is {record}')
        # In the order of the panel: who was called, then who is next.
        names = self.wang.names('SmAlarmPanel')
        tap.claim(names.index(called) < names.index(word('Next to call')),
                  'the next to call stands before who was called')

    def n_done(self):
        return sum(step['done'] for step in
                   self.service.get(f'/alarms/{self.alarm_id}/steps')['items'])

    def pack_is_kept_apart(self):
        """With one key and a reason: no station hands it out from then on."""
        tap.claim(self.fitness() == 'serviceable', f'the pack is {self.fitness()} already')
        self.wang.press('ctrl+l', 'q')
        wait_until(self.wang.question, 'the question for a reason')
        self.wang.write(REASON)
        self.wang.press('Return')
        wait_until(lambda: self.fitness() == 'quarantined', 'the quarantine')
        self.panel_says(self.wang.word('Quarantine'))

    def sisters_are_listed(self):
        """What else came with it from the same maker: each with how fit it is, and a way to it."""
        mine = self.service.get(f'/batteries/{self.pack}')
        self.panel_says(self.wang.word('Its sisters: same model, maker and month'))
        listed = [name for name in self.wang.names('SmAlarmPanel')
                  if name.count(' · ') == 4 and self.wang.word('serviceable', 'battery') in name]
        tap.claim(listed, 'there is no sister of the pack')
        tap.claim(not any(mine['sn'] in line for line in listed), 'it is its own sister')

    def it_is_said_how_fast_it_warms(self):
        """Against its load, once there are values of two minutes."""
        word = self.wang.word
        self.panel_says(word('Warming'), word('%s °C/min at %s').split('%s')[1], patience=300)

    def fitness(self, pack=None):
        return self.service.get(f'/batteries/{pack or self.pack}')['fitness']

    def at_the_desk(self, user, language, *words):
        screen = self.open(user, language, 'stationmaster:shift')
        for word in words:
            screen.hears('SmShiftPage', screen.word(word))
        return screen

    def does(self, screen, word, key):
        """With its key, as soon as it can be done."""
        def is_on():
            button = screen.find('SmShiftPage', screen.word(word), Atspi.Role.PUSH_BUTTON)
            is_sensitive = button and button.get_state_set().contains(Atspi.StateType.SENSITIVE)
            return button if is_sensitive else None
        button = wait_until(is_on, f'“{word}” to be on')
        screen.tab_to(button)
        screen.press(key)

    def holder(self):
        return self.service.get(f'/desks/{self.service.desk}').get('holder')

    def handover(self):
        return self.service.get(f'/handovers?desk_id={self.service.desk}')['items'][-1]['state']

    def signs(self, screen, state):
        self.does(screen, 'Sign', 'g')
        wait_until(screen.question, 'the question whether to sign')
        screen.press('Return')
        wait_until(lambda: self.handover() == state, f'the handover, {state}')

    def handover_lists_it_first(self):
        """It wrote itself; the alarms are the other's as soon as both have signed."""
        wang = self.at_the_desk('wang', self.languages[0])
        self.does(wang, 'Sit down', 's')
        wait_until(lambda: self.holder() == 'wang', 'that he sits there')
        self.does(wang, 'Hand over', 'h')
        wait_until(wang.question, 'the question to whom')
        wang.write(NOTE)
        wang.enter()
        wang.hears('SmShiftPage', wang.word('Critical'))
        li = self.at_the_desk('li', self.languages[1], 'Critical')
        for screen in (wang, li):
            names = screen.names('SmShiftPage')
            lines = [name for name in names[names.index(screen.word('Critical')):]
                     if ' · ' in name]
            tap.claim(self.thermal(screen) in lines[0], f'the first of it is “{lines[0]}”')
        self.signs(wang, 'given')
        tap.claim(self.holder() == 'wang', 'one signature was enough')
        self.signs(li, 'taken')
        desk = self.service.get(f'/alarms/{self.alarm_id}')['desk_id']
        tap.claim((desk, self.holder()) == (self.service.desk, 'li'),
                  f'the alarm is of {desk}, which {self.holder()} has')
        for screen in (wang, li):
            screen.end()

    def truck_falls_silent(self):
        """It stays what it is, with the last values; and that it is silent is an alarm, too."""
        wait_until(lambda: self.service.alarm('vehicle-unknown-danger'), 'its silence', 300)
        alarm = self.service.get(f'/alarms/{self.alarm_id}')
        tap.claim((alarm['level'], alarm['state']) == (1, 'acked'), f'it became {alarm}')
        self.lay_in(self.wang, self.wang.word('Silent while in danger', 'alarm'))
        self.panel_says(self.thermal(self.wang))
        self.saw('acked')

    def second_one_is_seen(self):
        """Nothing moves under the hand, and it is not jumped over."""
        self.wang.press('ctrl+l')
        self.bay, self.other_pack = wait_until(self.find_charging, 'a pack that charges in a bay')
        self.service.say('battery', self.other_pack, SMOKE, True)
        self.hall.hears(None, self.hall.word('Level 1: %s') % self.smoke(self.hall))
        self.panel_says(self.thermal(self.wang))  # the chosen one is still the chosen one
        self.lay_in(self.wang, self.smoke(self.wang))
        self.choose(self.wang, self.smoke(self.wang))
        self.wang.press('a')
        wait_until(lambda: self.service.alarm(SMOKE)['state'] == 'acked', 'the second one, taken')

    def charging_is_stopped(self):
        """By a command with a reason: each stage is to be read, and no current flows."""
        word = self.wang.word
        self.panel_says(word('May be tried'), word('Command… (C)'))
        self.wang.press('c')
        wait_until(self.wang.question, 'the question which command')
        self.wang.write(REASON)
        self.wang.enter()
        self.panel_says(f' · {word("stop", "command")} · {word("succeeded", "command")}')
        wait_until(lambda: self.state_of_bay() not in ('charging', 'ready'), 'the bay, stopped')

    def no_station_hands_it_out(self):
        """Kept apart, its bay is told so, and it is among the ready ones nowhere."""
        self.wang.press('ctrl+l', 'q')
        wait_until(self.wang.question, 'the question for a reason')
        self.wang.write(REASON)
        self.wang.press('Return')
        wait_until(lambda: self.fitness(self.other_pack) == 'quarantined', 'the quarantine')
        self.panel_says(self.wang.word('quarantined', 'battery'))
        live = self.service.get('/live/bays')
        ready = [pack for pack, state in zip(live['battery_id'], live['state'])
                 if state == 'ready']
        tap.claim(ready and not {self.pack, self.other_pack} & set(ready), 'it counts as ready')
        self.apart_since = self.service.now.split(';')[0]
        self.choose(self.wang, self.thermal(self.wang))

    def no_swap_handed_it_out(self):
        """By the record of what trucks were given since; at night minutes lie between two."""
        def handed_out():
            return [one['battery_id'] for one in self.service.get(
                        f'/battery_movements?at_from={self.apart_since}&limit=1000')['items']
                    if one['to_place'] == 'vehicle']
        packs = wait_until(handed_out, 'a truck that got a pack', 600)
        print(f'# {len(packs)} packs were handed out since', flush=True)
        tap.claim(not {self.pack, self.other_pack} & set(packs), 'a station handed it out')

    def find_charging(self):
        """The same whenever it is asked: the first bay of those that charge."""
        live = self.service.get('/live/bays')
        found = [(bay, pack) for bay, state, pack in
                 zip(live['id'], live['state'], live['battery_id']) if state == 'charging']
        return min(found) if found else None

    def state_of_bay(self):
        live = self.service.get('/live/bays')
        return live['state'][live['id'].index(self.bay)]

    def service_is_killed(self):
        """The screens say so, what was done is not lost, and what is done meanwhile waits."""
        self.service.kill()
        for screen in (self.hall, self.wang):
            screen.hears(None, screen.word('Offline · data %s old').split('%s')[0])
        self.wang.press('n')
        wait_until(self.wang.question, 'the question for a note')
        self.wang.write(NOTE)
        self.wang.press('Return')
        self.panel_says(NOTE)
        time.sleep(AWAY_S)
        self.service.come_back(AWAY_S)
        wait_until(lambda: NOTE in (self.service.get(f'/alarms/{self.alarm_id}')['note'] or ''),
                   'the note, with the service')
        tap.claim(self.n_done() == 1, 'a step was lost')
        self.panel_says(self.wang.word('acknowledged', 'alarm'), NOTE, self.called)

    def normal_again_is_latched(self):
        """All is well, says the pack; whoever took it cannot let it go alone."""
        self.service.say('battery', self.pack, THERMAL, False)
        wait_until(lambda: self.state() == 'latched', 'the latch')
        self.panel_says(self.wang.word('over, to be released', 'alarm'))
        self.saw('latched')
        release = self.wang.find('SmAlarmPanel', self.wang.word('Release'), Atspi.Role.PUSH_BUTTON)
        wait_until(lambda: not release.get_state_set().contains(Atspi.StateType.SENSITIVE),
                   'that he cannot release it')
        tap.claim(self.wang.word('This needs a second person.') in release.get_description(),
                  f'it is not said why: “{release.get_description()}”')
        self.wang.press('r')
        tap.claim(self.wang.question() is None and self.state() == 'latched', 'he could')

    def second_person_releases(self):
        li = self.open('li', self.languages[1], 'stationmaster:alarms')
        li.hears(None, li.word('Live'))
        li.hears(ROWS, self.thermal(li))
        self.choose(li, self.thermal(li))
        self.panel_says(NOTE, li.word('over, to be released', 'alarm'), screen=li)
        li.press('r')
        wait_until(li.question, 'the question for a reason')
        li.write(REASON)
        li.press('Return')
        wait_until(lambda: self.state() == 'normal', 'the release')
        wait_until(lambda: not self.lay_in_and_find(self.wang, self.thermal(self.wang)),
                   'that it is gone from the other desk')
        said = [(one['event'], one['person']) for one in
                self.service.get(f'/alarms/{self.alarm_id}/transitions')['items']]
        tap.claim(said == [('raise', None), ('acknowledge', 'wang'), ('return', None),
                           ('release', 'li')], f'its history is {said}')

    def past_is_as_it_was_known(self):
        """Of each moment what stood on the screens then, although it is over by now."""
        self.saw(None)
        for at, state in self.seen:
            found = [one for one in
                     self.service.get(f'/vehicles/{self.truck["id"]}/past?at={at}')['alarms']
                     if one['id'] == self.alarm_id]
            tap.claim([(one['level'], one['state']) for one in found] ==
                      ([(1, state)] if state else []), f'at {at} it was {found}, not {state}')


def cases(folder):
    """Each goes on where the one before it ended."""
    journey = []

    def step(name):
        def run():
            tap.claim(not journey or not journey[0].is_broken, 'an earlier step failed')
            if not journey:
                journey.append(Journey(folder, ('zh_CN', 'en') if IS_FULL else ('en', 'zh_CN')))
            began = time.monotonic()
            journey[0].is_broken = True
            getattr(journey[0], name)()
            journey[0].is_broken = False
            print(f'# {name}: {time.monotonic() - began:.1f} s', flush=True)
        return f'/journey/hot-pack/{name.replace("_", "-")}', run
    names = ('level_1_is_everywhere', 'one_key_takes_it', 'panel_says_what_is_known',
             'steps_are_ticked', 'calls_go_on_to_the_next', 'pack_is_kept_apart',
             'sisters_are_listed', 'it_is_said_how_fast_it_warms', 'handover_lists_it_first',
             'second_one_is_seen', 'charging_is_stopped', 'no_station_hands_it_out',
             'truck_falls_silent', 'service_is_killed', 'normal_again_is_latched',
             'second_person_releases', 'past_is_as_it_was_known', 'no_swap_handed_it_out')
    return journey, [step(name) for name in names]


def main():
    with tempfile.TemporaryDirectory() as folder:
        journey, steps = cases(folder)
        try:
            tap.run(steps)
        finally:
            for running in journey:
                running.end()


if __name__ == '__main__':
    main()
