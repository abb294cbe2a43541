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
  if (g_str_equal (key, "soc"))
    return g_strdup_printf (_("State of charge %s %%"), value);
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

/* Rows that are in memory as items are filtered by their own fields. */
typedef struct
{
  SmLink *link;
  char *text; /* folded, NULL: any */
} RowFilter;

static void
row_filter_free (gpointer data)
{
  RowFilter *filter = data;

  g_clear_pointer (&filter->link, sm_link_free);
  g_free (filter->text);
  g_free (filter);
}

static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);

  return g_utf8_casefold (normal != NULL ? normal : "", -1);
}

static gboolean
has_text (const SmRow *row,
          const char  *text)
{
  const SmNoun *noun = sm_row_get_noun (row);

  for (guint i = SM_ROW_N_COMMON; i < noun->n_fields; i++)
    {
      SmKind kind = noun->fields[i].kind;
      g_autofree char *folded = NULL;

      if ((kind != SM_KIND_TEXT && kind != SM_KIND_NAME) || sm_row_is_null (row, i))
        continue;
      folded = fold (sm_row_get_text (row, i));
      if (strstr (folded, text) != NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_pair (const SmRow *row,
          const char  *key,
          const char  *value)
{
  const SmNoun *noun = sm_row_get_noun (row);
  int field = sm_noun_find_field (noun, key, strlen (key));
  g_auto (GStrv) values = g_strsplit (value, ",", 32);

  if (sm_row_is_null (row, (guint) field))
    return g_strv_contains ((const char *const *) values, "unknown");
  if (noun->fields[field].kind == SM_KIND_INT || noun->fields[field].kind == SM_KIND_BOOL)
    {
      g_autofree char *number
          = g_strdup_printf ("%" G_GINT64_FORMAT, sm_row_get_int (row, (guint) field));

      return g_strv_contains ((const char *const *) values, number);
    }
  return g_strv_contains ((const char *const *) values, sm_row_get_text (row, (guint) field));
}

static gboolean
match_cb (gpointer object,
          gpointer user_data)
{
  const RowFilter *filter = user_data;
  const SmRow *row = sm_item_get_row (object);

  if (filter->text != NULL && !has_text (row, filter->text))
    return FALSE;
  for (guint i = 0; filter->link != NULL && i < sm_link_get_n_pairs (filter->link); i++)
    {
      const char *key, *value;

      sm_link_get_pair (filter->link, i, &key, &value);
      if (!g_str_equal (key, "text") && !has_pair (row, key, value))
        return FALSE;
    }
  return TRUE;
}

/** sm_list_filtered: Returns: (transfer full): the rows behind a filter for sm_list_filter_rows() */
GListModel *
sm_list_filtered (GListModel *rows)
{
  GtkCustomFilter *filter
      = gtk_custom_filter_new (match_cb, g_new0 (RowFilter, 1), row_filter_free);

  return G_LIST_MODEL (gtk_filter_list_model_new (g_object_ref (rows), GTK_FILTER (filter)));
}

static gboolean
is_known_key (const SmNoun *noun,
              const char   *key)
{
  int field = sm_noun_find_field (noun, key, strlen (key));

  return g_str_equal (key, "text")
         || (field >= 0 && noun->fields[field].kind != SM_KIND_REAL
             && noun->fields[field].kind != SM_KIND_TIME);
}

/** sm_list_filter_rows: Lets through what @link says; FALSE, and everything, for unknown keys. */
gboolean
sm_list_filter_rows (SmListView   *view,
                     GListModel   *model,
                     const SmLink *link)
{
  GtkFilter *filter = gtk_filter_list_model_get_filter (GTK_FILTER_LIST_MODEL (model));
  RowFilter *wanted = g_new0 (RowFilter, 1);
  const SmNoun *noun = sm_noun_get (sm_list_view_get_noun (view));
  gboolean is_good = TRUE;

  for (guint i = 0; i < sm_link_get_n_pairs (link); i++)
    {
      const char *key, *value;

      sm_link_get_pair (link, i, &key, &value);
      is_good = is_good && is_known_key (noun, key);
    }
  if (is_good)
    {
      wanted->link = sm_link_copy (link);
      wanted->text = sm_link_get (link, "text") != NULL ? fold (sm_link_get (link, "text")) : NULL;
    }
  gtk_custom_filter_set_filter_func (GTK_CUSTOM_FILTER (filter), match_cb, wanted,
                                     row_filter_free);
  return is_good;
}
