# SPDX-License-Identifier: GPL-3.0-or-later
"""A network in a test's own hand: the service, what its stations and trucks say, and who is told.

Nothing happens in it but what the test does.  The service can be killed and comes back at the same
address; meanwhile nobody hears what stations and trucks go on saying.
"""

import datetime
import http.server
import json
import os
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'checks'))
import tap  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
PASSWORD = 'correct horse battery staple'
EVERY_S = 2  # stations and trucks speak
TELLING = '''[telling]
language=zh-CN
orders=sms;email
[channel sms]
url=http://127.0.0.1:{sms}/send
body={{"to":"{{to}}","text":"{{text}}"}}
timeout-s=5
[channel email]
url=smtp://127.0.0.1:{mail}
from=stationmaster@example.org
timeout-s=5
[person kim]
language=zh-CN
sms=+86 138 0000 0001
[person dora]
language=en
email=dora@example.org
'''


def new_key():
    digits = os.urandom(16).hex()
    return f'{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}'


def moment(seconds=0):
    at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)
    return at.isoformat(timespec='milliseconds').replace('+00:00', 'Z')


class SmsGateway:
    """Takes what it is given, as a provider does, and keeps it."""

    def __init__(self):
        self.taken = taken = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                taken.append(json.loads(self.rfile.read(int(self.headers['Content-Length']))))
                self.send_response(200)
                self.send_header('Content-Length', '0')
                self.end_headers()

            def log_message(self, *arguments):
                pass
        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.port = self.server.server_address[1]

    def end(self):
        self.server.shutdown()


