#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""station_down.py BUILD SERVICE: a station that stops with trucks on their way to it.

From the robot's fault to the last signature, as a dispatcher, an engineer, a manager and the
drivers live through it: the application over AT-SPI and by keys alone, the engineer's page in
Chromium on a phone, messages as gateways get them.  One desk is in English and one in Chinese;
with SM_TEST_FULL it is the other way round.
"""

import csv
import datetime
import os
import sys
import tempfile
import time

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi  # noqa: E402

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'checks'))
import tap  # noqa: E402
from in_hand import PASSWORD, Network, Service, moment  # noqa: E402
from journey import BUILD, IS_FULL, ROWS, Screen, wait_until  # noqa: E402
from phone import Phone  # noqa: E402

PROGRAM = os.path.abspath(sys.argv[2])
ROBOT = 'swap-robot-fault'
PEOPLE = (('boss', 'administrator'), ('dora', 'dispatcher'), ('mara', 'manager'),
          ('kim', 'engineer'))
REASON = '先尝试远程复位 try a reset first'
ANSWER = '机械臂未归位 arm not at home'
TOO_FAR = '太远，不绕路 too far'
MOST_ORDERS = 4  # in the history: it, who comes again, and who fetches a truck
NOT_MENDED = '又坏了，没有修好 broke again'
CAUSE = '导轨磨损 rail worn'
MENDED = '更换导轨 rail replaced'
FIGURES = 'stationmaster:work_figures?by=cause&range=7d'


def seconds(first, then):
    """Between two moments as the service says them."""
    first, then = (datetime.datetime.fromisoformat(one.replace('Z', '+00:00'))
                   for one in (first, then))
    return (then - first).total_seconds()


class StationDown:
    """The people, what they have before them, and what they do in turn."""

    def __init__(self, folder, languages):
        self.folder = folder
        self.languages = languages
        self.is_broken = True
        self.screens = []
        self.service = self.network = self.kim = None

    def begin(self):
        """What there is, and who sits where."""
        self.service = Service(BUILD, PROGRAM, self.folder, PEOPLE)
        self.network = network = Network(self.service)
        self.down = network.station('LG-EAST', {'en': 'Longgang East', 'zh-CN': '龙岗东'}, 22.55, 2)
        self.west = network.station('LG-WEST', {'en': 'Longgang West', 'zh-CN': '龙岗西'}, 22.60, 3)
        self.put_people()
        self.trucks = {name: network.truck(plate, latitude=22.56, range_m=range_m,
                                           station_id=self.down['id'], queue='inbound')
                       for name, plate, range_m in (('goes', '粤B·10001D', 80000),
                                                    ('refuses', '粤B·10002D', 80000),
                                                    ('silent', '粤B·10003D', 80000),
                                                    ('stranded', '粤B·10004D', 1000))}
        network.speak()
        network.go_on()
        self.dora = self.open('dora', self.languages[0], 'stationmaster:alarms')
        self.dora.hears(None, self.dora.word('Live'))

    def put_people(self):
        network = self.network
        point = network.put('service_point', name={'en': 'Longgang base', 'zh-CN': '龙岗服务点'},
                            latitude=22.56, longitude=114.01, area_id=network.area)
        self.engineers = {}
        for name, skills, latitude in (('kim', 'swap_robot', 22.57), ('lee', 'swap_robot', 22.90),
                                       ('mo', 'transformer', 22.55)):
            thing = network.put('engineer', name=name, phone='+86 138 0000 0001', skills=skills,
                                service_point_id=point, area_id=network.area)
            network.says('engineer', thing, duty='on_duty', latitude=latitude, longitude=114.0)
            self.engineers[name] = thing
        self.service.command('user', 'engineer', 'kim', str(self.engineers['kim']))

    def open(self, user, language, *arguments):
        home = os.path.join(self.folder, f'{user}-{len(self.screens)}')
        self.screens.append(Screen(self.service, home, user, language, *arguments))
        return self.screens[-1]

    def end(self):
        if self.network is not None:
            self.network.end()
        for screen in self.screens:
            screen.end()
        if self.kim is not None:
            self.kim.end()
        if self.service is not None:
            self.service.end()

    # --- what is there ---

    def order(self):
        return self.service.get(f'/work_orders/{self.order_id}')

    def guidance(self, name):
        """The last that was told that truck."""
        found = [one for one in self.service.get('/guidances?limit=100')['items']
                 if one['vehicle_id'] == self.trucks[name]]
        return found[-1] if found else None

    def says(self, screen, kind, *words, patience=120):
        def missing():
            names = screen.names(kind)
            return [word for word in words if not any(word in name for name in names)]
        try:
            wait_until(lambda: not missing(), '', patience)
        except tap.Failure:
            tap.claim(False, f'{kind} does not say {missing()}: '
                             f'{[name for name in screen.names(kind) if name]}')

    def presses(self, screen, kind, name):
        """The button of that name, by Tab and the space bar."""
        def find():
            node = screen.find(kind, name, Atspi.Role.PUSH_BUTTON)
            is_on = node and node.get_state_set().contains(Atspi.StateType.SENSITIVE)
            return node if is_on else None
        try:
            node = wait_until(find, '')
        except tap.Failure:
            tap.claim(False, f'no button “{name}” in {[one for one in screen.names(kind) if one]}')
        screen.tab_to(node)
        screen.press('space')

    def answers(self, screen, holds, what):
        """The question, with Enter; again where the desk was too busy to hear it."""
        def answer():
            if screen.question() is not None:
                screen.enter()
            try:
                return wait_until(holds, '', 15)
            except tap.Failure:
                return None
        wait_until(answer, what)

    def robot(self, screen):
        return screen.word('Swap robot fault', 'alarm')

    def mend(self):
        self.service.say_fault('equipment', self.down['robot'], ROBOT, False)
        self.network.says('equipment', self.down['robot'], state='normal')
        wait_until(lambda: not [one for one in self.service.get('/alarms?limit=100')['items']
                                if one['code'] == ROBOT and one['returned_at'] is None],
                   'the end of the fault')

    def swap(self, number):
        def is_proven():
            return self.order()['restored_at']
        time.sleep(1.1)  # a swap lasts: it begins when the fault is over
        self.network.swap(number, self.down)
        wait_until(is_proven, f'the swap {number} to prove it')

    def breaks(self, number):
        """Again: the same order, its restore void, and the clock of the first sign goes on."""
        self.service.say_fault('equipment', self.down['robot'], ROBOT, True)
        self.network.says('equipment', self.down['robot'], state='faulted')
        wait_until(lambda: self.order()['restore_voids'] == number, f'the restore to be void {number} times')
        order = self.order()
        tap.claim((order['restored_at'], order['restore_due_at'], order['first_sign_at'])
                  == (None, self.restore_due, self.first_sign), f'another clock: {order}')
        self.says(self.dora, 'SmWorkOrderPanel', self.dora.word('Came again'))

    # --- the steps ---

    def one_alarm_and_one_order(self):
        """Within five seconds of the robot's word, by the service's own clock; on the desk, too."""
        get = self.service.get
        robot = self.down['robot']
        self.service.say_fault('equipment', robot, ROBOT, True)
        self.network.says('equipment', robot, state='faulted')
        wait_until(lambda: get('/work_orders')['items'], 'an order')
        self.service.say_fault('equipment', robot, ROBOT, True)  # it says so again and again
        orders = get('/work_orders')['items']
        alarms = [one for one in get('/alarms?limit=100')['items'] if one['code'] == ROBOT]
        tap.claim(len(orders) == len(alarms) == 1, f'there are {orders} of {alarms}')
        order, self.alarm_id = orders[0], alarms[0]['id']
        self.order_id = order['id']
        self.number = order['number']
        self.restore_due, self.first_sign = order['restore_due_at'], order['first_sign_at']
        took = seconds(order['first_sign_at'], order['created_at'])
        print(f'# the order was there {took:.1f} s after the first sign', flush=True)
        tap.claim(took <= 5, f'the order came after {took} s')
        tap.claim(order['alarm_id'] == self.alarm_id and order['source'] == 'alarm', f'{order}')
        self.dora.hears(ROWS, self.robot(self.dora))
        shown = wait_until(lambda: self.dora.shown_ms(self.alarm_id), 'the line in its own log')
        tap.claim(shown < 5000, f'it was painted {shown} ms after it came')
        wait_until(lambda: get(f'/stations/{self.down["id"]}/live')['service'] == 'out_of_service',
                   'the station to be out of service')

    def reset_is_tried_and_fails(self):
        """From the desk, by key and with a reason; what the robot answers is to be read."""
        dora, service = self.dora, self.service
        dora.press('ctrl+l', 'Home')
        dora.hears('SmAlarmPanel', self.robot(dora))
        dora.press('a')
        wait_until(lambda: service.get(f'/alarms/{self.alarm_id}')['state'] == 'acked',
                   'the acknowledgement')
        self.says(dora, 'SmAlarmPanel', dora.word('May be tried'), self.number)
        dora.press('c')
        wait_until(dora.question, 'the question which command')
        dora.write(REASON)
        dora.enter()
        commands = wait_until(lambda: service.ask('/gateway/commands', service.gateway, {})['items'],
                              'the command at its gateway')
        tap.claim([(one['kind'], one['target_noun'], one['target_id']) for one in commands]
                  == [('reset', 'equipment', self.down['robot'])], f'it was sent {commands}')
        path = f'/gateway/commands/{commands[0]["id"]}'
        service.ask(path, service.gateway, {'state': 'accepted'})
        service.ask(path, service.gateway, {'state': 'failed', 'answer': ANSWER})
        self.says(dora, 'SmAlarmPanel', f' · {dora.word("failed", "command")}', ANSWER)
        said = service.get(f'/commands/{commands[0]["id"]}')
        tap.claim((said['state'], said['requested_by'], said['reason'], said['answer'])
                  == ('failed', 'dora', REASON, ANSWER), f'the record says {said}')

    def trucks_are_sent_elsewhere(self):
        """All at once; one accepts, one refuses, one says nothing, and one has to be fetched."""
        dora, service = self.dora, self.service
        dora.press('w')
        dora.hears('SmWorkOrderPanel', self.number)
        self.says(dora, 'SmWorkOrderPanel', dora.word('reaches no station'))
        self.presses(dora, 'SmWorkOrderPanel', dora.word('Send to _all').replace('_', ''))
        items = wait_until(lambda: (lambda found: found if len(found) == 3 else None)(
            service.ask('/gateway/guidances', service.gateway, {})['items']), 'three to be sent')
        tap.claim(len({one['battery_id'] for one in items}) == 3, f'a pack was promised twice: {items}')
        for one in items:
            service.ask(f'/gateway/guidances/{one["id"]}', service.gateway, {'state': 'delivered'})
        for name, answer in (('goes', {'state': 'accepted'}),
                             ('refuses', {'state': 'refused', 'reason': TOO_FAR})):
            service.ask(f'/gateway/guidances/{self.guidance(name)["id"]}', service.gateway, answer)
        rescue = wait_until(lambda: self.guidance('stranded'), 'what is done about the stranded one')
        tap.claim(rescue['state'] == 'rescue', f'nobody fetches it: {rescue}')
        fetched = service.get(f'/work_orders/{rescue["work_order_id"]}')
        tap.claim((fetched['kind'], fetched['vehicle_id']) == ('rescue', self.trucks['stranded']),
                  f'the rescue is {fetched}')
        self.says(dora, 'SmWorkOrderPanel', dora.word('accepted', 'guidance'), TOO_FAR,
                  fetched['number'])
        tap.claim(not service.ask('/gateway/guidances', service.gateway, {})['items'],
                  'something is still to be brought to a truck')

    def best_engineer_is_explained(self):
        """Who has it working again first is first, and why; who cannot go says why, too."""
        dora = self.dora
        dora.press('a')
        wait_until(dora.question, 'the question who goes')

        def people():
            lines = [node.get_name() or '' for node in dora.nodes(dora.question())]
            found = [line for line in lines if line.split(' · ')[0] in self.engineers]
            return found if any(dora.word('way', 'work order candidate') in one for one in found) \
                else None
        lines = [line for line in wait_until(people, 'who could go') if line.count(' · ') > 2]
        tap.claim([line.split(' · ')[0] for line in lines][:3] == ['kim', 'lee', 'mo'],
                  f'they are ranked so: {lines}')
        for word in ('way', 'work'):
            tap.claim(dora.word(word, 'work order candidate') in lines[0], f'it is not said why: {lines}')
        tap.claim(dora.word('does not know how', 'work order candidate') in lines[2],
                  f'it is not said why not: {lines}')
        self.answers(dora, lambda: self.order()['engineer_id'] == self.engineers['kim'],
                     'the assignment')
        self.says(dora, 'SmWorkOrderPanel', 'kim')

    def sms_is_delivered(self):
        """It alone says where and what; the log of messages has it, and the mail to the desk."""
        sms = wait_until(lambda: self.service.sms.taken, 'an SMS')
        print(f'# {sms}', flush=True)
        tap.claim(len(sms) == 1 and sms[0]['to'].replace(' ', '') == '+8613800000001',
                  f'the gateway was given {sms}')
        for word in ('龙岗东', '换电机器人故障', self.number):
            tap.claim(word in sms[0]['text'], f'it does not say {word}: {sms[0]["text"]}')
        told = wait_until(lambda: [one for one in self.service.get('/notifications')['items']
                                   if (one['recipient'], one['channel']) == ('kim', 'sms')
                                   and one['state'] == 'sent'], 'the log to say that it went out')
        tap.claim(len(told) == 1 and told[0]['subject_id'] == self.order_id, f'the log says {told}')

    def only_a_call_stops_the_response(self):
        """The engineer accepts on the phone, and its clock goes on until somebody has spoken."""
        dora = self.dora
        kim = self.kim = Phone(os.path.join(self.folder, 'kim'),
                               'zh-CN' if self.languages[1] == 'zh_CN' else 'en-US')
        kim.open(self.service.url + '/m/')
        kim.write('#name', 'kim')
        kim.write('#password', PASSWORD)
        kim.press('#sign-in button')
        kim.press(f'#order-{self.order_id}')
        kim.press('#verb-accept')
        wait_until(lambda: self.order()['state'] == 'accepted', 'the acceptance')
        tap.claim(self.order()['responded_at'] is None, 'an acceptance alone was a response')
        self.says(dora, 'SmWorkOrderPanel', dora.word('accepted', 'work order'))
        kim.press('#verb-speak')
        wait_until(lambda: self.order()['responded_at'], 'the response')
        order = self.order()
        tap.claim(order['responded_at'] == order['spoken_at'] > order['accepted_at'], f'{order}')

    def no_answer_becomes_a_call(self):
        """Minutes later: who said nothing is called, and what was said then is the answer."""
        dora = self.dora
        wait_until(lambda: self.guidance('silent')['state'] == 'no_answer', 'no answer', 900)
        self.says(dora, 'SmWorkOrderPanel', dora.word('no answer, call', 'guidance'))
        word = dora.word('Called: %s') % dora.word('goes there', 'guidance call')
        self.presses(dora, 'SmWorkOrderPanel', word)
        wait_until(lambda: self.guidance('silent')['state'] == 'accepted', 'the answer')
        told = self.guidance('silent')
        tap.claim((told['answered_by'], told['called_by'], told['calls']) == ('call', 'dora', 1),
                  f'the record says {told}')

    def completed_offline_with_a_date(self):
        """Nobody is there to hear it: on the phone all goes on, and arrives in order, once."""
        kim = self.kim
        wait_until(lambda: kim.driver.execute_script(
            'return navigator.serviceWorker.ready.then(() => true)'), 'the page to be kept')
        kim.open(self.service.url + '/m/')
        kim.find(f'#order-{self.order_id}')
        self.service.kill()
        kim.press(f'#order-{self.order_id}')
        for verb in ('travel', 'arrive', 'start', 'complete'):
            kim.press(f'#verb-{verb}')
        kim.write('#cause', '位置传感器松动 position sensor loose')
        kim.write('#action', '临时固定 tied for now')
        kim.press('input[value=temporary]')
        kim.press('#form-complete button[type=submit]')
        tap.claim(kim.driver.execute_script(
            'return document.querySelector("#follow_up_at").validationMessage') != '',
                  'what is mended for now was taken without a day when somebody comes again')
        kim.driver.execute_script(
            'const day = document.querySelector("#follow_up_at"); day.value = arguments[0];'
            'day.dispatchEvent(new Event("input", { bubbles: true }))', moment(7 * 86400)[:16])
        kim.press('#form-complete button[type=submit]')
        wait_until(lambda: not kim.has('#form-complete'), 'the completion to be taken')
        kim.find('#offline')
        kim.driver.refresh()  # and all of it is still there
        kim.press(f'#order-{self.order_id}')
        kim.find('#acts')
        tap.claim(not kim.has('#verb-complete'), f'it was forgotten: {kim.text()}')
        self.service.begin()
        wait_until(lambda: self.order()['state'] == 'completed', 'the completion', 300)
        steps = self.service.get(f'/work_orders/{self.order_id}/timeline')['items']
        said = [one['event'] for one in steps if one.get('person') == 'kim']
        tap.claim(said == ['accept', 'speak', 'travel', 'arrive', 'start', 'complete'],
                  f'it arrived so: {said}')
        order = self.order()
        visit = self.service.get(f'/work_orders/{order["follow_up_id"]}')
        tap.claim((order['fix'], visit['parent_id']) == ('temporary', self.order_id)
                  and visit['planned_at'] == order['follow_up_at'], f'nobody comes again: {order}')
        self.dora.hears(None, self.dora.word('Live'))

    def first_good_swap_restores(self):
        """That the fault is over proves nothing yet of a robot; the first good swap does."""
        dora, down = self.dora, self.down
        self.mend()
        tap.claim(self.order()['restored_at'] is None, 'it was restored without a swap')
        self.swap('SW-GOOD-1')
        order = self.order()
        trade = self.service.get('/orders?limit=1')['items'][0]
        tap.claim((order['restore_proof'], order['restored_at'])
                  == ('SW-GOOD-1', trade['ended_at']), f'{order} by {trade}')
        self.says(dora, 'SmWorkOrderPanel', 'SW-GOOD-1')
        wait_until(lambda: self.service.get(f'/stations/{down["id"]}/live')['service']
                   == 'available', 'the station to serve again')

    def recurs_twice_within_a_day(self):
        """Neither is an order of its own; the third fault in all is a problem."""
        service = self.service
        self.breaks(1)
        tap.claim(not service.get('/problems')['items'], 'two faults are no problem yet')
        self.mend()
        self.swap('SW-GOOD-2')
        self.breaks(2)
        problems = wait_until(lambda: service.get('/problems')['items'], 'the problem')
        tap.claim(len(problems) == 1 and problems[0]['code'] == ROBOT
                  and self.order()['problem_id'] == problems[0]['id'], f'it is {problems}')
        repairs = [one for one in service.get('/work_orders?limit=100')['items']
                   if one['code'] == ROBOT and one['planned_at'] is None]
        tap.claim(len(repairs) == 1, f'there are others: {repairs}')
        self.says(self.dora, 'SmWorkOrderPanel', self.dora.word('Problem'))

    def rejected_with_a_reason(self):
        """By the manager, in the other language; the engineer's page has the reason."""
        mara = self.mara = self.open('mara', self.languages[1],
                                     f'stationmaster:work_order/{self.number}')
        mara.hears(None, mara.word('Live'))
        self.says(mara, 'SmWorkOrderPanel', self.number, mara.word('Reject', 'work order act'))
        mara.press('j')
        wait_until(mara.question, 'the question for a reason')
        mara.write(NOT_MENDED)
        self.answers(mara, lambda: self.order()['state'] == 'in_progress', 'the rejection')
        order = self.order()
        tap.claim((order['rejected_by'], order['reject_reason'], order['completed_at'])
                  == ('mara', NOT_MENDED, None), f'{order}')
        self.says(self.dora, 'SmWorkOrderPanel', NOT_MENDED)
        self.kim.wait_text('#rejected', NOT_MENDED)

    def mended_for_good(self):
        kim = self.kim
        kim.press('#verb-complete')
        kim.write('#cause', CAUSE)
        kim.write('#action', MENDED)
        kim.press('input[value=permanent]')
        kim.press('#form-complete button[type=submit]')
        wait_until(lambda: self.order()['state'] == 'completed', 'the completion')
        self.mend()
        self.swap('SW-GOOD-3')
        order = self.order()
        tap.claim((order['fix'], order['restore_proof'], order['restore_voids'])
                  == ('permanent', 'SW-GOOD-3', 2), f'{order}')

    def confirmed_by_another(self):
        """Not by who did it; then it is over, and with it the last of its clocks."""
        mara = self.mara
        kim = self.service.sign_in('kim')
        try:
            self.service.ask(f'/work_orders/{self.order_id}/confirm', kim, {})
            tap.claim(False, 'who did it confirmed it')
        except tap.Failure as refused:
            tap.claim('403' in str(refused), f'{refused}')
        self.says(mara, 'SmWorkOrderPanel', mara.word('Confirm', 'work order act'), MENDED)
        mara.press('c')
        wait_until(mara.question, 'the question whether to confirm')
        self.answers(mara, lambda: self.order()['state'] == 'confirmed', 'the confirmation')
        tap.claim(self.order()['confirmed_by'] == 'mara', f'{self.order()}')

    def same_figures_on_order_and_in_statistics(self):
        """What the order says of its clocks is what the statistics say of its fault."""
        order = self.order()
        self.response_s = seconds(order['created_at'], order['responded_at'])
        self.restore_s = seconds(order['first_sign_at'], order['restored_at'])
        self.mara.end()
        mara = self.mara = self.open('mara', self.languages[1], 'stationmaster:work_order_history')
        mara.hears(None, mara.word('Live'))
        self.order_says_its_clocks(mara)
        figures = self.figures_page = self.open('mara', self.languages[1], FIGURES)
        figures.hears(None, figures.word('Live'))
        self.statistics_say_the_same(figures)

    def order_says_its_clocks(self, screen):
        """In the history, chosen by key; it stays so without the service."""
        def is_chosen():
            return screen.find('SmWorkOrderPanel', self.number)

        def chosen():
            screen.press('ctrl+l', 'Home', 'space')
            for _ in range(MOST_ORDERS):
                try:
                    return wait_until(is_chosen, '', 10)
                except tap.Failure:
                    screen.press('Down')
            return None
        if not is_chosen():
            screen.hears('SmWorkOrdersPage', self.number)  # in its row
            wait_until(chosen, 'the order in the history', 240)
        took = screen.word('took %s', 'work order clock')
        for clock, used in (('Response', self.response_s), ('Restore', self.restore_s)):
            self.says(screen, 'SmWorkOrderPanel',
                      f'{took % self.length(screen, used)} {screen.word(clock, "work order clock")}')
        self.says(screen, 'SmWorkOrderPanel', MENDED, 'SW-GOOD-3')

    def length(self, screen, used):
        used = int(used)
        if used < 60:
            return screen.word('%d s', 'countdown') % used
        return screen.word('%d min %02d s', 'countdown') % (used // 60, used % 60)

    def table(self, screen):
        """Of the statistics, the one that has the fault; the others are not shown."""
        return next((node for node in screen.within('SmWorkFiguresPage')
                     if node.get_name() == 'SmTable' and any(
                         cell.get_name() == self.robot(screen) for cell in screen.nodes(node))),
                    None)

    def statistics_say_the_same(self, screen):
        table = wait_until(lambda: self.table(screen), 'the fault in the statistics')
        cells = [node.get_name() or '' for node in screen.nodes(table)]
        cells = [cell for cell in cells[cells.index(self.robot(screen)):]
                 if cell and not cell.startswith('Gtk')]
        # Whose, how many in each of five states, response, of it late, restore
        tap.claim((cells[6], cells[8]) == (f'{self.response_s / 60:.1f}',
                                           f'{self.restore_s / 3600:.1f}'),
                  f'{self.response_s} s and {self.restore_s} s are {cells[:12]}')

    def same_figures_in_csv(self):
        """Written by keys from the table that shows them, in full."""
        screen = self.figures_page
        screen.tab_to(next(node for node in screen.nodes(self.table(screen))
                           if node.get_name() == screen.word('Export')
                           and node.get_state_set().contains(Atspi.StateType.FOCUSABLE)))
        screen.press('space')
        wanted = screen.word('Text with Commas (CSV)…')

        def is_there():
            screen.press('Down')
            item = screen.find('SmWorkFiguresPage', wanted)
            return item and item.get_state_set().contains(Atspi.StateType.FOCUSED)
        wait_until(is_there, 'the item of the menu')
        screen.press('Return')
        wait_until(screen.question, 'the question where to')
        screen.write(self.folder + '/')

        def is_written():
            if screen.question() is not None:
                screen.press('Return')
            time.sleep(1)
            return [name for name in os.listdir(self.folder) if name.endswith('.csv')]
        path = os.path.join(self.folder, wait_until(is_written, 'the file')[0])
        rows = wait_until(lambda: self.read_rows(path), 'its rows')
        head, row = rows[0], [one for one in rows if self.robot(screen) in one][0]
        for word, value in ((screen.word('Response'), self.response_s / 60),
                            ('MTTR', self.restore_s / 3600)):
            column = next(i for i, one in enumerate(head) if one.startswith(word))
            tap.claim(abs(float(row[column]) - value) < 0.001,
                      f'{word} is {row[column]} in the file, not {value}: {rows}')

    @staticmethod
    def read_rows(path):
        with open(path, encoding='utf-8-sig', newline='') as file:
            rows = list(csv.reader(file))
        return rows if len(rows) > 1 else None

    def same_figures_without_the_service(self):
        """From what the desk has kept: the order and the statistics say what they said."""
        self.service.kill()
        for screen in (self.mara, self.figures_page):
            screen.hears(None, screen.word('Offline · data %s old').split('%s')[0])
        self.says(self.figures_page, 'SmWorkFiguresPage',
                  self.figures_page.word('Reckoned from what this computer has kept.'))
        self.statistics_say_the_same(self.figures_page)
        self.order_says_its_clocks(self.mara)


def cases(folder):
    """Each goes on where the one before it ended."""
    down = []

    def step(name):
        def run():
            tap.claim(not down or not down[0].is_broken, 'an earlier step failed')
            began = time.monotonic()
            if not down:
                down.append(StationDown(folder, ('zh_CN', 'en') if IS_FULL else ('en', 'zh_CN')))
                down[0].begin()
            down[0].is_broken = True
            getattr(down[0], name)()
            down[0].is_broken = False
            print(f'# {name}: {time.monotonic() - began:.1f} s', flush=True)
        return f'/journey/station-down/{name.replace("_", "-")}', run
    names = ('one_alarm_and_one_order', 'reset_is_tried_and_fails', 'trucks_are_sent_elsewhere',
             'best_engineer_is_explained', 'sms_is_delivered', 'only_a_call_stops_the_response',
             'completed_offline_with_a_date', 'no_answer_becomes_a_call', 'first_good_swap_restores',
             'recurs_twice_within_a_day', 'rejected_with_a_reason', 'mended_for_good',
             'confirmed_by_another', 'same_figures_on_order_and_in_statistics',
             'same_figures_in_csv', 'same_figures_without_the_service')
    return down, [step(name) for name in names]


def main():
    with tempfile.TemporaryDirectory(prefix='sm-down-', ignore_cleanup_errors=True) as folder:
        down, steps = cases(folder)
        try:
            tap.run(steps)
        finally:
            for running in down:
                running.end()


if __name__ == '__main__':
    main()
