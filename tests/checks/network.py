#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""network.py BUILD: do the simulated country's roads keep to the land?

Reads the land of data/basemap/basemap.bin, at its finest level, and follows
every leg of data/network/national.csv as the simulator may bend it.
"""

import csv
import math
import os

import tap

WORLD = 2 ** 32
MAX_WATER_M = 3000.0
TOLERANCE_M = 400.0  # the base map's coast is simplified, and we look every so often
STEP_M = 500.0
MAX_BOW = 0.03       # as in src/sim/sm-sim-roads.c
LINE = 4096          # world units between two scan lines: some 30 m
BAND = 17            # a power of two of world units: a line asks the edges of its band


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def number(self):
        value = shift = 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    def signed(self):
        value = self.number()
        return value >> 1 if value & 1 == 0 else -(value >> 1) - 1

    def path(self, shift):
        self.number()
        x = y = 0
        points = []
        for _ in range(self.number()):
            x += self.signed()
            y += self.signed()
            points.append((x << shift, y << shift))
        return points


def land_and_lakes():
    """The rings of the finest level: (land, lakes)."""
    with open(os.path.join(tap.ROOT, 'data', 'basemap', 'basemap.bin'), 'rb') as file:
        reader = Reader(file.read())
    reader.at = 20
    classes = None
    for _ in range(reader.number()):
        reader.number()
        shift = reader.number()
        classes = [[reader.path(shift) for _ in range(reader.number())] for _ in range(7)]
    return classes[0], classes[1]


def project(latitude, longitude):
    s = math.sin(math.radians(latitude))
    return ((longitude + 180) / 360 * WORLD,
            (0.5 - math.log((1 + s) / (1 - s)) / (4 * math.pi)) * WORLD)


class Mask:
    """Inside or not, by how often a line from the left crosses the rings."""

    def __init__(self, rings, top, bottom):
        self.bands, self.lines = {}, {}
        for ring in rings:
            for a, b in zip(ring, ring[1:] + ring[:1]):
                low, high = min(a[1], b[1]), max(a[1], b[1])
                if high < top or low > bottom or low == high:
                    continue
                for band in range(int(max(low, top)) >> BAND, (int(min(high, bottom)) >> BAND) + 1):
                    self.bands.setdefault(band, []).append((a, b))

    def crossings(self, line):
        if line not in self.lines:
            y = line * LINE + LINE / 2
            self.lines[line] = sorted(
                a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
                for a, b in self.bands.get(int(y) >> BAND, ()) if (a[1] <= y) != (b[1] <= y))
        return self.lines[line]

    def holds(self, x, y):
        return sum(1 for c in self.crossings(int(y / LINE)) if c <= x) % 2 == 1


def distance(a, b):
    la, lb = math.radians(a[0]), math.radians(b[0])
    h = (math.sin((lb - la) / 2) ** 2
         + math.cos(la) * math.cos(lb) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2)
    return 2 * 6371008.8 * math.asin(math.sqrt(h))


def water_on(masks, a, b, bow):
    """The most water in one piece on the leg, in metres."""
    land, lakes = masks
    length = distance(a, b)
    n = max(2, int(length / STEP_M))
    squeeze = math.cos(math.radians(a[0]))
    worst = run = 0.0
    for i in range(n + 1):
        t = i / n
        aside = bow * math.sin(math.pi * t)
        x, y = project(a[0] + (b[0] - a[0]) * t + aside * (b[1] - a[1]) * squeeze,
                       a[1] + (b[1] - a[1]) * t - aside * (b[0] - a[0]) / squeeze)
        is_land = land.holds(x, y) and not lakes.holds(x, y)
        run = 0.0 if is_land else run + length / n
        worst = max(worst, run)
    return worst


def sites():
    with open(os.path.join(tap.ROOT, 'data', 'network', 'national.csv'), encoding='utf-8',
              newline='') as file:
        return list(csv.DictReader(file))


def check_legs():
    """No leg crosses more than 3 km of water in one piece."""
    faults = []
    rows = sites()
    points = [(float(r['latitude']), float(r['longitude'])) for r in rows]
    top, bottom = project(56, 0)[1], project(15, 0)[1]
    masks = [Mask(rings, top, bottom) for rings in land_and_lakes()]
    # The mask itself: the sea and a desert.
    for latitude, longitude, is_land in ((30.0, 124.5, False), (40.0, 85.0, True)):
        if masks[0].holds(*project(latitude, longitude)) != is_land:
            faults.append(f'{latitude}, {longitude} should be land: {is_land}')
    for i, row in enumerate(rows):
        for j in map(int, row['roads_to'].split()):
            for bow in (-MAX_BOW, 0.0, MAX_BOW):
                water_m = water_on(masks, points[i], points[j], bow)
                if water_m > MAX_WATER_M + TOLERANCE_M:
                    faults.append(f"{row['name_en']} to {rows[j]['name_en']}: {water_m:.0f} m of water")
    tap.no_faults(faults)


def check_connected():
    """Every place can be reached from every other one."""
    rows = sites()
    parent = list(range(len(rows)))

    def root(i):
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, row in enumerate(rows):
        for j in map(int, row['roads_to'].split()):
            parent[root(i)] = root(j)
    alone = {root(i) for i in range(len(rows))}
    tap.claim(len(alone) == 1, f'{len(alone)} parts hang apart')


def check_would_notice():
    """The judge itself: a way across the Bohai Sea is found."""
    top, bottom = project(56, 0)[1], project(15, 0)[1]
    masks = [Mask(rings, top, bottom) for rings in land_and_lakes()]
    water_m = water_on(masks, (38.80, 121.25), (37.80, 120.80), 0.0)
    tap.claim(water_m > 50000, f'{water_m:.0f} m of the Bohai Sea')


tap.run([
    ('/checks/network/legs-keep-to-the-land', check_legs),
    ('/checks/network/all-can-be-reached', check_connected),
    ('/checks/network/would-notice', check_would_notice),
])
