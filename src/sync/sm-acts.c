/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-acts.h"

#include "sm-json-writer.h"
#include "sm-paths.h"
#include "sm-sync-private.h"
#include "sm-time.h"
#include "sm-uuid.h"

#include <string.h>

#define CLAIMED_AT "claimed_at"

/* What a person sees of an alarm when they acknowledge it. */
enum
{
  SEEN_LEVEL,
  SEEN_COUNT,
  SEEN_OCCURRENCE, /* 0: an earlier version of the service or of ours does not say */
  N_SEEN
};

static const struct
{
  const char *field;
  const char *member;
} seen_fields[N_SEEN] = {
  [SEEN_LEVEL] = { "level", "seen_level" },
  [SEEN_COUNT] = { "count", "seen_count" },
  [SEEN_OCCURRENCE] = { "occurrence", "seen_occurrence" },
};

static char *
write_acknowledgement (const gint64 *seen,
                       const char   *note)
{
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();

  sm_json_writer_begin_object (writer);
  if (note != NULL && *note != '\0')
    {
      sm_json_writer_name (writer, "note");
      sm_json_writer_text (writer, note);
    }
  for (guint i = 0; i < N_SEEN; i++)
    if (i != SEEN_OCCURRENCE || seen[i] > 0)
      {
        sm_json_writer_name (writer, seen_fields[i].member);
        sm_json_writer_int (writer, seen[i]);
      }
  sm_json_writer_end_object (writer);
  return sm_json_writer_end (writer);
}

/* What a person did to @seen. */
static SmAct *
make_act (const SmRow *seen,
          const char  *verb,
          const char  *method,
          const char  *path_end,
          gint64       now_us)
{
  SmAct *act = sm_act_new ();

  act->key = sm_uuid_new_v7 (now_us);
  act->verb = g_strdup (verb);
  act->noun = sm_row_get_noun (seen);
  act->object_id = sm_row_get_id (seen);
  act->method = g_strdup (method);
  act->path = g_strdup_printf (SM_PATH_BASE "/%s/%" G_GINT64_FORMAT "%s", act->noun->plural,
                               act->object_id, path_end);
  act->created_at = now_us;
  return act;
}

/* What was seen is what was acknowledged: it is not to be changed. */
static void
add_seen (SmAct       *act,
          const SmRow *alarm,
          const char  *field)
{
  g_autofree char *value = sm_row_dup_part (alarm, field);

  sm_edits_add (act->changes, field, value, value);
}

/**
 * sm_act_new_acknowledge:
 * @alarm: as the person saw it: the service refuses when it has got worse since
 * @note: (nullable): what the person wrote
 * @now_us: network time
 */
SmAct *
sm_act_new_acknowledge (const SmRow *alarm,
                        const char  *note,
                        gint64       now_us)
{
  SmAct *act = make_act (alarm, SM_VERB_ACKNOWLEDGE, "POST", SM_PATH_ACKNOWLEDGE, now_us);
  gint64 seen[N_SEEN] = { sm_row_get_int (alarm, SM_ALARM_LEVEL),
                          sm_row_get_int (alarm, SM_ALARM_COUNT),
                          sm_row_is_null (alarm, SM_ALARM_OCCURRENCE)
                              ? 0
                              : sm_row_get_int (alarm, SM_ALARM_OCCURRENCE) };

  act->body = write_acknowledgement (seen, note);
  act->note = g_strdup (note != NULL && *note != '\0' ? note : NULL);
  act->changes = sm_edits_new ();
  for (guint i = 0; i < N_SEEN; i++)
    if (i != SEEN_OCCURRENCE || seen[i] > 0)
      add_seen (act, alarm, seen_fields[i].field);
  return act;
}

/* --- edits: merge patches --- */

static gboolean
is_number (const SmNoun *noun,
           const char   *name)
{
  int found = sm_noun_find_field (noun, name, strlen (name));

  return found >= 0 && noun->fields[found].kind == SM_KIND_INT;
}

/* A number that cannot be understood goes as text: the service says what is wrong with it. */
static void
write_value (SmJsonWriter *writer,
             const char   *value,
             gboolean      may_be_number)
{
  gint64 number;

  if (value == NULL || *value == '\0')
    sm_json_writer_null (writer);
  else if (may_be_number
           && g_ascii_string_to_signed (value, 10, G_MININT64, G_MAXINT64, &number, NULL))
    sm_json_writer_int (writer, number);
  else
    sm_json_writer_text (writer, value);
}

