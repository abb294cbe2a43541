/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-view.h"
#include "sm-alarm-words.h"
#include "sm-fault-row.h"
#include "sm-text.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

/* The columns of alarms; the data of all functions is the SmAlarmView. */

static const SmFold *
find_fold (SmItem   *item,
           gpointer  view)
{
  SmAlarmDesk *desk = sm_alarm_view_get_desk (view);

  return desk != NULL ? sm_alarm_desk_get_fold (desk, item) : NULL;
}

/* What is folded in is said in words: how much, and whether it is to be seen below. */
static char *
what (const SmTableColumn *column,
      SmItem              *item,
      gpointer             view)
{
  const SmRow *row = sm_item_get_row (item);
  const char *code = sm_row_get_text (row, SM_ALARM_CODE);
  const SmFold *fold = find_fold (item, view);
  g_autofree char *word = sm_text_clean (code != NULL ? sm_word_of_alarm (code) : "–");
  g_autofree char *count = NULL;
  const char *sign, *first;

  if (fold == NULL || (fold->head_id == 0 && fold->n_folded == 0))
    return g_steal_pointer (&word);
  /* Translators: beside the first of several alarms of one cause */
  first = fold->is_first_out ? _(" · first out") : "";
  if (fold->head_id != 0)
    return g_strdup_printf ("    ↳ %s%s", word, first);
  sign = sm_alarm_desk_is_expanded (sm_alarm_view_get_desk (view), item) ? "▾" : "▸";
  /* Translators: %u is how many alarms are folded into the one before it */
  count = g_strdup_printf (ngettext ("and %u more", "and %u more", fold->n_folded),
                           fold->n_folded);
  return g_strdup_printf ("%s %s · %s%s", sign, word, count, first);
}

/* Of several in one row the worst: no level 1 stands behind the sign of another. */
static double
level (const SmTableColumn *column,
       SmItem              *item,
       gpointer             view)
{
  const SmFold *fold = find_fold (item, view);
  gint64 own = sm_row_get_int (sm_item_get_row (item), SM_ALARM_LEVEL);

  return fold != NULL ? (double) MIN (own, fold->worst_level) : (double) own;
}

static char *
source (const SmTableColumn *column,
        SmItem              *item,
        gpointer             view)
{
  return sm_fault_source (sm_item_get_row (item));
}

static char *
station (const SmTableColumn *column,
         SmItem              *item,
         gpointer             view)
{
  const SmRow *row = sm_item_get_row (item);

  return sm_alarm_words_label (sm_alarm_view_get_ops (view), SM_NOUN_STATION,
                               sm_row_is_null (row, SM_ALARM_STATION_ID)
                                   ? 0 : sm_row_get_int (row, SM_ALARM_STATION_ID));
}

static char *
state (const SmTableColumn *column,
       SmItem              *item,
       gpointer             view)
{
  if (sm_item_get_pending (item))
    return g_strdup (_("acknowledged, not sent yet"));
  return sm_text_clean (sm_word_of_slug (
      sm_alarm_states, sm_row_get_text (sm_item_get_row (item), SM_ALARM_STATE)));
}

static char *
age (const SmTableColumn *column,
     SmItem              *item,
     gpointer             view)
{
  return sm_alarm_words_age (sm_alarm_view_get_ops (view),
                             sm_row_get_int (sm_item_get_row (item), SM_ALARM_RAISED_AT));
}

static char *
effect (const SmTableColumn *column,
        SmItem              *item,
        gpointer             view)
{
  return sm_alarm_words_effect (sm_alarm_view_get_ops (view), sm_item_get_row (item));
}

static char *
step (const SmTableColumn *column,
      SmItem              *item,
      gpointer             view)
{
  return sm_alarm_words_step (sm_item_get_row (item));
}

static char *
value (const SmTableColumn *column,
       SmItem              *item,
       gpointer             view)
{
  char *text = sm_alarm_words_value (sm_item_get_row (item), column->field);

  return text != NULL ? text : g_strdup ("–");
}

#define HIDDEN SM_COLUMN_HIDDEN
#define FIXED SM_COLUMN_UNSORTED

