/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-silence-areas.h"

#include "sm-noun.h"
#include "sm-service-rows.h"

/* Half of those of one area that should be heard, and that many at least; a tunnel or a
 * yard where some sleep is less than that. */
#define BEGIN 0.5
#define END 0.25
#define LEAST 10
/* A carrier or a gateway is what failed when those of others are heard. */
#define OTHERS 0.1

typedef struct
{
  guint n_heard, n_silent; /* at this watch */
  gboolean is_silent;
} Area;

struct _SmSilentAreas
{
  SmNounId noun;
  const char *code;
  GHashTable *areas; /* id -> Area */
  gint64 last_id;    /* neighbours in the register are mostly of one area */
  Area *last;
};

/**
 * sm_silent_areas_new:
 * @noun: of what they are
 * @code: (not copied): of the alarm of one that is silent
 *
 * Returns: (transfer full): nobody is silent
 */
SmSilentAreas *
sm_silent_areas_new (SmNounId    noun,
                     const char *code)
{
  SmSilentAreas *self = g_new0 (SmSilentAreas, 1);

  self->noun = noun;
  self->code = code;
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
set_silent (SmSilentAreas *self,
            Area          *area,
            SmLimits      *limits,
            gint64         id,
            gboolean       is_silent,
            gint64         now)
{
  area->is_silent = is_silent;
  sm_limits_add_event (limits, sm_noun_get (self->noun), id, self->code, 2, is_silent, now);
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
        set_silent (self, area, limits, *(gint64 *) id, TRUE, now);
      else if (area->is_silent && share < END)
        set_silent (self, area, limits, *(gint64 *) id, FALSE, now);
    }
}

/**
 * sm_silent_areas_judge_apart:
 * @n_heard: of all vehicles
 * @n_silent: of all vehicles
 *
 * All are counted: raises and ends the alarms of those that are silent while the others
 * are heard, which says that it is they.  Where there are no others it says nothing.
 */
void
sm_silent_areas_judge_apart (SmSilentAreas *self,
                             SmLimits      *limits,
                             guint          n_heard,
                             guint          n_silent,
                             gint64         now)
{
  GHashTableIter iter;
  gpointer id, value;

  g_hash_table_iter_init (&iter, self->areas);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      Area *area = value;
      double share = (double) area->n_silent / MAX (1, area->n_silent + area->n_heard);
      guint others_heard = n_heard - area->n_heard, others_silent = n_silent - area->n_silent;

      if (!area->is_silent && share > BEGIN && area->n_silent >= LEAST && others_heard >= LEAST
          && others_silent < OTHERS * (others_heard + others_silent))
        set_silent (self, area, limits, *(gint64 *) id, TRUE, now);
      else if (area->is_silent && share < END)
        set_silent (self, area, limits, *(gint64 *) id, FALSE, now);
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
      set_silent (self, area, limits, *(gint64 *) id, FALSE, now);
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

/** sm_silent_areas_find_root: Returns: the area that all others are in, which stands for the network */
gint64
sm_silent_areas_find_root (SmConnection *connection)
{
  g_autoptr (SmScope) all = sm_scope_new (SM_SCOPE_ALL, NULL, 0);
  g_autoptr (GPtrArray) areas = sm_service_list (connection, sm_noun_get (SM_NOUN_AREA), all, -1,
                                                 NULL, 0, 1, NULL);

  return areas != NULL && areas->len > 0 ? sm_row_get_id (areas->pdata[0]) : 0;
}
