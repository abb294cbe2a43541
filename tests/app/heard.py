#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""heard.py BUILD: who hears the wall and has only a keyboard.

The real application beside the real service, on a display of its own: read
over AT-SPI like a screen reader does, pressed with real keys.
"""

import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'checks'))
import tap  # noqa: E402

BUILD = os.path.abspath(sys.argv[1])
NOTE = 'a已联系司机'
# Faults of two days lie behind it; two weeks would be written all the while.
YOUNG = ('demo', '--seed', '1', '--speed', '5', '--history-days', '2')
CONTROLS = {Atspi.Role.PUSH_BUTTON, Atspi.Role.TOGGLE_BUTTON, Atspi.Role.ENTRY, Atspi.Role.TEXT,
            Atspi.Role.LIST, Atspi.Role.LIST_ITEM, Atspi.Role.CHECK_BOX}


def children(node):
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield child


def some_children(node):
    """Of a long list the first: its rows are made by one factory, and each cell of the 200
    that lie ready costs five questions over the bus."""
    for index in range(min(node.get_child_count(), MOST_ROWS)):
        child = node.get_child_at_index(index)
        if child is not None:
            yield child


def walk(node):
    try:
        if not node.get_state_set().contains(Atspi.StateType.VISIBLE):
            return
        yield node
        for child in children(node):
            yield from walk(child)
    except GLib.Error:
        return  # it went away while we looked


def wait_until(holds, what, patience=40):
    deadline = time.monotonic() + patience
    while True:
        answer = holds()
        if answer:
            return answer
        tap.claim(time.monotonic() < deadline, f'waited {patience} s in vain for {what}')
        time.sleep(0.1)


def extents(node):
    """Where it is in its window; None for what has no place there."""
    try:
        box = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
    except GLib.Error:
        return None
    return box if box is not None and box.width > 0 and box.height > 0 else None


class Wall:
    """The application beside a service, with arguments for either."""

    def __init__(self, home, network=YOUNG, arguments=()):
        self.home = home
        self.database = os.path.join(home, 'network.db')
        self.service = subprocess.Popen(
            [os.path.join(BUILD, 'src', 'stationmaster-service'), '--listen', '127.0.0.1:0',
             '--database', self.database, '--simulate', *network],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        url = self.service.stdout.readline().split()[-1]
        folder = os.path.join(home, 'config', 'glib-2.0', 'settings')
        os.makedirs(folder)
        with open(os.path.join(folder, 'keyfile'), 'w', encoding='utf-8') as file:
            file.write('[io/github/stationmaster/Stationmaster]\n'
                       'window-width=1024\nwindow-height=700\n'
                       f'server-url=\'{url}\'\n')
        self.env = dict(os.environ, GSETTINGS_BACKEND='keyfile', LANGUAGE='en',
                        XDG_CONFIG_HOME=os.path.join(home, 'config'))
        self.app = subprocess.Popen(
            [os.path.join(BUILD, 'src', 'stationmaster'), *arguments], env=self.env)
        self.root = wait_until(self.find_root, 'the application in the tree')

    def find_root(self):
        for node in children(Atspi.get_desktop(0)):
            if node.get_process_id() == self.app.pid:
                return node
        return None

    def nodes(self):
        for window in children(self.root):
            yield from walk(window)

    def hears(self, words):
        for node in self.nodes():
            try:
                if words in (node.get_name() or ''):
                    return node
            except GLib.Error:
                continue
        return None

    def press(self, key):
        window = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(self.app.pid)],
                                stdout=subprocess.PIPE, text=True).stdout.split()
        tap.claim(window, 'the application has no window')
        subprocess.run(['xdotool', 'windowfocus', '--sync', window[0], 'key', key], check=True)

    def end(self):
        for process in (self.app, self.service):
            process.kill()
            process.wait()


def every_control_is_named(wall):
    wait_until(lambda: wall.hears('Pack over-temperature'), 'a fault in the list')
    nameless, heard = [], ''
    for node in wall.nodes():
        try:
            states = node.get_state_set()
            shown = states.contains(Atspi.StateType.FOCUSABLE) and extents(node) is not None
            name = node.get_name() or ''
            heard = name or heard
            if shown and node.get_role() in CONTROLS and (not name or name[:3] in ('Gtk', 'Adw')):
                box = extents(node)
                nameless.append(f'{node.get_role_name()} at {box.x},{box.y} after “{heard}”')
        except GLib.Error:
            continue
    tap.no_faults(nameless)


def says_live(wall):
    wait_until(lambda: wall.hears('Live · data'), 'the words that it is live')


def acknowledges_by_key(wall):
    wall.press('ctrl+l')
    wall.press('a')
    wait_until(lambda: wall.hears('Note (optional)'), 'the question for a note', 20)
    wall.press('Escape')
    wait_until(lambda: not wall.hears('Note (optional)'), 'that Escape takes it back', 20)
    wall.press('ctrl+Return')
    entry = wait_until(lambda: wall.hears('Note (optional)'), 'the question for a note', 20)
    wall.press('a')  # a key of the wall, but not while somebody writes
    wait_until(lambda: Atspi.Text.get_character_count(entry) == 1, 'the letter in the note', 20)
    tap.claim(Atspi.EditableText.insert_text(entry, 1, NOTE[1:], len(NOTE[1:].encode())),
              'the note cannot be written')
    wall.press('Return')
    wait_until(lambda: wall.hears(NOTE), 'the row with its note', 60)
    wait_until(lambda: wall.hears('acknowledged by'), 'that the service took it', 60)
    with sqlite3.connect(wall.database) as database:
        rows = database.execute('SELECT act, outcome FROM audit_log WHERE instr(after, ?)',
                                (NOTE,)).fetchall()
    tap.claim(len(rows) == 1, f'{len(rows)} rows in the audit: {rows}')


def finds_by_key(wall):
    wall.press('ctrl+f')
    wait_until(lambda: wall.hears('Station or vehicle'), 'the find popover', 20)
    wall.press('Down')
    wall.press('Return')
    wait_until(lambda: wall.hears('Pack on board') or wall.hears('The site'), 'a panel', 30)
    wall.press('Escape')


def says_not_live(wall):
    wall.service.kill()
    wall.service.wait()
    wait_until(lambda: wall.hears('Offline') and not wall.hears('Live · data'),
               'the words that nothing is live', 15)


# The block's heading while the service answers, and what takes its place.
HEADINGS = (('Service now', 'Service, last known'), ('Load', 'Load, last known'),
            ('Swaps by the hour', 'Swaps by the hour, last known'))


def no_block_is_taken_for_live(wall):
    """After 15 s without a service, at 1024x700: each block that is there says it is old."""
    def labels():
        return {node.get_name() or '' for node in wall.nodes()}

    wait_until(lambda: wall.hears('Service, last known'), 'the words over the first block', 15)
    wait_until(lambda: labels().isdisjoint(live for live, _ in HEADINGS),
               'no heading over old figures that calls them live', 15)
    heard = labels()
    tap.claim(any(stale in heard for _, stale in HEADINGS[1:]),
              f'no other block says that it is the last known: {sorted(heard)}')


# More of them than the wall shows at once of anything.
MOST_ROWS = 30
# What tells that a number is old: that it is the last known, or as of when it is.
OLD = re.compile(r'last known|\bas of |\bOffline\b|\bdata of ', re.IGNORECASE)
DIGIT = re.compile(r'[0-9]')


class Block:
    """A part of the window: what it is called, its own parts, and whether it says that it is old."""

    def __init__(self, node, above):
        self.above = above
        self.text = node.get_name() or ''
        self.parts = []
        self.says_old = bool(OLD.search(self.text))
        # Each question goes over the bus: the role is asked for where it matters.
        self.is_banner = self.says_old and node.get_role() == Atspi.Role.STATUS_BAR
        self.is_window = self.text == 'Sections' and node.get_role() == Atspi.Role.LIST

    def take(self, part):
        self.parts.append(part)
        self.says_old = self.says_old or part.says_old
        self.is_window = self.is_window or part.is_window


def read_block(node, above=None):
    try:
        if above is not None and not node.get_state_set().contains(Atspi.StateType.VISIBLE):
            return None
        block = Block(node, above)
        for child in some_children(node):
            part = read_block(child, block)
            if part is not None:
                block.take(part)
        if not block.parts and DIGIT.search(block.text) and extents(node) is None:
            return None
        return block
    except GLib.Error:
        return None  # it went away while we looked


def numbers(block):
    """The smallest parts that are called something with a digit."""
    if not block.parts and DIGIT.search(block.text):
        yield block
    for part in block.parts:
        yield from numbers(part)


def passes_for_live(number, is_strict):
    """Whether nothing that belongs to it says that it is old; a page's banner is not its own."""
    block = number
    while block is not None and not block.is_window:
        own = (any(part.says_old for part in block.parts if not part.is_banner)
               if is_strict and block.parts else block.says_old)
        if own:
            return False
        block = block.above
    return True


