/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-shift-lists.h"

#include "sm-i18n.h"
#include "sm-list-words.h"
#include "sm-ops-desks.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

/* Desks, who is to sit at them, and how they were handed over. */

/** sm_shift_desk_name: Returns: (transfer full): what a desk is called, else its number */
char *
sm_shift_desk_name (SmOps  *ops,
                    gint64  desk_id)
{
  SmItem *desk = desk_id != SM_UNKNOWN ? sm_ops_find_desk (ops, desk_id) : NULL;
  g_autofree char *name = NULL;

  if (desk_id == SM_UNKNOWN)
    return g_strdup ("–");
  if (desk != NULL)
    name = sm_row_dup_name (sm_item_get_row (desk), SM_DESK_NAME, sm_i18n_language ());
  return name != NULL ? sm_text_clean (name)
                      : g_strdup_printf ("#%" G_GINT64_FORMAT, desk_id);
}

/** sm_shift_when: Returns: (transfer full): a moment in the time of the network */
char *
sm_shift_when (SmOps  *ops,
               gint64  moment_us)
{
  GTimeZone *zone = sm_status_get_zone (sm_ops_get_status (ops));
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (moment_us / SM_SECOND);
  g_autoptr (GDateTime) local = NULL;

  if (moment_us == SM_UNKNOWN || moment_us <= 0 || utc == NULL)
    return g_strdup ("–");
  local = zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_ref (utc);
  /* Translators: a moment within a few days, see g_date_time_format() */
  return g_date_time_format (local, _("%-d %b, %H:%M"));
}

/** sm_shift_role_words: Returns: (transfer full): what a role on the roster is called */
char *
sm_shift_role_words (const char *role)
{
  return sm_text_clean (sm_word_of_slug (sm_person_roles, role));
}

static char *
desk_text (const SmTableColumn *column,
           SmItem              *item,
           gpointer             view)
{
  const SmRow *row = sm_item_get_row (item);

  return sm_shift_desk_name (sm_list_view_get_ops (view),
                             sm_row_is_null (row, column->field)
                                 ? SM_UNKNOWN
                                 : sm_row_get_int (row, column->field));
}

/* What an account may do, or what somebody wrote. */
static char *
role_text (const SmTableColumn *column,
           SmItem              *item,
           gpointer             view)
{
  return sm_shift_role_words (sm_row_get_text (sm_item_get_row (item), column->field));
}

/* Ids, kinds or levels with blanks between them; null is everything. */
static char *
areas_text (const SmTableColumn *column,
            SmItem              *item,
            gpointer             view)
{
  const char *list = sm_row_get_text (sm_item_get_row (item), column->field);
  g_auto (GStrv) ids = g_strsplit (list != NULL ? list : "", " ", -1);
  GString *text = g_string_new (NULL);

  if (list == NULL)
    g_string_append (text, C_ ("desk", "everywhere"));
  for (guint i = 0; list != NULL && ids[i] != NULL; i++)
    {
      g_autofree char *label
          = sm_list_label (view, SM_NOUN_AREA, g_ascii_strtoll (ids[i], NULL, 10));

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", label);
    }
  return g_string_free (text, FALSE);
}

const char *const sm_shift_kinds[] = { "vehicle", "battery", "station",   "lane", "bay",
                                       "pile",    "connector", "equipment", "area", NULL };

/** sm_shift_kind_words: Returns: (transfer none): what things of a kind are called */
const char *
sm_shift_kind_words (const char *kind)
{
  static const struct { const char *kind, *words; } kinds[] = {
    { "area", N_ ("Area") },         { "station", N_ ("Station") },
    { "pile", N_ ("Pile") },         { "connector", N_ ("Connector") },
    { "vehicle", N_ ("Vehicle") },   { "battery", N_ ("Battery") },
    { "lane", N_ ("Lane") },         { "bay", N_ ("Bay") },
    { "equipment", N_ ("Equipment") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].kind, kind))
      return _(kinds[i].words);
  return kind;
}

static char *
kinds_text (const SmTableColumn *column,
            SmItem              *item,
            gpointer             view)
{
  const char *list = sm_row_get_text (sm_item_get_row (item), column->field);
  g_auto (GStrv) words = g_strsplit (list != NULL ? list : "", " ", -1);
  GString *text = g_string_new (NULL);

  if (list == NULL)
    g_string_append (text, C_ ("desk", "all"));
  for (guint i = 0; list != NULL && words[i] != NULL; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            column->field == SM_DESK_KINDS ? sm_shift_kind_words (words[i])
                                                           : words[i]);
  return g_string_free (text, FALSE);
}

static char *
dup_no_link (SmItem   *item,
             gpointer  view)
{
  return NULL;
}

