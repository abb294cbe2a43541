# SPDX-License-Identifier: GPL-3.0-or-later
"""Who sits at a desk while soak-wall.py watches the wall: alarms are acknowledged."""

import json
import threading
import urllib.error
import urllib.request
import uuid

EVERY_S = 15
AT_ONCE = 500


class Desk:
    """Acknowledges whatever is open, again and again, as people would in a day."""

    def __init__(self, url):
        self.url = url + '/api/v1'
        self.token = None
        self.times = 0
        self.failure = None
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self.sit, daemon=True)
        self.thread.start()

    def ask(self, path, body=None):
        request = urllib.request.Request(
            self.url + path, data=json.dumps(body).encode() if body is not None else None,
            headers={'Content-Type': 'application/json', 'Idempotency-Key': str(uuid.uuid4())})
        if self.token is not None:
            request.add_header('Authorization', 'Bearer ' + self.token)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read())

    def acknowledge(self):
        if self.token is None:
            self.token = self.ask('/session', {'demo': True})['token']
        for state in ('unacked', 'returned_unacked'):
            alarms = self.ask(f'/alarms?sort=-raised_at&state={state}&limit={AT_ONCE}')['items']
            if not alarms:
                continue
            answers = self.ask('/alarms/acknowledge', {'alarms': [
                {'id': alarm['id'], 'seen_occurrence': alarm['occurrence']} for alarm in alarms]})
            self.times += sum(one['outcome'] == 'done' for one in answers['alarms'])

    def sit(self):
        while not self.is_over.wait(EVERY_S):
            try:
                self.acknowledge()
            except urllib.error.HTTPError as error:
                # A token ends sooner where the clock runs faster.
                if error.code != 401:
                    self.failure = error
                    return
                self.token = None
            except OSError as error:
                self.failure = error
                return

    def leave(self):
        """Says how many were acknowledged; raises what drove them from the desk before."""
        self.is_over.set()
        self.thread.join()
        if self.failure is not None:
            raise self.failure
        return self.times
