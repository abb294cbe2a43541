/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-alarm-folds.h"

#include "sm-alarm.h"

/* Which alarms are shown as one: children under the parent that the service found,
 * and while many come at once, all of one cause under the first of them. */

/** sm_alarm_key_read: Fills @self with what @alarm and its station say now. */
void
sm_alarm_key_read (SmAlarmKey  *self,
                   SmOps       *ops,
                   const SmRow *alarm)
{
  guint state = sm_row_get_enum (alarm, SM_ALARM_STATE);

  self->is_unacked = state == SM_ALARM_UNACKED || state == SM_ALARM_RETURNED_UNACKED;
  self->level = sm_row_get_int (alarm, SM_ALARM_LEVEL);
  self->risk = sm_row_is_null (alarm, SM_ALARM_RISK) ? 0 : sm_row_get_real (alarm, SM_ALARM_RISK);
  self->effect = sm_alarm_effect (ops, alarm);
  self->raised_at = sm_row_get_int (alarm, SM_ALARM_RAISED_AT);
  self->id = sm_row_get_id (alarm);
}

static int
falling (gint64 a,
         gint64 b)
{
  return (a < b) - (a > b);
}

/** sm_alarm_key_compare: The order of sm_alarm_compare_urgency(). */
int
sm_alarm_key_compare (const SmAlarmKey *a,
                      const SmAlarmKey *b)
{
  int order = falling (a->is_unacked, b->is_unacked);

  if (order == 0)
    order = falling (b->level, a->level);
  if (order == 0)
    order = (a->risk < b->risk) - (a->risk > b->risk);
  if (order == 0)
    order = falling (a->effect.waiting, b->effect.waiting);
  if (order == 0)
    order = falling (a->effect.inbound, b->effect.inbound);
  if (order == 0)
    order = falling (a->effect.lost_minor_per_hour, b->effect.lost_minor_per_hour);
  if (order == 0)
    order = falling (a->raised_at, b->raised_at);
  return order != 0 ? order : falling (a->id, b->id);
}

/* What alarms of one cause have in common: the station they are at; elsewhere what
 * they are, and where. */
static char *
name_cause (const SmRow *alarm)
{
  if (!sm_row_is_null (alarm, SM_ALARM_STATION_ID))
    return g_strdup_printf ("station %" G_GINT64_FORMAT,
                            sm_row_get_int (alarm, SM_ALARM_STATION_ID));
  return g_strdup_printf ("%s in %" G_GINT64_FORMAT, sm_row_get_text (alarm, SM_ALARM_CODE),
                          sm_row_is_null (alarm, SM_ROW_AREA_ID)
                              ? 0 : sm_row_get_int (alarm, SM_ROW_AREA_ID));
}

/* Whom the service found it to be a part of; 0: of none, or it is one of safety. */
static gint64
find_parent (const SmFold *fold)
{
  const SmRow *alarm = sm_item_get_row (fold->item);

  return sm_row_is_null (alarm, SM_ALARM_PARENT_ID) || fold->is_safety
             ? 0 : sm_row_get_int (alarm, SM_ALARM_PARENT_ID);
}

/* Puts all of one cause under the first that was raised. */
static void
fold_by_cause (GPtrArray *folds)
{
  g_autoptr (GHashTable) causes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < folds->len; i++)
      {
        SmFold *fold = folds->pdata[i], *first;
        char *cause;

        if (fold->head_id != 0 || fold->is_safety)
          continue;
        cause = name_cause (sm_item_get_row (fold->item));
        first = g_hash_table_lookup (causes, cause);
        if (pass == 1 && first != fold)
          fold->head_id = first->key.id;
        if (pass == 0
            && (first == NULL || fold->key.raised_at < first->key.raised_at
                || (fold->key.raised_at == first->key.raised_at && fold->key.id < first->key.id)))
          g_hash_table_replace (causes, g_steal_pointer (&cause), fold);
        g_free (cause);
      }
}

/* What is folded into an alarm that is folded itself stands under the uppermost. */
static SmFold *
find_head (GHashTable *by_id,
           SmFold     *fold)
{
  /* A ring would have no uppermost one. */
  for (guint depth = 0; fold != NULL && fold->head_id != 0; depth++)
    fold = depth < 8 ? g_hash_table_lookup (by_id, &fold->head_id) : NULL;
  return fold;
}

static void
note_child (SmFold       *head,
            const SmFold *child)
{
  head->n_folded++;
  head->worst_level = MIN (head->worst_level, child->key.level);
  if (sm_alarm_key_compare (&child->key, &head->worst) < 0)
    head->worst = child->key;
}

static void
count_folded (GPtrArray  *folds,
              GHashTable *by_id)
{
  g_autoptr (GHashTable) first = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < folds->len; i++)
    {
      SmFold *fold = folds->pdata[i];
      SmFold *head = fold->head_id != 0 ? find_head (by_id, fold) : NULL;
      SmFold *earliest;

      if (head == NULL || head == fold)
        {
          fold->head_id = 0;
          continue;
        }
      fold->head_id = head->key.id;
      note_child (head, fold);
      earliest = g_hash_table_lookup (first, head);
      earliest = earliest != NULL ? earliest : head;
      g_hash_table_insert (first, head,
                           fold->key.raised_at < earliest->key.raised_at ? fold : earliest);
    }
  for (guint i = 0; i < folds->len; i++)
    {
      SmFold *earliest = g_hash_table_lookup (first, folds->pdata[i]);

      if (earliest != NULL)
        earliest->is_first_out = TRUE;
    }
}

/**
 * sm_alarm_folds_new:
 * @items: of SmItem, open alarms
 * @by_cause: also fold together what has one cause, under the first of it
 *
 * A safety code is never folded into anything.
 *
 * Returns: (transfer full): SmItem to SmFold, for each of @items
 */
GHashTable *
sm_alarm_folds_new (SmOps     *ops,
                    GPtrArray *items,
                    gboolean   by_cause)
{
  GHashTable *by_item = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GPtrArray) folds = g_ptr_array_sized_new (items->len);

  for (guint i = 0; i < items->len; i++)
    {
      SmFold *fold = g_new0 (SmFold, 1);

      fold->item = items->pdata[i];
      sm_alarm_key_read (&fold->key, ops, sm_item_get_row (fold->item));
      fold->worst = fold->key;
      fold->worst_level = fold->key.level;
      fold->is_safety = sm_alarm_is_safety (sm_item_get_row (fold->item));
      fold->head_id = find_parent (fold);
      g_ptr_array_add (folds, fold);
      g_hash_table_insert (by_item, fold->item, fold);
      g_hash_table_insert (by_id, &fold->key.id, fold);
    }
  if (by_cause)
    fold_by_cause (folds);
  count_folded (folds, by_id);
  return by_item;
}
