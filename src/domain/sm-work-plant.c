/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-plant.h"

/** sm_work_plant_new: Returns: (transfer full): with nothing in it */
SmWorkPlant *
sm_work_plant_new (void)
{
  SmWorkPlant *self = g_new0 (SmWorkPlant, 1);

  self->counts = g_array_new (FALSE, FALSE, sizeof (SmWorkPlantCount));
  self->kinds = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->piles = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  return self;
}

void
sm_work_plant_free (SmWorkPlant *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->counts);
  g_hash_table_unref (self->kinds);
  g_hash_table_unref (self->piles);
  g_free (self);
}

/** sm_work_plant_count: @kind: of equipment, or the name of another noun */
void
sm_work_plant_count (SmWorkPlant *self,
                     const char  *kind,
                     gint64       station_id,
                     gint64       n)
{
  SmWorkPlantCount count = { g_intern_string (kind), MAX (station_id, 0), n };

  g_array_append_val (self->counts, count);
}

void
sm_work_plant_set_kind (SmWorkPlant *self,
                        gint64       equipment_id,
                        const char  *kind)
{
  g_hash_table_insert (self->kinds, g_memdup2 (&equipment_id, sizeof equipment_id),
                       (gpointer) g_intern_string (kind));
}

void
sm_work_plant_set_pile (SmWorkPlant *self,
                        gint64       connector_id,
                        gint64       pile_id)
{
  g_hash_table_insert (self->piles, g_memdup2 (&connector_id, sizeof connector_id),
                       g_memdup2 (&pile_id, sizeof pile_id));
}

/**
 * sm_work_plant_find:
 * @noun: (nullable): of what an order or a window is about
 * @out_noun: (out): of the thing that it counts for: a connector is its pile
 * @out_id: (out): likewise
 *
 * Returns: (nullable): its kind: of equipment the equipment's own, of all else the noun
 */
const char *
sm_work_plant_find (const SmWorkPlant *self,
                    const char        *noun,
                    gint64             id,
                    SmNounId          *out_noun,
                    gint64            *out_id)
{
  const SmNoun *known = noun != NULL ? sm_noun_by_name (noun) : NULL;
  const gint64 *pile;

  if (known == NULL || id <= 0)
    return NULL;
  *out_noun = known->id;
  *out_id = id;
  if (known->id == SM_NOUN_EQUIPMENT)
    return g_hash_table_lookup (self->kinds, &id);
  if (known->id != SM_NOUN_CONNECTOR)
    return known->name;
  pile = g_hash_table_lookup (self->piles, &id);
  if (pile == NULL)
    return NULL;
  *out_noun = SM_NOUN_PILE;
  *out_id = *pile;
  return sm_noun_get (SM_NOUN_PILE)->name;
}
