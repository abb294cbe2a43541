/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-figures-words.h"

#include "sm-i18n.h"
#include "sm-ops-desks.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Of fewer alarms than this the ten most frequent are a large part whatever they are. */
#define LEAST_FOR_TOP 200

/* In the order of sm_alarm_targets. */
static const char *const target_names[] = {
  N_ ("Alarms in 10 minutes, well manageable"),
  N_ ("Alarms in 10 minutes, at most"),
  N_ ("A flood begins above, in 10 minutes"),
  N_ ("A flood ends below, in 10 minutes"),
  N_ ("10 minutes with a flood, at most (%)"),
  N_ ("Time in floods, at most (%)"),
  N_ ("Ten most frequent alarms, at most (%)"),
  N_ ("Chattering from so many times on"),
  N_ ("Chattering within (seconds)"),
  N_ ("Chattering alarms, at most"),
  N_ ("Stale when longer there than (hours)"),
  N_ ("Stale alarms, at most"),
  N_ ("Alarms of level 1, at most (%)"),
  N_ ("Alarms of level 2, at most (%)"),
  N_ ("Alarms of level 3, at most (%)"),
  N_ ("Alarms of level 4, about (%)"),
  N_ ("Level 1 acknowledged within (seconds)"),
  N_ ("Level 2 acknowledged within (seconds)"),
  N_ ("Level 3 acknowledged within (seconds)"),
  N_ ("Level 4 acknowledged within (seconds)"),
};

/** sm_figure_target_name: @target: index in sm_alarm_targets */
const char *
sm_figure_target_name (guint target)
{
  return target < G_N_ELEMENTS (target_names) ? _(target_names[target]) : "";
}

/** sm_figure_source: Where a target comes from. */
const char *
sm_figure_source (const char *slug)
{
  if (strcmp (slug, "isa-18.2") == 0)
    return "ISA-18.2";
  if (strcmp (slug, "eemua-191") == 0)
    return "EEMUA 191";
  /* Translators: where a target comes from: from no standard, but from this program */
  return _("our own");
}

const char *
sm_figure_verdict_words (SmFigureVerdict verdict)
{
  switch (verdict)
    {
    case SM_FIGURE_WITHIN:
      return C_ ("verdict", "within target");
    case SM_FIGURE_OVER:
      return C_ ("verdict", "over target");
    case SM_FIGURE_UNJUDGED:
    default:
      return C_ ("verdict", "–");
    }
}

/**
 * sm_figure_duration:
 *
 * Returns: (transfer full): as 42 s, 3 min 20 s or 3 h; – for NAN.  Seconds are told
 *   within the hour: what is over 3 min is not to look as if it were not
 */
char *
sm_figure_duration (double seconds)
{
  int whole = isfinite (seconds) ? (int) CLAMP (seconds, 0, G_MAXINT) : 0;

  if (whole > 60 && whole < 3600 && whole % 60 != 0)
    /* Translators: a duration, minutes and seconds */
    return g_strdup_printf (_("%d min %d s"), whole / 60, whole % 60);
  return isfinite (seconds) ? sm_time_age ((gint64) (seconds * SM_SECOND)) : g_strdup ("–");
}

/** sm_figure_moment: Returns: (transfer full): in the network's time zone; – for unknown */
char *
sm_figure_moment (SmOps      *ops,
                  gint64      at_us,
                  const char *format)
{
  GTimeZone *zone = sm_status_get_zone (sm_ops_get_status (ops));
  g_autoptr (GDateTime) utc
      = at_us != SM_UNKNOWN ? g_date_time_new_from_unix_utc (at_us / SM_SECOND) : NULL;
  g_autoptr (GDateTime) local
      = utc != NULL && zone != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return utc == NULL ? g_strdup ("–") : g_date_time_format (local != NULL ? local : utc, format);
}

/** sm_figure_area: Returns: (transfer full): its name; of 0 that it is of no area */
char *
sm_figure_area (SmOps  *ops,
                gint64  area_id)
{
  g_autofree char *name = NULL;

  if (area_id == 0)
    return g_strdup (_("Of no area"));
  name = sm_directory_dup_label (sm_ops_get_directory (ops), SM_NOUN_AREA, area_id,
                                 sm_i18n_language ());
  return sm_text_clean (name != NULL ? name : "–");
}

/** sm_figure_desk: Returns: (transfer full): its name; of 0 that it is of no desk */
char *
sm_figure_desk (SmOps  *ops,
                gint64  desk_id)
{
  SmItem *desk = desk_id != 0 ? sm_ops_find_desk (ops, desk_id) : NULL;
  g_autofree char *name = NULL;

  if (desk_id == 0)
    return g_strdup (_("Of no desk"));
  if (desk != NULL)
    name = sm_row_dup_name (sm_item_get_row (desk), SM_DESK_NAME, sm_i18n_language ());
  return sm_text_clean (name != NULL ? name : "–");
}

char *
sm_figure_alarm (const SmRow *alarm)
{
  const char *code = sm_row_get_text (alarm, SM_ALARM_CODE);

  return sm_text_clean (code != NULL ? sm_word_of_alarm (code) : "–");
}

char *
sm_figure_station (SmOps       *ops,
                   const SmRow *alarm)
{
  g_autofree char *name = NULL;

  if (!sm_row_is_null (alarm, SM_ALARM_STATION_ID))
    name = sm_directory_dup_label (sm_ops_get_directory (ops), SM_NOUN_STATION,
                                   sm_row_get_int (alarm, SM_ALARM_STATION_ID),
                                   sm_i18n_language ());
  return sm_text_clean (name != NULL ? name : "–");
}

/* --- the figures beside their targets --- */

