#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""judge-of-judge.py: a judge that lets everything pass is worth nothing."""

import copy

import jsonschema

import contract
import tap

JUDGE = contract.Contract(tap.read('data/openapi.json'))

ALARM = {
    'id': 7, 'seq': 12, 'operator_id': 1, 'area_id': 4403, 'fleet_id': None, 'code': 'soc-low',
    'level': 2, 'state': 'acked', 'source_noun': 'vehicle', 'source_id': 3, 'source_label': 'B 1',
    'station_id': None, 'field': 'soc', 'value': 9.5, 'limit_value': 10, 'count': 1, 'occurrence': 1,
    'raised_at': '2026-11-21T06:32:08.5Z', 'returned_at': None,
    'acked_at': '2026-11-21T06:33:00Z', 'acked_by': 'demo', 'note': '已看到',
}
TIME = {'Stationmaster-Time': '2026-11-21T06:32:08Z;rate=60'}


def exchange(method, path, status, answer, body=None, **headers):
    kind = 'application/problem+json' if status >= 400 else 'application/json'
    return {'method': method, 'path': path, 'query': None, 'status': status,
            'request_headers': {}, 'request_body': body, 'response_body': answer,
            'response_headers': {**TIME, 'Content-Type': kind, **headers}}


def acknowledge():
    return exchange('POST', '/api/v1/alarms/7/acknowledge', 200, {'alarm': dict(ALARM)},
                    {'note': None, 'seen_level': 2, 'seen_count': 1})


def page():
    row = {name: value for name, value in ALARM.items()}
    change = {'kind': 'alarm', 'id': 7, 'seq': 12, 'deleted': False, 'data': row}
    return exchange('GET', '/api/v1/changes', 200,
                    {'changes': [change], 'cursor': 'e.1.12', 'more': False})


GOOD = (
    acknowledge(),
    page(),
    exchange('GET', '/api/v1/alarms/7', 200, dict(ALARM), ETag='"12"'),
    exchange('GET', '/api/v1/alarms/8', 404, {'type': 'not-found', 'status': 404}),
    exchange('GET', '/nowhere', 404, {'type': 'route-unknown', 'status': 404}),
    exchange('PUT', '/api/v1/me', 405, {'type': 'method-unknown', 'status': 405}),
    exchange('DELETE', '/api/v1/session', 204, None),
    exchange('GET', None, 400, None),
    exchange('HEAD', '/api/v1/alarms/7', 200, None, ETag='"12"'),
    exchange('GET', '/api/v1/live/vehicles', 200,
             {'tick': 5, 'id': [1, 2], 'soc': [50.5, None], 'motion': ['parked', None]}),
    exchange('POST', '/api/v1/ingest/vehicles', 200,
             {'accepted': 0, 'repeated': 0, 'late': 0, 'ahead': 0,
              'rejected': [{'index': 0, 'type': 'bad-vin'}], 'notes': []},
             {'reports': [7]}),
)


def assert_refused(good, change):
    bad = copy.deepcopy(good)
    change(bad)
    tap.claim(JUDGE.judge(bad)[1], f'taken: {bad}')


def check_schemas():
    jsonschema.Draft202012Validator.check_schema(
        {'$defs': JUDGE.lax['components']['schemas']})


def check_good():
    for good in GOOD:
        tap.no_faults(JUDGE.judge(good)[1])


def check_answers():
    changes = (
        lambda bad: bad['response_body']['alarm'].pop('level'),
        lambda bad: bad['response_body']['alarm'].update(level='2'),
        lambda bad: bad['response_body']['alarm'].update(level=None),
        lambda bad: bad['response_body']['alarm'].update(level=5),
        lambda bad: bad['response_body']['alarm'].update(id=0),
        lambda bad: bad['response_body']['alarm'].update(id=2 ** 53),
        lambda bad: bad['response_body']['alarm'].update(mood='bad'),
        lambda bad: bad['response_body']['alarm'].update(state='asleep'),
        lambda bad: bad['response_body']['alarm'].update(raised_at='yesterday'),
        lambda bad: bad['response_body']['alarm'].update(raised_at='2026-11-21T06:32:08'),
        lambda bad: bad['response_body'].update(extra=1),
        lambda bad: bad.update(response_body=None),
        lambda bad: bad.update(response_body='text'),
        lambda bad: bad.update(status=201),
        lambda bad: bad.update(status=418),
        lambda bad: bad.update(path='/api/v1/alarms/7/forget'),
        lambda bad: bad.update(method='PUT'),
        lambda bad: bad.update(path=None),
        lambda bad: bad['response_headers'].pop('Stationmaster-Time'),
        lambda bad: bad['response_headers'].update({'Stationmaster-Time': 'noon'}),
        lambda bad: bad['response_headers'].update({'Content-Type': 'text/html'}),
    )
    for change in changes:
        assert_refused(acknowledge(), change)


def check_requests():
    for change in (
            lambda bad: bad['request_body'].pop('seen_level'),
            lambda bad: bad['request_body'].update(seen_level=9),
            lambda bad: bad['request_body'].update(note=7),
            lambda bad: bad.update(request_body=None)):
        assert_refused(acknowledge(), change)


def check_feeds():
    for change in (
            lambda bad: bad['response_body']['changes'][0].update(kind='ghost'),
            lambda bad: bad['response_body']['changes'][0].pop('seq'),
            lambda bad: bad['response_body']['changes'][0]['data'].pop('code'),
            lambda bad: bad['response_body']['changes'][0]['data'].update(soc=5),
            lambda bad: bad['response_body'].pop('cursor')):
        assert_refused(page(), change)


def check_refusals():
    good = exchange('GET', '/api/v1/alarms/8', 404, {'type': 'not-found', 'status': 404})
    for change in (
            lambda bad: bad['response_body'].update(type='Not found!'),
            lambda bad: bad['response_body'].update(status=400),
            lambda bad: bad['response_body'].update(sql='SELECT'),
            lambda bad: bad['response_body'].pop('type'),
            lambda bad: bad.update(response_body=None),
            lambda bad: bad.update(status=402)):
        assert_refused(good, change)


tap.run([
    ('/contract/schemas-are-sound', check_schemas),
    ('/contract/judge-takes-what-is-right', check_good),
    ('/contract/judge-refuses-wrong-answers', check_answers),
    ('/contract/judge-refuses-wrong-requests', check_requests),
    ('/contract/judge-refuses-wrong-feeds', check_feeds),
    ('/contract/judge-refuses-wrong-problems', check_refusals),
])