def find_live_numbers(wall, is_strict):
    faults, n = [], 0
    for window in children(wall.root):
        for number in numbers(read_block(window)):
            n += 1
            if passes_for_live(number, is_strict):
                faults.append(number)
    return n, faults


# Panels and tables: the wall itself comes first.
PLACES = ('station/SW4400001', 'vehicle/%E7%B2%A4B%C2%B700001D', 'battery/BT2820000001',
          'service_point/1', 'vehicles', 'orders')


def tells_live_from_old(wall):
    """While the service answers, nothing calls its numbers old: else this would prove nothing."""
    wait_until(lambda: len(find_live_numbers(wall, True)[1]) > 20,
               'more than 20 numbers that pass for live, while all are')


def no_number_is_taken_for_live(wall):
    """At 1024x700, of the wall, each panel and tables: what belongs to a number says it is old."""
    count, live = find_live_numbers(wall, True)
    faults = [f'wall: {number.text}' for number in live]
    for place in PLACES:
        before = count
        subprocess.run([os.path.join(BUILD, 'src', 'stationmaster'), f'stationmaster:{place}'],
                       env=wall.env, check=True, timeout=30)
        count, live = wait_until(lambda: more_numbers(wall, before, '/' in place),
                                 f'the numbers of {place}', 90)
        faults += [f'{place}: {number.text}' for number in live]
    tap.no_faults(faults)


