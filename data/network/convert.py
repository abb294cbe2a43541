#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes national.csv of Natural Earth's towns and of sites.csv; see README.md.

usage: convert.py FOLDER sites.csv national.csv
"""

import csv
import json
import math
import os
import sys

PROVINCES = {
    "Beijing": 110000, "Tianjin": 120000, "Hebei": 130000, "Shanxi": 140000,
    "Nei Mongol": 150000, "Liaoning": 210000, "Jilin": 220000, "Heilongjiang": 230000,
    "Shanghai": 310000, "Jiangsu": 320000, "Zhejiang": 330000, "Anhui": 340000,
    "Fujian": 350000, "Jiangxi": 360000, "Shandong": 370000, "Henan": 410000,
    "Hubei": 420000, "Hunan": 430000, "Guangdong": 440000, "Guangxi": 450000,
    "Chongqing": 500000, "Sichuan": 510000, "Guizhou": 520000, "Yunnan": 530000,
    "Xizang": 540000, "Shaanxi": 610000, "Gansu": 620000, "Qinghai": 630000,
    "Ningxia Hui": 640000, "Xinjiang Uygur": 650000,
}
EARTH_M = 6371008.8
MAX_WATER_M = 3000.0
STEP_M = 500.0
MAX_LEG_M = 420000.0
CORRIDOR_M = 95000.0     # a leg that is longer gets places to stop at ...
CORRIDOR_PEOPLE = 700000  # ... where both its ends are big
MAX_BOW = 0.03            # as in src/sim/sm-sim-roads.c


def distance(a, b):
    la, lb = math.radians(a[0]), math.radians(b[0])
    h = (math.sin((lb - la) / 2) ** 2
         + math.cos(la) * math.cos(lb) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2)
    return 2 * EARTH_M * math.asin(math.sqrt(h))


class Mask:
    """Which points are land: a scan line's crossings, found once a line and kept."""

    STEP = 0.002  # of a degree of latitude, about 220 m

    def __init__(self, folder):
        self.bands = {}
        self.lines = {}
        for name in ("land", "lakes"):
            with open(os.path.join(folder, name + ".geojson"), encoding="utf-8") as file:
                for feature in json.load(file)["features"]:
                    geometry = feature["geometry"]
                    polygons = geometry["coordinates"]
                    for polygon in [polygons] if geometry["type"] == "Polygon" else polygons:
                        for ring in polygon:
                            self.add(name, ring)

    def add(self, name, ring):
        for (x0, y0), (x1, y1) in zip(ring, ring[1:]):
            if max(x0, x1) < 70 or min(x0, x1) > 140 or max(y0, y1) < 15 or min(y0, y1) > 56:
                # Far ones count only for crossings to the west, which come in pairs; keep all
                # that a line through the country meets.
                if max(y0, y1) < 15 or min(y0, y1) > 56:
                    continue
            for band in range(int(min(y0, y1)), int(max(y0, y1)) + 1):
                self.bands.setdefault((name, band), []).append((x0, y0, x1, y1))

    def crossings(self, name, line):
        key = (name, line)
        if key not in self.lines:
            y = (line + 0.5) * self.STEP
            self.lines[key] = sorted(
                x0 + (y - y0) / (y1 - y0) * (x1 - x0)
                for x0, y0, x1, y1 in self.bands.get((name, int(y)), ())
                if (y0 <= y) != (y1 <= y))
        return self.lines[key]

    def inside(self, name, point):
        count = 0
        for x in self.crossings(name, int(point[0] / self.STEP)):
            if x > point[1]:
                break
            count += 1
        return count % 2 == 1

    def is_land(self, point):
        return self.inside("land", point) and not self.inside("lakes", point)


def water_on(mask, a, b, bow):
    """The most water in one piece on the way, in metres."""
    length = distance(a, b)
    n = max(2, int(length / STEP_M))
    worst = run = 0.0
    squeeze = math.cos(math.radians(a[0]))
    for i in range(n + 1):
        t = i / n
        aside = bow * math.sin(math.pi * t)
        point = (a[0] + (b[0] - a[0]) * t + aside * (b[1] - a[1]) * squeeze,
                 a[1] + (b[1] - a[1]) * t - aside * (b[0] - a[0]) / squeeze)
        run = 0.0 if mask.is_land(point) else run + length / n
        worst = max(worst, run)
    return worst


def is_dry(mask, a, b):
    """However the simulator bends it."""
    return all(water_on(mask, a, b, bow) <= MAX_WATER_M for bow in (-MAX_BOW, 0.0, MAX_BOW))


def towns(folder):
    with open(os.path.join(folder, "places.geojson"), encoding="utf-8") as file:
        for feature in json.load(file)["features"]:
            p = feature["properties"]
            if p["country"] != "CHN" or p["province"] not in PROVINCES:
                continue
            province = "Hebei" if p["name"] == "Zhuozhou" else p["province"]
            longitude, latitude = feature["geometry"]["coordinates"]
            yield {"kind": "town", "name_en": p["name"], "name_zh": p["name_zh"] or "",
                   "latitude": latitude, "longitude": longitude,
                   "people": int(p["population"] or 0), "province": PROVINCES[province],
                   "weight": 0}


