#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""pending.py BUILD: what was done without a service, and changed by somebody else meanwhile.

Notes on three alarms, written while the service is away, wait over the end of the application;
when it is back somebody else has written others.  On *Pending and conflicts* one is kept, one
merged and one dropped, over AT-SPI and with keys alone, and the service has what was decided.
"""

import json
import os
import sys
import tempfile
import urllib.request

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'checks'))
import tap  # noqa: E402
import journey  # noqa: E402
from journey import wait_until  # noqa: E402

# Each on a pack of its own, first in the list by their level.
ALARMS = (('battery-smoke', 'Smoke from a pack'), ('battery-gas', 'Gas from a pack'),
          ('battery-lock-open', 'Pack lock open'))
MINE = '已停车 stopped'
THEIRS = '司机已离开 driver has left'
LIST = 'SmPendingPage'


class Pending(journey.Journey):
    """One person at a desk, and another of whom only the service hears."""

    def __init__(self, folder, language):
        self.service = journey.Service(folder)
        self.folder = folder
        self.screens = []
        self.is_broken = False
        self.ids = []
        self.wang = self.open('wang', language, 'stationmaster:alarms')
        self.language = language
        self.wang.hears(None, self.wang.word('Live'))

    def titles(self):
        return [self.wang.word(title, 'alarm') for _, title in ALARMS]

    def note_of(self, index):
        return self.service.get(f'/alarms/{self.ids[index]}')['note']

    def change_note(self, index):
        """By somebody else, who sees what is there now."""
        alarm = self.service.get(f'/alarms/{self.ids[index]}')
        request = urllib.request.Request(
            f'{self.service.url}/api/v1/alarms/{alarm["id"]}', method='PATCH',
            data=json.dumps({'note': THEIRS}).encode())
        for name, value in (('Content-Type', 'application/merge-patch+json'),
                            ('If-Match', f'"{alarm["seq"]}"'),
                            ('Idempotency-Key', f'00000000-0000-7000-8000-00000000000{index}'),
                            ('Authorization', 'Bearer ' + self.service.token)):
            request.add_header(name, value)
        with urllib.request.urlopen(request, timeout=30) as answer:
            tap.claim(answer.status == 200, 'the other note was not taken')

    def cards(self):
        """What is there to decide, by the name that each says of itself."""
        found = []
        for node in self.wang.within(LIST):
            try:
                if node.get_role() == Atspi.Role.LIST_ITEM:
                    found.append(node)
            except GLib.Error:
                continue
        return found

    def button(self, index, label):
        """Of the card of that alarm."""
        title, label = self.titles()[index], self.wang.word(label).replace('_', '')

        def look():
            for card in self.cards():
                nodes = list(self.wang.nodes(card))
                if not any(title in (node.get_name() or '') for node in nodes):
                    continue
                for node in nodes:
                    if (node.get_role() == Atspi.Role.PUSH_BUTTON
                            and label in (node.get_name() or '').replace('_', '')):
                        return node
            return None
        return wait_until(look, f'“{label}” for “{title}”')

    def decide(self, index, label):
        self.wang.tab_to(self.button(index, label))
        self.wang.press('space')

    def answer(self, label):
        """Presses a button of the question."""
        label = self.wang.word(label).replace('_', '')

        def look():
            return next((node for node in self.wang.nodes(self.wang.question())
                         if node.get_role() == Atspi.Role.PUSH_BUTTON
                         and (node.get_name() or '').replace('_', '').endswith(label)), None)
        self.wang.tab_to(wait_until(look, f'“{label}” in the question'))
        self.wang.press('space')

    # --- what happens ---

    def notes_wait(self):
        """Without a service they are kept, and outlive the application."""
        packs = [one['id'] for one in self.service.get('/batteries?limit=3')['items']]
        for pack, (code, _) in zip(packs, ALARMS):
            self.service.say('battery', pack, code, True)
        for (code, _), title in zip(ALARMS, self.titles()):
            self.ids.append(wait_until(lambda: self.service.alarm(code), 'the alarm')['id'])
            self.lay_in(self.wang, title)
        self.service.kill()
        self.wang.hears(None, self.wang.word('Offline · data %s old').split('%s')[0])
        for title in self.titles():
            self.choose(self.wang, title)
            self.wang.press('n')
            wait_until(self.wang.question, 'the question for a note')
            self.wang.write(MINE)
            self.wang.press('Return')
            self.panel_says(MINE)
        self.wang.end()

    def others_were_faster(self):
        self.service.come_back(1)
        for index in range(len(ALARMS)):
            self.change_note(index)
        home = os.path.join(self.folder, 'wang-0')
        self.wang = journey.Screen(self.service, home, 'wang', self.language,
                                   'stationmaster:pending')
        self.screens.append(self.wang)
        for index in range(len(ALARMS)):
            self.button(index, '_Keep mine')

    def one_is_kept(self):
        self.decide(0, '_Keep mine')
        wait_until(lambda: self.note_of(0) == MINE, 'my note, with the service')

    def one_is_merged(self):
        self.decide(1, '_Merge…')
        wait_until(self.wang.question, 'the question what it is to be')
        self.wang.write(THEIRS + ' + ')
        self.answer('_Send')
        wait_until(lambda: self.note_of(1) == THEIRS + ' + ' + MINE, 'both notes, with the service')

    def one_is_dropped(self):
        """Not by a stray key: it is asked once more, and no is what is chosen."""
        self.decide(2, '_Drop…')
        wait_until(self.wang.question, 'whether it is to be dropped')
        self.wang.press('Return')
        wait_until(lambda: not self.wang.question(), 'the end of the question')
        self.decide(2, '_Drop…')
        wait_until(self.wang.question, 'whether it is to be dropped')
        self.answer('_Drop')
        self.wang.hears(LIST, self.wang.word('Nothing is pending'))
        tap.claim(self.note_of(2) == THEIRS, 'what was dropped was sent')


def main():
    with tempfile.TemporaryDirectory() as folder:
        running = []

        def step(name):
            def run():
                if not running:
                    running.append(Pending(folder, 'zh_CN'))
                tap.claim(not running[0].is_broken, 'an earlier step failed')
                running[0].is_broken = True
                getattr(running[0], name)()
                running[0].is_broken = False
            return f'/pending/by-keys/{name.replace("_", "-")}', run
        names = ('notes_wait', 'others_were_faster', 'one_is_kept', 'one_is_merged',
                 'one_is_dropped')
        try:
            tap.run([step(name) for name in names])
        finally:
            for one in running:
                one.end()


if __name__ == '__main__':
    main()