static const SmTableColumn desk_columns[] = {
  { "name", N_ ("Desk"), NULL, SM_DESK_NAME, SM_COLUMN_PRIMARY, 0, 16 },
  { "answers", N_ ("Its alarms belong to"), NULL, SM_DESK_ANSWERS, 0, 0, 12 },
  { "answers_as", N_ ("Because"), NULL, SM_DESK_ANSWERS_AS, 0, 0, 20 },
  { "answers_since", N_ ("Since"), NULL, SM_DESK_ANSWERS_SINCE, 0, 0, 19 },
  { "holder", N_ ("Taken over by"), NULL, SM_DESK_HOLDER, 0, 0, 12 },
  { "away_since", N_ ("Away since"), NULL, SM_DESK_AWAY_SINCE, 0, 0, 19 },
  { "area_ids", N_ ("Areas"), NULL, SM_DESK_AREA_IDS, 0, 0, 16, 0, areas_text },
  { "kinds", N_ ("Kinds"), NULL, SM_DESK_KINDS, 0, 0, 14, 0, kinds_text },
  { "levels", N_ ("Levels"), NULL, SM_DESK_LEVELS, 0, 0, 8, 0, kinds_text },
  { "cover", N_ ("Covered by"), NULL, SM_DESK_COVER_DESK_ID, 0, 0, 14, 0, desk_text },
};

const SmListSpec sm_desk_list = {
  .name = "desks",
  .title = N_ ("Desks"),
  .noun = SM_NOUN_DESK,
  .placeholder = N_ ("Name or person"),
  .nothing = N_ ("No desks yet"),
  .columns = desk_columns,
  .n_columns = G_N_ELEMENTS (desk_columns),
  .hooks = { NULL, NULL, NULL, dup_no_link },
  .query = sm_list_open,
};

static const SmTableColumn roster_columns[] = {
  { "desk", N_ ("Desk"), NULL, SM_ROSTER_ENTRY_DESK_ID, SM_COLUMN_PRIMARY, 0, 16, 0, desk_text },
  { "from", N_ ("From"), NULL, SM_ROSTER_ENTRY_FROM_AT, 0, 0, 19 },
  { "to", N_ ("To"), NULL, SM_ROSTER_ENTRY_TO_AT, 0, 0, 19 },
  { "person", N_ ("Person"), NULL, SM_ROSTER_ENTRY_PERSON, 0, 0, 12 },
  { "role", N_ ("Role"), NULL, SM_ROSTER_ENTRY_ROLE, 0, 0, 12, 0, role_text },
  { "next", N_ ("Next in line"), NULL, SM_ROSTER_ENTRY_NEXT_IN_LINE, 0, 0, 12 },
};

const SmListSpec sm_roster_list = {
  .name = "roster",
  .title = N_ ("Roster"),
  .noun = SM_NOUN_ROSTER_ENTRY,
  .placeholder = N_ ("Name or person"),
  .nothing = N_ ("Nobody is on the roster yet"),
  .columns = roster_columns,
  .n_columns = G_N_ELEMENTS (roster_columns),
  .hooks = { NULL, NULL, NULL, dup_no_link },
  .query = sm_list_open,
};

static const SmTableColumn handover_columns[] = {
  { "desk", N_ ("Desk"), NULL, SM_HANDOVER_DESK_ID, SM_COLUMN_PRIMARY, 0, 16, 0, desk_text },
  { "state", N_ ("State"), NULL, SM_HANDOVER_STATE, 0, 0, 16 },
  { "from", N_ ("Who goes"), NULL, SM_HANDOVER_FROM_PERSON, 0, 0, 12 },
  { "to", N_ ("Who comes"), NULL, SM_HANDOVER_TO_PERSON, 0, 0, 12 },
  { "begun", N_ ("Begun"), NULL, SM_HANDOVER_BEGUN_AT, 0, 0, 19 },
  { "given", N_ ("Given"), NULL, SM_HANDOVER_GIVEN_AT, 0, 0, 19 },
  { "taken", N_ ("Taken"), NULL, SM_HANDOVER_TAKEN_AT, 0, 0, 19 },
  { "note", N_ ("Note"), NULL, SM_HANDOVER_NOTE, 0, 0, 24 },
};

static const SmFilterChoice handover_choices[] = {
  { "state", N_ ("State"), sm_handover_states },
};

const SmListSpec sm_handover_list = {
  .name = "handovers",
  .title = N_ ("Handovers"),
  .noun = SM_NOUN_HANDOVER,
  .placeholder = N_ ("Name or person"),
  .nothing = N_ ("No handovers yet"),
  .columns = handover_columns,
  .n_columns = G_N_ELEMENTS (handover_columns),
  .choices = handover_choices,
  .n_choices = G_N_ELEMENTS (handover_choices),
  .hooks = { NULL, NULL, NULL, dup_no_link },
  .query = sm_list_open,
};
