/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-quarantine.h"

#include "sm-commands.h"
#include "sm-error.h"
#include "sm-plant-private.h"
#include "sm-rules-private.h"
#include "sm-verb-private.h"

#include <string.h>

/* A pack that nobody trusts is kept apart: no station counts it as ready or hands it
 * out, until somebody else than who said so takes it back. */

#define ACT "battery.quarantine"
#define LOCK_ACT "connector.change_availability"
#define MAX_REASON 2000

typedef struct
{
  gboolean is_apart;
  const char *reason; /* (nullable) */
} Act;

static gboolean
check_reason (const char  *reason,
              GError     **error)
{
  g_autofree char *text = reason != NULL && g_utf8_validate (reason, -1, NULL)
                              ? g_strstrip (g_strdup (reason)) : NULL;

  if (text == NULL || *text == '\0')
    return sm_error_refuse_field (error, "/reason", "required");
  return strlen (text) <= MAX_REASON || sm_error_refuse_field (error, "/reason", "too-long");
}

/* What is in repair or gone is kept from use already, and comes back another way. */
static gboolean
check_fitness (const Act    *act,
               const SmRow  *battery,
               GError      **error)
{
  guint fitness = sm_row_get_enum (battery, SM_BATTERY_FITNESS);

  if (act->is_apart ? fitness == SM_FITNESS_SERVICEABLE || fitness == SM_FITNESS_WATCH
                    : fitness == SM_FITNESS_QUARANTINED)
    return TRUE;
  sm_set_error (error, SM_ERROR_INVALID, "not-allowed-now", "The pack is %s",
                sm_row_get_text (battery, SM_BATTERY_FITNESS));
  return FALSE;
}

/* Whoever had it kept apart must not be the one who says that it is good. */
static gboolean
check_second (const SmVerb  *verb,
              const Act     *act,
              const SmRow   *battery,
              GError       **error)
{
  const char *first = sm_row_get_text (battery, SM_BATTERY_QUARANTINED_BY);

  if (act->is_apart || first == NULL || g_ascii_strcasecmp (first, verb->actor->name) != 0)
    return TRUE;
  sm_set_error (error, SM_ERROR_INVALID, "second-person-needed",
                "%s cannot be both persons that this needs", first);
  return FALSE;
}

static void
fill_in (const SmVerb *verb,
         const Act    *act,
         SmRow        *battery)
{
  sm_row_set_text (battery, SM_BATTERY_FITNESS,
                   sm_fitnesses[act->is_apart ? SM_FITNESS_QUARANTINED : SM_FITNESS_WATCH]);
  if (act->is_apart)
    {
      sm_row_set_int (battery, SM_BATTERY_QUARANTINED_AT, sm_rules_now (verb->rules));
      sm_row_set_text (battery, SM_BATTERY_QUARANTINED_BY, verb->actor->name);
      sm_row_set_text (battery, SM_BATTERY_QUARANTINE_REASON, act->reason);
      return;
    }
  sm_row_set_null (battery, SM_BATTERY_QUARANTINED_AT);
  sm_row_set_null (battery, SM_BATTERY_QUARANTINED_BY);
  sm_row_set_null (battery, SM_BATTERY_QUARANTINE_REASON);
}

static SmRow *
do_act (const SmVerb   *verb,
        gconstpointer   data,
        SmRow          *before,
        GError        **error)
{
  const Act *act = data;
  g_autoptr (SmRow) battery = NULL;

  if (!check_reason (act->reason, error))
    return NULL;
  if (!check_fitness (act, before, error))
    {
      sm_verb_lose (verb, before);
      return NULL;
    }
  if (!check_second (verb, act, before, error))
    return NULL;
  battery = sm_row_copy (before);
  fill_in (verb, act, battery);
  /* Why it is good again stands in the audit alone. */
  if (!sm_verb_put (verb->rules, battery, before, error)
      || !sm_verb_tell_why (verb, act->reason, before, battery, error))
    return NULL;
  return g_steal_pointer (&battery);
}

/* A station that listens keeps it by itself from now on.  One that cannot be reached is
 * told by nobody: what it then does is seen, and never counted as ready. */
static void
lock_bay (SmRules    *rules,
          SmActor    *actor,
          gint64      battery_id,
          const char *reason)
{
  const SmLiveRow *live = sm_live_find_row (rules->live, sm_noun_get (SM_NOUN_BATTERY), battery_id);
  SmCommandRequest request = {
    .target_noun = sm_noun_get (SM_NOUN_BAY)->name,
    .kind = sm_command_kinds[SM_COMMAND_KIND_CHANGE_AVAILABILITY],
    .availability = sm_availabilities[SM_INOPERATIVE],
    .reason = reason,
    .alarm_id = SM_UNKNOWN,
  };
  g_autoptr (SmRow) command = NULL;

  if (live == NULL || sm_row_get_enum (live->row, SM_BATTERY_PLACE) != SM_PLACE_BAY
      || sm_row_is_null (live->row, SM_BATTERY_PLACE_ID) || !sm_actor_may (actor, LOCK_ACT))
    return;
  request.target_id = sm_row_get_int (live->row, SM_BATTERY_PLACE_ID);
  command = sm_commands_request (rules, actor, NULL, &request, NULL);
}

/**
 * sm_quarantine_set:
 * @is_apart: whether the pack is to be kept apart, or may be used again, under watch
 *
 * The bay where it stands is taken out of operation with it, and stays so until
 * somebody puts it back by a command.
 *
 * Returns: (transfer full) (nullable): the pack after it
 */
SmRow *
sm_quarantine_set (SmRules     *rules,
                   SmActor     *actor,
                   const char  *idempotency_key,
                   gint64       battery_id,
                   gboolean     is_apart,
                   const char  *reason,
                   GError     **error)
{
  g_autofree char *request
      = g_strdup_printf ("quarantine %d %" G_GINT64_FORMAT " %s", is_apart, battery_id,
                         reason != NULL ? reason : "");
  SmVerb verb = { rules, actor, ACT, sm_noun_get (SM_NOUN_BATTERY), battery_id, idempotency_key,
                  request, NULL };
  Act act = { is_apart, reason };
  gboolean was_apart = sm_plant_is_withheld (rules->plant, battery_id);
  SmRow *battery = sm_verb_run (&verb, do_act, &act, error);

  if (battery == NULL)
    return NULL;
  /* The same key again gets the first answer, of what may be otherwise by now. */
  if (is_apart != was_apart)
    sm_plant_note_fitness (rules->plant, battery);
  if (is_apart && !was_apart)
    lock_bay (rules, actor, battery_id, reason);
  return battery;
}

/** sm_quarantine_get_rev: Returns: another number after other packs were kept apart; any thread */
int
sm_quarantine_get_rev (SmRules *rules)
{
  return g_atomic_int_get (&rules->plant->withheld_rev);
}

/** sm_quarantine_list: Returns: (transfer full): of gint64: the packs that are not to be handed out */
GArray *
sm_quarantine_list (SmRules *rules)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, rules->plant->withheld);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_array_append_val (ids, *(gint64 *) id);
  return ids;
}
