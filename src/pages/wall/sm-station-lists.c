/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-station-lists.h"

#include "sm-i18n.h"
#include "sm-limit-words.h"
#include "sm-link.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-wall-text.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Who comes later than this is not yet this station's concern. */
#define INBOUND_SPAN (60 * SM_MINUTE)
#define MOST_BAYS 64

static gint64
now_of (SmOps *ops)
{
  return sm_clock_now (sm_status_get_clock (sm_ops_get_status (ops)));
}

static char *
age_of (gint64 since,
        gint64 now)
{
  return since != SM_UNKNOWN ? sm_time_age (MAX (now - since, 0)) : g_strdup ("");
}

static const char *
plate_of (SmOps  *ops,
          gint64  vehicle_id)
{
  const SmVehicleRecord *vehicle
      = sm_directory_find_vehicle (sm_ops_get_directory (ops), vehicle_id);

  return vehicle != NULL ? vehicle->plate : "–";
}

static char *
link_of (SmOps  *ops,
         gint64  vehicle_id)
{
  const SmVehicleRecord *vehicle
      = sm_directory_find_vehicle (sm_ops_get_directory (ops), vehicle_id);

  return vehicle != NULL ? sm_link_text ("vehicle", vehicle->plate, NULL) : NULL;
}

/** sm_station_list_lanes: Each lane, what its robot does, with whom and for how long. */
guint
sm_station_list_lanes (SmThingList         *list,
                       const SmStationView *view,
                       SmOps               *ops)
{
  gint64 now = now_of (ops);

  sm_thing_list_begin (list);
  for (guint i = 0; i < view->lanes->len; i++)
    {
      const SmRow *lane = g_ptr_array_index (view->lanes, i);
      gint64 vehicle = sm_row_is_null (lane, SM_LANE_VEHICLE_ID)
                           ? 0
                           : sm_row_get_int (lane, SM_LANE_VEHICLE_ID);
      guint state = sm_row_get_enum (lane, SM_LANE_STATE);
      const char *step = sm_row_is_null (lane, SM_LANE_STEP)
                             ? ""
                             : sm_word_of_slug (sm_swap_steps, sm_row_get_text (lane, SM_LANE_STEP));
      const char *word = sm_word_of_slug (sm_lane_states, sm_row_get_text (lane, SM_LANE_STATE));
      g_autofree char *age = sm_row_is_null (lane, SM_LANE_SINCE)
                                 ? g_strdup ("")
                                 : age_of (sm_row_get_int (lane, SM_LANE_SINCE), now);
      /* Translators: the number of a lane of a swap station */
      g_autofree char *title = g_strdup_printf (_("Lane %d"),
                                                (int) sm_row_get_int (lane, SM_LANE_NUMBER));
      g_autofree char *about
          = sm_wall_join (" · ", word, step, vehicle != 0 ? plate_of (ops, vehicle) : "", NULL);
      g_autofree char *link = vehicle != 0 ? link_of (ops, vehicle) : NULL;

      sm_thing_list_add (list, title, about, age, state == SM_LANE_STATE_BLOCKED ? 2 : 0, link);
    }
  return sm_thing_list_end (list);
}

static gboolean
is_wanted (const SmQueueEntry *entry,
           gboolean            inbound,
           gint64              now)
{
  if (!inbound)
    return entry->state != SM_QUEUE_INBOUND;
  return entry->state == SM_QUEUE_INBOUND
         && (entry->eta == SM_UNKNOWN || entry->eta <= now + INBOUND_SPAN);
}

static void
add_queued (SmThingList        *list,
            const SmQueueEntry *entry,
            SmOps              *ops,
            gint64              now)
{
  g_autofree char *soc = sm_text_measure (entry->soc, 0, "%");
  g_autofree char *about
      = sm_wall_join (" · ", sm_word_of_slug (sm_queue_states, sm_queue_states[entry->state]), soc,
                      entry->reach == SM_REACH_UNREACHABLE ? C_ ("reach", "cannot reach it") : "",
                      NULL);
  g_autofree char *age = age_of (entry->since, now);
  g_autofree char *eta = NULL;
  g_autofree char *link = link_of (ops, entry->vehicle_id);

  if (entry->state == SM_QUEUE_INBOUND && entry->eta != SM_UNKNOWN)
    {
      g_autofree char *span = sm_time_age (MAX (entry->eta - now, 0));

      /* Translators: %s is a span of time until a truck arrives */
      eta = g_strdup_printf (_("in %s"), span);
    }
  sm_thing_list_add (list, plate_of (ops, entry->vehicle_id), about, eta != NULL ? eta : age,
                     entry->reach == SM_REACH_UNREACHABLE ? 2 : 0, link);
}

