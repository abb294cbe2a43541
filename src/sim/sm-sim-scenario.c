/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-scenario.h"

#include <math.h>
#include <string.h>

#include "sm-error.h"
#include "sm-fault-code.h"
#include "sm-json-guard.h"
#include "sm-time.h"

#define MAX_BYTES (256 * 1024)
#define MAX_EVENTS 1000
#define MAX_MINUTES (30.0 * 24.0 * 60.0)
#define MAX_SECONDS 86400.0
#define MAX_TITLE 200 /* letters */

/* Whoever drives when it is first spoken of; one and the same in all of the file. */
#define DRIVING "*driving"

typedef enum
{
  DO_FAULT,
  DO_SILENCE,
  DO_HEAT,
  DO_ABSENT,
} Deed;

static const char *const deeds[] = { "fault", "silence", "heat", "absent", NULL };

static const char *const expectations[SM_DRILL_N_REACTIONS] = {
  "noticed_s", "acknowledged_s", "steps_s", "command_s", "handed_over_s",
};

typedef struct
{
  Deed deed;
  double at_min;
  double minutes;    /* NAN: as long as such a thing lasts */
  double to_c;       /* of heat */
  double expected_s[SM_DRILL_N_REACTIONS]; /* NAN: not asked for */
  char *code;        /* of a fault; NULL: silence */
  char *station;     /* a station's sn */
  char *vehicle;     /* a plate */
  char *battery;     /* a pack's sn */
  guint index;       /* of the world's things of that noun; G_MAXUINT: nobody yet, or all */
  guint subject;     /* of the faults, or the service point */
  gint64 at_us;
  gboolean is_done;
} Event;

struct _SmSimScenario
{
  GPtrArray *events; /* of Event */
  char *title;       /* (nullable) */
  char *start;       /* (nullable) */
  gint64 start_us;   /* SM_UNKNOWN: whenever */
  guint driving;     /* of vehicles; G_MAXUINT: not chosen yet */
};

static void
event_free (gpointer data)
{
  Event *event = data;

  g_free (event->code);
  g_free (event->station);
  g_free (event->vehicle);
  g_free (event->battery);
  g_free (event);
}

void
sm_sim_scenario_free (SmSimScenario *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->events);
  g_free (self->title);
  g_free (self->start);
  g_free (self);
}

/** sm_sim_scenario_get_title: Returns: (nullable): what it is called, in whatever languages */
const char *
sm_sim_scenario_get_title (const SmSimScenario *self)
{
  return self->title;
}

/** sm_sim_scenario_get_start: Returns: when its clock is to begin; %SM_UNKNOWN: whenever */
gint64
sm_sim_scenario_get_start (const SmSimScenario *self)
{
  return self->start_us;
}

/* --- reading --- */

static gboolean
fail (GError     **error,
      guint        number,
      const char  *what)
{
  sm_set_error (error, SM_ERROR_INVALID, "scenario", "Event %u of the scenario: %s", number, what);
  return FALSE;
}

static gboolean
read_up_to (JsonNode *node,
            double    most,
            double   *out)
{
  GType type = json_node_get_value_type (node);

  if (!JSON_NODE_HOLDS_VALUE (node) || (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE))
    return FALSE;
  *out = json_node_get_double (node);
  if (type == G_TYPE_INT64)
    *out = (double) json_node_get_int (node);
  return *out >= 0.0 && *out <= most;
}

static gboolean
read_number (JsonNode *node,
             double   *out)
{
  return read_up_to (node, MAX_MINUTES, out);
}

static gboolean
read_text (JsonNode  *node,
           char     **out)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;
  g_free (*out);
  *out = json_node_dup_string (node);
  return **out != '\0';
}

