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
  copy->payment = g_strdup (self->payment);
  copy->reason = g_strdup (self->reason);
  copy->code = g_strdup (self->code);
  copy->number = g_strdup (self->number);
  return copy;
}

void
sm_history_filter_free (SmHistoryFilter *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->kind);
  g_free (self->process);
  g_free (self->payment);
  g_free (self->reason);
  g_free (self->code);
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

/* What a link is read with. */
typedef struct
{
  SmHistoryFilter *filter;
  gint64 now_us;
  GTimeZone *zone;
} Reading;

/* The first moment of the day that is @days from today. */
static gint64
day_begins (const Reading *reading,
            int            days)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (reading->now_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, reading->zone);
  g_autoptr (GDateTime) day = g_date_time_add_days (local, days);
  g_autoptr (GDateTime) start
      = g_date_time_new (reading->zone, g_date_time_get_year (day), g_date_time_get_month (day),
                         g_date_time_get_day_of_month (day), 0, 0, 0);

  return g_date_time_to_unix (start) * G_USEC_PER_SEC;
}

/* "ended=today" and the like. */
static gboolean
take_span (const Reading *reading,
           const char    *value)
{
  SmHistoryFilter *self = reading->filter;

  if (g_str_equal (value, "today"))
    self->from = day_begins (reading, 0);
  else if (g_str_equal (value, "last_hour"))
    self->from = reading->now_us - G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC + 1;
  else if (g_str_equal (value, "last_day"))
    self->from = reading->now_us - G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC;
  else if (g_str_equal (value, "yesterday"))
    {
      self->from = day_begins (reading, -1);
      self->to = day_begins (reading, 0);
    }
  else if (g_str_equal (value, "yesterday_same_time"))
    {
      self->from = day_begins (reading, -1);
      self->to = self->from + reading->now_us - day_begins (reading, 0) + 1;
    }
  else
    return FALSE;
  return TRUE;
}

static gboolean
take_time (const char     *key,
           const char     *value,
           const Reading  *reading)
{
  if (g_str_equal (key, "from") || g_str_has_suffix (key, "_from"))
    return sm_time_from_rfc3339 (value, &reading->filter->from, NULL);
  if (g_str_equal (key, "to") || g_str_has_suffix (key, "_to"))
    return sm_time_from_rfc3339 (value, &reading->filter->to, NULL);
  if (g_str_equal (key, "ended") || g_str_equal (key, "at") || g_str_equal (key, "raised"))
    return take_span (reading, value);
  return FALSE;
}

/* Notes the moment that "today" and the like are told from. */
static gboolean
take_as_of (const char *key,
            const char *value,
            gpointer    user_data)
{
  Reading *reading = user_data;

  if (!g_str_equal (key, "as_of"))
    return TRUE;
  if (!sm_time_from_rfc3339 (value, &reading->now_us, NULL))
    return FALSE;
  /* What ended in that very microsecond has ended. */
  reading->filter->to = reading->now_us + 1;
  return TRUE;
}

static gboolean
take_param (const char *key,
            const char *value,
            gpointer    user_data)
{
  const Reading *reading = user_data;
  SmHistoryFilter *self = reading->filter;
  const struct
  {
    const char *key;
    gint64 *id;
  } ids[] = {
    { "station", &self->station_id }, { "vehicle", &self->vehicle_id },
    { "battery", &self->battery_id }, { "fleet", &self->fleet_id },
    { "driver", &self->driver_id },   { "area", &self->area_id },
  };
  const struct
  {
    const char *key;
    char **text;
  } texts[] = {
    { "kind", &self->kind },     { "process", &self->process }, { "payment", &self->payment },
    { "reason", &self->reason }, { "code", &self->code },       { "number", &self->number },
  };
  g_autofree char *stem = g_str_has_suffix (key, "_id") ? g_strndup (key, strlen (key) - 3)
                                                        : g_strdup (key);

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    if (g_str_equal (stem, ids[i].key))
      return sm_query_id (value, ids[i].id);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (key, texts[i].key))
      return sm_query_text (value, texts[i].text);
  if (g_str_equal (key, "as_of"))
    return TRUE;
  if (g_str_equal (key, "level"))
    return take_level (value, &self->level);
  return take_time (key, value, reading);
}

/**
 * sm_history_filter_from_link:
 * @link: its pairs are read: station, vehicle, battery, fleet, driver and area
 *   by id (also as station_id ...); kind, process, payment, reason and code by
 *   slug; number; level; from and to (also as ended_from ...) by RFC 3339; and
 *   ended, at or raised as today, yesterday, yesterday_same_time, last_hour or
 *   last_day; as_of: the moment that these are told from, with nothing after it
 * @now_us: network time
 * @time_zone: (nullable): in which a day begins; NULL: UTC
 *
 * Returns: (transfer full) (nullable): the filter
 */
SmHistoryFilter *
sm_history_filter_from_link (const SmLink  *link,
                             gint64         now_us,
                             const char    *time_zone,
                             GError       **error)
{
  g_autoptr (SmHistoryFilter) self = sm_history_filter_new ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (time_zone);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  Reading reading = { self, now_us, zone != NULL ? zone : utc };

  return sm_query_read (link, take_as_of, &reading, error)
             && sm_query_read (link, take_param, &reading, error)
             ? g_steal_pointer (&self) : NULL;
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
  append_int (query, noun->id == SM_NOUN_ORDER ? "battery_in_id" : "battery_id",
              self->battery_id);
  append_int (query, "fleet_id", self->fleet_id);
  append_int (query, "driver_id", self->driver_id);
  append_int (query, "area_id", self->area_id);
  append_int (query, "level", self->level);
  append_text (query, "kind", self->kind);
  append_text (query, "process", self->process);
  append_text (query, "payment", self->payment);
  append_text (query, "reason", self->reason);
  append_text (query, "code", self->code);
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
  SmCacheTerm term = { (guint) field, value, text };

  if (value <= 0 && text == NULL)
    return TRUE;
  if (noun->id == SM_NOUN_ORDER && g_str_equal (name, "battery_id"))
    term.field = SM_ORDER_BATTERY_IN_ID;
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
      || !add_term (terms, noun, "area_id", self->area_id, NULL)
      || !add_term (terms, noun, "payment", 0, self->payment)
      || !add_term (terms, noun, "reason", 0, self->reason)
      || !add_term (terms, noun, "code", 0, self->code)
      || !add_term (terms, noun, "number", 0, self->number))
    return NULL;
  return g_steal_pointer (&terms);
}