/** sm_station_list_queue: Who waits or is served; or who comes within an hour. */
guint
sm_station_list_queue (SmThingList         *list,
                       const SmStationView *view,
                       gboolean             inbound,
                       SmOps               *ops)
{
  gint64 now = now_of (ops);

  sm_thing_list_begin (list);
  for (guint i = 0; i < view->queue->len; i++)
    {
      const SmQueueEntry *entry = &g_array_index (view->queue, SmQueueEntry, i);

      if (is_wanted (entry, inbound, now))
        add_queued (list, entry, ops, now);
    }
  return sm_thing_list_end (list);
}

/* The first end of a warranty or service life among those of a kind: it says who pays. */
static char *
describe_end (const SmStationView *view,
              guint                kind,
              guint                field,
              gint64               now)
{
  gint64 first = SM_UNKNOWN;
  g_autofree char *date = NULL;

  for (guint i = 0; i < view->equipment->len; i++)
    {
      const SmRow *row = g_ptr_array_index (view->equipment, i);

      if (sm_row_get_enum (row, SM_EQUIPMENT_KIND) == kind && !sm_row_is_null (row, field)
          && (first == SM_UNKNOWN || sm_row_get_int (row, field) < first))
        first = sm_row_get_int (row, field);
    }
  if (first == SM_UNKNOWN)
    return g_strdup ("");
  date = sm_wall_date (first);
  if (field == SM_EQUIPMENT_WARRANTY_UNTIL)
    /* Translators: %s is a date */
    return g_strdup_printf (first < now ? _("warranty ended %s") : _("warranty until %s"), date);
  /* Translators: %s is a date; of how long a piece of equipment is made for */
  return g_strdup_printf (first < now ? _("service life ended %s") : _("service life until %s"),
                          date);
}

static void
add_kind (SmThingList         *list,
          const SmStationView *view,
          guint                kind,
          gint64               now)
{
  guint n = 0, normal = 0, worst = 0;
  double sum = 0;
  guint known = 0;
  g_autofree char *warranty = describe_end (view, kind, SM_EQUIPMENT_WARRANTY_UNTIL, now);
  g_autofree char *life = describe_end (view, kind, SM_EQUIPMENT_SERVICE_LIFE_UNTIL, now);
  g_autofree char *count = NULL;
  g_autofree char *value = NULL;
  g_autofree char *about = NULL;

  for (guint i = 0; i < view->equipment->len; i++)
    {
      const SmRow *row = g_ptr_array_index (view->equipment, i);
      guint state = sm_row_get_enum (row, SM_EQUIPMENT_STATE);

      if (sm_row_get_enum (row, SM_EQUIPMENT_KIND) != kind)
        continue;
      n++;
      normal += state == SM_EQUIPMENT_STATE_NORMAL;
      if (state == SM_EQUIPMENT_STATE_FAULTED)
        worst = 2;
      else if (state == SM_EQUIPMENT_STATE_WARNING && worst == 0)
        worst = 3;
      if (!sm_row_is_null (row, SM_EQUIPMENT_VALUE))
        {
          sum += sm_row_get_real (row, SM_EQUIPMENT_VALUE);
          known++;
        }
    }
  if (n == 0)
    return;
  /* Translators: how many of a kind of equipment are normal, of how many */
  count = g_strdup_printf (_("%u of %u normal"), normal, n);
  value = known > 0 ? sm_text_measure (sum / known, 1, NULL) : NULL;
  about = sm_wall_join (" · ", count, warranty, life, NULL);
  sm_thing_list_add (list, sm_word_of_slug (sm_equipment_kinds, sm_equipment_kinds[kind]), about,
                     value, worst, NULL);
}