/* The parts of "name/en" and "name/zh-CN" are members of one object. */
static void
write_parts (SmJsonWriter    *writer,
             const GPtrArray *changes,
             const char      *field,
             gsize            length)
{
  sm_json_writer_begin_object (writer);
  for (guint i = 0; i < changes->len; i++)
    {
      const SmEdit *change = changes->pdata[i];

      if (strncmp (change->field, field, length) != 0 || change->field[length] != '/')
        continue;
      sm_json_writer_name (writer, change->field + length + 1);
      write_value (writer, change->mine, FALSE);
    }
  sm_json_writer_end_object (writer);
}

static char *
write_patch (const SmNoun    *noun,
             const GPtrArray *changes)
{
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();
  g_autoptr (GHashTable) written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  sm_json_writer_begin_object (writer);
  for (guint i = 0; i < changes->len; i++)
    {
      const SmEdit *change = changes->pdata[i];
      gsize length = strcspn (change->field, "/");
      char *name = g_strndup (change->field, length);
      gboolean is_whole = change->field[length] == '\0';

      if (!g_hash_table_add (written, name))
        continue;
      sm_json_writer_name (writer, name);
      if (is_whole)
        write_value (writer, change->mine, is_number (noun, name));
      else
        write_parts (writer, changes, name, length);
    }
  sm_json_writer_end_object (writer);
  return sm_json_writer_end (writer);
}

/**
 * sm_act_new_edit:
 * @seen: the record as the person saw it
 * @verb: %SM_VERB_EDIT or %SM_VERB_NOTE
 * @changes: (transfer full): of SmEdit
 */
SmAct *
sm_act_new_edit (const SmRow *seen,
                 const char  *verb,
                 GPtrArray   *changes,
                 gint64       now_us)
{
  SmAct *act = make_act (seen, verb, "PATCH", "", now_us);

  act->base_seq = sm_row_get_int (seen, SM_ROW_SEQ);
  act->changes = changes;
  act->body = write_patch (act->noun, changes);
  return act;
}

/* A member that is left out where it is SM_UNKNOWN. */
void
sm_sync_write_int (SmJsonWriter *writer,
                   const char   *name,
                   gint64        value)
{
  if (value == SM_UNKNOWN)
    return;
  sm_json_writer_name (writer, name);
  sm_json_writer_int (writer, value);
}

/* A member that is left out where it is NULL. */
void
sm_sync_write_text (SmJsonWriter *writer,
                    const char   *name,
                    const char   *value)
{
  if (value == NULL)
    return;
  sm_json_writer_name (writer, name);
  sm_json_writer_text (writer, value);
}

/* --- work orders --- */

/* When it was done is said too: it may be sent long after. */
static char *
write_deed (const SmWorkOrderDeed *deed,
            gint64                 now)
{
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();

  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, CLAIMED_AT);
  sm_json_writer_time (writer, now);
  sm_sync_write_int (writer, "engineer_id", deed->engineer_id);
  sm_sync_write_int (writer, "organisation_id", deed->organisation_id);
  sm_sync_write_int (writer, "part_id", deed->part_id);
  sm_sync_write_int (writer, "quantity", deed->quantity);
  if (deed->follow_up_at != SM_UNKNOWN)
    {
      sm_json_writer_name (writer, "follow_up_at");
      sm_json_writer_time (writer, deed->follow_up_at);
    }
  if (deed->spoke)
    {
      sm_json_writer_name (writer, "spoke");
      sm_json_writer_bool (writer, TRUE);
    }
  sm_sync_write_text (writer, "reason", deed->reason);
  sm_sync_write_text (writer, "note", deed->note);
  sm_sync_write_text (writer, "fix", deed->fix);
  sm_sync_write_text (writer, "cause", deed->cause);
  sm_sync_write_text (writer, "action", deed->action);
  sm_json_writer_end_object (writer);
  return sm_json_writer_end (writer);
}

/**
 * sm_act_new_work_order:
 * @seen: a work order as the person saw it
 * @changes: (transfer full): of SmEdit: what becomes of its texts
 */
SmAct *
sm_act_new_work_order (const SmRow           *seen,
                       const SmWorkOrderDeed *deed,
                       GPtrArray             *changes,
                       gint64                 now_us)
{
  const char *verb = sm_work_order_events[deed->event];
  g_autofree char *end = g_strconcat ("/", verb, NULL);
  SmAct *act = make_act (seen, verb, "POST", end, now_us);

  act->body = write_deed (deed, now_us);
  act->note = g_strdup (deed->reason != NULL ? deed->reason : deed->note);
  act->changes = changes;
  return act;
}

