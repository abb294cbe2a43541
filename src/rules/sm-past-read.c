/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-past-read.h"

#include "sm-alarm.h"
#include "sm-audit-table.h"
#include "sm-feed.h"
#include "sm-history-table.h"
#include "sm-past-private.h"
#include "sm-telemetry.h"

#include <string.h>

/* The past of one thing, gathered: what it said, its alarms and commands as they were
 * known, and what was done to any of them. */

/* An alarm that lasts is looked for that far before. */
#define LONGEST_ALARM (30 * SM_DAY)
#define MAX_ALARMS 2000
#define PAGE 1000
#define MAX_ACTS 5000
#define MAX_AREAS 5000

typedef struct
{
  SmReader *reader;
  SmActor *actor;
  const SmNoun *noun;
  gint64 id;
  SmScope *areas; /* (nullable): the area and those below it */
  SmPast *past;
} Gathering;

static SmConnection *
get_connection (Gathering *self)
{
  return sm_service_db_get_connection (self->reader->db);
}

/* --- what an area has below it --- */

static gboolean
is_below (const SmRow *area,
          GHashTable  *found)
{
  gint64 parent = sm_row_get_int (area, SM_AREA_PARENT_ID);

  return g_hash_table_contains (found, &parent);
}

static SmScope *
find_areas (Gathering  *self,
            GError    **error)
{
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) areas = sm_service_list (get_connection (self),
                                                 sm_noun_get (SM_NOUN_AREA), self->actor->scope,
                                                 -1, NULL, 0, MAX_AREAS, error);
  guint before;

  if (areas == NULL)
    return NULL;
  g_array_append_val (ids, self->id);
  g_hash_table_add (found, g_memdup2 (&self->id, sizeof self->id));
  do
    {
      before = ids->len;
      for (guint i = 0; i < areas->len; i++)
        {
          gint64 id = sm_row_get_id (areas->pdata[i]);

          if (is_below (areas->pdata[i], found) && !g_hash_table_contains (found, &id))
            {
              g_hash_table_add (found, g_memdup2 (&id, sizeof id));
              g_array_append_val (ids, id);
            }
        }
    }
  while (ids->len > before);
  return sm_scope_new (SM_SCOPE_AREAS, (const gint64 *) (gpointer) ids->data, ids->len);
}

static gboolean
is_there (Gathering   *self,
          const SmRow *row)
{
  gint64 operator_id = sm_row_get_int (row, SM_ROW_OPERATOR_ID);
  gint64 area_id = sm_row_get_int (row, SM_ROW_AREA_ID);
  gint64 fleet_id = sm_row_get_int (row, SM_ROW_FLEET_ID);

  return sm_scope_has (self->actor->scope, operator_id, area_id, fleet_id)
         && (self->areas == NULL || sm_scope_has (self->areas, operator_id, area_id, fleet_id));
}

/* --- alarms --- */

/* @last: (nullable): of the page before */
static GPtrArray *
read_alarms (Gathering    *self,
             const SmRow  *last,
             GError      **error)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, self->id);
  SmHistoryQuery query = { .noun = sm_noun_get (SM_NOUN_ALARM),
                           .newest_first = TRUE,
                           .from = self->past->from - LONGEST_ALARM,
                           .to = self->past->to + 1,
                           .after_time = last != NULL ? sm_history_time (last) : SM_UNKNOWN,
                           .after_id = last != NULL ? sm_row_get_id (last) : 0,
                           .limit = PAGE };

  if (self->noun->id == SM_NOUN_VEHICLE || self->noun->id == SM_NOUN_STATION)
    query.equals[query.n_equals++] = (SmHistoryEquals){
      self->noun->id == SM_NOUN_VEHICLE ? SM_ALARM_VEHICLE_ID : SM_ALARM_STATION_ID, id
    };
  return sm_history_table_read (get_connection (self), &query,
                                self->areas != NULL ? self->areas : self->actor->scope, error);
}

/* Most were over long before, which the row says: all but when one was released. */
static gboolean
was_over (Gathering   *self,
          const SmRow *alarm)
{
  gint64 returned = sm_row_get_int (alarm, SM_ALARM_RETURNED_AT);
  gint64 acked = sm_row_get_int (alarm, SM_ALARM_ACKED_AT);

  return sm_row_get_enum (alarm, SM_ALARM_STATE) == SM_ALARM_NORMAL
         && sm_row_is_null (alarm, SM_ALARM_RELEASED_BY) && returned != SM_UNKNOWN
         && MAX (returned, acked) < self->past->from;
}

/* Whose an alarm is may change while it is open. */
static gboolean
was_of_desk (Gathering         *self,
             const SmPastThing *alarm)
{
  for (guint i = 0; i < alarm->versions->len; i++)
    if (sm_row_get_int (g_array_index (alarm->versions, SmPastVersion, i).row, SM_ALARM_DESK_ID)
        == self->id)
      return TRUE;
  return FALSE;
}

