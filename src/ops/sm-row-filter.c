/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-row-filter.h"

#include "sm-alarm.h"
#include "sm-positions.h"
#include "sm-service-figures.h"

#include <string.h>

/* The value of a field that has to be one of some. */
typedef struct
{
  guint field;
  guint mask;    /* of slugs or levels; 0: by the values */
  char **values; /* (nullable) */
} Term;

struct _SmRowFilter
{
  const SmNoun *noun;
  GArray *terms; /* of Term */
  SmDirectory *directory;
  gint64 area_id;
  gint64 station_id;
  gboolean lacking;
  gboolean waiting;
  gboolean unacked;
  char *text; /* (nullable): folded */
};

static void
term_clear (gpointer data)
{
  g_strfreev (((Term *) data)->values);
}

void
sm_row_filter_free (SmRowFilter *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->terms);
  g_clear_object (&self->directory);
  g_free (self->text);
  g_free (self);
}

static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);

  return g_utf8_casefold (normal != NULL ? normal : "", -1);
}

static gboolean
take_yes (const char *value,
          gboolean   *out)
{
  *out = g_str_equal (value, "yes");
  return *out;
}

static gboolean
take_text (SmRowFilter *self,
           const char  *value)
{
  g_free (self->text);
  self->text = fold (value);
  return TRUE;
}

static gboolean
is_level_of (const SmNoun *noun,
             guint         field)
{
  return (noun->id == SM_NOUN_ALARM && field == SM_ALARM_LEVEL)
         || (noun->id == SM_NOUN_WORK_ORDER && field == SM_WORK_ORDER_LEVEL);
}

static gboolean
take_field (SmRowFilter *self,
            const char  *key,
            const char  *value)
{
  static const char *const levels[] = { "unknown", "1", "2", "3", "4", NULL };
  int field = sm_noun_find_field (self->noun, key, strlen (key));
  gboolean is_level = field >= 0 && is_level_of (self->noun, (guint) field);
  Term term = { (guint) field };
  SmKind kind;

  if (field < 0)
    return FALSE;
  kind = self->noun->fields[field].kind;
  if (kind == SM_KIND_REAL || kind == SM_KIND_TIME)
    return FALSE;
  if (is_level || kind == SM_KIND_ENUM)
    {
      if (!sm_query_mask (value, is_level ? levels : self->noun->fields[field].slugs, &term.mask))
        return FALSE;
    }
  else
    term.values = g_strsplit (value, ",", 32);
  g_array_append_val (self->terms, term);
  return TRUE;
}

static gboolean
take_param (const char *key,
            const char *value,
            gpointer    user_data)
{
  SmRowFilter *self = user_data;
  gboolean is_station = self->noun->id == SM_NOUN_STATION;

  if (g_str_equal (key, "text"))
    return take_text (self, value);
  if (g_str_equal (key, "area") || g_str_equal (key, "area_id"))
    return sm_query_id (value, &self->area_id);
  if (g_str_equal (key, "station") || g_str_equal (key, "station_id"))
    return sm_query_id (value, &self->station_id);
  if (g_str_equal (key, "lacking") && is_station)
    return take_yes (value, &self->lacking);
  if (g_str_equal (key, "waiting") && is_station)
    return take_yes (value, &self->waiting);
  if (g_str_equal (key, "unacked") && self->noun->id == SM_NOUN_ALARM)
    return take_yes (value, &self->unacked);
  return take_field (self, key, value);
}

/**
 * sm_row_filter_new:
 * @noun: SM_NOUN_STATION, SM_NOUN_ALARM, SM_NOUN_MAINTENANCE_WINDOW or SM_NOUN_WORK_ORDER
 * @link: its pairs are read: any field but times and measures, as one or
 *   several values with commas between them, where "unknown" is what is null or
 *   new; area and station by id (an area with all in it); text; lacking and
 *   waiting (of stations) and unacked (of alarms) as yes
 *
 * Returns: (transfer full) (nullable): the filter
 */
SmRowFilter *
sm_row_filter_new (SmNounId       noun,
                   SmDirectory   *directory,
                   const SmLink  *link,
                   GError       **error)
{
  g_autoptr (SmRowFilter) self = g_new0 (SmRowFilter, 1);

  self->noun = sm_noun_get (noun);
  self->terms = g_array_new (FALSE, FALSE, sizeof (Term));
  g_array_set_clear_func (self->terms, term_clear);
  self->directory = g_object_ref (directory);
  return sm_query_read (link, take_param, self, error) ? g_steal_pointer (&self) : NULL;
}

static guint
value_of (const SmRow *row,
          guint        field)
{
  const SmNoun *noun = sm_row_get_noun (row);

  if (is_level_of (noun, field))
    {
      gint64 level = sm_row_get_int (row, field);

      return level >= 1 && level <= 4 ? (guint) level : 0;
    }
  /* What a station says that is null or new is an unknown service. */
  if (noun->id == SM_NOUN_STATION && field == SM_STATION_SERVICE)
    return sm_station_get_service (row);
  return sm_row_get_enum (row, field);
}

static gboolean
match_term (const SmRow *row,
            const Term  *term)
{
  const char *const *values = (const char *const *) term->values;
  SmKind kind = sm_row_get_noun (row)->fields[term->field].kind;
  g_autofree char *number = NULL;

  if (values == NULL)
    return sm_mask_has (term->mask, value_of (row, term->field));
  if (sm_row_is_null (row, term->field))
    return g_strv_contains (values, "unknown");
  if (sm_kind_is_text (kind))
    return g_strv_contains (values, sm_row_get_text (row, term->field));
  number = g_strdup_printf ("%" G_GINT64_FORMAT, sm_row_get_int (row, term->field));
  return g_strv_contains (values, number);
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
is_unacked (const SmRow *row)
{
  guint state = sm_row_get_enum (row, SM_ALARM_STATE);

  return state == SM_ALARM_UNACKED || state == SM_ALARM_RETURNED_UNACKED;
}

/** sm_row_filter_match: an SmRowMatch */
gboolean
sm_row_filter_match (const SmRow *row,
                     gpointer     filter)
{
  const SmRowFilter *self = filter;
  guint station_field = self->noun->id == SM_NOUN_STATION              ? SM_STATION_ID
                        : self->noun->id == SM_NOUN_MAINTENANCE_WINDOW ? SM_WINDOW_STATION_ID
                        : self->noun->id == SM_NOUN_WORK_ORDER         ? SM_WORK_ORDER_STATION_ID
                                                                       : SM_ALARM_STATION_ID;

  for (guint i = 0; i < self->terms->len; i++)
    if (!match_term (row, &g_array_index (self->terms, Term, i)))
      return FALSE;
  return (!self->lacking || sm_station_is_lacking (row))
         && (!self->waiting
             || (!sm_row_is_null (row, SM_STATION_WAITING)
                 && sm_row_get_int (row, SM_STATION_WAITING) > 0))
         && (!self->unacked || is_unacked (row))
         && (self->station_id == 0 || sm_row_get_int (row, station_field) == self->station_id)
         && (self->area_id == 0
             || sm_directory_is_within (self->directory, SM_NOUN_AREA,
                                        sm_row_get_int (row, SM_ROW_AREA_ID), self->area_id))
         && (self->text == NULL || has_text (row, self->text));
}