/* Within how many seconds who is drilled is to have done what. */
static gboolean
read_expected (JsonNode *node,
               Event    *event)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (!JSON_NODE_HOLDS_OBJECT (node) || json_object_get_size (json_node_get_object (node)) == 0)
    return FALSE;
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &member))
    {
      guint which = 0;

      while (which < SM_DRILL_N_REACTIONS && strcmp (expectations[which], name) != 0)
        which++;
      if (which == SM_DRILL_N_REACTIONS
          || !read_up_to (member, MAX_SECONDS, &event->expected_s[which])
          || event->expected_s[which] < 1.0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_member (Event      *event,
             const char *name,
             JsonNode   *node,
             gboolean   *out_is_known)
{
  g_autofree char *text = NULL;

  *out_is_known = TRUE;
  if (strcmp (name, "at_minutes") == 0)
    return read_number (node, &event->at_min);
  if (strcmp (name, "minutes") == 0)
    return read_number (node, &event->minutes);
  if (strcmp (name, "to_c") == 0)
    return read_up_to (node, 200.0, &event->to_c) && event->to_c >= 30.0;
  if (strcmp (name, "expect") == 0)
    return read_expected (node, event);
  if (strcmp (name, "code") == 0)
    return read_text (node, &event->code);
  if (strcmp (name, "station") == 0)
    return read_text (node, &event->station);
  if (strcmp (name, "vehicle") == 0)
    return read_text (node, &event->vehicle);
  if (strcmp (name, "battery") == 0)
    return read_text (node, &event->battery);
  if (strcmp (name, "do") == 0)
    {
      guint deed = read_text (node, &text) ? sm_slug_index (deeds, text) : SM_ENUM_UNKNOWN;

      event->deed = (Deed) deed;
      return deed != SM_ENUM_UNKNOWN;
    }
  *out_is_known = FALSE;
  return FALSE;
}

static gboolean
check_heat (const Event  *event,
            guint         number,
            GError      **error)
{
  if (event->deed == DO_HEAT && event->vehicle == NULL)
    return fail (error, number, "“heat” is of the pack in a “vehicle”.");
  if (event->deed == DO_HEAT && (isnan (event->to_c) || isnan (event->minutes)))
    return fail (error, number, "“to_c” and “minutes” are missing: how hot, and how long?");
  if (event->deed != DO_HEAT && !isnan (event->to_c))
    return fail (error, number, "only “heat” has “to_c”.");
  if (event->deed == DO_ABSENT && sm_sim_expects (event->expected_s))
    return fail (error, number, "nothing is seen of who is absent, so nothing can be expected.");
  return TRUE;
}

static gboolean
check_event (const Event  *event,
             guint         number,
             GError      **error)
{
  guint n_subjects = (event->station != NULL) + (event->vehicle != NULL) + (event->battery != NULL);

  if ((guint) event->deed == SM_ENUM_UNKNOWN)
    return fail (error, number, "“do” has to be “fault”, “silence”, “heat” or “absent”.");
  if (isnan (event->at_min))
    return fail (error, number, "“at_minutes” is missing.");
  if (event->deed == DO_FAULT && sm_fault_code_find (event->code) == NULL)
    return fail (error, number, "“code” has to be a code of the catalogue.");
  if (event->deed != DO_FAULT && event->code != NULL)
    return fail (error, number, "only a “fault” has a “code”.");
  if (event->deed != DO_ABSENT && n_subjects != 1)
    return fail (error, number, "say one of “station”, “vehicle” and “battery”.");
  if (event->deed == DO_SILENCE && event->battery != NULL)
    return fail (error, number, "a battery does not speak by itself; let its vehicle fall silent.");
  if (event->deed == DO_ABSENT && (event->vehicle != NULL || event->battery != NULL))
    return fail (error, number, "“absent” are the engineers nearest to a “station”, or all of them.");
  if (event->deed == DO_ABSENT && isnan (event->minutes))
    return fail (error, number, "“minutes” is missing: how long does nobody answer?");
  return check_heat (event, number, error);
}

static Event *
read_event (JsonNode  *node,
            guint      number,
            GError   **error)
{
  Event *event = g_new0 (Event, 1);
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;
  gboolean is_good = JSON_NODE_HOLDS_OBJECT (node);

  event->at_min = event->minutes = event->to_c = NAN;
  event->index = G_MAXUINT;
  for (guint i = 0; i < SM_DRILL_N_REACTIONS; i++)
    event->expected_s[i] = NAN;
  event->deed = (Deed) SM_ENUM_UNKNOWN;
  if (!is_good)
    fail (error, number, "it has to be an object.");
  else
    json_object_iter_init (&iter, json_node_get_object (node));
  while (is_good && json_object_iter_next (&iter, &name, &member))
    {
      gboolean is_known;

      is_good = read_member (event, name, member, &is_known);
      if (!is_good)
        {
          g_autofree char *what = g_strdup_printf (
            is_known && strcmp (name, "expect") == 0
              ? "“%s” holds one or more of noticed_s, acknowledged_s, steps_s, command_s and "
                "handed_over_s, in seconds from 1 to 86400."
            : is_known ? "“%s” cannot be that."
                       : "“%s” is not known.",
            name);

          fail (error, number, what);
        }
    }
  if (is_good && check_event (event, number, error))
    return event;
  event_free (event);
  return NULL;
}

static gboolean
fail_whole (GError     **error,
            const char  *what)
{
  sm_set_error (error, SM_ERROR_INVALID, "scenario", "The scenario cannot be played: %s", what);
  return FALSE;
}

/* What stands beside the events. */
static gboolean
read_head (SmSimScenario  *self,
           JsonObject     *object,
           GError        **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &member))
    {
      g_autofree char *what = NULL;

      if (strcmp (name, "events") == 0)
        continue;
      if (strcmp (name, "title") == 0 && read_text (member, &self->title)
          && g_utf8_strlen (self->title, -1) <= MAX_TITLE)
        continue;
      if (strcmp (name, "start") == 0 && read_text (member, &self->start)
          && sm_time_from_rfc3339 (self->start, &self->start_us, NULL))
        continue;
      what = g_strdup_printf (strcmp (name, "title") == 0 || strcmp (name, "start") == 0
                                ? "“%s” cannot be that." : "“%s” is not known.", name);
      return fail_whole (error, what);
    }
  return TRUE;
}

