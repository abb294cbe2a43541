/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-list-words.h"

#include "sm-i18n.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

/** sm_list_label: Returns: (transfer full): what the thing is called; its number when nobody knows */
char *
sm_list_label (SmListView *view,
               SmNounId    noun,
               gint64      id)
{
  g_autofree char *label = NULL;

  if (id == SM_UNKNOWN || id == 0)
    return g_strdup ("–");
  label = sm_directory_dup_label (sm_ops_get_directory (sm_list_view_get_ops (view)), noun, id,
                                  sm_i18n_language ());
  if (label == NULL || label[0] == '\0')
    return g_strdup_printf ("#%" G_GINT64_FORMAT, id);
  return sm_text_clean (label);
}

static char *
label_of (const SmTableColumn *column,
          SmItem              *item,
          gpointer             view,
          SmNounId             noun)
{
  return sm_list_label (view, noun, sm_row_get_int (sm_item_get_row (item), column->field));
}

char *
sm_list_area (const SmTableColumn *column,
              SmItem              *item,
              gpointer             view)
{
  return label_of (column, item, view, SM_NOUN_AREA);
}

char *
sm_list_fleet (const SmTableColumn *column,
               SmItem              *item,
               gpointer             view)
{
  return label_of (column, item, view, SM_NOUN_FLEET);
}

char *
sm_list_station (const SmTableColumn *column,
                 SmItem              *item,
                 gpointer             view)
{
  return label_of (column, item, view, SM_NOUN_STATION);
}

char *
sm_list_vehicle (const SmTableColumn *column,
                 SmItem              *item,
                 gpointer             view)
{
  return label_of (column, item, view, SM_NOUN_VEHICLE);
}

char *
sm_list_battery (const SmTableColumn *column,
                 SmItem              *item,
                 gpointer             view)
{
  return label_of (column, item, view, SM_NOUN_BATTERY);
}

char *
sm_list_driver (const SmTableColumn *column,
                SmItem              *item,
                gpointer             view)
{
  return label_of (column, item, view, SM_NOUN_DRIVER);
}

/* Ids that links name things by. */
static const struct
{
  const char *key;
  SmNounId noun;
  const char *title;
} id_keys[] = {
  { "station", SM_NOUN_STATION, N_ ("Station") }, { "station_id", SM_NOUN_STATION, N_ ("Station") },
  { "fleet", SM_NOUN_FLEET, N_ ("Fleet") },       { "fleet_id", SM_NOUN_FLEET, N_ ("Fleet") },
  { "area", SM_NOUN_AREA, N_ ("Area") },          { "area_id", SM_NOUN_AREA, N_ ("Area") },
  { "vehicle_id", SM_NOUN_VEHICLE, N_ ("Vehicle") }, { "driver_id", SM_NOUN_DRIVER, N_ ("Driver") },
  { "battery_id", SM_NOUN_BATTERY, N_ ("Battery") },
  { "battery_model_id", SM_NOUN_BATTERY_MODEL, N_ ("Model") },
};

/* What a figure counts that no single field says. */
static const struct
{
  const char *key;
  const char *words;
} flags[] = {
  { "lacking", N_ ("Lacks what trucks come for") },
  { "waiting", N_ ("Trucks are waiting") },
  { "unacked", N_ ("Not acknowledged yet") },
};

/** sm_list_pair_words: Returns: (transfer full) (nullable): what a pair of a link says to a person */
char *
sm_list_pair_words (SmDirectory  *directory,
                    const SmNoun *noun,
                    const char   *key,
                    const char   *value)
{
  int field = sm_noun_find_field (noun, key, strlen (key));
  gint64 id;

  for (gsize i = 0; i < G_N_ELEMENTS (id_keys); i++)
    if (g_str_equal (id_keys[i].key, key)
        && g_ascii_string_to_signed (value, 10, 1, G_MAXINT64, &id, NULL))
      {
        g_autofree char *label
            = sm_directory_dup_label (directory, id_keys[i].noun, id, sm_i18n_language ());

        return g_strdup_printf ("%s: %s", _(id_keys[i].title), label != NULL ? label : value);
      }
  if (field >= 0 && noun->fields[field].slugs != NULL)
    {
      g_auto (GStrv) slugs = g_strsplit (value, ",", 32);
      GString *words = g_string_new (NULL);

      for (guint i = 0; slugs[i] != NULL; i++)
        g_string_append_printf (words, "%s%s", i > 0 ? ", " : "",
                                sm_word_of_slug (noun->fields[field].slugs, slugs[i]));
      return g_string_free (words, FALSE);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (flags); i++)
    if (g_str_equal (key, flags[i].key) && g_str_equal (value, "yes"))
      return g_strdup (_(flags[i].words));
  if (g_str_equal (key, "soc"))
    return g_str_equal (value, "unknown") ? g_strdup (_("State of charge unknown"))
                                          : g_strdup_printf (_("State of charge %s %%"), value);
  if (g_str_equal (key, "temperature"))
    return g_str_equal (value, "unknown")
               ? g_strdup (_("Pack temperature unknown"))
               /* Translators: %s is a range of degrees, as in "45..55" */
               : g_strdup_printf (_("Pack temperature %s °C"), value);
  return NULL;
}

const char *const sm_list_periods[] = { "last_hour", "today", "yesterday", "last_day", NULL };
const char *const sm_list_period_words[]
    = { N_ ("the last hour"), N_ ("today"), N_ ("yesterday"), N_ ("the last 24 hours"), NULL };

/** sm_list_history: Returns: (transfer full) (nullable): the rows that @link describes */
GListModel *
sm_list_history (SmOps        *ops,
                 SmNounId      noun,
                 const SmLink *link)
{
  SmStatus *status = sm_ops_get_status (ops);
  gint64 now = sm_clock_now (sm_status_get_clock (status));
  g_autoptr (SmHistoryFilter) filter
      = sm_history_filter_from_link (link, now, sm_status_get_time_zone (status), NULL);

  return filter != NULL ? G_LIST_MODEL (sm_ops_history_new (ops, noun, filter)) : NULL;
}

/** sm_list_load_more: The hook of a history: reads the next page. */
gboolean
sm_list_load_more (GListModel *model,
                   gpointer    view)
{
  if (sm_history_is_complete (SM_HISTORY (model))
      || sm_history_get_state (SM_HISTORY (model)) == SM_HISTORY_FAILED
      || sm_history_get_state (SM_HISTORY (model)) == SM_HISTORY_CACHED)
    return FALSE;
  sm_history_load_more (SM_HISTORY (model));
  return TRUE;
}

/** sm_list_open: Returns: (transfer full) (nullable): the rows of a figure with this link */
GListModel *
sm_list_open (SmOps        *ops,
              const SmLink *link)
{
  return sm_ops_open_list (ops, link, NULL);
}
