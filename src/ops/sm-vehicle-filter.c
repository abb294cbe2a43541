/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-figures.h"
#include "sm-positions.h"
#include "sm-vehicle-table.h"

#include <math.h>

SmVehicleFilter *
sm_vehicle_filter_new (void)
{
  SmVehicleFilter *self = g_new0 (SmVehicleFilter, 1);

  self->soc_min = self->soc_max = self->heat_min = self->heat_max = NAN;
  return self;
}

SmVehicleFilter *
sm_vehicle_filter_copy (const SmVehicleFilter *self)
{
  SmVehicleFilter *copy = g_memdup2 (self, sizeof *self);

  copy->model = g_strdup (self->model);
  copy->text = g_strdup (self->text);
  return copy;
}

void
sm_vehicle_filter_free (SmVehicleFilter *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->model);
  g_free (self->text);
  g_free (self);
}

/* "20..80", "..20", "80.." or "unknown". */
static gboolean
parse_range (const char *value,
             double     *out_min,
             double     *out_max,
             gboolean   *out_unknown)
{
  g_auto (GStrv) ends = g_strsplit (value, "..", 2);
  double *const outs[] = { out_min, out_max };

  *out_unknown = g_str_equal (value, "unknown");
  if (*out_unknown)
    {
      *out_min = *out_max = NAN;
      return TRUE;
    }
  if (g_strv_length (ends) != 2)
    return FALSE;
  for (guint i = 0; i < 2; i++)
    {
      char *end;

      *outs[i] = ends[i][0] == '\0' ? NAN : g_ascii_strtod (ends[i], &end);
      if (ends[i][0] != '\0' && (*end != '\0' || !isfinite (*outs[i])))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_param (const char *key,
            const char *value,
            gpointer    user_data)
{
  static const char *const levels[] = { "none", "1", "2", "3", "4", NULL };
  SmVehicleFilter *self = user_data;
  const struct
  {
    const char *key;
    const char *const *slugs;
    guint *mask;
  } masks[] = {
    { "activity", sm_activities, &self->activity },
    { "motion", sm_motions, &self->motion },
    { "energy", sm_energies, &self->energy },
    { "connection", sm_connections, &self->connection },
    { "queue", sm_queue_states, &self->queue },
    { "reach", sm_reaches, &self->reach },
    { "level", levels, &self->level },
  };
  const struct
  {
    const char *key;
    gint64 *id;
  } ids[] = { { "fleet", &self->fleet_id }, { "area", &self->area_id },
              { "station", &self->station_id } };

  for (gsize i = 0; i < G_N_ELEMENTS (masks); i++)
    if (g_str_equal (key, masks[i].key))
      return sm_query_mask (value, masks[i].slugs, masks[i].mask);
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    if (g_str_equal (key, ids[i].key))
      return sm_query_id (value, ids[i].id);
  if (g_str_equal (key, "soc"))
    return parse_range (value, &self->soc_min, &self->soc_max, &self->is_soc_unknown);
  if (g_str_equal (key, "temperature"))
    return parse_range (value, &self->heat_min, &self->heat_max, &self->is_heat_unknown);
  if (g_str_equal (key, "model"))
    return sm_query_text (value, &self->model);
  if (g_str_equal (key, "text"))
    return sm_query_text (value, &self->text);
  return FALSE;
}

/**
 * sm_vehicle_filter_from_link:
 * @link: its pairs are read: fleet, area and station by id; model; activity,
 *   motion, energy, connection, queue, reach and level (none, 1 ... 4) by slugs
 *   as "silent,late"; soc (%) and
 *   temperature (°C) as "20..80", "..20" or "unknown"; text
 *
 * Returns: (transfer full) (nullable): the filter
 */
SmVehicleFilter *
sm_vehicle_filter_from_link (const SmLink  *link,
                             GError       **error)
{
  g_autoptr (SmVehicleFilter) self = sm_vehicle_filter_new ();

  return sm_query_read (link, take_param, self, error) ? g_steal_pointer (&self) : NULL;
}