static gboolean
read_events (SmSimScenario  *self,
             JsonNode       *root,
             GError        **error)
{
  JsonNode *node = root != NULL && JSON_NODE_HOLDS_OBJECT (root)
                     ? json_object_get_member (json_node_get_object (root), "events")
                     : NULL;
  JsonArray *events = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (events == NULL || json_array_get_length (events) > MAX_EVENTS)
    {
      sm_set_error (error, SM_ERROR_INVALID, "scenario",
                    "A scenario is an object with a list “events” of at most %d.", MAX_EVENTS);
      return FALSE;
    }
  if (!read_head (self, json_node_get_object (root), error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (events); i++)
    {
      Event *event = read_event (json_array_get_element (events, i), i + 1, error);

      if (event == NULL)
        return FALSE;
      g_ptr_array_add (self->events, event);
    }
  return TRUE;
}

/**
 * sm_sim_scenario_read:
 * @name: what errors call it
 *
 * Returns: (transfer full) (nullable): what it says, in itself without fault
 */
SmSimScenario *
sm_sim_scenario_read (const char  *text,
                      gsize        length,
                      const char  *name,
                      GError     **error)
{
  g_autoptr (SmSimScenario) self = g_new0 (SmSimScenario, 1);
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) own_error = NULL;

  self->events = g_ptr_array_new_with_free_func (event_free);
  self->start_us = SM_UNKNOWN;
  self->driving = G_MAXUINT;
  if (length > MAX_BYTES)
    sm_set_error (error, SM_ERROR_INVALID, "scenario", "“%s” is no scenario: too long.", name);
  else if ((root = sm_json_parse (text, length, &own_error)) == NULL)
    sm_set_error (error, SM_ERROR_INVALID, "scenario", "“%s” is no JSON: %s", name,
                  own_error->message);
  else if (read_events (self, root, error))
    return g_steal_pointer (&self);
  return NULL;
}

/** sm_sim_scenario_load: Returns: (transfer full) (nullable): what the file says, in itself without fault */
SmSimScenario *
sm_sim_scenario_load (const char  *path,
                      GError     **error)
{
  g_autoptr (GError) own_error = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;

  if (g_file_get_contents (path, &text, &length, &own_error))
    return sm_sim_scenario_read (text, length, path, error);
  sm_set_error (error, SM_ERROR_INVALID, "scenario", "The scenario cannot be read: %s",
                own_error->message);
  return NULL;
}

/* --- who is meant --- */

static guint
find_station (const SmSimWorld *world,
              const char       *sn)
{
  for (guint i = 0; i < world->n_stations; i++)
    if (strcmp (world->stations[i].sn, sn) == 0)
      return i;
  return G_MAXUINT;
}

static guint
find_vehicle (const SmSimWorld *world,
              const char       *plate)
{
  for (guint i = 0; i < world->n_vehicles; i++)
    if (strcmp (world->vehicles[i].plate, plate) == 0)
      return i;
  return G_MAXUINT;
}

