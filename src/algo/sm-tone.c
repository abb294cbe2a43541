/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-tone.h"

#include <math.h>

/* The sounds of alarms: a level can be told by how many pulses it has, how high they
 * are and how close, for who does not tell heights apart. */

#define RATE 22050
#define LOUDNESS 0.55
/* Of a pulse: it comes and goes within so long, so that it does not click. */
#define EDGE_S 0.012

typedef struct
{
  guint n_pulses;
  double pulse_s;
  double pause_s;
  double hz[5]; /* of each pulse */
} Tune;

static const Tune tunes[] = {
  { 5, 0.13, 0.05, { 784, 988, 1175, 988, 1175 } },
  { 3, 0.17, 0.10, { 659, 659, 784 } },
  { 2, 0.20, 0.16, { 523, 440 } },
  { 1, 0.30, 0.00, { 440 } },
};

/* Two long ones, far lower than any alarm: what follows is a drill. */
static const Tune drill = { 2, 0.45, 0.12, { 220, 165 } };

#define DRILL_REST_S 0.35

static void
append_u32 (GByteArray *wave,
            guint32     value)
{
  value = GUINT32_TO_LE (value);
  g_byte_array_append (wave, (const guint8 *) &value, sizeof value);
}

static void
append_u16 (GByteArray *wave,
            guint       value)
{
  guint16 little = GUINT16_TO_LE ((guint16) value);

  g_byte_array_append (wave, (const guint8 *) &little, sizeof little);
}

/* RIFF, one channel of 16 bits. */
static void
append_head (GByteArray *wave,
             guint       n_samples)
{
  g_byte_array_append (wave, (const guint8 *) "RIFF", 4);
  append_u32 (wave, 36 + n_samples * 2);
  g_byte_array_append (wave, (const guint8 *) "WAVEfmt ", 8);
  append_u32 (wave, 16);
  append_u16 (wave, 1);
  append_u16 (wave, 1);
  append_u32 (wave, RATE);
  append_u32 (wave, RATE * 2);
  append_u16 (wave, 2);
  append_u16 (wave, 16);
  g_byte_array_append (wave, (const guint8 *) "data", 4);
  append_u32 (wave, n_samples * 2);
}

/* A tone with two overtones, which small loudspeakers need; between -1 and 1. */
static double
sample (const Tune *tune,
        double      hz,
        double      at_s)
{
  double edge = fmin (1, fmin (at_s, tune->pulse_s - at_s) / EDGE_S);
  double phase = 2 * G_PI * hz * at_s;

  return fmax (edge, 0) * (sin (phase) + 0.35 * sin (2 * phase) + 0.2 * sin (3 * phase)) / 1.55;
}

static guint
count_samples (const Tune *tune)
{
  return tune->n_pulses * (guint) (tune->pulse_s * RATE)
         + (tune->n_pulses - 1) * (guint) (tune->pause_s * RATE);
}

static void
append_tune (GByteArray *wave,
             const Tune *tune)
{
  guint pulse = (guint) (tune->pulse_s * RATE), pause = (guint) (tune->pause_s * RATE);
  guint n = count_samples (tune);

  for (guint i = 0; i < n; i++)
    {
      guint within = i % (pulse + pause);
      double hz = tune->hz[i / (pulse + pause)];
      double value = within < pulse ? sample (tune, hz, (double) within / RATE) : 0;

      append_u16 (wave, (guint) (gint16) lrint (value * LOUDNESS * G_MAXINT16));
    }
}

static const Tune *
tune_of (guint level)
{
  return &tunes[CLAMP (level, 1, G_N_ELEMENTS (tunes)) - 1];
}

/** sm_tone_new: Returns: (transfer full): the sound of a level from 1 to 4, as a WAV file */
GBytes *
sm_tone_new (guint level)
{
  const Tune *tune = tune_of (level);
  guint n = count_samples (tune);
  GByteArray *wave = g_byte_array_sized_new (44 + n * 2);

  append_head (wave, n);
  append_tune (wave, tune);
  return g_byte_array_free_to_bytes (wave);
}

/** sm_tone_new_of_drill: Returns: (transfer full): the same, behind what says that it is a drill */
GBytes *
sm_tone_new_of_drill (guint level)
{
  const Tune *tune = tune_of (level);
  guint rest = (guint) (DRILL_REST_S * RATE), n = count_samples (&drill) + rest + count_samples (tune);
  GByteArray *wave = g_byte_array_sized_new (44 + n * 2);

  append_head (wave, n);
  append_tune (wave, &drill);
  for (guint i = 0; i < rest; i++)
    append_u16 (wave, 0);
  append_tune (wave, tune);
  return g_byte_array_free_to_bytes (wave);
}
