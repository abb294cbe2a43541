/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-wall-settings.h"

#define PLAYLISTS "wall-playlists"
#define STATES "wall-states"
#define MOST_MONITORS 32
#define MOST_KEY 200

static char *
clean (const char *part)
{
  char *text = g_utf8_make_valid (part != NULL && !g_str_equal (part, "none") ? part : "", -1);

  return g_strdelimit (text, "/", '-');
}

/**
 * sm_wall_monitor_key:
 *
 * GDK of the floor we stand on tells no serial number: of two monitors of one
 * model only the connector says which is which, and one that takes the place of
 * its like is taken for it.  What says neither make nor model is told apart by
 * its size.
 *
 * Returns: (transfer full): by which its settings are found
 */
char *
sm_wall_monitor_key (GdkMonitor *monitor)
{
  g_autofree char *connector = clean (gdk_monitor_get_connector (monitor));
  g_autofree char *make = clean (gdk_monitor_get_manufacturer (monitor));
  g_autofree char *model = clean (gdk_monitor_get_model (monitor));

  if (make[0] == '\0' && model[0] == '\0' && gdk_monitor_get_width_mm (monitor) > 0)
    return g_strdup_printf ("%.60s//%dx%d mm", connector, gdk_monitor_get_width_mm (monitor),
                            gdk_monitor_get_height_mm (monitor));
  return g_strdup_printf ("%.60s/%.60s/%.60s", connector, make, model);
}

/** sm_wall_key_model: Returns: (transfer none) (nullable): make and model of a key; NULL: not said */
const char *
sm_wall_key_model (const char *key)
{
  const char *model = strchr (key, '/');

  return model == NULL || g_str_has_prefix (model, "//") ? NULL : model;
}

/**
 * sm_wall_match_key:
 * @known: keys that there is something for, and whose monitors are not there themselves
 *
 * Another monitor at a connector does not get what was shown there: it is no
 * match.  Of several of the same model that it could be, it is none: better the
 * page that all have than another one's.
 *
 * Returns: (nullable): @key, or the only one of the same make and model at
 *   another connector: a monitor that was plugged in elsewhere
 */
const char *
sm_wall_match_key (const char        *key,
                   const char *const *known)
{
  const char *model = sm_wall_key_model (key);
  const char *found = NULL;

  if (g_strv_contains (known, key))
    return key;
  for (guint i = 0; model != NULL && known[i] != NULL; i++)
    if (g_strcmp0 (sm_wall_key_model (known[i]), model) == 0)
      {
        if (found != NULL)
          return NULL;
        found = known[i];
      }
  return found;
}

/** sm_wall_settings_list_keys: Returns: (transfer full): of monitors that something is kept for */
GStrv
sm_wall_settings_list_keys (GSettings *settings)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  const char *const names[] = { PLAYLISTS, STATES };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GVariant) all = g_settings_get_value (settings, names[i]);
      GVariantIter iter;
      GVariant *value;
      const char *key;

      g_variant_iter_init (&iter, all);
      while (g_variant_iter_loop (&iter, "{&s@*}", &key, &value))
        if (key[0] != '\0' && g_hash_table_add (seen, g_strdup (key)))
          g_strv_builder_add (keys, key);
    }
  return g_strv_builder_end (keys);
}

/* Returns: (transfer full) (nullable): what @name keeps for @key */
static GVariant *
look_up (GSettings  *settings,
         const char *name,
         const char *key)
{
  g_autoptr (GVariant) all = g_settings_get_value (settings, name);

  return g_variant_lookup_value (all, key, NULL);
}

/** sm_wall_settings_read_stops: Returns: (transfer full): the playlist; empty when there is none */
GPtrArray *
sm_wall_settings_read_stops (GSettings  *settings,
                             const char *key)
{
  GPtrArray *stops = sm_wall_stops_new ();
  g_autoptr (GVariant) list = look_up (settings, PLAYLISTS, key);
  GVariantIter iter;
  const char *link;
  guint32 seconds;

  if (list == NULL)
    return stops;
  g_variant_iter_init (&iter, list);
  while (g_variant_iter_next (&iter, "(&su)", &link, &seconds))
    sm_wall_stops_add (stops, link, seconds);
  return stops;
}

/* Replaces what @name keeps for @key; @value: (nullable): nothing any more. */
static void
replace (GSettings  *settings,
         const char *name,
         const char *key,
         GVariant   *value)
{
  g_autoptr (GVariant) all = g_settings_get_value (settings, name);
  g_autoptr (GVariant) held = value != NULL ? g_variant_ref_sink (value) : NULL;
  GVariantBuilder builder;
  GVariantIter iter;
  GVariant *entry;
  guint n = 0;

  if (strlen (key) > MOST_KEY)
    return;
  g_variant_builder_init (&builder, g_variant_get_type (all));
  if (held != NULL)
    g_variant_builder_add (&builder, "{s@*}", key, held);
  g_variant_iter_init (&iter, all);
  while ((entry = g_variant_iter_next_value (&iter)) != NULL)
    {
      g_autoptr (GVariant) name_value = g_variant_get_child_value (entry, 0);

      if (!g_str_equal (g_variant_get_string (name_value, NULL), key) && ++n < MOST_MONITORS)
        g_variant_builder_add_value (&builder, entry);
      g_variant_unref (entry);
    }
  g_settings_set_value (settings, name, g_variant_builder_end (&builder));
}

/** sm_wall_settings_write_stops: @stops: an empty one is none: the monitor is like all others. */
void
sm_wall_settings_write_stops (GSettings       *settings,
                              const char      *key,
                              const GPtrArray *stops)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(su)"));
  for (guint i = 0; i < stops->len; i++)
    {
      const SmWallStop *stop = g_ptr_array_index (stops, i);

      g_variant_builder_add (&builder, "(su)", stop->link, stop->seconds);
    }
  replace (settings, PLAYLISTS, key, stops->len > 0 ? g_variant_builder_end (&builder) : NULL);
  if (stops->len == 0)
    g_variant_builder_clear (&builder);
}

/** sm_wall_settings_read_state: Nothing that is no link, whoever wrote it there. */
void
sm_wall_settings_read_state (GSettings   *settings,
                             const char  *key,
                             SmWallState *out_state)
{
  g_autoptr (GVariant) state = look_up (settings, STATES, key);
  g_autoptr (GPtrArray) check = sm_wall_stops_new ();
  const char *link;

  *out_state = (SmWallState){ 0 };
  if (state == NULL)
    return;
  g_variant_get (state, "(&sub)", &link, &out_state->index, &out_state->is_paused);
  if (sm_wall_stops_add (check, link, 0))
    out_state->link = g_strdup (link);
}

void
sm_wall_settings_write_state (GSettings         *settings,
                              const char        *key,
                              const SmWallState *state)
{
  replace (settings, STATES, key,
           g_variant_new ("(sub)", state->link != NULL ? state->link : "", state->index,
                          state->is_paused));
}

void
sm_wall_state_clear (SmWallState *self)
{
  g_clear_pointer (&self->link, g_free);
}