static guint
find_battery (const SmSimWorld *world,
              const char       *sn)
{
  for (guint i = 0; i < world->n_packs; i++)
    if (strcmp (world->packs[i].sn, sn) == 0)
      return i;
  return G_MAXUINT;
}

static guint
nearest_point (const SmSimWorld   *world,
               const SmSimStation *station)
{
  double best = INFINITY;
  guint nearest = G_MAXUINT;

  for (guint i = 0; i < world->n_service_points; i++)
    {
      double away = hypot (world->service_points[i].latitude - station->latitude,
                           world->service_points[i].longitude - station->longitude);

      if (away < best)
        {
          best = away;
          nearest = i;
        }
    }
  return nearest;
}

/* Who is meant; a pack too, when it is said by the truck that has it. */
static SmNounId
noun_of_event (const Event *event)
{
  if (event->station != NULL)
    return SM_NOUN_STATION;
  return event->vehicle != NULL ? SM_NOUN_VEHICLE : SM_NOUN_BATTERY;
}

static gboolean
is_by_driving (const Event *event)
{
  return g_strcmp0 (event->vehicle, DRIVING) == 0;
}

static gboolean
is_of_its_pack (const Event *event)
{
  return event->deed == DO_FAULT && event->vehicle != NULL
         && sm_fault_code_find (event->code)->noun == SM_NOUN_BATTERY;
}

/* What a fault happens to, as the faults number it. */
static gboolean
find_subject (Event             *event,
              const SmSimFaults *faults)
{
  SmNounId noun = is_of_its_pack (event) ? SM_NOUN_BATTERY : noun_of_event (event);
  /* Which pack it will be is known when it comes to pass. */
  guint index = is_of_its_pack (event) || is_by_driving (event) ? 0 : event->index;

  return sm_sim_faults_find (faults, event->code, noun, index, &event->subject);
}

static gboolean
bind_event (Event             *event,
            guint              number,
            const SmSimWorld  *world,
            const SmSimFaults *faults,
            GError           **error)
{
  SmNounId noun = noun_of_event (event);
  const char *who = event->station != NULL   ? event->station
                    : event->vehicle != NULL ? event->vehicle
                                             : event->battery;
  g_autofree char *what = NULL;

  event->index = who == NULL || is_by_driving (event) ? G_MAXUINT
                 : noun == SM_NOUN_STATION            ? find_station (world, who)
                 : noun == SM_NOUN_VEHICLE            ? find_vehicle (world, who)
                                                      : find_battery (world, who);
  if (who != NULL && !is_by_driving (event) && event->index == G_MAXUINT)
    {
      what = g_strdup_printf ("there is no “%s” in this network.", who);
      return fail (error, number, what);
    }
  if (event->deed == DO_ABSENT)
    event->subject = who != NULL ? nearest_point (world, &world->stations[event->index]) : G_MAXUINT;
  if (event->deed != DO_FAULT || find_subject (event, faults))
    return TRUE;
  what = g_strdup_printf ("“%s” is nothing that can happen to “%s”.", event->code, who);
  return fail (error, number, what);
}

/** sm_sim_scenario_bind: Finds who is meant in @world; to be done before it is played. */
gboolean
sm_sim_scenario_bind (SmSimScenario      *self,
                      const SmSimWorld   *world,
                      const SmSimFaults  *faults,
                      gint64              start_us,
                      GError            **error)
{
  for (guint i = 0; i < self->events->len; i++)
    {
      Event *event = self->events->pdata[i];

      event->at_us = start_us + (gint64) (event->at_min * (double) SM_MINUTE);
      if (!bind_event (event, i + 1, world, faults, error))
        return FALSE;
    }
  return TRUE;
}

/* --- playing --- */

/* One that is on the road and will be for a while, if there is any. */
static guint
choose_driving (const SmSimWorld *world,
                SmSimEngine      *engine,
                gint64            now_us)
{
  guint chosen = 0;
  double fullest = -1.0;

  for (guint i = 0; engine != NULL && i < world->n_vehicles; i++)
    {
      SmVehicleReport report;

      if (!sm_sim_engine_is_driving (engine, i)
          || !sm_sim_engine_look_vehicle (engine, i, now_us, &report) || report.battery_id <= 0
          || !(report.soc > fullest))
        continue;
      fullest = report.soc;
      chosen = i;
    }
  return chosen;
}

