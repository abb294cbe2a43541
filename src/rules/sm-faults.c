/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-faults.h"

#include "sm-fault-code.h"
#include "sm-ingest-private.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"

/* The most that is kept of a sender's own words, in bytes. */
#define MAX_SENDER_TEXT 500

static const char *
permission_of (SmNounId noun)
{
  return noun == SM_NOUN_VEHICLE || noun == SM_NOUN_BATTERY ? "vehicle.ingest" : "station.ingest";
}

/* Whether there is such a thing, and the actor may speak for it. */
static gboolean
find_source (SmRules              *rules,
             const SmActor        *actor,
             const SmFaultReport  *fault,
             gboolean             *out_found,
             GError              **error)
{
  g_autoptr (SmRow) source = NULL;

  *out_found = FALSE;
  if (fault->noun >= SM_N_NOUNS || sm_noun_get (fault->noun)->is_history)
    return TRUE;
  if (!sm_service_find (sm_rules_get_connection (rules), sm_noun_get (fault->noun), fault->id,
                        &source, error))
    return FALSE;
  *out_found = source != NULL
               && sm_scope_has (actor->scope, sm_row_get_int (source, SM_ROW_OPERATOR_ID),
                                sm_row_get_int (source, SM_ROW_AREA_ID),
                                sm_row_get_int (source, SM_ROW_FLEET_ID));
  return TRUE;
}

/* When a device spoke of a fault last: by its own clock, and by ours. */
typedef struct
{
  gint64 said_at, at;
} FaultTime;

/* The same fault at the same time is once; an older word changes nothing. */
static gboolean
is_news (SmRules             *rules,
         const SmFaultReport *fault,
         gint64               now,
         SmIngestResult      *result)
{
  FaultTime time = { fault->at_us, sm_ingest_time (fault->at_us, now) };
  g_autofree char *key = g_strdup_printf ("%d %" G_GINT64_FORMAT " %s", fault->noun, fault->id,
                                          fault->code);
  const FaultTime *last = g_hash_table_lookup (rules->fault_times, key);

  if (last != NULL && (time.said_at == last->said_at || time.at < last->at))
    {
      if (time.said_at == last->said_at)
        result->repeated++;
      else
        result->late++;
      return FALSE;
    }
  g_hash_table_replace (rules->fault_times, g_steal_pointer (&key), g_memdup2 (&time, sizeof time));
  return TRUE;
}

static char *
dup_sender (const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

  if (valid != NULL && strlen (valid) > MAX_SENDER_TEXT)
    *g_utf8_find_prev_char (valid, valid + MAX_SENDER_TEXT + 1) = '\0';
  return g_steal_pointer (&valid);
}

static void
take_fault (SmRules             *rules,
            const SmFaultReport *fault,
            const SmFaultCode   *code,
            gint64               now,
            SmIngestResult      *result)
{
  gint64 at = sm_ingest_time (fault->at_us, now);
  SmLimitEvent *event;

  if (!is_news (rules, fault, now, result))
    return;
  result->ahead += at != fault->at_us;
  event = sm_limits_add_event (rules->limits, sm_noun_get (fault->noun), fault->id, fault->code,
                               code->level, fault->is_raised, at);
  event->value = fault->value;
  event->limit_value = fault->limit_value;
  event->equipment_id = MAX (fault->equipment_id, 0);
  event->sender_code = dup_sender (fault->sender_code);
  event->sender_text = dup_sender (fault->sender_text);
  if (code->is_safety && fault->noun == SM_NOUN_STATION)
    sm_plant_note_danger (rules->plant, fault->id, fault->code, fault->is_raised);
  result->accepted++;
}

/** sm_faults_may_say: @out_found: whether there is such a thing for @actor. FALSE: may not at all */
gboolean
sm_faults_may_say (SmRules        *rules,
                   const SmActor  *actor,
                   SmNounId        noun,
                   gint64          id,
                   gboolean       *out_found,
                   GError        **error)
{
  SmFaultReport fault = { .noun = noun, .id = id };

  return sm_actor_require (actor, permission_of (noun), error)
         && find_source (rules, actor, &fault, out_found, error);
}

/**
 * sm_ingest_faults:
 *
 * Takes in the faults that devices say they have, or have no more.  Level,
 * risk and what to do come from the catalogue of codes.
 *
 * Returns: FALSE when @actor may not report at all
 */
gboolean
sm_ingest_faults (SmRules              *rules,
                  SmActor              *actor,
                  const SmFaultReport  *faults,
                  guint                 n_faults,
                  SmIngestResult       *out_result,
                  GError              **error)
{
  gint64 now = sm_rules_now (rules);

  *out_result = (SmIngestResult){ 0 };
  for (guint i = 0; i < n_faults; i++)
    {
      const SmFaultCode *code = sm_fault_code_find (faults[i].code);
      gboolean found = FALSE;

      if (!sm_actor_require (actor, permission_of (faults[i].noun), error)
          || !find_source (rules, actor, &faults[i], &found, error))
        return FALSE;
      if (!found)
        sm_ingest_reject (out_result, i, "unknown-object");
      else if (code == NULL || code->origin != SM_FAULT_OF_DEVICE)
        sm_ingest_reject (out_result, i, "unknown-code");
      else
        take_fault (rules, &faults[i], code, now, out_result);
    }
  sm_ingest_write_alarms (rules);
  return TRUE;
}
