#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns Natural Earth GeoJSON into basemap.bin; the format is in README.md.

usage: convert.py FOLDER basemap.bin
"""

import collections
import json
import math
import os
import struct
import sys
import zlib

MAGIC = b"SMBASE\r\n"
VERSION = 1
WORLD = 2**32

# A level serves the zooms up to `zoom` (of 512-pixel tiles).  Its coordinates
# are world coordinates shifted right by `shift`, its lines deviate by at most
# `tolerance` world units from the source: 0.35 pixels at its last zoom, and
# for the last level as good as the source is.
Level = collections.namedtuple("Level", "zoom shift tolerance")
LEVELS = [
    Level(3, 18, 0.35 * 2**20),
    Level(5, 16, 0.35 * 2**18),
    Level(255, 12, 0.35 * 2**14),
]
# The order in the file; the reader knows the same one.
CLASSES = ["land", "lake", "urban", "river", "province", "border", "disputed"]


def project(point):
    longitude, latitude = point[0], max(-85.0511287, min(85.0511287, point[1]))
    s = math.sin(math.radians(latitude))
    x = (longitude + 180) / 360
    y = 0.5 - math.log((1 + s) / (1 - s)) / (4 * math.pi)
    return (
        min(WORLD - 1, max(0, int(x * WORLD))),
        min(WORLD - 1, max(0, int(y * WORLD))),
    )


def simplify(points, tolerance):
    """Douglas and Peucker, without recursion."""
    keep = bytearray(len(points))
    keep[0] = keep[-1] = 1
    todo = [(0, len(points) - 1)]
    while todo:
        first, last = todo.pop()
        x0, y0 = points[first]
        dx, dy = points[last][0] - x0, points[last][1] - y0
        length = math.hypot(dx, dy)
        worst, at = 0.0, None
        for i in range(first + 1, last):
            px, py = points[i][0] - x0, points[i][1] - y0
            off = abs(px * dy - py * dx) / length if length else math.hypot(px, py)
            if off > worst:
                worst, at = off, i
        if worst > tolerance:
            keep[at] = 1
            todo += [(first, at), (at, last)]
    return [p for p, k in zip(points, keep) if k]


def features(folder, name):
    with open(os.path.join(folder, name + ".geojson"), encoding="utf-8") as file:
        return json.load(file)["features"]


def parts(feature):
    geometry = feature["geometry"]
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind == "LineString":
        return [coordinates]
    if kind in ("MultiLineString", "Polygon"):
        return coordinates
    return [ring for polygon in coordinates for ring in polygon]


def paths(folder, name, wanted=lambda properties: True):
    """(smallest zoom it is shown at, projected points) of every ring or line."""
    for feature in features(folder, name):
        properties = feature["properties"]
        zoom = properties["min_zoom"]
        if zoom < 20 and wanted(properties):
            for part in parts(feature):
                yield zoom, [project(p) for p in part]


def chain(edges):
    """Joins edges to the longest lines that do not branch."""
    ends = collections.defaultdict(set)
    for a, b in edges:
        ends[a].add(b)
        ends[b].add(a)

    def walk(a, b):
        line = [a, b]
        while True:
            ends[a].discard(b)
            ends[b].discard(a)
            if len(ends[b]) != 1:
                return line
            a, b = b, next(iter(ends[b]))
            line.append(b)

    nodes = [p for p, n in ends.items() if len(n) != 2]
    for node in nodes + list(ends):
        while ends[node]:
            yield walk(node, next(iter(ends[node])))


def province_lines(folder):
    """Each line between two provinces of one country once, no outer borders.

    Neighbours share their points; drawn as polygons every line would be drawn
    twice and simplified in two ways, and countries would get an outline.
    """
    seen = collections.defaultdict(list)
    for feature in features(folder, "provinces"):
        for ring in parts(feature):
            for a, b in zip(ring, ring[1:]):
                a, b = tuple(a), tuple(b)
                if a != b:
                    seen[min(a, b), max(a, b)].append(feature["properties"]["country"])
    shared = [edge for edge, who in seen.items() if len(who) > 1 and len(set(who)) == 1]
    for line in chain(shared):
        yield 2.0, [project(p) for p in line]


def varint(out, value):
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)


def signed(out, value):
    varint(out, value << 1 if value >= 0 else (-value << 1) - 1)


def write_path(out, zoom, points):
    varint(out, round(zoom * 10))
    varint(out, len(points))
    x = y = 0
    for px, py in points:
        signed(out, px - x)
        signed(out, py - y)
        x, y = px, py


def reduce_path(level, points, closed):
    """What is left of a path at a level, or None when that is next to nothing."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    if max(max(xs) - min(xs), max(ys) - min(ys)) < level.tolerance * 2:
        return None
    if closed and len(points) > 3:
        # A ring begins where it ends: cut it in two, or it has no direction.
        half = len(points) // 2
        points = simplify(points[: half + 1], level.tolerance)[:-1] + simplify(
            points[half:], level.tolerance
        )
    else:
        points = simplify(points, level.tolerance)
    result = []
    for x, y in points:
        point = (x >> level.shift, y >> level.shift)
        if not result or result[-1] != point:
            result.append(point)
    if closed and len(result) > 1 and result[0] == result[-1]:
        result.pop()
    return result if len(result) >= (3 if closed else 2) else None


def write_level(out, level, classes):
    varint(out, level.zoom)
    varint(out, level.shift)
    for name in CLASSES:
        reduced = []
        for zoom, points in classes[name]:
            # Natural Earth counts zooms of 256-pixel tiles.
            if zoom - 1 <= level.zoom:
                points = reduce_path(level, points, name in ("land", "lake", "urban"))
                if points:
                    reduced.append((zoom, points))
        varint(out, len(reduced))
        for zoom, points in reduced:
            write_path(out, zoom, points)
        print(f"zoom {level.zoom}: {name}: {len(reduced)} paths, "
              f"{sum(len(p) for _, p in reduced)} points")


def text(out, value):
    data = (value or "").encode()[:255]
    varint(out, len(data))
    out += data


def write_places(out, folder):
    places = [
        (f["properties"], project(f["geometry"]["coordinates"]))
        for f in features(folder, "places")
    ]
    # Most important first: whoever chooses labels goes through them in order.
    places.sort(key=lambda p: (p[0]["min_zoom"], p[0]["scalerank"], -(p[0]["population"] or 0)))
    varint(out, len(places))
    for properties, (x, y) in places:
        capital = properties["class"].startswith("Admin-0 capital")
        varint(out, x >> 8)
        varint(out, y >> 8)
        varint(out, round(properties["min_zoom"] * 10))
        varint(out, properties["scalerank"] << 1 | capital)
        varint(out, max(0, int(properties["population"] or 0)))
        text(out, properties["name"])
        text(out, properties["name_zh"])
    print(f"{len(places)} places")


def main():
    folder, target = sys.argv[1:]
    classes = {
        "land": list(paths(folder, "land")),
        "lake": list(paths(folder, "lakes")),
        "urban": list(paths(folder, "urban_areas")),
        "river": list(paths(folder, "rivers")),
        "province": list(province_lines(folder)),
        "border": list(paths(folder, "country_borders", lambda p: not p["disputed"])),
        "disputed": list(paths(folder, "country_borders", lambda p: p["disputed"])),
    }
    out = bytearray()
    varint(out, len(LEVELS))
    for level in LEVELS:
        write_level(out, level, classes)
    write_places(out, folder)
    with open(target, "wb") as file:
        file.write(MAGIC + struct.pack("<III", VERSION, len(out), zlib.adler32(out)) + out)
    print(f"{len(out)} bytes")


main()
