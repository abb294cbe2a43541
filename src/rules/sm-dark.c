/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-dark-private.h"

#include "sm-time.h"

#include <math.h>

#define MEMO "dark-areas"

/* Of a degree: about a kilometre. */
#define CELLS_PER_DEGREE 100

/* So many times, each time another vehicle than the last, and it is the place. */
#define TIMES 3

/* Nobody fell silent there for so long: it has an antenna now. */
#define FORGOTTEN (90 * SM_DAY)

/* A network has some hundreds; what is more is not kept. */
#define MOST 5000

/* Into what lies that far ahead a vehicle may have gone before it was missed. */
#define AHEAD_DEGREES 0.01

typedef struct
{
  gint64 cell;
  guint times;
  gint64 vehicle_id; /* who fell silent there last */
  gint64 at;
} Place;

struct _SmDark
{
  GHashTable *places; /* &cell -> Place */
  gboolean is_changed;
};

SmDark *
sm_dark_new (void)
{
  SmDark *self = g_new0 (SmDark, 1);

  self->places = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  return self;
}

void
sm_dark_free (SmDark *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->places);
  g_free (self);
}

static gint64
cell_of (double latitude,
         double longitude)
{
  return (gint64) floor (latitude * CELLS_PER_DEGREE) * 1000000
         + (gint64) floor (longitude * CELLS_PER_DEGREE);
}

static Place *
add_place (SmDark *self,
           gint64  cell)
{
  Place *place = g_new0 (Place, 1);

  place->cell = cell;
  g_hash_table_insert (self->places, &place->cell, place);
  return place;
}

/** sm_dark_note: A vehicle that fell silent there on the road was heard again. */
void
sm_dark_note (SmDark *self,
              double  latitude,
              double  longitude,
              gint64  vehicle_id,
              gint64  now)
{
  gint64 cell;
  Place *place;

  if (isnan (latitude) || isnan (longitude))
    return;
  cell = cell_of (latitude, longitude);
  place = g_hash_table_lookup (self->places, &cell);
  if (place == NULL && g_hash_table_size (self->places) >= MOST)
    return;
  if (place == NULL)
    place = add_place (self, cell);
  if (place->vehicle_id != vehicle_id) /* it may be its antenna */
    place->times++;
  place->vehicle_id = vehicle_id;
  place->at = now;
  self->is_changed = TRUE;
}

static gboolean
is_dark_at (SmDark *self,
            double  latitude,
            double  longitude,
            gint64  now)
{
  gint64 cell = cell_of (latitude, longitude);
  const Place *place = g_hash_table_lookup (self->places, &cell);

  return place != NULL && place->times >= TIMES && now - place->at < FORGOTTEN;
}

/** sm_dark_has: Returns: whether who was seen there last is in a dark area, or has just entered one
 */
gboolean
sm_dark_has (SmDark *self,
             double  latitude,
             double  longitude,
             double  heading_deg,
             gint64  now)
{
  double heading = heading_deg * G_PI / 180;

  if (isnan (latitude) || isnan (longitude) || g_hash_table_size (self->places) == 0)
    return FALSE;
  return is_dark_at (self, latitude, longitude, now)
         || (!isnan (heading_deg)
             && is_dark_at (self, latitude + AHEAD_DEGREES * cos (heading),
                            longitude + AHEAD_DEGREES * sin (heading), now));
}

/* --- kept --- */

static void
read_place (SmDark     *self,
            const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);
  Place *place;

  if (g_strv_length (parts) != 4)
    return;
  place = add_place (self, g_ascii_strtoll (parts[0], NULL, 10));
  place->times = (guint) g_ascii_strtoull (parts[1], NULL, 10);
  place->vehicle_id = g_ascii_strtoll (parts[2], NULL, 10);
  place->at = g_ascii_strtoll (parts[3], NULL, 10) * SM_SECOND;
}

gboolean
sm_dark_load (SmRules  *rules,
              SmDark   *self,
              GError  **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = sm_rules_get_memo (rules, MEMO, &local_error);
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", MOST + 1);

  for (guint i = 0; lines[i] != NULL; i++)
    read_place (self, lines[i]);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/** sm_dark_save: Writes down what was learned since the last time. */
gboolean
sm_dark_save (SmRules  *rules,
              SmDark   *self,
              GError  **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GHashTableIter iter;
  gpointer value;

  if (!self->is_changed)
    return TRUE;
  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Place *place = value;

      g_string_append_printf (text,
                              "%" G_GINT64_FORMAT " %u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
                              place->cell, place->times, place->vehicle_id, place->at / SM_SECOND);
    }
  if (!sm_rules_set_memo (rules, MEMO, text->str, error))
    return FALSE;
  self->is_changed = FALSE;
  return TRUE;
}