static void
line_free (gpointer data)
{
  SmFigureLine *line = data;

  g_free (line->name);
  g_free (line->value);
  g_free (line->target);
  g_free (line);
}

static SmFigureVerdict
judge (double value,
       double most)
{
  return !isfinite (value) ? SM_FIGURE_UNJUDGED
         : value > most    ? SM_FIGURE_OVER
                           : SM_FIGURE_WITHIN;
}

/* @value and @target: (transfer full) */
static void
add (GPtrArray       *lines,
     const char      *name,
     char            *value,
     char            *target,
     SmFigureVerdict  verdict)
{
  SmFigureLine *line = g_new (SmFigureLine, 1);

  *line = (SmFigureLine){ g_strdup (name), value, target != NULL ? target : g_strdup (""),
                          verdict };
  g_ptr_array_add (lines, line);
}

static char *
count (gint64 value)
{
  return sm_text_count (value);
}

static char *
measure (double      value,
         const char *unit)
{
  return sm_text_measure (value, value < 10 && value != floor (value) ? 1 : 0, unit);
}

/* Translators: a target: at most so much */
static char *
at_most (double      value,
         const char *unit)
{
  g_autofree char *much = measure (value, unit);

  return g_strdup_printf (_("at most %s"), much);
}

static void
add_rates (GPtrArray            *lines,
           const SmAlarmFigures *figures)
{
  const SmAlarmRates *rates = &figures->total;
  const SmAlarmTargets *targets = &figures->targets;

  add (lines, _("Alarms"), count (rates->count), NULL, SM_FIGURE_UNJUDGED);
  add (lines, _("of them not acknowledged"), count (rates->unacked), NULL, SM_FIGURE_UNJUDGED);
  add (lines, _("Put aside as they rang, not counted"), count (rates->put_aside), NULL,
       SM_FIGURE_UNJUDGED);
  add (lines, _("In 10 minutes, on average"), sm_text_measure (rates->per_10min, 2, NULL),
       at_most (targets->per_10min_max, NULL), judge (rates->per_10min, targets->per_10min_max));
  add (lines, _("In the worst 10 minutes"), count (rates->busiest),
       at_most (targets->flood_begins, NULL),
       judge ((double) rates->busiest, targets->flood_begins));
  add (lines, _("10 minutes with more than that"), measure (rates->busy_pct, "%"),
       at_most (targets->busy_pct, "%"), judge (rates->busy_pct, targets->busy_pct));
}

static void
add_floods (GPtrArray            *lines,
            const SmAlarmFigures *figures)
{
  const SmAlarmRates *rates = &figures->total;
  const SmAlarmTargets *targets = &figures->targets;
  gboolean is_enough = rates->count >= LEAST_FOR_TOP;

  add (lines, _("Floods"), count (rates->floods), NULL, SM_FIGURE_UNJUDGED);
  add (lines, _("Time in floods"), measure (rates->flood_pct, "%"),
       at_most (targets->flood_pct, "%"), judge (rates->flood_pct, targets->flood_pct));
  add (lines, _("Ten most frequent alarms"), measure (rates->top_pct, "%"),
       is_enough ? at_most (targets->top_pct, "%")
                 /* Translators: a share says nothing of so few */
                 : g_strdup_printf (_("judged from %d alarms on"), LEAST_FOR_TOP),
       is_enough ? judge (rates->top_pct, targets->top_pct) : SM_FIGURE_UNJUDGED);
  add (lines, _("Chattering alarms"), count (rates->chattering),
       at_most (targets->chattering, NULL),
       judge ((double) rates->chattering, targets->chattering));
  add (lines, _("Stale alarms"), count (rates->stale), at_most (targets->stale, NULL),
       judge ((double) rates->stale, targets->stale));
}

static void
add_levels (GPtrArray            *lines,
            const SmAlarmFigures *figures)
{
  const SmAlarmRates *rates = &figures->total;

  for (guint i = 0; i < SM_ALARM_LEVELS; i++)
    {
      double share = rates->count > 0 ? 100.0 * (double) rates->level[i] / (double) rates->count
                                      : NAN;
      /* Translators: %u is a level of alarms, 1 to 4 */
      g_autofree char *name = g_strdup_printf (_("Alarms of level %u"), i + 1);
      g_autofree char *much = isfinite (share) ? measure (share, "%") : g_strdup ("–");
      gboolean is_last = i + 1 == SM_ALARM_LEVELS;
      g_autofree char *usual = measure (figures->targets.level_pct[i], "%");

      add (lines, name, g_strdup_printf ("%" G_GINT64_FORMAT " · %s", rates->level[i], much),
           is_last ? g_strdup_printf (_("about %s"), usual)
                   : at_most (figures->targets.level_pct[i], "%"),
           is_last ? SM_FIGURE_UNJUDGED : judge (share, figures->targets.level_pct[i]));
    }
  for (guint i = 0; i < SM_ALARM_LEVELS; i++)
    {
      /* Translators: %u is a level of alarms; half of them are acknowledged sooner */
      g_autofree char *name = g_strdup_printf (_("Level %u acknowledged after, median"), i + 1);
      g_autofree char *most = sm_figure_duration (figures->targets.ack_s[i]);

      add (lines, name, sm_figure_duration (rates->ack_s[i]),
           g_strdup_printf (_("at most %s"), most),
           judge (rates->ack_s[i], figures->targets.ack_s[i]));
    }
}

/** sm_figure_lines: Returns: (transfer full): of SmFigureLine: every figure beside its target */
GPtrArray *
sm_figure_lines (const SmAlarmFigures *figures)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (line_free);

  add_rates (lines, figures);
  add_floods (lines, figures);
  add_levels (lines, figures);
  return lines;
}
