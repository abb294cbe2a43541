/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-acts.h"
#include "sm-alarm.h"
#include "sm-error.h"
#include "sm-ops-guidances.h"
#include "sm-ops-private.h"
#include "sm-ops-work-orders.h"
#include "sm-paper.h"
#include "sm-time.h"

#include <string.h>

/* What a person does: into the outbox, and over the rows at once. */

/** sm_ops_get_conflicts: Returns: (transfer none): of SmPending, acts that were not accepted */
GListModel *
sm_ops_get_conflicts (SmOps *self)
{
  g_return_val_if_fail (SM_IS_OPS (self), NULL);

  return G_LIST_MODEL (self->conflicts);
}

/**
 * sm_ops_get_pending:
 *
 * Returns: (transfer none): of SmPending, every act that the service has not
 *   done: conflicts first, then in the order in which they were done, last those
 *   of other networks and persons
 */
GListModel *
sm_ops_get_pending (SmOps *self)
{
  g_return_val_if_fail (SM_IS_OPS (self), NULL);

  return G_LIST_MODEL (self->pending);
}

/* --- what is shown of them --- */

/* Makes @store hold @items, and touches nothing that stays as it was. */
static void
bring_up_to_date (GListStore *store,
                  GPtrArray  *items)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (store));
  guint first = 0, last = 0;

  for (; first < MIN (n, items->len); first++)
    {
      g_autoptr (SmPending) old = g_list_model_get_item (G_LIST_MODEL (store), first);

      if (!sm_pending_equal (old, items->pdata[first]))
        break;
    }
  for (; last < MIN (n, items->len) - first; last++)
    {
      g_autoptr (SmPending) old = g_list_model_get_item (G_LIST_MODEL (store), n - 1 - last);

      if (!sm_pending_equal (old, items->pdata[items->len - 1 - last]))
        break;
    }
  if (first + last < n || first + last < items->len)
    g_list_store_splice (store, first, n - first - last, items->pdata + first,
                         items->len - first - last);
}

static gboolean
is_blocked (const GPtrArray *acts,
            guint            index)
{
  const SmAct *act = acts->pdata[index];

  if (act->state != SM_ACT_WAITING || act->base_seq == SM_UNKNOWN)
    return FALSE;
  for (guint i = 0; i < index; i++)
    {
      const SmAct *before = acts->pdata[i];

      if (before->state == SM_ACT_CONFLICT && before->base_seq != SM_UNKNOWN
          && before->noun == act->noun && before->object_id == act->object_id)
        return TRUE;
    }
  return FALSE;
}

static void
add_pending (GPtrArray       *items,
             const GPtrArray *acts,
             gboolean         is_elsewhere,
             gboolean         are_conflicts)
{
  for (guint i = 0; i < acts->len; i++)
    {
      const SmAct *act = acts->pdata[i];

      if (act->state == SM_ACT_ANSWERED
          || (!is_elsewhere && (act->state == SM_ACT_CONFLICT) != are_conflicts))
        continue;
      g_ptr_array_add (items, sm_pending_new (act, is_elsewhere,
                                              !is_elsewhere && is_blocked (acts, i)));
    }
}

static void
show_pending (SmOps     *self,
              GPtrArray *elsewhere)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  add_pending (items, self->acts, FALSE, TRUE);
  bring_up_to_date (self->conflicts, items);
  add_pending (items, self->acts, FALSE, FALSE);
  add_pending (items, elsewhere, TRUE, FALSE);
  bring_up_to_date (self->pending, items);
}

/* --- what is laid over stations --- */

/** sm_ops_cover_station: Returns: (transfer full): a station that was just read, as it is shown */
SmRow *
sm_ops_cover_station (SmOps *self,
                      SmRow *row)
{
  gint64 id = sm_row_get_id (row);
  SmCover cover;
  SmRow *shown = sm_overlay_cover (sm_alarm_book_get_overlay (self->alarms), row, &cover);

  if (cover != SM_COVER_NOTHING)
    g_hash_table_replace (self->covered, g_memdup2 (&id, sizeof id), sm_row_ref (row));
  else
    g_hash_table_remove (self->covered, &id);
  return shown;
}

