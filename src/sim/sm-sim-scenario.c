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

typedef enum
{
  DO_FAULT,
  DO_SILENCE,
  DO_ABSENT,
} Deed;

static const char *const deeds[] = { "fault", "silence", "absent", NULL };

typedef struct
{
  Deed deed;
  double at_min;
  double minutes;    /* NAN: as long as such a thing lasts */
  char *code;        /* of a fault; NULL: silence */
  char *station;     /* a station's sn */
  char *vehicle;     /* a plate */
  char *battery;     /* a pack's sn */
  guint subject;     /* of the faults, or the service point */
  gint64 at_us;
  gboolean is_done;
} Event;

struct _SmSimScenario
{
  GPtrArray *events; /* of Event */
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
  g_free (self);
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
read_number (JsonNode *node,
             double   *out)
{
  GType type = json_node_get_value_type (node);

  if (!JSON_NODE_HOLDS_VALUE (node) || (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE))
    return FALSE;
  *out = json_node_get_double (node);
  if (type == G_TYPE_INT64)
    *out = (double) json_node_get_int (node);
  return *out >= 0.0 && *out <= MAX_MINUTES;
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
check_event (const Event  *event,
             guint         number,
             GError      **error)
{
  guint n_subjects = (event->station != NULL) + (event->vehicle != NULL) + (event->battery != NULL);

  if ((guint) event->deed == SM_ENUM_UNKNOWN)
    return fail (error, number, "“do” has to be “fault”, “silence” or “absent”.");
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
  return TRUE;
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

  event->at_min = event->minutes = NAN;
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
          g_autofree char *what = g_strdup_printf (is_known ? "“%s” cannot be that."
                                                            : "“%s” is not known.", name);

          fail (error, number, what);
        }
    }
  if (is_good && check_event (event, number, error))
    return event;
  event_free (event);
  return NULL;
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

/* --- playing --- */

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

static gboolean
bind_event (Event             *event,
            guint              number,
            const SmSimWorld  *world,
            const SmSimFaults *faults,
            GError           **error)
{
  SmNounId noun = event->station != NULL   ? SM_NOUN_STATION
                  : event->vehicle != NULL ? SM_NOUN_VEHICLE
                                           : SM_NOUN_BATTERY;
  const char *who = event->station != NULL   ? event->station
                    : event->vehicle != NULL ? event->vehicle
                                             : event->battery;
  guint index = who == NULL               ? G_MAXUINT
                : noun == SM_NOUN_STATION ? find_station (world, who)
                : noun == SM_NOUN_VEHICLE ? find_vehicle (world, who)
                                          : find_battery (world, who);
  g_autofree char *what = NULL;

  if (who != NULL && index == G_MAXUINT)
    {
      what = g_strdup_printf ("there is no “%s” in this network.", who);
      return fail (error, number, what);
    }
  if (event->deed == DO_ABSENT)
    {
      event->subject = who != NULL ? nearest_point (world, &world->stations[index]) : G_MAXUINT;
      return TRUE;
    }
  if (event->deed == DO_SILENCE)
    {
      event->subject = index;
      return TRUE;
    }
  if (sm_sim_faults_find (faults, event->code, noun, index, &event->subject))
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

/** sm_sim_scenario_play: Returns: how many of its events came due by @now_us */
guint
sm_sim_scenario_play (SmSimScenario *self,
                      gint64         now_us,
                      SmSimFaults   *faults,
                      SmSimPeople   *people)
{
  guint n = 0;

  for (guint i = 0; i < self->events->len; i++)
    {
      Event *event = self->events->pdata[i];
      gint64 until_us = isnan (event->minutes)
                          ? G_MAXINT64
                          : event->at_us + (gint64) (event->minutes * (double) SM_MINUTE);

      if (event->is_done || event->at_us > now_us)
        continue;
      event->is_done = TRUE;
      n++;
      if (event->deed == DO_ABSENT)
        sm_sim_people_absent (people, event->subject, until_us);
      else if (event->deed == DO_SILENCE)
        sm_sim_faults_silence (faults, event->vehicle != NULL ? SM_NOUN_VEHICLE : SM_NOUN_STATION,
                               event->subject, event->at_us, until_us);
      else
        sm_sim_faults_inject (faults, event->code, event->subject, event->at_us, until_us);
    }
  return n;
}
