/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-list-specs.h"
#include "sm-list-words.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

/* How a drill goes: what happened, and how soon people did what they are to do. */

static char *
what (const SmTableColumn *column,
      SmItem              *item,
      gpointer             view)
{
  const SmRow *row = sm_item_get_row (item);
  const char *code = sm_row_get_text (row, SM_DRILL_STEP_CODE);

  if (code != NULL)
    return g_strdup (sm_word_of_alarm (code));
  return g_strdup (sm_word_of_slug (sm_drill_deeds, sm_row_get_text (row, SM_DRILL_STEP_DEED)));
}

static char *
where (const SmTableColumn *column,
       SmItem              *item,
       gpointer             view)
{
  static const struct
  {
    guint field;
    SmNounId noun;
  } places[] = {
    { SM_DRILL_STEP_STATION_ID, SM_NOUN_STATION },
    { SM_DRILL_STEP_VEHICLE_ID, SM_NOUN_VEHICLE },
    { SM_DRILL_STEP_BATTERY_ID, SM_NOUN_BATTERY },
  };
  const SmRow *row = sm_item_get_row (item);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (!sm_row_is_null (row, places[i].field))
      return sm_list_label (view, places[i].noun, sm_row_get_int (row, places[i].field));
  return g_strdup ("–");
}

static char *
seconds (gint64 from_us,
         gint64 to_us)
{
  return sm_text_measure ((double) ((to_us - from_us) / SM_SECOND), 0, "s");
}

/* How long the service took to say it; a person cannot be faster. */
static char *
raised_after (const SmTableColumn *column,
              SmItem              *item,
              gpointer             view)
{
  const SmRow *row = sm_item_get_row (item);

  if (sm_row_is_null (row, SM_DRILL_STEP_RAISED_AT))
    return g_strdup (_("no alarm yet"));
  return seconds (sm_row_get_int (row, SM_DRILL_STEP_AT), sm_row_get_int (row, column->field));
}

static char *
done_words (gint64 raised_us,
            gint64 at_us,
            gint64 within_s)
{
  g_autofree char *took = seconds (raised_us, at_us);
  g_autofree char *within = sm_text_measure ((double) within_s, 0, "s");

  if (within_s == SM_UNKNOWN)
    return g_steal_pointer (&took);
  if (at_us <= raised_us + within_s * SM_SECOND)
    /* Translators: of a reaction in a drill: it took 12 s, of the 30 s that it might take */
    return g_strdup_printf (_("%s of %s"), took, within);
  /* Translators: of a reaction in a drill: it took 45 s, of the 30 s that it might take */
  return g_strdup_printf (_("%s of %s, too late"), took, within);
}

/* The column's field is within how many seconds; the next is when it was. */
static char *
reaction (const SmTableColumn *column,
          SmItem              *item,
          gpointer             view)
{
  const SmRow *row = sm_item_get_row (item);
  gint64 raised_us = sm_row_get_int (row, SM_DRILL_STEP_RAISED_AT);
  gint64 within_s = sm_row_get_int (row, column->field);
  gint64 at_us = sm_row_get_int (row, column->field + 1);
  gint64 now_us = sm_clock_now (sm_status_get_clock (
    sm_ops_get_status (sm_list_view_get_ops (view))));
  g_autofree char *within = NULL;

  if (at_us != SM_UNKNOWN && raised_us != SM_UNKNOWN)
    return done_words (raised_us, at_us, within_s);
  if (within_s == SM_UNKNOWN)
    return g_strdup ("–");
  within = sm_text_measure ((double) within_s, 0, "s");
  if (raised_us != SM_UNKNOWN && now_us > raised_us + within_s * SM_SECOND)
    /* Translators: of a reaction in a drill, with the time in which it should have come */
    return g_strdup_printf (_("missed (%s)"), within);
  /* Translators: of a reaction in a drill that is still to come */
  return g_strdup_printf (_("within %s"), within);
}

static const SmTableColumn columns[] = {
  { "number", N_ ("Step"), NULL, SM_DRILL_STEP_NUMBER, 0, 0, 4 },
  { "what", N_ ("What happened"), NULL, SM_DRILL_STEP_CODE, SM_COLUMN_PRIMARY, 0, 18, 0, what },
  { "where", N_ ("Where"), NULL, SM_DRILL_STEP_STATION_ID, 0, 0, 16, 0, where },
  { "at", N_ ("Time"), NULL, SM_DRILL_STEP_AT, 0, 0, 19 },
  { "verdict", N_ ("Result"), NULL, SM_DRILL_STEP_VERDICT, 0, 0, 10 },
  { "raised", N_ ("Alarm after"), NULL, SM_DRILL_STEP_RAISED_AT, 0, 0, 11, 0, raised_after },
  { "noticed", N_ ("Noticed"), NULL, SM_DRILL_STEP_NOTICED_WITHIN_S, 0, 0, 16, 0, reaction },
  { "acknowledged", N_ ("Acknowledged"), NULL, SM_DRILL_STEP_ACKNOWLEDGED_WITHIN_S, 0, 0, 16, 0,
    reaction },
  { "steps", N_ ("All steps done"), NULL, SM_DRILL_STEP_STEPS_WITHIN_S, 0, 0, 16, 0, reaction },
  { "command", N_ ("Command"), NULL, SM_DRILL_STEP_COMMAND_WITHIN_S, 0, 0, 16, 0, reaction },
  { "handed_over", N_ ("Handed over"), NULL, SM_DRILL_STEP_HANDED_OVER_WITHIN_S, 0, 0, 16, 0,
    reaction },
  { "noticed_by", N_ ("Noticed by"), NULL, SM_DRILL_STEP_NOTICED_BY, 0, 0, 10 },
  { "acknowledged_by", N_ ("Acknowledged by"), NULL, SM_DRILL_STEP_ACKNOWLEDGED_BY, 0, 0, 10 },
  { "drill", N_ ("Drill"), NULL, SM_DRILL_STEP_DRILL, SM_COLUMN_HIDDEN, 0, 24 },
};

static const SmFilterChoice choices[] = {
  { "verdict", N_ ("Result"), sm_drill_verdicts },
};

static char *
dup_link (SmItem   *item,
          gpointer  data)
{
  const SmRow *row = sm_item_get_row (item);
  g_autofree char *id = NULL;

  if (sm_row_is_null (row, SM_DRILL_STEP_ALARM_ID))
    return NULL;
  id = g_strdup_printf ("%" G_GINT64_FORMAT, sm_row_get_int (row, SM_DRILL_STEP_ALARM_ID));
  return sm_link_text ("alarm", id, NULL);
}

const SmListSpec sm_drill_list = {
  .name = "drill_steps",
  .title = N_ ("Drill"),
  .noun = SM_NOUN_DRILL_STEP,
  .nothing = N_ ("Nothing of the drill has happened yet"),
  .columns = columns,
  .n_columns = G_N_ELEMENTS (columns),
  .choices = choices,
  .n_choices = G_N_ELEMENTS (choices),
  .hooks = { NULL, NULL, NULL, dup_link },
  .query = sm_list_open,
};
