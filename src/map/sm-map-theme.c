/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-map-theme.h"

#define RGB(hex)                                                                             \
  { (float) ((hex) >> 16 & 0xff) / 255.f, (float) ((hex) >> 8 & 0xff) / 255.f,               \
    (float) ((hex) & 0xff) / 255.f, 1.f }

static const SmMapTheme theme_dark = {
  .land = RGB (0x242a31),
  .water = RGB (0x14181d),
  .province = RGB (0x434d58),
  .border = RGB (0x5a6572),
  .coast = RGB (0x353d46),
  .river = RGB (0x1b2127),
  .urban = RGB (0x2c333b),
  .label = RGB (0xa3adb8),
  .label_minor = RGB (0x88929d),
  .halo = RGB (0x1a1f25),
  .driving = RGB (0xaab5c1),
  .charging = RGB (0x8d98a4),
  .parked = RGB (0x6f7a86),
  .unknown = RGB (0x77828e),
  .disc = RGB (0x1a1f26),
  .count = RGB (0xe6eaef),
  .station = RGB (0x9aa5b1),
  .accent = RGB (0x5b9bd5),
  .levels = { RGB (0), RGB (0xff5c5c), RGB (0xff9d3c), RGB (0xf2cf4a), RGB (0xa58ad9) },
  .digit = RGB (0x14171b),
};

static const SmMapTheme theme_light = {
  .land = RGB (0xf3f3f2),
  .water = RGB (0xd8e0e8),
  .province = RGB (0xc3c6ca),
  .border = RGB (0x9aa0a8),
  .coast = RGB (0xbcc6d0),
  .river = RGB (0xdde4ea),
  .urban = RGB (0xe9e8e6),
  .label = RGB (0x545b64),
  .label_minor = RGB (0x656c76),
  .halo = RGB (0xf7f7f6),
  .driving = RGB (0x5f6a76),
  .charging = RGB (0x76818d),
  .parked = RGB (0x8d97a2),
  .unknown = RGB (0x808a95),
  .disc = RGB (0xffffff),
  .count = RGB (0x2b2f35),
  .station = RGB (0x6f7a86),
  .accent = RGB (0x4787c4),
  .levels = { RGB (0), RGB (0xd42a2a), RGB (0xcf6a00), RGB (0xa88400), RGB (0x6f4fb0) },
  .digit = RGB (0xffffff),
};

/** sm_map_theme_get: Returns: (transfer none): the colours on dark or on light */
const SmMapTheme *
sm_map_theme_get (gboolean dark)
{
  return dark ? &theme_dark : &theme_light;
}