/** sm_station_list_equipment: By kind, how much of it is normal, and till when it is covered. */
guint
sm_station_list_equipment (SmThingList         *list,
                           const SmStationView *view,
                           SmOps               *ops)
{
  sm_thing_list_begin (list);
  for (guint kind = 0; sm_equipment_kinds[kind] != NULL; kind++)
    add_kind (list, view, kind, now_of (ops));
  return sm_thing_list_end (list);
}

/* "62 kW (48–64)": what it is, and its extremes of this session; with the level
 * of the limit that it is beyond, and which that is. */
static char *
describe_value (const SmRow *connector,
                guint        field,
                guint        least,
                guint        most,
                SmOps       *ops,
                guint       *worst,
                GString     *limits)
{
  g_autofree char *value = sm_wall_known (connector, field, 0);
  g_autofree char *limit = sm_limit_words (ops, connector, field);

  if (value == NULL)
    return g_strdup ("");
  if (limit != NULL)
    {
      guint level = sm_limit_level (ops, connector, field);

      *worst = *worst == 0 ? level : MIN (*worst, level);
      g_string_append_printf (limits, "%s%s: %s", limits->len > 0 ? "\n" : "", value, limit);
    }
  if (sm_row_is_null (connector, least) || sm_row_is_null (connector, most))
    return g_steal_pointer (&value);
  return g_strdup_printf ("%s (%.0f–%.0f)%s", value, sm_row_get_real (connector, least),
                          sm_row_get_real (connector, most), limit != NULL ? " !" : "");
}

static const SmRow *
find_pile (const SmStationView *view,
           gint64               id)
{
  for (guint i = 0; i < view->piles->len; i++)
    if (sm_row_get_id (g_ptr_array_index (view->piles, i)) == id)
      return g_ptr_array_index (view->piles, i);
  return NULL;
}

static void
add_connector (SmThingList         *list,
               const SmStationView *view,
               const SmRow         *row,
               SmOps               *ops)
{
  const SmRow *pile = find_pile (view, sm_row_get_int (row, SM_CONNECTOR_PILE_ID));
  guint level = sm_row_get_enum (row, SM_CONNECTOR_STATUS) == 8 ? 3 : 0;
  g_autofree char *name
      = pile != NULL ? sm_row_dup_name (pile, SM_PILE_NAME, sm_i18n_language ()) : g_strdup ("–");
  g_autoptr (GString) limits = g_string_new (NULL);
  g_autofree char *title = NULL;
  g_autofree char *power = describe_value (row, SM_CONNECTOR_POWER_KW, SM_CONNECTOR_POWER_MIN_KW,
                                           SM_CONNECTOR_POWER_MAX_KW, ops, &level, limits);
  g_autofree char *volts = describe_value (row, SM_CONNECTOR_VOLTAGE_V, SM_CONNECTOR_VOLTAGE_MIN_V,
                                           SM_CONNECTOR_VOLTAGE_MAX_V, ops, &level, limits);
  g_autofree char *amps = describe_value (row, SM_CONNECTOR_CURRENT_A, SM_CONNECTOR_CURRENT_MIN_A,
                                          SM_CONNECTOR_CURRENT_MAX_A, ops, &level, limits);
  g_autofree char *heat
      = describe_value (row, SM_CONNECTOR_TEMPERATURE_C, SM_CONNECTOR_TEMPERATURE_MIN_C,
                        SM_CONNECTOR_TEMPERATURE_MAX_C, ops, &level, limits);
  g_autofree char *earth
      = describe_value (row, SM_CONNECTOR_NEUTRAL_EARTH_V, SM_CONNECTOR_NEUTRAL_EARTH_MIN_V,
                        SM_CONNECTOR_NEUTRAL_EARTH_MAX_V, ops, &level, limits);
  g_autofree char *soc = sm_wall_known (row, SM_CONNECTOR_SOC, 0);
  g_autofree char *about = sm_wall_join (" · ", power, volts, amps, heat, earth,
                                         soc != NULL ? soc : "", NULL);

  /* Translators: a pile and the number of one of its connectors */
  title = g_strdup_printf (_("%s · connector %d"), name,
                           (int) sm_row_get_int (row, SM_CONNECTOR_NUMBER));
  sm_thing_list_add (list, title, about,
                     sm_word_of_slug (sm_connector_statuses,
                                      sm_row_get_text (row, SM_CONNECTOR_STATUS)),
                     level, NULL);
  sm_thing_list_tell (list, limits->len > 0 ? limits->str : NULL);
}

