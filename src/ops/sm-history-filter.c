/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-history-private.h"

#include "sm-positions.h"
#include "sm-time.h"

#include <string.h>

SmHistoryFilter *
sm_history_filter_new (void)
{
  SmHistoryFilter *self = g_new0 (SmHistoryFilter, 1);

  self->from = self->to = SM_UNKNOWN;
  return self;
}

SmHistoryFilter *
sm_history_filter_copy (const SmHistoryFilter *self)
{
  SmHistoryFilter *copy = g_memdup2 (self, sizeof *self);

  copy->kind = g_strdup (self->kind);
  copy->process = g_strdup (self->process);
  copy->number = g_strdup (self->number);
  return copy;
}

void
sm_history_filter_free (SmHistoryFilter *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->kind);
  g_free (self->process);
  g_free (self->number);
  g_free (self);
}

static gboolean
take_level (const char *value,
            int        *out_level)
{
  gint64 level;

  if (!sm_query_id (value, &level) || level > 4)
    return FALSE;
  *out_level = (int) level;
  return TRUE;
}

static gboolean
take_param (const char *key,
            const char *value,
            gpointer    user_data)
{
  SmHistoryFilter *self = user_data;
  const struct
  {
    const char *key;
    gint64 *id;
  } ids[] = {
    { "station", &self->station_id },   { "station_id", &self->station_id },
    { "vehicle", &self->vehicle_id },   { "vehicle_id", &self->vehicle_id },
    { "battery", &self->battery_id },   { "battery_id", &self->battery_id },
    { "fleet", &self->fleet_id },       { "fleet_id", &self->fleet_id },
    { "driver", &self->driver_id },     { "driver_id", &self->driver_id },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    if (g_str_equal (key, ids[i].key))
      return sm_query_id (value, ids[i].id);
  if (g_str_equal (key, "kind"))
    return sm_query_text (value, &self->kind);
  if (g_str_equal (key, "process"))
    return sm_query_text (value, &self->process);
  if (g_str_equal (key, "number"))
    return sm_query_text (value, &self->number);
  if (g_str_equal (key, "level"))
    return take_level (value, &self->level);
  if (g_str_equal (key, "from") || g_str_has_suffix (key, "_from"))
    return sm_time_from_rfc3339 (value, &self->from, NULL);
  if (g_str_equal (key, "to") || g_str_has_suffix (key, "_to"))
    return sm_time_from_rfc3339 (value, &self->to, NULL);
  return FALSE;
}

/**
 * sm_history_filter_from_link:
 * @link: its pairs are read: station, vehicle, battery, fleet and driver by id
 *   (also as station_id ...); kind and process by slug; number; level; from
 *   and to (also as ended_from ...) by RFC 3339
 *
 * Returns: (transfer full) (nullable): the filter
 */
SmHistoryFilter *
sm_history_filter_from_link (const SmLink  *link,
                             GError       **error)
{
  g_autoptr (SmHistoryFilter) self = sm_history_filter_new ();

  return sm_query_read (link, take_param, self, error) ? g_steal_pointer (&self) : NULL;
}

static void
append_text (GString    *query,
             const char *name,
             const char *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (query, "&%s=", name);
  g_string_append_uri_escaped (query, value, NULL, FALSE);
}

static void
append_int (GString    *query,
            const char *name,
            gint64      value)
{
  if (value > 0)
    g_string_append_printf (query, "&%s=%" G_GINT64_FORMAT, name, value);
}

/* "ended_at" is cut by ended_from and ended_to, "at" by at_from and at_to. */
static void
append_time (GString    *query,
             const char *field,
             const char *end,
             gint64      value)
{
  g_autofree char *stem = g_str_has_suffix (field, "_at")
                              ? g_strndup (field, strlen (field) - 3) : g_strdup (field);
  g_autofree char *name = g_strconcat (stem, end, NULL);
  g_autofree char *text = value != SM_UNKNOWN ? sm_time_to_rfc3339 (value) : NULL;

  append_text (query, name, text);
}

/** sm_history_filter_to_query: Returns: (transfer full): what the service is asked */
char *
sm_history_filter_to_query (const SmHistoryFilter *self,
                            const SmNoun          *noun,
                            guint                  limit)
{
  const char *time = noun->fields[sm_cache_history_time (noun)].name;
  GString *query = g_string_new (NULL);

  g_string_append_printf (query, "sort=-%s&limit=%u", time, limit);
  append_int (query, "station_id", self->station_id);
  append_int (query, "vehicle_id", self->vehicle_id);
  append_int (query, "battery_id", self->battery_id);
  append_int (query, "fleet_id", self->fleet_id);
  append_int (query, "driver_id", self->driver_id);
  append_int (query, "level", self->level);
  append_text (query, "kind", self->kind);
  append_text (query, "process", self->process);
  append_text (query, "number", self->number);
  append_time (query, time, "_from", self->from);
  append_time (query, time, "_to", self->to);
  return g_string_free (query, FALSE);
}

/* Returns: FALSE when the noun has no such field, so that nothing can match */
static gboolean
add_term (GArray       *terms,
          const SmNoun *noun,
          const char   *name,
          gint64        value,
          const char   *text)
{
  int field = sm_noun_find_field (noun, name, strlen (name));
  SmCacheTerm term = { (guint) field, value, text, 0 };

  if (value <= 0 && text == NULL)
    return TRUE;
  if (noun->id == SM_NOUN_ORDER && g_str_equal (name, "battery_id"))
    {
      term.field = SM_ORDER_BATTERY_IN_ID;
      term.or_field = SM_ORDER_BATTERY_OUT_ID;
    }
  else if (field < 0)
    return FALSE;
  g_array_append_val (terms, term);
  return TRUE;
}

/**
 * sm_history_filter_to_terms:
 *
 * Returns: (transfer full) (nullable): of SmCacheTerm, whose texts are the
 *   filter's; NULL when nothing can match
 */
GArray *
sm_history_filter_to_terms (const SmHistoryFilter *self,
                            const SmNoun          *noun)
{
  g_autoptr (GArray) terms = g_array_new (FALSE, FALSE, sizeof (SmCacheTerm));

  if (!add_term (terms, noun, "station_id", self->station_id, NULL)
      || !add_term (terms, noun, "vehicle_id", self->vehicle_id, NULL)
      || !add_term (terms, noun, "battery_id", self->battery_id, NULL)
      || !add_term (terms, noun, "fleet_id", self->fleet_id, NULL)
      || !add_term (terms, noun, "driver_id", self->driver_id, NULL)
      || !add_term (terms, noun, "level", self->level, NULL)
      || !add_term (terms, noun, "kind", 0, self->kind)
      || !add_term (terms, noun, "process", 0, self->process)
      || !add_term (terms, noun, "number", 0, self->number))
    return NULL;
  return g_steal_pointer (&terms);
}