def more_numbers(wall, than, is_strict):
    count, live = find_live_numbers(wall, is_strict)
    return (count, live) if count > than else None


def signs_in_by_name():
    """Named on the command line, with a password from a file: nobody is asked."""
    with tempfile.TemporaryDirectory() as home:
        password = os.path.join(home, 'password')
        with open(password, 'w', encoding='utf-8') as file:
            file.write('correct horse battery staple\n')
        subprocess.run(
            [os.path.join(BUILD, 'src', 'stationmaster-service'), 'user', 'add', 'anna', '--role',
             'operator', '--password-file', password,
             '--database', os.path.join(home, 'network.db')],
            check=True, stdout=subprocess.DEVNULL)
        wall = Wall(home, ['none'], ['--user', 'anna', '--password-file', password])
        try:
            says_live(wall)
        finally:
            wall.end()


def main():
    with tempfile.TemporaryDirectory() as home:
        walls = []

        def wall():
            # Not before the first case is over: there is one application at a time.
            if not walls:
                walls.append(Wall(home))
            return walls[0]

        try:
            tap.run([('/app/sign-in/by-name', signs_in_by_name),
                     ('/app/a11y/says-live', lambda: says_live(wall())),
                     ('/app/a11y/tells-live-from-old', lambda: tells_live_from_old(wall())),
                     ('/app/a11y/every-control-is-named', lambda: every_control_is_named(wall())),
                     ('/app/keys/acknowledge', lambda: acknowledges_by_key(wall())),
                     ('/app/keys/find', lambda: finds_by_key(wall())),
                     ('/app/a11y/says-not-live', lambda: says_not_live(wall())),
                     ('/app/a11y/no-block-is-taken-for-live',
                      lambda: no_block_is_taken_for_live(wall())),
                     ('/app/a11y/no-number-is-taken-for-live',
                      lambda: no_number_is_taken_for_live(wall()))])
        finally:
            for running in walls:
                running.end()


if __name__ == '__main__':
    main()
