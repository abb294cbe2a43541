# SPDX-License-Identifier: GPL-3.0-or-later
"""data/openapi.json as a judge of recorded exchanges.

An exchange is what the service writes when it is told to record: method, path,
query, status, headers and bodies.  JSON Schema is judged by python3-jsonschema,
which shares no line with the programs that it judges.
"""

import copy
import json
import re

import jsonschema

# A long array is judged by its ends: one page holds thousands of equal rows.
ENDS = 40

FORMATS = jsonschema.FormatChecker(formats=())
TIME = re.compile(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)\Z')


@FORMATS.checks('date-time')
def is_time(value):
    return not isinstance(value, str) or bool(TIME.match(value))


def known_slugs_only(schema):
    """The reference service says nothing that its contract does not list."""
    slugs = schema.get('x-slugs')
    if slugs:
        schema['enum'] = slugs + ([None] if 'null' in schema['type'] else [])


def known_members_only(schema):
    if 'properties' in schema:
        schema.setdefault('additionalProperties', False)


def each_schema(node, change):
    if isinstance(node, dict):
        for value in node.values():
            each_schema(value, change)
        if 'type' in node or 'properties' in node:
            change(node)
    elif isinstance(node, list):
        for value in node:
            each_schema(value, change)


def shortened(value):
    if isinstance(value, dict):
        return {name: shortened(member) for name, member in value.items()}
    if isinstance(value, list):
        if len(value) > 2 * ENDS:
            value = value[:ENDS] + value[-ENDS:]
        return [shortened(element) for element in value]
    return value


class Contract:
    def __init__(self, text):
        # For requests as it is: more members are allowed there, and skipped.
        self.lax = json.loads(text)
        self.strict = copy.deepcopy(self.lax)
        each_schema(self.strict['components']['schemas'], known_slugs_only)
        each_schema(self.strict['components']['schemas'], known_members_only)
        self.templates = [(re.compile(re.sub(r'\\?\{[a-z_]+\\?\}', '[^/]+', path) + r'\Z'), path)
                          # A word of a path goes before a parameter, as in OpenAPI.
                          for path in sorted(self.lax['paths'], key=lambda path: path.count('{'))]
        self.validators = {}

    def operations(self):
        return {f'{method.upper()} {path}' for path, item in self.lax['paths'].items()
                for method in item if method in ('get', 'post', 'patch', 'put', 'delete')}

    def find(self, method, path):
        """(path template, operation), each None when the contract has none."""
        method = 'get' if method == 'HEAD' else method.lower()
        template = next((name for pattern, name in self.templates if pattern.match(path)), None)
        return template, self.strict['paths'].get(template, {}).get(method)

    def resolved(self, node):
        while '$ref' in node:
            target = self.strict
            for part in node['$ref'].removeprefix('#/').split('/'):
                target = target[part]
            node = target
        return node

    def faults_of(self, schema, value, document):
        key = id(document), json.dumps(schema, sort_keys=True)
        if key not in self.validators:
            self.validators[key] = jsonschema.Draft202012Validator(
                schema, resolver=jsonschema.RefResolver('', document), format_checker=FORMATS)
        for error in self.validators[key].iter_errors(shortened(value)):
            best = jsonschema.exceptions.best_match([error])
            yield f'/{"/".join(map(str, best.absolute_path))}: {best.message[:300]}'

    def judge_problem(self, exchange):
        """Every refusal is a problem document, also of what is not in the contract."""
        if exchange['method'] != 'HEAD':
            yield from self.faults_of({'$ref': '#/components/schemas/Problem'},
                                      exchange['response_body'], self.strict)
            status = (exchange['response_body'] or {}).get('status')
            if status != exchange['status']:
                yield f'the problem says status {status}'

    def judge_headers(self, answer, exchange):
        headers = {name.lower(): value for name, value in exchange['response_headers'].items()}
        for name, reference in answer.get('headers', {}).items():
            header = self.resolved(reference)
            value = headers.get(name.lower())
            if value is None:
                if header.get('required'):
                    yield f'header {name} is missing'
            else:
                yield from (f'header {name}: {fault}' for fault in
                            self.faults_of(header['schema'], value, self.strict))

    def judge_answer(self, answer, exchange):
        content = answer.get('content')
        body = exchange['response_body']
        headers = {name.lower(): value for name, value in exchange['response_headers'].items()}
        kind = headers.get('content-type', '').split(';')[0]
        yield from self.judge_headers(answer, exchange)
        if content is None:
            if body is not None:
                yield 'there should be no body'
        elif exchange['method'] != 'HEAD':
            if kind not in content:
                yield f'content type ‘{kind}’ is not documented'
            else:
                yield from self.faults_of(content[kind]['schema'], body, self.strict)

    def judge_request(self, operation, exchange):
        """What was taken has to be what the contract says may be sent."""
        body, answer = exchange['request_body'], exchange['response_body']
        if 'requestBody' not in operation:
            return
        # At ingest each report is refused or noted alone.
        if isinstance(answer, dict) and (answer.get('rejected') or answer.get('notes')):
            return
        for kind, content in operation['requestBody']['content'].items():
            yield from (f'request{fault}' for fault in
                        self.faults_of(content['schema'], body, self.lax))

    def judge(self, exchange):
        """Returns (operation or None, faults)."""
        method, path, status = exchange['method'], exchange['path'] or '', exchange['status']
        if not path and status == 400:
            return None, []  # no request at all: the HTTP library says so by itself
        template, operation = self.find(method, path)
        if operation is None:
            faults = list(self.judge_problem(exchange)) if status >= 400 else [
                'it is not in the contract, and was not refused']
            return None, faults
        name = f'{"GET" if method == "HEAD" else method} {template}'
        answer = operation['responses'].get(str(status))
        if answer is None:
            return name, [f'status {status} is not documented']
        faults = list(self.judge_answer(self.resolved(answer), exchange))
        if status < 400:
            faults += self.judge_request(operation, exchange)
        else:
            faults += self.judge_problem(exchange)
        return name, faults
