#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""keyring.py [locked]: a Secret Service for tests, on the session bus.

Keeps what it is given in memory, shows how much by "org.freedesktop.secrets"'s
property Count, and prints a line when it is there.  With "locked" it refuses
to give or take anything.
"""

import sys

import gi

gi.require_version('Gio', '2.0')
from gi.repository import Gio, GLib  # noqa: E402

ROOT = '/org/freedesktop/secrets'
XML = '''<node>
 <interface name="org.freedesktop.Secret.Service">
  <method name="OpenSession"><arg type="s" direction="in"/><arg type="v" direction="in"/>
   <arg type="v" direction="out"/><arg type="o" direction="out"/></method>
  <method name="SearchItems"><arg type="a{ss}" direction="in"/>
   <arg type="ao" direction="out"/><arg type="ao" direction="out"/></method>
  <method name="Unlock"><arg type="ao" direction="in"/>
   <arg type="ao" direction="out"/><arg type="o" direction="out"/></method>
  <method name="GetSecrets"><arg type="ao" direction="in"/><arg type="o" direction="in"/>
   <arg type="a{o(oayays)}" direction="out"/></method>
  <method name="ReadAlias"><arg type="s" direction="in"/><arg type="o" direction="out"/></method>
  <property name="Collections" type="ao" access="read"/>
  <property name="Count" type="u" access="read"/>
 </interface>
 <interface name="org.freedesktop.Secret.Collection">
  <method name="CreateItem"><arg type="a{sv}" direction="in"/><arg type="(oayays)" direction="in"/>
   <arg type="b" direction="in"/><arg type="o" direction="out"/><arg type="o" direction="out"/>
  </method>
 </interface>
 <interface name="org.freedesktop.Secret.Item">
  <method name="Delete"><arg type="o" direction="out"/></method>
 </interface>
</node>'''
ITEM = 'org.freedesktop.Secret.Item.'
LOCKED = 'org.freedesktop.Secret.Error.IsLocked'


class Keyring:
    def __init__(self, locked):
        self.locked = locked
        self.items = {}  # path -> (attributes, secret, registration)
        self.made = 0
        self.interfaces = Gio.DBusNodeInfo.new_for_xml(XML).interfaces
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.show(ROOT, 0)
        self.show(ROOT + '/aliases/default', 1)
        self.show(ROOT + '/session/1', 2)
        Gio.bus_own_name_on_connection(self.bus, 'org.freedesktop.secrets', 0,
                                       lambda *_: print('there', flush=True), None)

    def show(self, path, interface):
        return self.bus.register_object(path, self.interfaces[interface], self.call, self.get, None)

    def get(self, _bus, _sender, _path, _interface, name):
        if name == 'Count':
            return GLib.Variant('u', len(self.items))
        return GLib.Variant('ao', [ROOT + '/aliases/default'])

    def find(self, wanted):
        return [path for path, (attributes, _, _) in self.items.items()
                if all(attributes.get(name) == value for name, value in wanted.items())]

    def put(self, properties, secret, replaces):
        attributes = properties[ITEM + 'Attributes']
        for path in self.find(attributes) if replaces else []:
            self.drop(path)
        self.made += 1
        path = f'{ROOT}/collection/test/{self.made}'
        self.items[path] = (attributes, secret, self.show(path, 2))
        return path

    def drop(self, path):
        self.bus.unregister_object(self.items.pop(path)[2])

    def call(self, _bus, _sender, path, _interface, method, arguments, call):
        values = arguments.unpack()
        if self.locked and method in ('SearchItems', 'CreateItem'):
            call.return_dbus_error(LOCKED, 'locked')
        elif method == 'OpenSession' and values[0] != 'plain':
            call.return_dbus_error('org.freedesktop.DBus.Error.NotSupported', 'plain only')
        else:
            call.return_value(self.answer(path, method, values))

    def answer(self, path, method, values):
        if method == 'OpenSession':
            return GLib.Variant('(vo)', (GLib.Variant('s', ''), ROOT + '/session/1'))
        if method == 'SearchItems':
            return GLib.Variant('(aoao)', (self.find(values[0]), []))
        if method == 'Unlock':
            return GLib.Variant('(aoo)', (values[0], '/'))
        if method == 'GetSecrets':
            return GLib.Variant('(a{o(oayays)})', (
                {item: (values[1], b'', self.items[item][1], 'text/plain') for item in values[0]
                 if item in self.items},))
        if method == 'ReadAlias':
            return GLib.Variant('(o)', (ROOT + '/aliases/default',))
        if method == 'CreateItem':
            properties, (_, _, secret, _), replaces = values
            return GLib.Variant('(oo)', (self.put(properties, bytes(secret), replaces), '/'))
        self.drop(path)
        return GLib.Variant('(o)', ('/',))


def main():
    keyring = Keyring('locked' in sys.argv[1:])
    assert keyring
    GLib.MainLoop().run()


if __name__ == '__main__':
    main()
