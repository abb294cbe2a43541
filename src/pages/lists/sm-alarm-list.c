/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-list-specs.h"
#include "sm-list-words.h"
#include "sm-text.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

static char *
what (const SmTableColumn *column,
      SmItem              *item,
      gpointer             view)
{
  const char *code = sm_row_get_text (sm_item_get_row (item), SM_ALARM_CODE);

  return sm_text_clean (code != NULL ? sm_word_of_alarm (code) : "–");
}

/* The rows that are open are put in any order; a history has that of time. */
#define COLUMNS(FLAGS)                                                                            \
  { "what", N_ ("Alarm"), NULL, SM_ALARM_CODE, SM_COLUMN_PRIMARY | FLAGS, 0, 20, 0, what },       \
  { "level", N_ ("Level"), NULL, SM_ALARM_LEVEL, FLAGS, 0, 5 },                                   \
  { "source", N_ ("At"), NULL, SM_ALARM_SOURCE_LABEL, FLAGS, 0, 18 },                             \
  { "station", N_ ("Station"), NULL, SM_ALARM_STATION_ID, FLAGS, 0, 16, 0, sm_list_station },     \
  { "state", N_ ("State"), NULL, SM_ALARM_STATE, FLAGS, 0, 14 },                                  \
  { "raised", N_ ("Raised"), NULL, SM_ALARM_RAISED_AT, FLAGS, 0, 19 },                            \
  { "returned", N_ ("Ended"), NULL, SM_ALARM_RETURNED_AT, SM_COLUMN_HIDDEN | FLAGS, 0, 19 },      \
  { "value", N_ ("Value"), NULL, SM_ALARM_VALUE, FLAGS, 1, 8 },                                   \
  { "limit", N_ ("Limit"), NULL, SM_ALARM_LIMIT_VALUE, FLAGS, 1, 8 },                             \
  { "count", N_ ("Times"), NULL, SM_ALARM_COUNT, FLAGS, 0, 5 },                                   \
  { "acked_by", N_ ("Acknowledged by"), NULL, SM_ALARM_ACKED_BY, FLAGS, 0, 14 },                  \
  { "acked", N_ ("Acknowledged"), NULL, SM_ALARM_ACKED_AT, SM_COLUMN_HIDDEN | FLAGS, 0, 19 },     \
  { "note", N_ ("Note"), NULL, SM_ALARM_NOTE, SM_COLUMN_HIDDEN | FLAGS, 0, 20 },                  \
  { "sender_code", N_ ("The device's code"), NULL, SM_ALARM_SENDER_CODE, SM_COLUMN_HIDDEN | FLAGS, 0, 10 }, \
  { "sender_text", N_ ("The device's words"), NULL, SM_ALARM_SENDER_TEXT, SM_COLUMN_HIDDEN | FLAGS, 0, 20 }, \
  { "risk", N_ ("Risk"), NULL, SM_ALARM_RISK, SM_COLUMN_HIDDEN | FLAGS, 0, 6 },

static const SmTableColumn columns[] = { COLUMNS (0) };
static const SmTableColumn history_columns[] = { COLUMNS (SM_COLUMN_UNSORTED) };

static const SmFilterChoice choices[] = {
  { "state", N_ ("State"), sm_alarm_states },
};

static char *
dup_link (SmItem   *item,
          gpointer  data)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, sm_item_get_id (item));

  return sm_link_text ("alarm", id, NULL);
}

const SmListSpec sm_open_alarm_list = {
  .name = "alarms",
  .title = N_ ("Open alarms"),
  .noun = SM_NOUN_ALARM,
  .placeholder = N_ ("Where, code or note"),
  .nothing = N_ ("No open alarms"),
  .columns = columns,
  .n_columns = G_N_ELEMENTS (columns),
  .choices = choices,
  .n_choices = G_N_ELEMENTS (choices),
  .hooks = { NULL, NULL, NULL, dup_link },
  .query = sm_list_open,
};

static const SmFilterChoice history_choices[] = {
  { "ended", N_ ("Time"), sm_list_periods, sm_list_period_words },
};

static GListModel *
query (SmOps        *ops,
       const SmLink *link)
{
  return sm_list_history (ops, SM_NOUN_ALARM, link);
}

const SmListSpec sm_alarm_list = {
  .name = "alarm_history",
  .title = N_ ("History"),
  .noun = SM_NOUN_ALARM,
  .nothing = N_ ("No alarms yet"),
  .columns = history_columns,
  .n_columns = G_N_ELEMENTS (history_columns),
  .choices = history_choices,
  .n_choices = G_N_ELEMENTS (history_choices),
  .hooks = { NULL, NULL, sm_list_load_more, dup_link },
  .query = query,
};
