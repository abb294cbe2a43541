/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-ops.h"

#include "sm-error.h"
#include "sm-ops-private.h"
#include "sm-time.h"

G_DEFINE_FINAL_TYPE (SmOps, sm_ops, G_TYPE_OBJECT)

typedef enum
{
  PROP_PERSON = 1,
  PROP_KEPT,
} Property;
static GParamSpec *properties[PROP_KEPT + 1];

static int
compare_by_id (const SmRow *a,
               const SmRow *b)
{
  gint64 x = sm_row_get_id (a), y = sm_row_get_id (b);

  return (x > y) - (x < y);
}

static void
sm_ops_get_property (GObject    *object,
                     guint       id,
                     GValue     *value,
                     GParamSpec *pspec)
{
  SmOps *self = SM_OPS (object);

  switch ((Property) id)
    {
    case PROP_PERSON:
      g_value_set_string (value, sm_ops_get_person (self));
      break;
    case PROP_KEPT:
      g_value_set_uint (value, self->kept);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sm_ops_dispose (GObject *object)
{
  SmOps *self = SM_OPS (object);

  sm_ops_stop (self);
  g_clear_handle_id (&self->count_source, g_source_remove);
  g_clear_pointer (&self->sync, sm_sync_unref);

  G_OBJECT_CLASS (sm_ops_parent_class)->dispose (object);
}

static void
sm_ops_finalize (GObject *object)
{
  SmOps *self = SM_OPS (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->fleet);
  g_clear_object (&self->stations);
  g_clear_object (&self->engineers);
  for (guint i = 0; i < SM_OPS_N_SMALL_NOUNS; i++)
    g_clear_object (&self->small[i]);
  g_clear_object (&self->drill_steps);
  g_clear_object (&self->windows);
  g_clear_pointer (&self->work_orders, sm_work_order_book_free);
  g_clear_pointer (&self->alarms, sm_alarm_book_free);
  g_clear_object (&self->conflicts);
  g_clear_object (&self->pending);
  g_clear_pointer (&self->covered, g_hash_table_unref);
  g_clear_object (&self->status);
  g_clear_object (&self->figures);
  g_clear_object (&self->service);
  g_clear_object (&self->stats);
  g_clear_pointer (&self->guides, g_hash_table_unref);
  g_clear_pointer (&self->own_guides, g_hash_table_unref);
  g_clear_object (&self->directory);
  g_clear_object (&self->piles);
  g_clear_pointer (&self->person, sm_person_free);
  g_clear_pointer (&self->epoch, g_free);
  g_clear_pointer (&self->acts, g_ptr_array_unref);
  g_clear_pointer (&self->levels, g_hash_table_unref);
  g_free (self->state_dir);
  g_clear_pointer (&self->clock, sm_clock_unref);

  G_OBJECT_CLASS (sm_ops_parent_class)->finalize (object);
}

static void
sm_ops_class_init (SmOpsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = sm_ops_get_property;
  object_class->dispose = sm_ops_dispose;
  object_class->finalize = sm_ops_finalize;

  properties[PROP_PERSON] = g_param_spec_string ("person", NULL, NULL, NULL,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS
                                                     | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_KEPT] = g_param_spec_uint ("kept", NULL, NULL, 0, SM_KEPT_ELSEWHERE,
                                             SM_KEPT_UNKNOWN,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS
                                                 | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
sm_ops_init (SmOps *self)
{
  /* Until the service has said its time, ours is the best guess. */
  self->clock = sm_clock_new_network (g_get_real_time (), 1.0);
  self->fleet = sm_fleet_new ();
  self->stations = sm_live_set_new (compare_by_id);
  self->engineers = sm_live_set_new (compare_by_id);
  for (guint i = 0; i < SM_OPS_N_SMALL_NOUNS; i++)
    self->small[i] = sm_live_set_new (compare_by_id);
  self->drill_steps = sm_live_set_new (compare_by_id);
  self->windows = sm_live_set_new (compare_by_id);
  self->alarms = sm_alarm_book_new ();
  self->work_orders = sm_work_order_book_new (sm_alarm_book_get_overlay (self->alarms));
  self->conflicts = g_list_store_new (SM_TYPE_PENDING);
  self->pending = g_list_store_new (SM_TYPE_PENDING);
  self->covered = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                         (GDestroyNotify) sm_row_unref);
  self->status = sm_status_new (self->clock);
  self->figures = sm_figures_new ();
  self->service = sm_service_figures_new ();
  self->service_values.longest_wait_since = SM_UNKNOWN;
  self->stats = sm_stats_new ();
  self->directory = sm_directory_new ();
  self->piles = sm_pile_states_new ();
  self->acts = g_ptr_array_new ();
  self->levels = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->cancellable = g_cancellable_new ();
  g_queue_init (&self->copies);
  g_queue_init (&self->held);
}

/**
 * sm_ops_new:
 * @server_url: of the service, as "http://127.0.0.1:8080"
 * @cache_dir: where what can be fetched again is kept
 * @state_dir: where what must not be lost is kept
 */
SmOps *
sm_ops_new (const char *server_url,
            const char *cache_dir,
            const char *state_dir)
{
  SmOps *self;

  g_return_val_if_fail (server_url != NULL && cache_dir != NULL && state_dir != NULL, NULL);

  self = g_object_new (SM_TYPE_OPS, NULL);
  self->sync = sm_sync_new (server_url, cache_dir, state_dir, self->clock, &sm_ops_listener, self);
  self->state_dir = g_strdup (state_dir);
  return self;
}

/* The machine has a network again: do not wait for the next retry. */
static void
network_changed_cb (SmOps    *self,
                    gboolean  is_available)
{
  if (is_available && self->is_started)
    sm_sync_wake (self->sync);
}

/**
 * sm_ops_set_keeps_sign_in:
 *
 * Before sm_ops_start(): whether who signs in by password is to be signed in at
 * the next start, too, where the desktop has a keyring.  Off unless it is said.
 */
void
sm_ops_set_keeps_sign_in (SmOps    *self,
                          gboolean  keeps)
{
  g_return_if_fail (SM_IS_OPS (self) && !self->is_started);

  sm_sync_set_keeps_sign_in (self->sync, keeps);
}

/** sm_ops_stop_keeping: The sign-in of now is not to outlast this run after all. */
void
sm_ops_stop_keeping (SmOps *self)
{
  g_return_if_fail (SM_IS_OPS (self));

  sm_sync_stop_keeping (self->sync);
}

/** sm_ops_start: Shows what the cache holds and begins to follow the service. */
void
sm_ops_start (SmOps *self)
{
  g_return_if_fail (SM_IS_OPS (self) && !self->is_started);

  self->is_started = TRUE;
  sm_ops_shown_start (self);
  sm_sync_start (self->sync);
  sm_ops_reload (self);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                           G_CALLBACK (network_changed_cb), self, G_CONNECT_SWAPPED);
}

/** sm_ops_stop: Ends following; not to be started again.  What is in the outbox stays there. */
void
sm_ops_stop (SmOps *self)
{
  g_return_if_fail (SM_IS_OPS (self));

  if (!self->is_started)
    return;
  self->is_started = FALSE;
  g_signal_handlers_disconnect_by_func (g_network_monitor_get_default (), network_changed_cb, self);
  g_cancellable_cancel (self->cancellable);
  sm_sync_stop (self->sync);
  sm_ops_forget_held (self);
  sm_ops_shown_stop (self);
}

/* Whether there is something to speak to; else @task has its error. */
gboolean
sm_ops_check_started (SmOps *self,
                      GTask *task)
{
  GError *error = NULL;

  if (self->is_started)
    return TRUE;
  sm_set_error (&error, SM_ERROR_OFFLINE, "server-unreachable", "not started");
  g_task_return_error (task, error);
  return FALSE;
}

static void
signed_in_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (sm_sync_sign_in_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * sm_ops_sign_in_async:
 *
 * Succeeds when the service has accepted name and password; the person and the
 * rows follow.
 */
void
sm_ops_sign_in_async (SmOps               *self,
                      const char          *name,
                      const char          *password,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SM_IS_OPS (self) && name != NULL && password != NULL);

  g_task_set_source_tag (task, sm_ops_sign_in_async);
  if (sm_ops_check_started (self, task))
    sm_sync_sign_in_async (self->sync, name, password, cancellable, signed_in_cb,
                           g_steal_pointer (&task));
}

gboolean
sm_ops_sign_in_finish (SmOps         *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/** sm_ops_sign_out: Forgets the person and every row; what they did and is not sent yet stays. */
void
sm_ops_sign_out (SmOps *self)
{
  g_return_if_fail (SM_IS_OPS (self));

  if (self->is_started)
    sm_sync_sign_out (self->sync);
}

/** sm_ops_may: Whether the person who is signed in has @permission, as "alarm.acknowledge". */
gboolean
sm_ops_may (SmOps      *self,
            const char *permission)
{
  g_return_val_if_fail (SM_IS_OPS (self), FALSE);

  return sm_person_may (self->person, permission);
}

/** sm_ops_may_read: Whether such things may be shown; to nobody in particular, what was kept. */
gboolean
sm_ops_may_read (SmOps        *self,
                 const SmNoun *noun)
{
  g_return_val_if_fail (SM_IS_OPS (self), FALSE);

  return self->person == NULL || sm_person_may (self->person, sm_noun_read_permission (noun));
}

/** sm_ops_get_person: Returns: (transfer none) (nullable): the name of who is signed in */
const char *
sm_ops_get_person (SmOps *self)
{
  g_return_val_if_fail (SM_IS_OPS (self), NULL);

  return self->person != NULL ? self->person->display_name : NULL;
}

/** sm_ops_is_person: Whether @name (nullable), as rows have it, is who is signed in. */
gboolean
sm_ops_is_person (SmOps      *self,
                  const char *name)
{
  g_return_val_if_fail (SM_IS_OPS (self), FALSE);

  return self->person != NULL && name != NULL
         && g_ascii_strcasecmp (self->person->name, name) == 0;
}

/** sm_ops_get_kept: Whether a sign-in outlasts this run, and if not, why */
SmKept
sm_ops_get_kept (SmOps *self)
{
  g_return_val_if_fail (SM_IS_OPS (self), SM_KEPT_UNKNOWN);

  return self->kept;
}

void
sm_ops_set_kept (SmOps  *self,
                 SmKept  kept)
{
  self->kept = kept;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEPT]);
}

/* Takes over who is signed in; @person: (nullable). */
void
sm_ops_set_person (SmOps          *self,
                   const SmPerson *person)
{
  g_clear_pointer (&self->person, sm_person_free);
  self->person = person != NULL ? sm_person_copy (person) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PERSON]);
}