/* Returns: of the world's packs; G_MAXUINT: it has none */
static guint
find_pack_of (const SmSimWorld *world,
              SmSimEngine      *engine,
              guint             vehicle,
              gint64            now_us)
{
  SmVehicleReport report = { .battery_id = SM_UNKNOWN };

  if (engine == NULL)
    return world->vehicles[vehicle].pack;
  if (!sm_sim_engine_look_vehicle (engine, vehicle, now_us, &report) || report.battery_id <= 0)
    return G_MAXUINT;
  for (guint i = 0; i < world->n_packs; i++)
    if (world->packs[i].id == report.battery_id)
      return i;
  return G_MAXUINT;
}

static void
settle_who (SmSimScenario       *self,
            Event               *event,
            const SmSimPlaying  *playing)
{
  if (is_by_driving (event))
    {
      if (self->driving == G_MAXUINT)
        self->driving = choose_driving (playing->world, playing->engine, playing->now_us);
      event->index = self->driving;
    }
  if (is_of_its_pack (event))
    event->subject = find_pack_of (playing->world, playing->engine, event->index, playing->now_us);
  else if (event->deed == DO_FAULT && is_by_driving (event))
    event->subject = event->index;
}

static void
do_event (const Event        *event,
          const SmSimPlaying *playing)
{
  gint64 until_us = isnan (event->minutes)
                      ? G_MAXINT64
                      : event->at_us + (gint64) (event->minutes * (double) SM_MINUTE);

  switch (event->deed)
    {
    case DO_ABSENT:
      sm_sim_people_absent (playing->people, event->subject, until_us);
      break;
    case DO_SILENCE:
      sm_sim_faults_silence (playing->faults, noun_of_event (event), event->index, event->at_us,
                             until_us);
      break;
    case DO_HEAT:
      if (playing->engine != NULL)
        sm_sim_engine_heat_pack (playing->engine, event->index, NAN, event->to_c, until_us);
      break;
    case DO_FAULT:
      if (event->subject != G_MAXUINT)
        sm_sim_faults_inject (playing->faults, event->code, event->subject, event->at_us, until_us);
      break;
    }
}

/* What is expected of somebody, with the ids of the register. */
static void
tell_expected (const Event        *event,
               guint               number,
               const SmSimPlaying *playing)
{
  const SmSimWorld *world = playing->world;
  SmDrillStep told = { .number = number, .at_us = event->at_us, .code = event->code,
                         .deed = deeds[event->deed] };

  if (event->station != NULL)
    told.station_id = world->stations[event->index].id;
  if (event->vehicle != NULL)
    told.vehicle_id = world->vehicles[event->index].id;
  if (event->battery != NULL)
    told.battery_id = world->packs[event->index].id;
  else if (is_of_its_pack (event) && event->subject != G_MAXUINT)
    told.battery_id = world->packs[event->subject].id;
  else if (event->deed == DO_HEAT)
    {
      guint pack = find_pack_of (world, playing->engine, event->index, playing->now_us);

      told.battery_id = pack != G_MAXUINT ? world->packs[pack].id : 0;
    }
  memcpy (told.within_s, event->expected_s, sizeof told.within_s);
  g_array_append_val (playing->expected, told);
}

/** sm_sim_expects: Returns: whether anything is expected of anybody */
gboolean
sm_sim_expects (const double *expected_s)
{
  for (guint i = 0; i < SM_DRILL_N_REACTIONS; i++)
    if (!isnan (expected_s[i]))
      return TRUE;
  return FALSE;
}

/** sm_sim_scenario_play: Returns: how many of its events came due by then */
guint
sm_sim_scenario_play (SmSimScenario      *self,
                      const SmSimPlaying *playing)
{
  guint n = 0;

  for (guint i = 0; i < self->events->len; i++)
    {
      Event *event = self->events->pdata[i];

      if (event->is_done || event->at_us > playing->now_us)
        continue;
      event->is_done = TRUE;
      n++;
      settle_who (self, event, playing);
      do_event (event, playing);
      if (playing->expected != NULL && sm_sim_expects (event->expected_s))
        tell_expected (event, i + 1, playing);
    }
  return n;
}
