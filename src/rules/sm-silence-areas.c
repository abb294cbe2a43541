/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-silence-areas.h"

#include "sm-noun.h"

/* Half of those of one area that should be heard, and that many at least; a tunnel or a
 * yard where some sleep is less than that. */
#define BEGIN 0.5
#define END 0.25
#define LEAST 10

typedef struct
{
  guint n_heard, n_silent; /* at this watch */
  gboolean is_silent;
} Area;

struct _SmSilentAreas
{
  GHashTable *areas; /* id -> Area */
  gint64 last_id;    /* neighbours in the register are mostly of one area */
  Area *last;
};

/** sm_silent_areas_new: Returns: (transfer full): nobody is silent */
SmSilentAreas *
sm_silent_areas_new (void)
{
  SmSilentAreas *self = g_new0 (SmSilentAreas, 1);

  self->areas = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  return self;
}

void
sm_silent_areas_free (SmSilentAreas *self)
{
  g_hash_table_unref (self->areas);
  g_free (self);
}

static Area *
get_area (SmSilentAreas *self,
          gint64         id)
{
  if (self->last != NULL && self->last_id == id)
    return self->last;
  self->last = g_hash_table_lookup (self->areas, &id);
  if (self->last == NULL)
    {
      self->last = g_new0 (Area, 1);
      g_hash_table_insert (self->areas, g_memdup2 (&id, sizeof id), self->last);
    }
  self->last_id = id;
  return self->last;
}

/** sm_silent_areas_begin: A watch begins: nobody is counted yet. */
void
sm_silent_areas_begin (SmSilentAreas *self)
{
  GHashTableIter iter;
  gpointer area;

  g_hash_table_iter_init (&iter, self->areas);
  while (g_hash_table_iter_next (&iter, NULL, &area))
    ((Area *) area)->n_heard = ((Area *) area)->n_silent = 0;
}

/** sm_silent_areas_count: A vehicle of that area; one that sleeps is neither. */
void
sm_silent_areas_count (SmSilentAreas *self,
                       gint64         area_id,
                       gboolean       is_heard,
                       gboolean       is_silent)
{
  Area *area;

  if (area_id <= 0 || (!is_heard && !is_silent))
    return;
  area = get_area (self, area_id);
  area->n_heard += is_heard;
  area->n_silent += is_silent;
}

static void
set_silent (Area     *area,
            SmLimits *limits,
            gint64    id,
            gboolean  is_silent,
            gint64    now)
{
  area->is_silent = is_silent;
  sm_limits_add_event (limits, sm_noun_get (SM_NOUN_AREA), id, SM_AREA_SILENT, 2, is_silent, now);
}

/** sm_silent_areas_judge: All are counted: raises and ends the alarms of areas. */
void
sm_silent_areas_judge (SmSilentAreas *self,
                       SmLimits      *limits,
                       gint64         now)
{
  GHashTableIter iter;
  gpointer id, value;

  g_hash_table_iter_init (&iter, self->areas);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      Area *area = value;
      double share = (double) area->n_silent / MAX (1, area->n_silent + area->n_heard);

      if (!area->is_silent && share > BEGIN && area->n_silent >= LEAST)
        set_silent (area, limits, *(gint64 *) id, TRUE, now);
      else if (area->is_silent && share < END)
        set_silent (area, limits, *(gint64 *) id, FALSE, now);
    }
}

/** sm_silent_areas_end_all: The whole network is silent: its alarm says it for all. */
void
sm_silent_areas_end_all (SmSilentAreas *self,
                         SmLimits      *limits,
                         gint64         now)
{
  GHashTableIter iter;
  gpointer id, area;

  g_hash_table_iter_init (&iter, self->areas);
  while (g_hash_table_iter_next (&iter, &id, &area))
    if (((Area *) area)->is_silent)
      set_silent (area, limits, *(gint64 *) id, FALSE, now);
}

/** sm_silent_areas_has: Whether that area is silent. */
gboolean
sm_silent_areas_has (SmSilentAreas *self,
                     gint64         area_id)
{
  return area_id > 0 && get_area (self, area_id)->is_silent;
}

/** sm_silent_areas_restore: After a restart: there is such an alarm already. */
void
sm_silent_areas_restore (SmSilentAreas *self,
                         gint64         area_id)
{
  get_area (self, area_id)->is_silent = TRUE;
}