const SmTableColumn sm_alarm_columns[] = {
  { "level", N_ ("Level"), NULL, SM_ALARM_LEVEL, SM_COLUMN_LEVEL, 0, 5, 0, NULL, level },
  { "what", N_ ("Alarm"), NULL, SM_ALARM_CODE, SM_COLUMN_PRIMARY, 0, 22, 0, what },
  { "source", N_ ("At"), NULL, SM_ALARM_SOURCE_LABEL, 0, 0, 13, 0, source },
  { "since", N_ ("Age"), NULL, SM_ALARM_RAISED_AT, SM_COLUMN_UNSORTED, 0, 6, 0, age },
  { "station", N_ ("Station"), NULL, SM_ALARM_STATION_ID, 0, 0, 14, 0, station },
  { "state", N_ ("State"), NULL, SM_ALARM_STATE, 0, 0, 19, 0, state },
  { "effect", N_ ("Effect"), NULL, SM_ALARM_STATION_ID, 0, 0, 12, 0, effect },
  { "step", N_ ("Next step"), NULL, SM_ALARM_CODE, 0, 0, 18, 0, step },
  { "acked_by", N_ ("Owner"), NULL, SM_ALARM_ACKED_BY, 0, 0, 10 },
  { "raised", N_ ("Raised"), NULL, SM_ALARM_RAISED_AT, HIDDEN, 0, 19 },
  { "returned", N_ ("Ended"), NULL, SM_ALARM_RETURNED_AT, HIDDEN, 0, 19 },
  { "value", N_ ("Value"), NULL, SM_ALARM_VALUE, HIDDEN, 1, 8, 0, value },
  { "limit", N_ ("Limit"), NULL, SM_ALARM_LIMIT_VALUE, HIDDEN, 1, 8, 0, value },
  { "count", N_ ("Times"), NULL, SM_ALARM_COUNT, HIDDEN, 0, 5 },
  { "risk", N_ ("Risk"), NULL, SM_ALARM_RISK, HIDDEN, 0, 6 },
  { "acked", N_ ("Acknowledged"), NULL, SM_ALARM_ACKED_AT, HIDDEN, 0, 19 },
  { "note", N_ ("Note"), NULL, SM_ALARM_NOTE, HIDDEN, 0, 20 },
  { "sender_code", N_ ("The device's code"), NULL, SM_ALARM_SENDER_CODE, HIDDEN, 0, 10 },
  { "sender_text", N_ ("The device's words"), NULL, SM_ALARM_SENDER_TEXT, HIDDEN, 0, 20 },
};
const guint sm_n_alarm_columns = G_N_ELEMENTS (sm_alarm_columns);

/* A history has the order of time. */
const SmTableColumn sm_alarm_history_columns[] = {
  { "level", N_ ("Level"), NULL, SM_ALARM_LEVEL, FIXED | SM_COLUMN_LEVEL, 0, 5, 0, NULL, level },
  { "what", N_ ("Alarm"), NULL, SM_ALARM_CODE, FIXED | SM_COLUMN_PRIMARY, 0, 20, 0, what },
  { "source", N_ ("At"), NULL, SM_ALARM_SOURCE_LABEL, FIXED, 0, 13, 0, source },
  { "station", N_ ("Station"), NULL, SM_ALARM_STATION_ID, FIXED, 0, 14, 0, station },
  { "raised", N_ ("Raised"), NULL, SM_ALARM_RAISED_AT, FIXED, 0, 19 },
  { "returned", N_ ("Ended"), NULL, SM_ALARM_RETURNED_AT, FIXED, 0, 19 },
  { "state", N_ ("State"), NULL, SM_ALARM_STATE, FIXED, 0, 19, 0, state },
  { "acked_by", N_ ("Owner"), NULL, SM_ALARM_ACKED_BY, FIXED, 0, 10 },
  { "count", N_ ("Times"), NULL, SM_ALARM_COUNT, FIXED, 0, 5 },
  { "value", N_ ("Value"), NULL, SM_ALARM_VALUE, FIXED | HIDDEN, 1, 8, 0, value },
  { "limit", N_ ("Limit"), NULL, SM_ALARM_LIMIT_VALUE, FIXED | HIDDEN, 1, 8, 0, value },
  { "risk", N_ ("Risk"), NULL, SM_ALARM_RISK, FIXED | HIDDEN, 0, 6 },
  { "acked", N_ ("Acknowledged"), NULL, SM_ALARM_ACKED_AT, FIXED | HIDDEN, 0, 19 },
  { "note", N_ ("Note"), NULL, SM_ALARM_NOTE, FIXED | HIDDEN, 0, 20 },
  { "sender_code", N_ ("The device's code"), NULL, SM_ALARM_SENDER_CODE, FIXED | HIDDEN, 0, 10 },
  { "sender_text", N_ ("The device's words"), NULL, SM_ALARM_SENDER_TEXT, FIXED | HIDDEN, 0, 20 },
};
const guint sm_n_alarm_history_columns = G_N_ELEMENTS (sm_alarm_history_columns);