/** sm_ops_get_fleet: Returns: (transfer none): every vehicle's live values */
SmFleet *
sm_ops_get_fleet (SmOps *self)
{
  return self->fleet;
}

/** sm_ops_get_engineers: Returns: (transfer none): of SmItem, every engineer, where they are now */
GListModel *
sm_ops_get_engineers (SmOps *self)
{
  g_return_val_if_fail (SM_IS_OPS (self), NULL);

  return G_LIST_MODEL (self->engineers);
}

/** sm_ops_get_stations: Returns: (transfer none): of SmItem, every station */
GListModel *
sm_ops_get_stations (SmOps *self)
{
  return G_LIST_MODEL (self->stations);
}

/** sm_ops_get_alarms: Returns: (transfer none): of SmItem, every open alarm, worst first */
GListModel *
sm_ops_get_alarms (SmOps *self)
{
  return G_LIST_MODEL (sm_alarm_book_get_set (self->alarms));
}

SmStatus *
sm_ops_get_status (SmOps *self)
{
  return self->status;
}

SmFigures *
sm_ops_get_figures (SmOps *self)
{
  return self->figures;
}

/** sm_ops_get_service: Returns: (transfer none): whether the network serves, and who waits */
SmServiceFigures *
sm_ops_get_service (SmOps *self)
{
  return self->service;
}

