/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-ops.h"

#include "sm-error.h"
#include "sm-figures-private.h"
#include "sm-live-set.h"
#include "sm-status-private.h"

struct _SmOps
{
  GObject parent_instance;

  SmFleet *fleet;
  SmLiveSet *stations;
  SmLiveSet *alarms;
  GListStore *conflicts;
  SmStatus *status;
  SmFigures *figures;
  char *person;
};

G_DEFINE_FINAL_TYPE (SmOps, sm_ops, G_TYPE_OBJECT)

typedef enum
{
  PROP_PERSON = 1,
} Property;
static GParamSpec *properties[PROP_PERSON + 1];

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
      g_value_set_string (value, self->person);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sm_ops_dispose (GObject *object)
{
  SmOps *self = SM_OPS (object);

  g_clear_object (&self->fleet);
  g_clear_object (&self->stations);
  g_clear_object (&self->alarms);
  g_clear_object (&self->conflicts);
  g_clear_object (&self->status);
  g_clear_object (&self->figures);
  g_clear_pointer (&self->person, g_free);

  G_OBJECT_CLASS (sm_ops_parent_class)->dispose (object);
}

static void
sm_ops_class_init (SmOpsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = sm_ops_get_property;
  object_class->dispose = sm_ops_dispose;

  properties[PROP_PERSON] = g_param_spec_string ("person", NULL, NULL, NULL,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS
                                                     | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
sm_ops_init (SmOps *self)
{
  g_autoptr (SmClock) clock = sm_clock_new_network (g_get_real_time (), 1.0);

  self->fleet = sm_fleet_new ();
  self->stations = sm_live_set_new (compare_by_id);
  self->alarms = sm_live_set_new (compare_by_id);
  self->conflicts = g_list_store_new (SM_TYPE_CONFLICT);
  self->status = sm_status_new (clock);
  self->figures = sm_figures_new ();
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
  return g_object_new (SM_TYPE_OPS, NULL);
}

void
sm_ops_start (SmOps *self)
{
}

void
sm_ops_stop (SmOps *self)
{
}

static void
return_offline (SmOps               *self,
                GCancellable        *cancellable,
                GAsyncReadyCallback  callback,
                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  sm_set_error (&error, SM_ERROR_OFFLINE, "server-unreachable", "not started");
  g_task_return_error (task, error);
}

void
sm_ops_sign_in_async (SmOps               *self,
                      const char          *name,
                      const char          *password,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  return_offline (self, cancellable, callback, user_data);
}

gboolean
sm_ops_sign_in_finish (SmOps         *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
sm_ops_sign_out (SmOps *self)
{
}

/** sm_ops_may: Whether the person who is signed in has @permission, as "alarm.acknowledge". */
gboolean
sm_ops_may (SmOps      *self,
            const char *permission)
{
  return FALSE;
}

const char *
sm_ops_get_person (SmOps *self)
{
  return self->person;
}

/** sm_ops_get_fleet: Returns: (transfer none): every vehicle's live values */
SmFleet *
sm_ops_get_fleet (SmOps *self)
{
  return self->fleet;
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
  return G_LIST_MODEL (self->alarms);
}

/** sm_ops_get_conflicts: Returns: (transfer none): of SmConflict, acts that were not accepted */
GListModel *
sm_ops_get_conflicts (SmOps *self)
{
  return G_LIST_MODEL (self->conflicts);
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

/** sm_ops_hold_order: While @held, the alarms are not resorted under the person's pointer. */
void
sm_ops_hold_order (SmOps    *self,
                   gboolean  held)
{
  sm_live_set_set_held (self->alarms, held);
}

void
sm_ops_acknowledge_async (SmOps               *self,
                          gint64               alarm_id,
                          const char          *note,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  return_offline (self, cancellable, callback, user_data);
}

gboolean
sm_ops_acknowledge_finish (SmOps         *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
sm_ops_drop_conflict (SmOps      *self,
                      SmConflict *conflict)
{
}

void
sm_station_view_free (SmStationView *self)
{
  g_clear_pointer (&self->station, sm_row_unref);
  g_clear_pointer (&self->piles, g_ptr_array_unref);
  g_clear_pointer (&self->connectors, g_ptr_array_unref);
  g_free (self);
}

void
sm_ops_load_station_async (SmOps               *self,
                           gint64               id,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  return_offline (self, cancellable, callback, user_data);
}

SmStationView *
sm_ops_load_station_finish (SmOps         *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
sm_ops_load_row_async (SmOps               *self,
                       const SmNoun        *noun,
                       gint64               id,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  return_offline (self, cancellable, callback, user_data);
}

SmRow *
sm_ops_load_row_finish (SmOps         *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