class MailServer:
    """A real one, which keeps what it took."""

    def __init__(self):
        self.taken = []
        self.process = subprocess.Popen(
            ['/usr/bin/python3', os.path.join(HERE, '..', 'tell', 'mail-server.py')],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stdout:
            self.taken.append(json.loads(line))

    def end(self):
        self.process.kill()
        self.process.wait()


class Service:
    """The real one, of a network in our hand."""

    def __init__(self, build, program, folder, people):
        self.program = program
        self.cli = os.path.join(build, 'src', 'stationmaster-service')
        self.database = os.path.join(folder, 'network.db')
        self.password_file = os.path.join(folder, 'password')
        self.telling = os.path.join(folder, 'telling.ini')
        self.listen = '127.0.0.1:0'
        self.lock = threading.RLock()
        self.process = None
        self.sms = SmsGateway()
        self.mail = MailServer()
        with open(self.password_file, 'w', encoding='utf-8') as file:
            file.write(PASSWORD)
        with open(self.telling, 'w', encoding='utf-8') as file:
            file.write(TELLING.format(sms=self.sms.port, mail=self.mail.port))
        for name, role in people:
            self.command('user', 'add', name, '--role', role, '--password-file',
                         self.password_file)
        self.gateway = self.command('gateway', 'add', 'north').split()[-1]
        self.begin()
        self.token = self.sign_in('boss')

    def command(self, *arguments):
        return subprocess.run([self.cli, *arguments, '--database', self.database], check=True,
                              capture_output=True, text=True).stdout

    def begin(self):
        with self.lock:
            self.process = subprocess.Popen(
                [self.program, '--listen', self.listen, '--database', self.database, '--telling',
                 self.telling], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            self.url = self.process.stdout.readline().split()[-1]
        self.listen = self.url.split('//')[1]

    def kill(self):
        with self.lock:
            self.process.kill()
            self.process.wait()

    def end(self):
        self.kill()
        self.sms.end()
        self.mail.end()

    def hand(self, verb, noun, values):
        """What a station says, or what there is; the id of it."""
        with self.lock:
            line = json.dumps(dict({'id': 1}, **values), ensure_ascii=False)
            self.process.stdin.write(f'{verb} {noun} {line}\n')
            self.process.stdin.flush()
            answer = self.process.stdout.readline().split(' ', 1)
        tap.claim(answer[0] == 'ok', f'{verb} {noun} {line}: {answer}')
        return int(answer[1])

    def ask(self, path, token=None, body=None, method=None):
        request = urllib.request.Request(
            self.url + '/api/v1' + path, method=method,
            data=json.dumps(body).encode() if body is not None else None)
        request.add_header('Content-Type', 'application/json')
        request.add_header('Idempotency-Key', new_key())
        if token:
            request.add_header('Authorization', 'Bearer ' + token)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                text = answer.read()
                return json.loads(text) if text else {}
        except urllib.error.HTTPError as error:
            raise tap.Failure(f'{path} {body}: {error.code} {error.read().decode()}') from error

    def sign_in(self, name):
        return self.ask('/session', body={'name': name, 'password': PASSWORD})['token']

    def get(self, path):
        return self.ask(path, self.token)

    def say_fault(self, noun, thing, code, is_raised):
        """A device speaks through its gateway."""
        answer = self.ask('/ingest/faults', self.gateway, {'reports': [
            {'scheme': 'stationmaster', 'noun': noun, 'id': thing, 'code': code,
             'cleared': not is_raised, 'at': moment()}]})
        tap.claim(answer['accepted'] == 1, f'the fault was not taken: {answer}')


class Network:
    """Stations, packs and trucks: what there is of them, and what they say again and again."""

    def __init__(self, service):
        self.service = service
        self.live = {}    # by noun and id: what it says of itself
        self.trucks = {}  # by VIN: what it reports
        self.is_over = threading.Event()
        self.lock = threading.RLock()
        self.area = self.put('area', code='440300', kind='city',
                             name={'en': 'Shenzhen', 'zh-CN': '深圳'})
        self.fleet = self.put('fleet', name={'en': 'Haulage', 'zh-CN': '货运'})
        self.model = self.put('battery_model', code='HD282', name={'en': 'HD 282', 'zh-CN': '重卡 282'},
                              nominal_wh=282000, ready_soc=90, nominal_voltage_v=618)
        self.put('compatibility', vehicle_model='T6', battery_model_id=self.model)

    def put(self, noun, **values):
        return self.service.hand('fill', noun, values)

    def pack(self, sn):
        return self.put('battery', sn=sn, battery_model_id=self.model, fitness='serviceable')

    def station(self, sn, name, latitude, n_packs):
        """With a lane, a robot and so many packs that are ready."""
        station = {'id': self.put('station', sn=sn, name=name, kind='swap', state='operating',
                                  time_zone='Asia/Shanghai', latitude=latitude, longitude=114.0,
                                  pile_count=0, created_at=moment(), area_id=self.area)}
        station['lane'] = self.put('lane', station_id=station['id'], number=1, area_id=self.area)
        station['robot'] = self.put('equipment', station_id=station['id'], kind='swap_robot',
                                    sn=sn + '-R', name={'en': 'Robot', 'zh-CN': '机器人'},
                                    area_id=self.area)
        self.says('station', station['id'], connection='online')
        self.says('lane', station['lane'], state='free')
        self.says('equipment', station['robot'], state='normal')
        station['packs'] = []
        for number in range(1, n_packs + 1):
            bay = self.put('bay', station_id=station['id'], number=number, area_id=self.area)
            pack = self.pack(f'{sn}-P{number}')
            station['packs'].append(pack)
            self.says('bay', bay, state='ready', battery_id=pack, soc=96.0)
        return station

    def truck(self, plate, **report):
        vehicle = self.put('vehicle', plate=plate, vin='VIN' + plate[-5:].rjust(14, '0'),
                           model='T6', report_period_s=10, fleet_id=self.fleet, area_id=self.area)
        self.trucks['VIN' + plate[-5:].rjust(14, '0')] = dict(
            {'longitude': 114.0, 'soc': 30, 'motion': 'driving', 'energy': 'idle',
             'battery_id': self.pack('P' + plate[-5:])}, **report)
        return vehicle

    def says(self, noun, thing, **values):
        with self.lock:
            self.live.setdefault((noun, thing), {}).update(values)

    def speak(self):
        """All of them, once."""
        with self.lock:
            for (noun, thing), values in self.live.items():
                self.service.hand('live', noun, dict(values, id=thing, reported_at=moment()))
            reports = [dict(report, vin=vin, at=moment()) for vin, report in self.trucks.items()]
        if reports:
            answer = self.service.ask('/ingest/vehicles', self.service.gateway,
                                      {'reports': reports})
            tap.claim(answer['accepted'] == len(reports), f'trucks were not heard: {answer}')

    def go_on(self):
        """From now on, until the end; whoever is not heard says it again."""
        def run():
            while not self.is_over.wait(EVERY_S):
                try:
                    self.speak()
                except (OSError, ValueError, IndexError, tap.Failure):
                    time.sleep(EVERY_S)
        threading.Thread(target=run, daemon=True).start()

    def swap(self, number, station, **values):
        """A good one, as the station says it when it has ended."""
        self.service.hand('trade', 'order', dict(
            {'number': number, 'kind': 'swap', 'process': 'completed', 'station_id': station['id'],
             'lane_id': station['lane'], 'created_at': moment(-1), 'started_at': moment(-1),
             'ended_at': moment(), 'energy_wh': 200000}, **values))

    def end(self):
        self.is_over.set()