static void
note_newly_covered (SmOps *self)
{
  for (guint i = 0; i < self->acts->len; i++)
    {
      const SmAct *act = g_ptr_array_index (self->acts, i);
      SmItem *item = act->noun == sm_noun_get (SM_NOUN_STATION)
                         ? sm_live_set_find (self->stations, act->object_id) : NULL;
      gint64 id = act->object_id;

      if (item != NULL && !g_hash_table_contains (self->covered, &id))
        g_hash_table_insert (self->covered, g_memdup2 (&id, sizeof id),
                             sm_row_ref (sm_item_get_row (item)));
    }
}

/* As it is shown, with the values that are live by now.  Returns: whether it is covered */
static gboolean
show_station (SmOps *self,
              gint64 id,
              SmRow *base,
              GPtrArray *shown)
{
  SmItem *item = sm_live_set_find (self->stations, id);
  SmCover cover;
  g_autoptr (SmRow) covered
      = sm_overlay_cover (sm_alarm_book_get_overlay (self->alarms), base, &cover);
  SmRow *row = sm_row_copy (covered);

  if (item != NULL)
    {
      sm_row_copy_class (row, sm_item_get_row (item), SM_LIVE);
      sm_live_set_put (self->stations, row);
      sm_item_set_edited (item, cover != SM_COVER_NOTHING);
    }
  g_ptr_array_add (shown, row);
  return cover != SM_COVER_NOTHING;
}

/** sm_ops_show_stations: Shows the stations that acts cover, or did until now. */
void
sm_ops_show_stations (SmOps *self)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  GHashTableIter iter;
  gpointer id, base;

  note_newly_covered (self);
  g_hash_table_iter_init (&iter, self->covered);
  while (g_hash_table_iter_next (&iter, &id, &base))
    if (!show_station (self, *(gint64 *) id, base, shown))
      g_hash_table_iter_remove (&iter);
  if (shown->len == 0)
    return;
  sm_directory_apply (self->directory, shown);
  sm_directory_told (self->directory);
}

/** sm_ops_take_acts: What sync tells of the outbox. */
void
sm_ops_take_acts (gpointer   user_data,
                  GPtrArray *acts,
                  GPtrArray *elsewhere)
{
  SmOps *self = user_data;

  /* Of another network or person: what was done there covers nothing here. */
  if (elsewhere->len != self->n_elsewhere)
    sm_alarm_book_keep_acts (self->alarms, FALSE);
  self->n_elsewhere = elsewhere->len;
  g_clear_pointer (&self->acts, g_ptr_array_unref);
  self->acts = g_ptr_array_ref (acts);
  sm_alarm_book_set_acts (self->alarms, acts, sm_ops_get_person (self));
  sm_alarm_book_keep_acts (self->alarms, sm_ops_is_settling (self));
  sm_ops_show_stations (self);
  sm_work_order_book_show_acts (self->work_orders);
  show_pending (self, elsewhere);
  sm_ops_count_acts (self);
  sm_ops_set_levels (self);
  sm_ops_count_soon (self, SM_COUNT_ALARMS);
}

/* --- doing --- */

static gboolean
require (SmOps       *self,
         const char  *permission,
         GError     **error)
{
  if (sm_ops_may (self, permission))
    return TRUE;
  sm_set_error (error, SM_ERROR_DENIED, "permission-missing", "%s is missing", permission);
  return FALSE;
}

/**
 * sm_ops_name_object:
 *
 * An alarm's code, and on the next line what it is about; a work order's code and number;
 * a station's names.
 */
char *
sm_ops_name_object (const SmRow *row)
{
  const char *code, *label;

  if (sm_row_get_noun (row)->id == SM_NOUN_STATION)
    return g_strdup (sm_row_get_text (row, SM_STATION_NAME));
  if (sm_row_get_noun (row)->id == SM_NOUN_HANDOVER)
    return g_strdup_printf ("%s → %s", sm_row_get_text (row, SM_HANDOVER_FROM_PERSON),
                            sm_row_get_text (row, SM_HANDOVER_TO_PERSON));
  if (sm_row_get_noun (row)->id == SM_NOUN_INSPECTION)
    return g_strdup (sm_row_get_text (row, SM_INSPECTION_NUMBER));
  if (sm_row_get_noun (row)->id == SM_NOUN_SAFETY_INCIDENT)
    return g_strdup (sm_row_get_text (row, SM_INCIDENT_NUMBER));
  if (sm_row_get_noun (row)->id == SM_NOUN_PROBLEM_RECORD)
    return g_strdup (sm_row_get_text (row, SM_PROBLEM_NUMBER));
  if (sm_row_get_noun (row)->id == SM_NOUN_COMPLAINT)
    return g_strdup (sm_row_get_text (row, SM_COMPLAINT_NUMBER));
  if (sm_row_get_noun (row)->id == SM_NOUN_WORK_ORDER)
    return g_strdup_printf ("%s\n%s",
                            sm_row_is_null (row, SM_WORK_ORDER_CODE)
                                ? "" : sm_row_get_text (row, SM_WORK_ORDER_CODE),
                            sm_row_get_text (row, SM_WORK_ORDER_NUMBER));
  code = sm_row_get_text (row, SM_ALARM_CODE);
  label = sm_row_get_text (row, SM_ALARM_SOURCE_LABEL);
  return g_strdup_printf ("%s\n%s", code != NULL ? code : "", label != NULL ? label : "");
}