/** sm_ops_get_stats: Returns: (transfer none): how the network does today */
SmStats *
sm_ops_get_stats (SmOps *self)
{
  return self->stats;
}

/** sm_ops_vehicle_table_new: Returns: (transfer full): a list of all vehicles, to be filtered */
SmVehicleTable *
sm_ops_vehicle_table_new (SmOps *self)
{
  g_return_val_if_fail (SM_IS_OPS (self), NULL);

  return sm_vehicle_table_new (self->fleet, self->directory);
}

/** sm_ops_pile_table_new: Returns: (transfer full): a list of all piles, to be filtered */
SmPileTable *
sm_ops_pile_table_new (SmOps *self)
{
  g_return_val_if_fail (SM_IS_OPS (self), NULL);

  return sm_pile_table_new (self->directory, self->piles);
}

/**
 * sm_ops_history_new:
 * @noun: orders, battery movements or driving events; or alarms, for those that
 *   are over too
 * @filter: (nullable): all
 *
 * Returns: (transfer full): a list that is read page by page
 */
SmHistory *
sm_ops_history_new (SmOps                 *self,
                    SmNounId               noun,
                    const SmHistoryFilter *filter)
{
  g_return_val_if_fail (SM_IS_OPS (self), NULL);
  g_return_val_if_fail (noun == SM_NOUN_ALARM || noun == SM_NOUN_WORK_ORDER
                            || sm_noun_get (noun)->is_history,
                        NULL);

  return sm_history_new (self->sync, sm_noun_get (noun), filter);
}

/** sm_ops_get_directory: Returns: (transfer none): what everything is called, and whose it is */
SmDirectory *
sm_ops_get_directory (SmOps *self)
{
  return self->directory;
}

/** sm_ops_hold_order: While @held, the alarms are not resorted under the person's pointer. */
void
sm_ops_hold_order (SmOps    *self,
                   gboolean  held)
{
  sm_live_set_set_held (sm_alarm_book_get_set (self->alarms), held);
}