/** sm_station_list_connectors: With their live values and this session's extremes. */
guint
sm_station_list_connectors (SmThingList         *list,
                            const SmStationView *view,
                            SmOps               *ops)
{
  sm_thing_list_begin (list);
  for (guint i = 0; i < view->connectors->len; i++)
    add_connector (list, view, g_ptr_array_index (view->connectors, i), ops);
  return sm_thing_list_end (list);
}

static const SmRow *
find_pack (const SmStationView *view,
           const SmRow         *bay)
{
  if (sm_row_is_null (bay, SM_BAY_BATTERY_ID))
    return NULL;
  for (guint i = 0; i < view->batteries->len; i++)
    if (sm_row_get_id (g_ptr_array_index (view->batteries, i))
        == sm_row_get_int (bay, SM_BAY_BATTERY_ID))
      return g_ptr_array_index (view->batteries, i);
  return NULL;
}

/* @limits: takes which they are */
static guint
level_of_pack (const SmRow *battery,
               SmOps       *ops,
               GString     *limits)
{
  static const guint fields[] = { SM_BATTERY_TEMPERATURE_MAX_C, SM_BATTERY_SPREAD_MV,
                                  SM_BATTERY_INSULATION_OHM_PER_V };
  guint worst = 0;

  for (gsize i = 0; battery != NULL && i < G_N_ELEMENTS (fields); i++)
    {
      guint level = sm_limit_level (ops, battery, fields[i]);
      g_autofree char *limit = sm_limit_words (ops, battery, fields[i]);
      g_autofree char *value = sm_wall_known (battery, fields[i], 0);

      if (level == 0)
        continue;
      worst = worst == 0 ? level : MIN (worst, level);
      g_string_append_printf (limits, "%s%s: %s", limits->len > 0 ? "\n" : "", value, limit);
    }
  return worst;
}

static const char *
model_of (const SmRow *battery,
          SmOps       *ops)
{
  const SmRow *model
      = battery != NULL
            ? sm_directory_find_row (sm_ops_get_directory (ops), SM_NOUN_BATTERY_MODEL,
                                     sm_row_get_int (battery, SM_BATTERY_BATTERY_MODEL_ID))
            : NULL;

  return model != NULL ? sm_row_get_text (model, SM_BATTERY_MODEL_CODE) : NULL;
}

/** sm_station_fill_rack: The bays and the packs in them. */
guint
sm_station_fill_rack (SmBayRack           *rack,
                      const SmStationView *view,
                      SmOps               *ops)
{
  SmBayFacts facts[MOST_BAYS] = { 0 };
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  guint n = MIN (view->bays->len, MOST_BAYS);

  for (guint i = 0; i < n; i++)
    {
      const SmRow *bay = g_ptr_array_index (view->bays, i);
      GString *limits = g_string_new (NULL);

      facts[i].bay = bay;
      facts[i].battery = find_pack (view, bay);
      facts[i].model = model_of (facts[i].battery, ops);
      facts[i].level = level_of_pack (facts[i].battery, ops, limits);
      if (sm_row_get_enum (bay, SM_BAY_STATE) == SM_BAY_STATE_FAULTED)
        facts[i].level = facts[i].level == 1 ? 1 : 2;
      facts[i].limits = limits->str;
      g_ptr_array_add (words, g_string_free (limits, FALSE));
      if (!sm_row_is_null (bay, SM_BAY_RESERVED_FOR))
        facts[i].reserved = plate_of (ops, sm_row_get_int (bay, SM_BAY_RESERVED_FOR));
    }
  sm_bay_rack_set (rack, facts, n, now_of (ops));
  return n;
}
