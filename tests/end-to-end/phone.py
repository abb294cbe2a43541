#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""phone.py BUILD: the pages for phones, as people use them: in Chromium, 390x844.

Somebody scans a label and reports; somebody else does the same a minute later.  An
engineer accepts, goes away from every network, works, takes photos, closes the page
and opens it again, and all of it arrives afterwards, in order and once.
"""

import json
import os
import re
import struct
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zlib

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service as Driver
from selenium.webdriver.common.by import By

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'checks'))
import tap  # noqa: E402

BUILD = os.path.abspath(sys.argv[1])
PASSWORD = 'correct horse battery staple'
SIZE = {'width': 390, 'height': 844, 'deviceScaleFactor': 2, 'mobile': True}
LEAST_TARGET = 48
TOUCHED = 'button, a, input:not([type=radio]), textarea, select, .choice'


def wait_until(holds, what, patience=60):
    deadline = time.monotonic() + patience
    while True:
        answer = holds()
        if answer:
            return answer
        if time.monotonic() >= deadline:
            raise tap.Failure(f'waited {patience} s in vain for '
                              f'{what() if callable(what) else what}')
        time.sleep(0.05)


class Service:
    """The real one, which can be killed and comes back at the same address."""

    def __init__(self, folder):
        self.database = os.path.join(folder, 'network.db')
        password_file = os.path.join(folder, 'password')
        self.listen = '127.0.0.1:0'
        with open(password_file, 'w', encoding='utf-8') as file:
            file.write(PASSWORD)
        for name, role in (('boss', 'administrator'), ('kim', 'engineer'), ('lee', 'engineer')):
            self.command('user', 'add', name, '--role', role, '--password-file', password_file)
        self.begin('--history-days', '0.1')
        self.token = self.ask('/session', {'name': 'boss', 'password': PASSWORD})['token']
        self.engineer = wait_until(lambda: self.get('/engineers?limit=1')['items'],
                                   'the network to be there')[0]['id']
        self.command('user', 'engineer', 'kim', str(self.engineer))
        others = self.get('/engineers?limit=2')['items']
        self.command('user', 'engineer', 'lee', str(others[1]['id']))

    def command(self, *arguments):
        return subprocess.run(
            [os.path.join(BUILD, 'src', 'stationmaster-service'), *arguments, '--database',
             self.database], check=True, capture_output=True, text=True).stdout

    def begin(self, *more):
        self.process = subprocess.Popen(
            [os.path.join(BUILD, 'src', 'stationmaster-service'), '--listen', self.listen,
             '--database', self.database, '--simulate', 'demo', '--seed', '1', *more],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.url = self.process.stdout.readline().split()[-1]
        self.listen = self.url.split('//')[1]

    def kill(self):
        self.process.kill()
        self.process.wait()

    def ask(self, path, body=None, token=None, key=None):
        request = urllib.request.Request(self.url + '/api/v1' + path,
                                         data=json.dumps(body).encode() if body is not None else None)
        request.add_header('Content-Type', 'application/json')
        if token:
            request.add_header('Authorization', 'Bearer ' + token)
        if key:
            request.add_header('Idempotency-Key', key)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read())

    def get(self, path):
        return self.ask(path, token=self.token)

    def order(self, number):
        return [one for one in self.get('/work_orders?sort=-created_at&limit=100')['items']
                if one['number'] == number][0]


class Phone:
    """A browser of one person, whose profile outlasts it."""

    def __init__(self, folder, language):
        self.folder = folder
        self.language = language
        self.begin()

    def begin(self):
        options = Options()
        for argument in ('--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run',
                         '--disable-dev-shm-usage', '--disable-background-networking',
                         f'--user-data-dir={self.folder}', f'--lang={self.language}'):
            options.add_argument(argument)
        options.add_experimental_option('prefs', {'intl.accept_languages': self.language})
        options.set_capability('goog:loggingPrefs', {'browser': 'ALL'})
        self.driver = webdriver.Chrome(service=Driver('/usr/bin/chromedriver'), options=options)
        self.driver.execute_cdp_cmd('Emulation.setDeviceMetricsOverride', SIZE)

    def open(self, url):
        self.driver.get(url)

    def find(self, selector, what=None):
        return wait_until(lambda: self.driver.find_elements(By.CSS_SELECTOR, selector),
                          lambda: f'{what or selector} in: {self.text()}')[0]

    def has(self, selector):
        return bool(self.driver.find_elements(By.CSS_SELECTOR, selector))

    def press(self, selector):
        self.find(selector)
        self.driver.execute_script('document.querySelector(arguments[0])?.click()', selector)

    def write(self, selector, text):
        self.find(selector).send_keys(text)

    def set(self, selector, value):
        """A date, as its own window of the phone sets it."""
        self.find(selector)
        self.driver.execute_script(
            'const one = document.querySelector(arguments[0]); one.value = arguments[1];'
            'one.dispatchEvent(new Event("input", { bubbles: true }))', selector, value)

    def text(self, selector='body'):
        """What is to be read there now; nothing while a page goes and another comes."""
        return self.driver.execute_script(
            'return document.querySelector(arguments[0])?.innerText ?? ""', selector)

    def wait_text(self, selector, text):
        wait_until(lambda: text in self.text(selector),
                   lambda: f'“{text}” in {selector}; there is: {self.text()}')

    def too_small(self):
        return self.driver.execute_script(
            'return [...document.querySelectorAll(arguments[0])]'
            '.filter((one) => one.getClientRects().length > 0)'
            '.filter((one) => Math.min(one.getBoundingClientRect().height,'
            '                          one.getBoundingClientRect().width) < arguments[1])'
            '.map((one) => one.outerHTML.slice(0, 80))', TOUCHED, LEAST_TARGET)

    def weak(self):
        """What is to be read and has too little contrast: colours as they are computed."""
        return self.driver.execute_script("""
            const parts = (text) => (text.match(/[0-9.]+/g) ?? []).map(Number);
            const light = ([r, g, b]) => [r, g, b].map((one) => one / 255)
              .map((one) => one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
              .reduce((sum, one, i) => sum + one * [0.2126, 0.7152, 0.0722][i], 0);
            const behind = (node) => {
              for (let one = node; one !== null; one = one.parentElement) {
                const colour = parts(getComputedStyle(one).backgroundColor);
                if (colour.length === 3 || colour[3] === 1)
                  return colour;
              }
              return [255, 255, 255];
            };
            return [...document.querySelectorAll('body *')].filter((node) =>
              [...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim() !== '')
              && node.getClientRects().length > 0).map((node) => {
              const a = light(parts(getComputedStyle(node).color)), b = light(behind(node));
              const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
              return ratio < 4.5 ? `${ratio.toFixed(2)} ${node.outerHTML.slice(0, 80)}` : null;
            }).filter((one) => one !== null)""")

    def overflows(self):
        return self.driver.execute_script(
            'return document.documentElement.scrollWidth > window.innerWidth')

    def look(self, name):
        """What can be touched can be hit; where a folder is named the picture goes there."""
        small = self.too_small()
        tap.claim(not small, f'smaller than {LEAST_TARGET} pixels: {small}')
        tap.claim(not self.overflows(), f'{name} is wider than the phone')
        tap.claim('null' not in self.text() and 'undefined' not in self.text(),
                  f'{name} says: {self.text()}')
        if 'SM_PICTURES' in os.environ:
            self.driver.save_screenshot(os.path.join(os.environ['SM_PICTURES'],
                                                     f'phone-{name}-{self.language}.png'))

    def end(self):
        """As an empty battery does it."""
        self.driver.service.process.kill()
        subprocess.run(['pkill', '-9', '-f', f'user-data-dir={self.folder}'], check=False)
        wait_until(lambda: subprocess.run(['pgrep', '-f', f'user-data-dir={self.folder}'],
                                          capture_output=True, check=False).returncode != 0,
                   'the end of the browser')
        for name in ('SingletonLock', 'SingletonSocket', 'SingletonCookie'):
            path = os.path.join(self.folder, name)
            if os.path.islink(path):
                os.unlink(path)


def picture(width, height, line):
    """A grey PNG, whose lines are all @line, or each what it answers."""
    def chunk(kind, data):
        body = kind + data
        return struct.pack('>I', len(data)) + body + struct.pack('>I', zlib.crc32(body))
    lines = b''.join(b'\x00' + (line(width) if callable(line) else line) for _ in range(height))
    return (b'\x89PNG\r\n\x1a\n'
            + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 0, 0, 0, 0))
            + chunk(b'IDAT', zlib.compress(lines, 1)) + chunk(b'IEND', b''))


class Story:
    """The cases, in their order: each goes on where the one before ended."""

    def __init__(self, folder):
        self.folder = folder
        self.service = Service(folder)
        # As much as a camera makes of something with many details.
        self.photo = self.file('photo.png', picture(640, 480, os.urandom))

    def file(self, name, data):
        path = os.path.join(self.folder, name)
        with open(path, 'wb') as file:
            file.write(data)
        return path

    def phone(self, name, language):
        return Phone(os.path.join(self.folder, name), language)

    def report(self, phone, what, text):
        phone.open(self.link)
        phone.find('#report')
        fields = phone.driver.find_elements(By.CSS_SELECTOR, '#report fieldset, #report textarea, '
                                            '#report input[type=tel]')
        tap.claim(len(fields) <= 3, f'{len(fields)} fields')
        phone.look('report')
        phone.press(f'input[value={what}]')
        phone.write('#text', text)
        phone.press('#report button[type=submit]')
        number = wait_until(lambda: phone.text('#number'), phone.text)
        phone.look('progress')
        return number

    def scan(self):
        pile = wait_until(lambda: self.service.get('/piles?limit=1')['items'], 'piles')[0]
        codes = self.service.get(f'/stations/{pile["station_id"]}/scan_codes')['items']
        self.link = [one['link'] for one in codes
                     if one['noun'] == 'pile' and one['id'] == pile['id']][0]
        passer_by = self.phone('passer-by', 'en-US')
        self.number = self.report(passer_by, 'does_not_charge', 'It beeps <b>& 红灯</b>')
        tap.claim(not passer_by.has('#joined'), 'the first report joined another')
        order = self.service.order(self.number)
        tap.claim(order['source'] == 'scan' and order['target_id'] == pile['id'],
                  f'another order: {order}')
        tap.claim(order['description'] == 'It beeps <b>& 红灯</b>', 'another text')
        self.passer_by = passer_by

    def second_scan(self):
        second = self.phone('second', 'zh-CN')
        number = self.report(second, 'other', '充不了电')
        tap.claim(number == self.number, f'{number} beside {self.number}')
        second.find('#joined')
        second.wait_text('#state', '已受理')
        second.open(self.service.url + '/r/P1-AAAAAAAA')
        second.wait_text('[role=alert]', '无法识别此标签')
        second.look('unknown')
        second.driver.quit()

    def make_order(self, subject):
        """One that kim could take: nobody has it, and it is of no thing that needs a skill."""
        engineer = self.service.get(f'/engineers/{self.service.engineer}')
        stations = self.service.get('/stations?limit=100')['items']
        station = [one for one in stations if one['area_id'] == engineer['area_id']][0]
        skills = re.split('[ ,;]+', engineer.get('skills') or 'station')
        return self.service.ask('/work_orders', {
            'source': 'manual', 'kind': 'repair', 'target_noun': 'station',
            'target_id': station['id'], 'subject': subject, 'level': 1,
            'skill': skills[0]}, token=self.service.token, key=new_key())

    def state_of(self, order):
        return self.service.get(f'/work_orders/{order["id"]}')['state']

    def take(self):
        """In English: what nobody has is offered; who takes it second is told so."""
        free, lost = self.make_order('A loose cover'), self.make_order('A broken lamp')
        phone = self.english = self.phone('kim-en', 'en-US')
        phone.open(self.service.url + '/m/#' + str(free['id']))
        phone.look('sign-in')
        phone.write('#name', 'kim')
        phone.write('#password', PASSWORD)
        phone.press('#sign-in button')
        phone.wait_text('h1', 'A loose cover')
        phone.press('#verb-accept')
        phone.wait_text('#state', 'accepted')
        wait_until(lambda: self.state_of(free) == 'accepted', 'it to be taken')
        tap.claim(self.service.get(f'/work_orders/{free["id"]}')['engineer_id']
                  == self.service.engineer, 'somebody else has it')
        phone.press('#back')
        phone.find(f'#offers ~ #order-{lost["id"]}')
        phone.look('offers')
        lee = self.service.ask('/session', {'name': 'lee', 'password': PASSWORD})['token']
        phone.press(f'#order-{lost["id"]}')
        self.service.ask(f'/work_orders/{lost["id"]}/accept', {}, token=lee, key=new_key())
        phone.press('#verb-accept')
        phone.wait_text('[role=alert]', 'somebody else')
        phone.press('[role=alert] .drop')
        phone.find(f'#order-{free["id"]}')
        self.taken = free

    def english_offline(self):
        """Held, gone on with, and done without a network; and the parts that were used."""
        phone = self.english
        wait_until(lambda: phone.driver.execute_script(
            'return navigator.serviceWorker.ready.then(() => true)'), 'the page to be kept')
        phone.open(self.service.url + '/m/')
        phone.press(f'#order-{self.taken["id"]}')
        phone.find('#verb-start')
        self.service.kill()
        phone.press('#verb-start')
        phone.wait_text('#state', 'being worked on')
        phone.press('#verb-use_part')
        part = phone.driver.execute_script('return document.querySelector("#part_id").value')
        phone.press('#form-use_part button[type=submit]')
        phone.press('#verb-hold')
        phone.write('#reason', 'Waiting for the key')
        phone.press('#form-hold button[type=submit]')
        phone.wait_text('#state', 'on hold')
        phone.press('#verb-resume')
        phone.wait_text('#state', 'being worked on')
        phone.press('#verb-complete')
        phone.write('#cause', 'A screw was loose')
        phone.write('#action', 'Fastened it')
        phone.press('input[value=permanent]')
        phone.look('complete')
        phone.press('#form-complete button[type=submit]')
        phone.wait_text('#state', 'done, to be checked')
        phone.find('#offline')
        phone.look('offline')
        self.service.begin()
        wait_until(lambda: self.state_of(self.taken) == 'completed', 'all of it there')
        steps = self.service.get(f'/work_orders/{self.taken["id"]}/timeline')['items']
        events = [step['event'] for step in steps if step.get('person') == 'kim']
        tap.claim(events == ['accept', 'start', 'use_part', 'hold', 'resume', 'complete'],
                  f'it says: {events}')
        used = [step['reference'] for step in steps if step['event'] == 'use_part']
        tap.claim(used == [int(part)], f'other parts: {used}')

    def refuse(self):
        """With a reason, and then it is nobody's."""
        order = self.make_order('A dirty window')
        self.service.ask(f'/work_orders/{order["id"]}/assign',
                         {'engineer_id': self.service.engineer}, token=self.service.token,
                         key=new_key())
        phone = self.english
        phone.open(self.service.url + '/m/')
        phone.press(f'#order-{order["id"]}')
        phone.press('#verb-refuse')
        phone.write('#reason', 'Too far away')
        phone.press('#form-refuse button[type=submit]')
        wait_until(lambda: self.service.get(f'/work_orders/{order["id"]}').get('refuse_reason')
                   == 'Too far away', 'the refusal')
        tap.claim(self.state_of(order) in ('unaccepted', 'assigned'), 'it is not given out again')

    def contrast(self):
        """Readable in the sun and at night: what is read is at least 4.5 to 1."""
        for scheme in ('light', 'dark'):
            self.english.driver.execute_cdp_cmd('Emulation.setEmulatedMedia', {
                'features': [{'name': 'prefers-color-scheme', 'value': scheme}]})
            self.english.open(self.service.url + '/m/')
            self.english.find('.card')
            weak = self.english.weak()
            tap.claim(not weak, f'{scheme}: {weak}')
            self.english.look(scheme)
            self.english.press('.card')
            self.english.find('#state')
            weak = self.english.weak()
            tap.claim(not weak, f'{scheme}: {weak}')
        self.english.driver.quit()

    def sent_again(self):
        """Who is told to wait waits with what was written, and it goes out by itself."""
        phone = self.phone('patient', 'en-US')
        phone.open(self.link)
        phone.find('#report')
        phone.driver.execute_script(
            'const asked = window.fetch; let first = true;'
            'window.fetch = (...all) => {'
            '  if (!first) return asked(...all);'
            '  first = false;'
            '  return Promise.resolve(new Response(JSON.stringify({ type: "too-many-reports" }),'
            '    { status: 429, headers: { "Retry-After": "5" } })); }')
        phone.press('input[value=does_not_charge]')
        phone.press('#report button[type=submit]')
        phone.wait_text('#later', 'sent again in 5 s')
        wait_until(lambda: phone.text('#number'), phone.text)
        phone.driver.quit()

    def too_many(self):
        code = self.link.split('/')[-1]
        status = 0
        for _ in range(30):
            try:
                self.service.ask(f'/scans/{code}/reports', {'what': 'other'}, key=new_key())
            except urllib.error.HTTPError as error:
                status = error.code
                tap.claim(error.headers['Retry-After'] is not None, 'no word when to try again')
                break
        tap.claim(status == 429, f'30 reports at once, and the answer is {status}')
        tap.claim(self.service.order(self.number)['number'] == self.number, 'another order')

    def assign(self):
        order = self.service.order(self.number)
        self.id = order['id']
        self.service.ask(f'/work_orders/{self.id}/assign', {'engineer_id': self.service.engineer},
                         token=self.service.token, key=new_key())
        phone = self.kim = self.phone('kim', 'zh-CN')
        phone.open(self.service.url + '/m/')
        phone.find('#sign-in')
        phone.look('sign-in')
        phone.write('#name', 'kim')
        phone.write('#password', PASSWORD)
        phone.press('#sign-in button')
        phone.find(f'#order-{self.id}')
        phone.look('list')
        phone.press(f'#order-{self.id}')
        phone.press('#verb-accept')
        self.arrived('accepted')
        phone.wait_text('#state', '已接单')
        phone.look('order')
        phone.press('#verb-speak')
        wait_until(lambda: self.service.order(self.number).get('spoken_at'), 'the call')
        self.passer_by.driver.refresh()
        self.passer_by.wait_text('#state', 'accepted')
        self.passer_by.driver.quit()

    def arrived(self, state):
        wait_until(lambda: self.service.order(self.number)['state'] == state, f'{state} there')

    def offline(self):
        phone = self.kim
        wait_until(lambda: phone.driver.execute_script(
            'return navigator.serviceWorker.ready.then(() => true)'), 'the page to be kept')
        phone.open(self.service.url + '/m/')
        phone.find(f'#order-{self.id}')
        self.service.kill()
        phone.press(f'#order-{self.id}')
        for verb, state in (('travel', '在途'), ('arrive', '已到场'), ('start', '处理中')):
            phone.press(f'#verb-{verb}')
            phone.wait_text('#state', state)
        phone.press('#verb-note')
        phone.write('#note', '接触器烧蚀')
        phone.press('#form-note button[type=submit]')
        phone.press('#verb-photo')
        phone.write('#photo', self.photo)
        phone.press('#form-photo button[type=submit]')
        phone.find('#offline')
        phone.look('offline')
        # The page is closed and opened, and the battery goes empty: nothing is gone.
        phone.driver.refresh()
        phone.press(f'#order-{self.id}')
        phone.wait_text('#state', '处理中')
        phone.end()
        phone.begin()
        phone.open(self.service.url + '/m/')
        phone.press(f'#order-{self.id}')
        phone.wait_text('#state', '处理中')

    def complete(self):
        phone = self.kim
        phone.press('#verb-complete')
        phone.write('#cause', '接触器烧蚀')
        phone.write('#action', '更换接触器')
        phone.press('input[value=temporary]')
        phone.press('#form-complete button[type=submit]')
        tap.claim(phone.driver.execute_script(
            'return document.querySelector("#follow_up_at").validationMessage') != '',
                  'a temporary fix without a date was taken')
        phone.set('#follow_up_at', time.strftime('%Y-%m-%dT09:00', time.gmtime(time.time()
                                                                               + 7 * 86400)))
        phone.look('complete')
        phone.press('#form-complete button[type=submit]')
        phone.wait_text('#state', '已完工')
        self.service.begin()
        self.arrived('completed')
        wait_until(lambda: not phone.has('#waiting') and not phone.has('#offline'),
                   'the phone to see that all of it is there')

    def timeline(self):
        steps = self.service.get(f'/work_orders/{self.id}/timeline')['items']
        events = [step['event'] for step in steps if step.get('person') == 'kim']
        tap.claim(events == ['accept', 'speak', 'travel', 'arrive', 'start', 'note', 'photo',
                             'complete'], f'it says: {events}')
        claimed = [step['claimed_at'] for step in steps if step.get('person') == 'kim']
        tap.claim(all(claimed) and claimed == sorted(claimed), f'claimed at {claimed}')
        order = self.service.order(self.number)
        tap.claim(order['fix'] == 'temporary' and order['photos'] == 1, f'it says: {order}')
        again = self.service.get(f'/work_orders/{order["follow_up_id"]}')
        tap.claim(again['parent_id'] == self.id and again['planned_at'] == order['follow_up_at'],
                  f'who comes again: {again}')

    def add_photo(self, path):
        self.kim.press('#verb-photo')
        self.kim.write('#photo', path)
        self.kim.press('#form-photo button[type=submit]')

    def photos(self):
        """What is none, what is too much, and a large one on its way to become small."""
        phone = self.kim
        for name, data, words in (('none.jpg', b'\xff\xd8\xff\xe0 and nothing', '这不是可以发送的照片'),
                                  ('huge.jpg', b'\xff\xd8\xff\xe0' + bytes(50 << 20), '照片过大')):
            phone.press('#verb-photo')
            phone.write('#photo', self.file(name, data))
            phone.wait_text('#form-photo [role=alert]', words)
            phone.press('#form-photo button[type=button]')
        self.add_photo(self.file('large.png', picture(4000, 3000, bytes(4000))))
        wait_until(lambda: self.service.order(self.number)['photos'] == 2, 'the large photo')
        sent = self.service.get(f'/work_orders/{self.id}/photos')['items']
        tap.claim(sorted(one['type'] for one in sent) == ['image/jpeg', 'image/png'],
                  f'they are: {sent}')
        tap.claim(all(one['size'] < 700_000 for one in sent), f'they are: {sent}')

    def photo_waits(self):
        """A photo that does not get through holds up nothing that is done after it."""
        phone = self.kim
        phone.driver.execute_cdp_cmd('Network.enable', {})
        phone.driver.execute_cdp_cmd('Network.setBlockedURLs', {'urls': ['*/photos*']})
        self.add_photo(self.file('later.png', picture(8, 8, bytes(range(8)))))
        phone.find('#waiting')
        phone.press('#verb-note')
        phone.write('#note', '照片随后')
        phone.press('#form-note button[type=submit]')
        wait_until(lambda: self.service.order(self.number).get('note') == '照片随后', 'the note')
        phone.driver.execute_cdp_cmd('Network.setBlockedURLs', {'urls': []})
        phone.press('#back')
        phone.press('#again')
        wait_until(lambda: self.service.order(self.number)['photos'] == 3, 'the photo')
        phone.press(f'#order-{self.id}')

    def phone_full(self):
        """What the phone has no room for is said to be lost, and it is written there still."""
        phone = self.kim
        # A browser looks only now and then how much room there is: so it is said for it.
        phone.driver.execute_script(
            'window.put = IDBObjectStore.prototype.put;'
            'IDBObjectStore.prototype.put = () => {'
            '  throw new DOMException("full", "QuotaExceededError"); }')
        phone.press('#verb-note')
        phone.write('#note', '门已锁好')
        phone.press('#form-note button[type=submit]')
        phone.wait_text('#form-note [role=alert]', '存储空间已满')
        phone.look('full')
        phone.driver.execute_script('IDBObjectStore.prototype.put = window.put')
        phone.press('#form-note button[type=submit]')
        wait_until(lambda: self.service.order(self.number).get('note') == '门已锁好', 'the note')

    def policy(self):
        """Nothing was loaded from elsewhere, and nothing was refused by the page's own policy."""
        wrong = [entry['message'] for entry in self.kim.driver.get_log('browser')
                 if re.search('Content Security Policy|Uncaught', entry['message'])]
        tap.claim(not wrong, f'the browser says: {wrong}')
        self.kim.driver.quit()


def new_key():
    digits = os.urandom(16).hex()
    return f'{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}'


def main():
    with tempfile.TemporaryDirectory(prefix='sm-phone-', ignore_cleanup_errors=True) as folder:
        try:
            story = Story(folder)
            tap.run([(f'/phone/{name}', getattr(story, name.replace('-', '_')))
                     for name in ('scan', 'second-scan', 'assign', 'offline', 'complete', 'timeline',
                                  'photos', 'photo-waits', 'phone-full', 'policy', 'take',
                                  'english-offline', 'refuse', 'contrast', 'sent-again',
                                  'too-many')])
        finally:
            # Whatever is left of the service and of browsers: all of them name the folder.
            subprocess.run(['pkill', '-9', '-f', folder], check=False)


if __name__ == '__main__':
    main()