def listed(path):
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            yield {"kind": row["kind"], "name_en": row["name_en"], "name_zh": row["name_zh"],
                   "latitude": float(row["latitude"]), "longitude": float(row["longitude"]),
                   "people": int(row["people"] or 0), "province": int(row["province"]),
                   "weight": int(row["weight"] or 0)}


def where(site):
    return site["latitude"], site["longitude"]


def neighbours(sites):
    """Gabriel's graph: nobody stands in the circle between two; and everybody's nearest."""
    points = [where(s) for s in sites]
    apart = [[distance(a, b) for b in points] for a in points]
    pairs = set()
    for i, row in enumerate(apart):
        near = sorted(range(len(points)), key=row.__getitem__)[1:40]
        pairs.update((min(i, j), max(i, j)) for j in near[:2])
        for j in near:
            if j < i or row[j] > MAX_LEG_M:
                continue
            if not any(row[k] ** 2 + apart[k][j] ** 2 < row[j] ** 2 for k in near if k != j):
                pairs.add((i, j))
    return sorted(pairs)


def largest_part(n, pairs):
    parent = list(range(n))

    def root(i):
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for a, b in pairs:
        parent[root(a)] = root(b)
    parts = {}
    for i in range(n):
        parts.setdefault(root(i), []).append(i)
    return max(parts.values(), key=len)


def join_parts(mask, sites, pairs):
    """Ties what hangs on nothing to the rest by the shortest dry way there is."""
    pairs = list(pairs)
    while True:
        main_part = set(largest_part(len(sites), pairs))
        ways = sorted(
            (distance(where(sites[a]), where(sites[b])), a, b)
            for a in range(len(sites)) if a not in main_part
            for b in main_part if abs(sites[a]["latitude"] - sites[b]["latitude"]) < 3)
        way = next(((a, b) for length, a, b in ways
                    if length < MAX_LEG_M and is_dry(mask, where(sites[a]), where(sites[b]))), None)
        if way is None:
            return pairs
        pairs.append((min(way), max(way)))


def corridors(sites, pairs):
    """Breaks long legs between big towns by places to stop at."""
    result = []
    for a, b in pairs:
        length = distance(where(sites[a]), where(sites[b]))
        n = int(length / CORRIDOR_M)
        if n == 0 or min(sites[a]["people"], sites[b]["people"]) < CORRIDOR_PEOPLE:
            result.append((a, b))
            continue
        last = a
        for i in range(1, n + 1):
            t = i / (n + 1)
            number = "" if n == 1 else f" {i}"
            sites.append({
                "kind": "corridor",
                "name_en": f"{sites[a]['name_en']} to {sites[b]['name_en']}{number}",
                "name_zh": f"{sites[a]['name_zh'] or sites[a]['name_en']}至"
                           f"{sites[b]['name_zh'] or sites[b]['name_en']}{number}",
                "latitude": sites[a]["latitude"] + t * (sites[b]["latitude"] - sites[a]["latitude"]),
                "longitude": sites[a]["longitude"]
                             + t * (sites[b]["longitude"] - sites[a]["longitude"]),
                "people": 0, "province": sites[a if t < 0.5 else b]["province"], "weight": 0})
            result.append((last, len(sites) - 1))
            last = len(sites) - 1
        result.append((last, b))
    return result


def main():
    folder, listed_path, target = sys.argv[1:]
    mask = Mask(folder)
    sites = list(towns(folder)) + list(listed(listed_path))
    sites.sort(key=lambda s: (s["province"], s["kind"], -s["people"], s["name_en"]))
    pairs = neighbours(sites)
    dry = [(a, b) for a, b in pairs if is_dry(mask, where(sites[a]), where(sites[b]))]
    dry = join_parts(mask, sites, dry)
    keep = largest_part(len(sites), dry)
    index = {old: new for new, old in enumerate(keep)}
    lost = [s["name_en"] for i, s in enumerate(sites) if i not in index]
    sites = [sites[i] for i in keep]
    dry = [(index[a], index[b]) for a, b in dry if a in index]
    dry = corridors(sites, dry)
    # Its pieces bend on their own.
    wet = [(a, b) for a, b in dry if not is_dry(mask, where(sites[a]), where(sites[b]))]
    assert not wet, wet
    roads = {}
    for a, b in dry:
        roads.setdefault(min(a, b), []).append(max(a, b))
    with open(target, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["kind", "name_en", "name_zh", "latitude", "longitude", "people", "province",
                         "weight", "roads_to"])
        for i, s in enumerate(sites):
            writer.writerow([s["kind"], s["name_en"], s["name_zh"], f"{s['latitude']:.4f}",
                             f"{s['longitude']:.4f}", s["people"], s["province"], s["weight"],
                             " ".join(map(str, sorted(roads.get(i, []))))])
    print(f"{len(sites)} sites, {len(dry)} roads; {len(pairs)} were thought of; "
          f"cannot be reached: {', '.join(lost)}")


main()