/* The act, or NULL with why it cannot be. */
static SmAct *
make_acknowledgement (SmOps       *self,
                      gint64       alarm_id,
                      const char  *note,
                      GError     **error)
{
  SmItem *item = sm_live_set_find (sm_alarm_book_get_set (self->alarms), alarm_id);
  SmRow *base = sm_alarm_book_find_base (self->alarms, alarm_id);
  SmAlarmLife life;
  SmAct *act;

  if (!require (self, "alarm.acknowledge", error))
    return NULL;
  if (base == NULL || item == NULL)
    {
      sm_set_error (error, SM_ERROR_NOT_FOUND, "not-found", "no open alarm %" G_GINT64_FORMAT,
                    alarm_id);
      return NULL;
    }
  if (sm_item_get_pending (item)
      || !sm_alarm_read_life (base, sm_clock_now (self->clock), &life)
      || !sm_alarm_next (&life, SM_ALARM_EVENT_ACKNOWLEDGE, &life, NULL))
    {
      sm_set_error (error, SM_ERROR_INVALID, "alarm-over",
                    "alarm %" G_GINT64_FORMAT " cannot be acknowledged now", alarm_id);
      return NULL;
    }
  act = sm_act_new_acknowledge (base, note, sm_clock_now (self->clock));
  act->object_name = sm_ops_name_object (base);
  return act;
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (sm_sync_add_act_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * sm_ops_acknowledge_async:
 * @note: (nullable): what the person wrote
 *
 * Succeeds when the act is on the disk and shown; the alarm shows it as pending until
 * the service has confirmed it.  What the service does not accept comes up in
 * sm_ops_get_conflicts().
 */
void
sm_ops_acknowledge_async (SmOps               *self,
                          gint64               alarm_id,
                          const char          *note,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  SmAct *act;

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, sm_ops_acknowledge_async);
  if (!sm_ops_check_started (self, task))
    return;
  act = make_acknowledgement (self, alarm_id, note, &error);
  if (act == NULL)
    g_task_return_error (task, error);
  else
    sm_sync_add_act_async (self->sync, act, cancellable, done_cb, g_steal_pointer (&task));
}

gboolean
sm_ops_acknowledge_finish (SmOps         *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

#define MAX_DIGITS 3

/* What may be changed, by whom, and how long it may be; as the service has it. */
static const struct
{
  SmNounId noun;
  const char *field; /* or its beginning */
  const char *permission;
  glong max_chars;
} editable[] = {
  { SM_NOUN_STATION, "name/", "station.rename", SM_MAX_NAME_CHARS },
  { SM_NOUN_STATION, "phones/", "station.contact", SM_MAX_PHONE_CHARS },
  { SM_NOUN_STATION, "phones", "station.contact", SM_MAX_PHONES_CHARS },
  { SM_NOUN_ALARM, "note", "alarm.note", SM_MAX_NOTE_CHARS },
  { SM_NOUN_HANDOVER, "note", "handover.note", SM_MAX_NOTE_CHARS },
  { SM_NOUN_INSPECTION, "every_days", SM_PAPER_PLAN, MAX_DIGITS },
};

/* Returns: FALSE: nobody changes that */
static gboolean
find_editable (const SmNoun  *noun,
               const char    *field,
               const char   **out_permission,
               glong         *out_max_chars)
{
  const SmPaper *paper = noun != NULL ? sm_paper_get (noun->id) : NULL;
  const SmPaperField *of_paper = paper != NULL ? sm_paper_find_field (paper, field) : NULL;

  for (guint i = 0; noun != NULL && i < G_N_ELEMENTS (editable); i++)
    if (editable[i].noun == noun->id && g_str_has_prefix (field, editable[i].field))
      {
        *out_permission = editable[i].permission;
        *out_max_chars = editable[i].max_chars;
        return TRUE;
      }
  /* Of all else, only what is text can wait in the outbox. */
  if (of_paper == NULL || !of_paper->is_changeable || of_paper->max_chars == 0)
    return FALSE;
  *out_permission = paper->change;
  *out_max_chars = of_paper->max_chars;
  return TRUE;
}

static gboolean
check_edit (SmOps         *self,
            const SmNoun  *noun,
            const SmEdit  *edit,
            GError       **error)
{
  const char *permission;
  glong max_chars;

  if (!find_editable (noun, edit->field, &permission, &max_chars))
    {
      sm_set_error (error, SM_ERROR_INVALID, "field-not-changeable", "%s is not to be changed",
                    edit->field);
      return FALSE;
    }
  if (!require (self, permission, error))
    return FALSE;
  if (edit->mine == NULL || g_utf8_strlen (edit->mine, -1) <= max_chars)
    return TRUE;
  sm_set_error (error, SM_ERROR_INVALID, "too-long", "%s is too long", edit->field);
  return FALSE;
}

/** sm_ops_max_chars: Returns: how long a field of an SmEdit may be; 0: nobody changes that */
glong
sm_ops_max_chars (const SmNoun *noun,
                  const char   *field)
{
  const char *permission;
  glong max_chars;

  return find_editable (noun, field, &permission, &max_chars) ? max_chars : 0;
}

static gboolean
may_send_work_order (SmOps      *self,
                     const char *verb)
{
  for (SmWorkOrderEvent event = 0; event <= SM_WORK_ORDER_PHOTO; event++)
    if (g_str_equal (sm_work_order_events[event], verb))
      return sm_ops_may (self, sm_ops_work_order_needs (event));
  return FALSE;
}

/** sm_ops_may_send: Whether who is signed in may do what @pending does: rights change meanwhile. */
gboolean
sm_ops_may_send (SmOps     *self,
                 SmPending *pending)
{
  const GPtrArray *edits = sm_pending_get_edits (pending);

  g_return_val_if_fail (SM_IS_OPS (self) && SM_IS_PENDING (pending), FALSE);

  if (sm_pending_is_guide (pending))
    return sm_ops_guide_refusal (self) == NULL;
  if (g_str_equal (sm_pending_get_verb (pending), SM_VERB_ACKNOWLEDGE))
    return sm_ops_may (self, "alarm.acknowledge");
  if (g_str_equal (sm_pending_get_verb (pending), SM_VERB_CALL))
    return sm_ops_may (self, "alarm.note");
  if (sm_pending_get_noun (pending) == sm_noun_get (SM_NOUN_WORK_ORDER))
    return may_send_work_order (self, sm_pending_get_verb (pending));
  for (guint i = 0; edits != NULL && i < edits->len; i++)
    {
      const SmEdit *edit = edits->pdata[i];
      const char *permission;
      glong max_chars;

      if (!find_editable (sm_pending_get_noun (pending), edit->field, &permission, &max_chars)
          || !sm_ops_may (self, permission))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_edits (SmOps            *self,
             const SmRow      *seen,
             const GPtrArray  *edits,
             GError          **error)
{
  g_autoptr (SmRow) after = sm_row_copy (seen);

  for (guint i = 0; i < edits->len; i++)
    if (!check_edit (self, sm_row_get_noun (seen), edits->pdata[i], error))
      return FALSE;
  sm_edits_lay_over (edits, after);
  if (sm_row_get_noun (seen)->id != SM_NOUN_STATION || !sm_row_is_null (after, SM_STATION_NAME))
    return TRUE;
  sm_set_error (error, SM_ERROR_INVALID, "name-invalid", "a station needs a name");
  return FALSE;
}

/**
 * sm_ops_edit_async:
 * @seen: a station or an alarm as the person saw it when they began
 * @edits: (transfer full): of SmEdit: what they made of it; what they left as it
 *   was is left out here
 *
 * Succeeds when the act is on the disk and shown, or there was nothing to do.  Whoever
 * else changes the same field meanwhile is not overwritten: that comes up in
 * sm_ops_get_conflicts().
 */
void
sm_ops_edit_async (SmOps               *self,
                   SmRow               *seen,
                   GPtrArray           *edits,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GPtrArray) changed = edits;
  GError *error = NULL;
  SmAct *act;

  g_return_if_fail (SM_IS_OPS (self) && seen != NULL);

  g_task_set_source_tag (task, sm_ops_edit_async);
  for (guint i = changed->len; i-- > 0;)
    {
      const SmEdit *edit = changed->pdata[i];

      if (g_strcmp0 (edit->base != NULL ? edit->base : "", edit->mine != NULL ? edit->mine : "")
          == 0)
        g_ptr_array_remove_index (changed, i);
    }
  if (!sm_ops_check_started (self, task))
    return;
  if (!check_edits (self, seen, changed, &error))
    g_task_return_error (task, error);
  else if (changed->len == 0)
    g_task_return_boolean (task, TRUE);
  else
    {
      act = sm_act_new_edit (seen,
                             sm_row_get_noun (seen)->id == SM_NOUN_STATION ? SM_VERB_EDIT
                                                                           : SM_VERB_NOTE,
                             g_steal_pointer (&changed), sm_clock_now (self->clock));
      act->object_name = sm_ops_name_object (seen);
      sm_sync_add_act_async (self->sync, act, cancellable, done_cb, g_steal_pointer (&task));
    }
}

gboolean
sm_ops_edit_finish (SmOps         *self,
                    GAsyncResult  *result,
                    GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * sm_ops_note_call_async:
 * @alarm: as the person sees it
 * @outcome: one of sm_call_outcomes
 *
 * Succeeds when it is on the disk; the alarm shows it at once.  Who called is who is
 * signed in.  To be finished with sm_ops_edit_finish().
 */
void
sm_ops_note_call_async (SmOps               *self,
                        SmRow               *alarm,
                        const char          *who,
                        const char          *number,
                        const char          *outcome,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  SmCall call = { .at = sm_clock_now (self->clock), .outcome = (char *) outcome,
                  .who = (char *) who, .number = (char *) number,
                  .person = (char *) sm_ops_get_person (self) };
  GError *error = NULL;
  SmAct *act;

  g_return_if_fail (SM_IS_OPS (self) && alarm != NULL);

  g_task_set_source_tag (task, sm_ops_note_call_async);
  if (!sm_ops_check_started (self, task))
    return;
  if (!require (self, "alarm.note", &error))
    {
      g_task_return_error (task, error);
      return;
    }
  act = sm_act_new_call (alarm, &call);
  act->object_name = sm_ops_name_object (alarm);
  sm_sync_add_act_async (self->sync, act, cancellable, done_cb, g_steal_pointer (&task));
}

/**
 * sm_ops_resolve_async:
 * @pending: a conflict
 * @wanted: (transfer full) (nullable): of SmEdit: what is to be, where it is not
 *   mine
 *
 * Sends it anew on what the object is by now.
 */
void
sm_ops_resolve_async (SmOps               *self,
                      SmPending           *pending,
                      GPtrArray           *wanted,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GPtrArray) taken = wanted;
  GError *error = NULL;

  g_return_if_fail (SM_IS_OPS (self) && SM_IS_PENDING (pending));

  g_task_set_source_tag (task, sm_ops_resolve_async);
  if (!sm_ops_check_started (self, task))
    return;
  for (guint i = 0; taken != NULL && i < taken->len; i++)
    if (!check_edit (self, sm_pending_get_noun (pending), taken->pdata[i], &error))
      {
        g_task_return_error (task, error);
        return;
      }
  sm_sync_resolve_act_async (self->sync, sm_pending_get_key (pending), g_steal_pointer (&taken),
                             cancellable, done_cb, g_steal_pointer (&task));
}

gboolean
sm_ops_resolve_finish (SmOps         *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * sm_ops_drop_async:
 *
 * Forgets an act for good: the only way in which that happens.  Fails while it is
 * being sent.  To be finished with sm_ops_resolve_finish().
 */
void
sm_ops_drop_async (SmOps               *self,
                   SmPending           *pending,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SM_IS_OPS (self) && SM_IS_PENDING (pending));

  g_task_set_source_tag (task, sm_ops_drop_async);
  if (sm_ops_check_started (self, task))
    sm_sync_drop_act_async (self->sync, sm_pending_get_key (pending), cancellable, done_cb,
                            g_steal_pointer (&task));
}
