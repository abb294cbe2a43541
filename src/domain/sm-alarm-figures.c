/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-figures.h"

#include <math.h>

#define ISA "isa-18.2"
#define EEMUA "eemua-191"
#define OWN "own"
#define TARGET(name, usual, least, most, source) \
  { #name, G_STRUCT_OFFSET (SmAlarmTargets, name), usual, least, most, source }
#define TARGET_OF(array, n, usual, most, source)                                        \
  { #array #n, G_STRUCT_OFFSET (SmAlarmTargets, array) + ((n) - 1) * sizeof (double), usual, 0, \
    most, source }

/* ISA-18.2-2016 16.4 and EEMUA 191, as others quote them; how soon somebody is to
 * acknowledge is in neither, and ours: 3 minutes is what a report may take. */
const SmAlarmTarget sm_alarm_targets[] = {
  TARGET (per_10min, 1, 0, 1000, ISA),
  TARGET (per_10min_max, 2, 0, 1000, ISA),
  TARGET (flood_begins, 10, 1, 1000, ISA),
  TARGET (flood_ends, 5, 1, 1000, ISA),
  TARGET (busy_pct, 1, 0, 100, ISA),
  TARGET (flood_pct, 1, 0, 100, ISA),
  TARGET (top_pct, 5, 0, 100, ISA),
  TARGET (chatter_count, 3, 2, 100, EEMUA),
  TARGET (chatter_s, 60, 1, 3600, EEMUA),
  TARGET (chattering, 0, 0, 1000, ISA),
  TARGET (stale_h, 24, 1, 720, ISA),
  TARGET (stale, 5, 0, 1000, ISA),
  TARGET_OF (level_pct, 1, 1, 100, ISA),
  TARGET_OF (level_pct, 2, 5, 100, EEMUA),
  TARGET_OF (level_pct, 3, 15, 100, EEMUA),
  TARGET_OF (level_pct, 4, 80, 100, EEMUA),
  TARGET_OF (ack_s, 1, 60, 86400, OWN),
  TARGET_OF (ack_s, 2, 180, 86400, OWN),
  TARGET_OF (ack_s, 3, 900, 86400, OWN),
  TARGET_OF (ack_s, 4, 3600, 86400, OWN),
};
const guint sm_n_alarm_targets = G_N_ELEMENTS (sm_alarm_targets);

#define INT(name) { #name, FALSE, G_STRUCT_OFFSET (SmAlarmRates, name) }
#define REAL(name) { #name, TRUE, G_STRUCT_OFFSET (SmAlarmRates, name) }
#define LEVEL(n) \
  { "level" #n, FALSE, G_STRUCT_OFFSET (SmAlarmRates, level) + ((n) - 1) * sizeof (gint64) }
#define ACK(n) \
  { "ack_s" #n, TRUE, G_STRUCT_OFFSET (SmAlarmRates, ack_s) + ((n) - 1) * sizeof (double) }

const SmAlarmRatesMember sm_alarm_rates_members[] = {
  INT (area_id),   INT (desk_id),
  INT (count),        LEVEL (1),        LEVEL (2),     LEVEL (3),
  LEVEL (4),       INT (put_aside),    INT (unacked),    INT (windows), INT (busy_windows),
  INT (busiest),   INT (floods),       INT (chattering), INT (stale),   REAL (per_10min),
  REAL (busy_pct), REAL (flood_s),     REAL (flood_pct), REAL (top_pct), ACK (1),
  ACK (2),         ACK (3),            ACK (4),
};
const guint sm_n_alarm_rates_members = G_N_ELEMENTS (sm_alarm_rates_members);

const char *const sm_alarm_figures_lists[] = { "top", "chattering", "stale", "floods", NULL };

static void
figure_free (gpointer data)
{
  SmAlarmFigure *figure = data;

  sm_row_unref (figure->alarm);
  g_free (figure);
}

SmAlarmFigures *
sm_alarm_figures_new (void)
{
  SmAlarmFigures *self = g_new0 (SmAlarmFigures, 1);

  sm_alarm_targets_init (&self->targets);
  self->areas = g_array_new (FALSE, TRUE, sizeof (SmAlarmRates));
  self->desks = g_array_new (FALSE, TRUE, sizeof (SmAlarmRates));
  self->windows = g_array_new (FALSE, TRUE, sizeof (guint));
  for (guint i = 0; i < SM_ALARM_FIGURES_N_LISTS; i++)
    self->lists[i] = g_ptr_array_new_with_free_func (figure_free);
  return self;
}

void
sm_alarm_figures_free (SmAlarmFigures *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->areas);
  g_array_unref (self->desks);
  g_array_unref (self->windows);
  for (guint i = 0; i < SM_ALARM_FIGURES_N_LISTS; i++)
    g_ptr_array_unref (self->lists[i]);
  g_free (self);
}

/** sm_alarm_figures_add: Lets @alarm stand at the end of a list. */
void
sm_alarm_figures_add (SmAlarmFigures     *self,
                      SmAlarmFiguresList  list,
                      SmRow              *alarm,
                      gint64              count,
                      gint64              from,
                      gint64              to)
{
  SmAlarmFigure *figure = g_new (SmAlarmFigure, 1);

  *figure = (SmAlarmFigure){ sm_row_ref (alarm), count, from, to };
  g_ptr_array_add (self->lists[list], figure);
}

/** sm_alarm_targets_init: As they are until somebody sets them. */
void
sm_alarm_targets_init (SmAlarmTargets *targets)
{
  for (guint i = 0; i < sm_n_alarm_targets; i++)
    SM_ALARM_TARGET (targets, i) = sm_alarm_targets[i].usual;
}

/**
 * sm_alarm_targets_is_valid:
 * @out_bad: (out): index of the first that cannot be so
 */
gboolean
sm_alarm_targets_is_valid (const SmAlarmTargets *targets,
                           guint                *out_bad)
{
  for (guint i = 0; i < sm_n_alarm_targets; i++)
    {
      double value = *(const double *) ((const char *) targets + sm_alarm_targets[i].offset);
      gboolean is_count = sm_alarm_targets[i].offset
                              == G_STRUCT_OFFSET (SmAlarmTargets, flood_begins)
                          || sm_alarm_targets[i].offset
                                 == G_STRUCT_OFFSET (SmAlarmTargets, flood_ends)
                          || sm_alarm_targets[i].offset
                                 == G_STRUCT_OFFSET (SmAlarmTargets, chatter_count);

      *out_bad = i;
      if (!(value >= sm_alarm_targets[i].least && value <= sm_alarm_targets[i].most)
          || (is_count && value != floor (value)))
        return FALSE;
      /* A flood that begins with fewer than it ends with would never be over. */
      if (sm_alarm_targets[i].offset == G_STRUCT_OFFSET (SmAlarmTargets, flood_ends)
          && value > targets->flood_begins)
        return FALSE;
    }
  return TRUE;
}