/**
 * sm_act_new_photo:
 * @name: what the file was called, for who looks at what waits
 *
 * Of a photo, which goes along as a file.  When it was taken is said with it, too.
 */
SmAct *
sm_act_new_photo (const SmRow *order,
                  const char  *name,
                  gint64       now_us)
{
  g_autofree char *claimed = sm_time_to_rfc3339 (now_us);
  g_autofree char *end = g_strdup_printf (SM_PATH_PHOTOS "?" SM_QUERY_CLAIMED_AT "=%s", claimed);
  SmAct *act = make_act (order, sm_work_order_events[SM_WORK_ORDER_PHOTO], "POST", end, now_us);

  act->body = g_strdup ("");
  act->note = g_strdup (name);
  return act;
}

/* --- guidance --- */

static char *
write_guide (const SmTruckWish *wish,
             gint64             now_us)
{
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();

  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, CLAIMED_AT);
  sm_json_writer_time (writer, now_us);
  if (wish->guidance_id == SM_UNKNOWN)
    {
      sm_sync_write_int (writer, "vehicle_id", wish->vehicle_id);
      sm_sync_write_int (writer, "from_station_id", wish->from_station_id);
      sm_sync_write_int (writer, "battery_id", wish->battery_id);
      sm_json_writer_name (writer, "send");
      sm_json_writer_bool (writer, !wish->is_rescue);
      sm_json_writer_name (writer, "rescue");
      sm_json_writer_bool (writer, wish->is_rescue);
    }
  sm_sync_write_text (writer, "outcome", wish->outcome);
  sm_json_writer_end_object (writer);
  return sm_json_writer_end (writer);
}

/**
 * sm_act_new_guide:
 *
 * What a truck is to be told, which is of the truck until the service has made a guidance of it;
 * or what is done to a guidance.  The service does not send a truck away because of what was
 * wanted long ago.
 */
SmAct *
sm_act_new_guide (const SmTruckWish *wish,
                  gint64             now_us)
{
  gboolean is_new = wish->guidance_id == SM_UNKNOWN;
  g_autoptr (SmRow) seen = sm_row_new (sm_noun_get (is_new ? SM_NOUN_VEHICLE : SM_NOUN_GUIDANCE));
  g_autofree char *end = g_strconcat ("/", is_new ? "" : wish->act, NULL);
  SmAct *act;

  sm_row_set_int (seen, SM_ROW_ID, is_new ? wish->vehicle_id : wish->guidance_id);
  act = make_act (seen, !is_new ? wish->act : wish->is_rescue ? SM_VERB_RESCUE : SM_VERB_GUIDE,
                  "POST", end, now_us);
  if (is_new)
    {
      g_free (act->path);
      act->path = g_strdup (SM_PATH_GUIDANCES);
    }
  act->body = write_guide (wish, now_us);
  act->changes = sm_edits_new ();
  if (wish->outcome != NULL)
    sm_edits_add (act->changes, "call_outcome", NULL, wish->outcome);
  return act;
}

/** sm_act_is_guide: Whether it is about what a truck is told. */
gboolean
sm_act_is_guide (const SmAct *act)
{
  return act->noun == sm_noun_get (SM_NOUN_GUIDANCE) || act->noun == sm_noun_get (SM_NOUN_VEHICLE);
}

/* Who tries again wants it now. */
static char *
claim_anew (const char *body,
            gint64      now_us)
{
  const char *name = strstr (body, "\"" CLAIMED_AT "\":");
  const char *begin = name != NULL ? strchr (name + strlen (CLAIMED_AT) + 2, '"') : NULL;
  const char *end = begin != NULL ? strchr (begin + 1, '"') : NULL;
  g_autofree char *now = sm_time_to_rfc3339 (now_us);
  GString *anew;

  if (end == NULL)
    return g_strdup (body);
  anew = g_string_new_len (body, begin + 1 - body);
  g_string_append_printf (anew, "%s%s", now, end);
  return g_string_free (anew, FALSE);
}

/* --- calls --- */

static char *
write_call (const SmCall *call)
{
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();

  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "called_at");
  sm_json_writer_time (writer, call->at);
  sm_sync_write_text (writer, "who", call->who);
  sm_sync_write_text (writer, "number", call->number);
  sm_sync_write_text (writer, "outcome", call->outcome);
  sm_json_writer_end_object (writer);
  return sm_json_writer_end (writer);
}

/**
 * sm_act_new_call:
 * @seen: an alarm as the person saw it: what others call meanwhile stands beside it
 */
