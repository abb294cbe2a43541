/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-noun.h"

#include <string.h>

const char *const sm_area_kinds[] = { "country", "province", "city", "district", "operating_area",
                                      NULL };
const char *const sm_station_kinds[] = { "swap", "charge", "swap_and_charge", NULL };
const char *const sm_station_states[] = { "commissioning", "operating", "paused", "retired", NULL };
const char *const sm_usage_states[] = { "enabled", "disabled", NULL };
const char *const sm_currents[] = { "ac", "dc", NULL };
/* OCPP 1.6 ChargePointStatus, in snake case. */
const char *const sm_connector_statuses[] = { "available", "preparing", "charging", "suspended_ev",
                                              "suspended_evse", "finishing", "reserved",
                                              "unavailable", "faulted", NULL };
const char *const sm_connections[] = { "online", "asleep", "late", "silent", "unknown_danger",
                                       "unregistered", NULL };
const char *const sm_motions[] = { "driving", "parked", NULL };
const char *const sm_energies[] = { "idle", "charging", "swapping", NULL };
const char *const sm_directions[] = { "above", "below", NULL };
/* ISA-18.2: B, C, D, A. */
const char *const sm_alarm_states[] = { "unacked", "acked", "returned_unacked", "normal", NULL };

#define FIELD(ID, name, kind, klass, flags, unit, slugs) \
  { name, SM_KIND_##kind, SM_##klass, flags, unit, slugs },

static const SmField area_fields[] = { SM_AREA_FIELDS (FIELD) };
static const SmField fleet_fields[] = { SM_FLEET_FIELDS (FIELD) };
static const SmField station_fields[] = { SM_STATION_FIELDS (FIELD) };
static const SmField pile_fields[] = { SM_PILE_FIELDS (FIELD) };
static const SmField connector_fields[] = { SM_CONNECTOR_FIELDS (FIELD) };
static const SmField vehicle_fields[] = { SM_VEHICLE_FIELDS (FIELD) };
static const SmField limit_fields[] = { SM_LIMIT_FIELDS (FIELD) };
static const SmField alarm_fields[] = { SM_ALARM_FIELDS (FIELD) };

/* In the order of need after a first start: what the map and the fault panel
 * show comes before what only a panel opens. */
static const SmNoun nouns[SM_N_NOUNS] = {
  [SM_NOUN_AREA] = { SM_NOUN_AREA, "area", "areas", area_fields, SM_AREA_N_FIELDS },
  [SM_NOUN_FLEET] = { SM_NOUN_FLEET, "fleet", "fleets", fleet_fields, SM_FLEET_N_FIELDS },
  [SM_NOUN_STATION] = { SM_NOUN_STATION, "station", "stations", station_fields,
                        SM_STATION_N_FIELDS },
  [SM_NOUN_PILE] = { SM_NOUN_PILE, "pile", "piles", pile_fields, SM_PILE_N_FIELDS },
  [SM_NOUN_CONNECTOR] = { SM_NOUN_CONNECTOR, "connector", "connectors", connector_fields,
                          SM_CONNECTOR_N_FIELDS },
  [SM_NOUN_VEHICLE] = { SM_NOUN_VEHICLE, "vehicle", "vehicles", vehicle_fields,
                        SM_VEHICLE_N_FIELDS },
  [SM_NOUN_LIMIT] = { SM_NOUN_LIMIT, "limit", "limits", limit_fields, SM_LIMIT_N_FIELDS },
  [SM_NOUN_ALARM] = { SM_NOUN_ALARM, "alarm", "alarms", alarm_fields, SM_ALARM_N_FIELDS },
};

/** sm_noun_get: Returns: (transfer none): the field table of a noun */
const SmNoun *
sm_noun_get (SmNounId id)
{
  g_return_val_if_fail (id < SM_N_NOUNS, NULL);

  return &nouns[id];
}

/** sm_noun_by_name: Returns: (transfer none) (nullable): the noun called "station", say */
const SmNoun *
sm_noun_by_name (const char *name)
{
  for (guint i = 0; i < SM_N_NOUNS; i++)
    if (g_strcmp0 (nouns[i].name, name) == 0)
      return &nouns[i];
  return NULL;
}

/** sm_noun_by_plural: Returns: (transfer none) (nullable): the noun of "stations", say */
const SmNoun *
sm_noun_by_plural (const char *plural)
{
  for (guint i = 0; i < SM_N_NOUNS; i++)
    if (g_strcmp0 (nouns[i].plural, plural) == 0)
      return &nouns[i];
  return NULL;
}

/**
 * sm_noun_find_field:
 * @name: not necessarily terminated
 * @length: in bytes
 *
 * Returns: the field's index, or -1 for a name this version does not know
 */
int
sm_noun_find_field (const SmNoun *noun,
                    const char   *name,
                    gsize         length)
{
  for (guint i = 0; i < noun->n_fields; i++)
    if (strncmp (noun->fields[i].name, name, length) == 0 && noun->fields[i].name[length] == '\0')
      return (int) i;
  return -1;
}

/** sm_slug_index: Returns: where @slug stands in @slugs, or %SM_ENUM_UNKNOWN */
guint
sm_slug_index (const char *const *slugs,
               const char        *slug)
{
  for (guint i = 0; slug != NULL && slugs[i] != NULL; i++)
    if (strcmp (slugs[i], slug) == 0)
      return i;
  return SM_ENUM_UNKNOWN;
}