static gboolean
gather_alarm (Gathering     *self,
              SmConnection  *file,
              const SmRow   *alarm,
              GError       **error)
{
  g_autoptr (SmPastThing) thing = NULL;

  if (!is_there (self, alarm) || was_over (self, alarm))
    return TRUE;
  thing = sm_past_of_alarm (self->reader, file, alarm, self->past->to, error);
  if (thing == NULL)
    return FALSE;
  if (thing->versions->len == 0 || sm_past_thing_over (thing) < self->past->from
      || (self->noun->id == SM_NOUN_DESK && !was_of_desk (self, thing)))
    return TRUE;
  if (self->past->alarms->len < MAX_ALARMS)
    g_ptr_array_add (self->past->alarms, g_steal_pointer (&thing));
  else
    self->past->is_cut = TRUE;
  return TRUE;
}

static gboolean
gather_alarms (Gathering  *self,
               GError    **error)
{
  g_autoptr (SmConnection) file = sm_telemetry_book_open_file (self->reader->rules->telemetry,
                                                               error);
  g_autoptr (GPtrArray) page = NULL;
  g_autoptr (SmRow) last = NULL;

  if (file == NULL)
    return FALSE;
  do
    {
      g_clear_pointer (&page, g_ptr_array_unref);
      page = read_alarms (self, last, error);
      if (page == NULL)
        return FALSE;
      for (guint i = 0; i < page->len; i++)
        if (!gather_alarm (self, file, page->pdata[i], error))
          return FALSE;
      g_clear_pointer (&last, sm_row_unref);
      last = page->len > 0 ? sm_row_ref (page->pdata[page->len - 1]) : NULL;
    }
  while (page->len == PAGE && !self->past->is_cut);
  return TRUE;
}

/* --- commands --- */

static gboolean
is_of_gathered (Gathering   *self,
                const SmRow *command)
{
  gint64 alarm_id = sm_row_get_int (command, SM_COMMAND_ALARM_ID);

  for (guint i = 0; i < self->past->alarms->len; i++)
    if (((SmPastThing *) self->past->alarms->pdata[i])->id == alarm_id)
      return TRUE;
  return FALSE;
}

static gboolean
is_of (Gathering   *self,
       const SmRow *command)
{
  switch (self->noun->id)
    {
    case SM_NOUN_STATION:
      return sm_row_get_int (command, SM_COMMAND_STATION_ID) == self->id;
    case SM_NOUN_VEHICLE:
      return sm_row_get_int (command, SM_COMMAND_TARGET_ID) == self->id
             && g_strcmp0 (sm_row_get_text (command, SM_COMMAND_TARGET_NOUN), "vehicle") == 0;
    case SM_NOUN_DESK:
      return is_of_gathered (self, command);
    default:
      return TRUE;
    }
}

static gboolean
gather_commands (Gathering  *self,
                 GError    **error)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, self->id);
  int field = self->noun->id == SM_NOUN_STATION   ? SM_COMMAND_STATION_ID
              : self->noun->id == SM_NOUN_VEHICLE ? SM_COMMAND_TARGET_ID
                                                  : -1;
  gint64 after = 0;
  guint n;

  do
    {
      g_autoptr (GPtrArray) commands = sm_service_list (
          get_connection (self), sm_noun_get (SM_NOUN_COMMAND), self->actor->scope, field,
          field >= 0 ? id : NULL, after, PAGE, error);

      if (commands == NULL)
        return FALSE;
      n = commands->len;
      for (guint i = 0; i < n; i++)
        {
          const SmRow *command = commands->pdata[i];
          gint64 requested = sm_row_get_int (command, SM_COMMAND_REQUESTED_AT);

          after = sm_row_get_id (command);
          if (requested > self->past->to || requested < self->past->from - SM_DAY
              || !is_of (self, command) || !is_there (self, command))
            continue;
          g_ptr_array_add (self->past->commands, sm_past_of_command (command, self->past->to));
        }
    }
  while (n == PAGE);
  return TRUE;
}

/* --- who did what --- */

static SmPastAct *
act_of (const SmAuditEntry *entry)
{
  SmPastAct *act = g_new (SmPastAct, 1);

  *act = (SmPastAct){ entry->at,
                      g_strdup (entry->actor_kind),
                      g_strdup (entry->actor),
                      g_strdup (entry->act),
                      g_strdup (entry->object),
                      g_strdup (entry->outcome),
                      g_strdup (entry->reason),
                      g_strdup (entry->before),
                      g_strdup (entry->after) };
  return act;
}