SmAct *
sm_act_new_call (const SmRow  *seen,
                 const SmCall *call)
{
  SmAct *act = make_act (seen, SM_VERB_CALL, "POST", SM_PATH_CALLS, call->at);
  g_autofree char *base = sm_row_dup_part (seen, "calls");
  g_autofree char *mine = sm_calls_append (base, call);

  act->body = write_call (call);
  act->changes = sm_edits_new ();
  sm_edits_add (act->changes, "calls", base, mine);
  return act;
}

/* --- what a person makes of a conflict --- */

/** sm_act_copy: Returns: (transfer full): the same act */
SmAct *
sm_act_copy (const SmAct *act)
{
  SmAct *copy = sm_act_new ();

  *copy = *act;
  copy->key = g_strdup (act->key);
  copy->network = g_strdup (act->network);
  copy->verb = g_strdup (act->verb);
  copy->method = g_strdup (act->method);
  copy->path = g_strdup (act->path);
  copy->body = g_strdup (act->body);
  copy->note = g_strdup (act->note);
  copy->problem = g_strdup (act->problem);
  copy->changes = sm_edits_copy (act->changes);
  copy->file = g_strdup (act->file);
  copy->object_name = g_strdup (act->object_name);
  copy->network_name = g_strdup (act->network_name);
  copy->person_name = g_strdup (act->person_name);
  return copy;
}

/* From now on it is known what theirs is; what a person wants as they do is no change. */
static GPtrArray *
settle_changes (const GPtrArray *changes,
                const GPtrArray *wanted)
{
  GPtrArray *settled = sm_edits_new ();

  for (guint i = 0; i < changes->len; i++)
    {
      const SmEdit *change = changes->pdata[i];
      const SmEdit *now = sm_edits_find (wanted, change->field);
      const char *mine = now != NULL ? now->mine : change->mine;

      if (g_strcmp0 (mine != NULL ? mine : "", change->theirs != NULL ? change->theirs : "") != 0)
        sm_edits_add (settled, change->field, change->theirs, mine);
    }
  return settled;
}

static void
acknowledge_theirs (SmAct *act)
{
  g_autoptr (GPtrArray) seen = sm_edits_new ();
  gint64 values[N_SEEN] = { 0 };

  for (guint i = 0; i < N_SEEN; i++)
    {
      const SmEdit *change = sm_edits_find (act->changes, seen_fields[i].field);
      const char *now = change == NULL           ? NULL
                        : change->theirs != NULL ? change->theirs
                                                 : change->base;

      values[i] = now != NULL ? g_ascii_strtoll (now, NULL, 10) : 0;
      if (change != NULL)
        sm_edits_add (seen, seen_fields[i].field, now, now);
    }
  if (values[SEEN_LEVEL] == 0)
    return; /* of an earlier version: nothing more is known of it */
  g_free (act->body);
  act->body = write_acknowledgement (values, act->note);
  g_ptr_array_unref (act->changes);
  act->changes = g_steal_pointer (&seen);
}

/**
 * sm_act_resolve:
 * @act: a conflict
 * @wanted: (nullable): of SmEdit: what is to be instead of mine
 *
 * Returns: (transfer full) (nullable): the act as it is to be sent on what the
 *   object is by now; NULL when nothing is left to be changed
 */
SmAct *
sm_act_resolve (const SmAct *act,
                GPtrArray   *wanted,
                gint64       now_us)
{
  g_autoptr (SmAct) next = sm_act_copy (act);

  /* The service has refused it: what is sent now is another act. */
  g_free (next->key);
  next->key = sm_uuid_new_v7 (now_us);
  if (g_strcmp0 (act->verb, SM_VERB_ACKNOWLEDGE) == 0)
    acknowledge_theirs (next);
  else if (sm_act_is_guide (act))
    {
      g_free (next->body);
      next->body = claim_anew (act->body, now_us);
    }
  else if (act->theirs_seq != SM_UNKNOWN && act->changes != NULL)
    {
      g_ptr_array_unref (next->changes);
      next->changes = settle_changes (act->changes, wanted);
      if (next->changes->len == 0)
        return NULL;
      next->base_seq = act->theirs_seq;
      g_free (next->body);
      next->body = write_patch (next->noun, next->changes);
    }
  next->theirs_seq = SM_UNKNOWN;
  return g_steal_pointer (&next);
}

/** sm_act_note_after: Returns: (transfer full): the note of an alarm that is acknowledged with @note */
char *
sm_act_note_after (const char *before,
                   const char *note)
{
  if (before == NULL || *before == '\0' || g_strcmp0 (before, note) == 0)
    return g_strdup (note);
  return note == NULL ? g_strdup (before) : g_strconcat (before, "\n", note, NULL);
}