static gboolean
gather_acts_of (Gathering   *self,
                const char  *noun,
                gint64       id,
                GError     **error)
{
  g_autofree char *object = g_strdup_printf ("%s/%" G_GINT64_FORMAT, noun, id);
  g_autoptr (GPtrArray) entries = sm_audit_table_list (get_connection (self), object, G_MAXINT64,
                                                       MAX_ACTS, error);

  if (entries == NULL)
    return FALSE;
  for (guint i = entries->len; i > 0; i--)
    {
      const SmAuditEntry *entry = entries->pdata[i - 1];

      if (entry->at < self->past->from || entry->at > self->past->to)
        continue;
      if (self->past->acts->len < MAX_ACTS)
        g_ptr_array_add (self->past->acts, act_of (entry));
      else
        self->past->is_cut = TRUE;
    }
  return TRUE;
}

/* A desk is handed over by papers of their own. */
static gboolean
gather_handovers (Gathering  *self,
                  GError    **error)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, self->id);
  gint64 after = 0;
  guint n;

  do
    {
      g_autoptr (GPtrArray) handovers = sm_service_list (
          get_connection (self), sm_noun_get (SM_NOUN_HANDOVER), self->actor->scope,
          SM_HANDOVER_DESK_ID, id, after, PAGE, error);

      if (handovers == NULL)
        return FALSE;
      n = handovers->len;
      for (guint i = 0; i < n; i++)
        {
          after = sm_row_get_id (handovers->pdata[i]);
          if (!gather_acts_of (self, "handover", after, error))
            return FALSE;
        }
    }
  while (n == PAGE);
  return TRUE;
}

static int
compare_acts (gconstpointer a,
              gconstpointer b)
{
  const SmPastAct *x = *(SmPastAct **) a, *y = *(SmPastAct **) b;

  return (x->at > y->at) - (x->at < y->at);
}

static gboolean
gather_acts (Gathering  *self,
             GError    **error)
{
  if (!sm_actor_may (self->actor, "audit.read"))
    return TRUE;
  self->past->acts = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_past_act_free);
  if (!gather_acts_of (self, self->noun->name, self->id, error)
      || (self->noun->id == SM_NOUN_DESK && !gather_handovers (self, error)))
    return FALSE;
  for (guint i = 0; i < self->past->alarms->len; i++)
    if (!gather_acts_of (self, "alarm", ((SmPastThing *) self->past->alarms->pdata[i])->id, error))
      return FALSE;
  for (guint i = 0; i < self->past->commands->len; i++)
    if (!gather_acts_of (self, "command", ((SmPastThing *) self->past->commands->pdata[i])->id,
                         error))
      return FALSE;
  g_ptr_array_sort (self->past->acts, compare_acts);
  return TRUE;
}

/* --- all of it --- */

static gboolean
gather_values (Gathering  *self,
               GError    **error)
{
  gint64 kept_from = self->past->made_at - SM_TELEMETRY_KEEP_SAMPLES;

  self->past->is_sampled = self->past->from >= kept_from;
  if (self->noun->id == SM_NOUN_AREA || self->noun->id == SM_NOUN_DESK)
    return TRUE;
  self->past->series = sm_telemetry_read (self->reader, self->actor, self->noun, self->id,
                                          self->past->from, self->past->to, error);
  return self->past->series != NULL;
}

static gboolean
gather (Gathering  *self,
        GError    **error)
{
  if (self->noun->id == SM_NOUN_AREA && (self->areas = find_areas (self, error)) == NULL)
    return FALSE;
  if (!gather_values (self, error))
    return FALSE;
  /* Who may not see alarms sees what the thing said. */
  return !sm_actor_may (self->actor, "alarm.read")
         || (gather_alarms (self, error) && gather_commands (self, error)
             && gather_acts (self, error));
}

/**
 * sm_past_read:
 * @noun: a vehicle, a station, an area or a desk
 * @from: network time
 * @to: likewise; what became known later is not said
 *
 * Returns: (transfer full) (nullable): what was known of it from moment to moment
 */
SmPast *
sm_past_read (SmReader      *reader,
              SmActor       *actor,
              const SmNoun  *noun,
              gint64         id,
              gint64         from,
              gint64         to,
              GError       **error)
{
  SmRow *record = sm_feed_read_row (reader, actor, noun, id, error);
  g_autoptr (SmPast) past = NULL;
  Gathering gathering = { reader, actor, noun, id, NULL, NULL };
  gboolean ok;

  if (record == NULL)
    return NULL;
  past = sm_past_new (record, from, to);
  past->drill = g_strdup (sm_rules_get_drill (reader->rules));
  past->made_at = sm_rules_now (reader->rules);
  gathering.past = past;
  ok = gather (&gathering, error);
  g_clear_pointer (&gathering.areas, sm_scope_free);
  return ok ? g_steal_pointer (&past) : NULL;
}
