/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sm-causes.h"
#include "sm-diagnosis.h"
#include "sm-directory.h"
#include "sm-figures.h"
#include "sm-fleet.h"
#include "sm-history.h"
#include "sm-pack-table.h"
#include "sm-pending.h"
#include "sm-pile-table.h"
#include "sm-reachable.h"
#include "sm-series.h"
#include "sm-item.h"
#include "sm-kept.h"
#include "sm-service-figures.h"
#include "sm-stats.h"
#include "sm-status.h"
#include "sm-vehicle-table.h"

G_BEGIN_DECLS

/**
 * SmOps:
 *
 * All that a page ever talks to: what there is, how fresh it is, and the verbs
 * of an operator.  Nothing here waits for the network or the disk: reads come
 * from memory or, by a callback, from the cache; an act goes into the outbox,
 * is laid over the rows at once, and is sent when the service can be reached.
 * Main thread only.
 *
 * Properties, read-only and notified: person (display name of who is signed
 * in, NULL for nobody; permissions may have changed too when it is notified),
 * kept (SmKept: whether a sign-in outlasts this run).
 */
#define SM_TYPE_OPS (sm_ops_get_type ())
G_DECLARE_FINAL_TYPE (SmOps, sm_ops, SM, OPS, GObject)

/** SmQueueEntry: a vehicle that is on its way to a station, waits there or is served. */
typedef struct
{
  gint64 vehicle_id;
  SmQueueState state;
  gint64 since; /* network time; SM_UNKNOWN */
  gint64 eta;   /* likewise */
  float soc;    /* NAN: unknown */
  guint8 reach; /* SmReach or SM_ENUM_UNKNOWN */
} SmQueueEntry;

/** SmStationView: a station with all that stands in it; rows are SmRow. */
typedef struct
{
  SmRow *station;
  GPtrArray *piles;
  GPtrArray *connectors;
  GPtrArray *lanes;
  GPtrArray *bays;
  GPtrArray *batteries; /* that are in its bays */
  GPtrArray *equipment;
  GPtrArray *orders;    /* the last ones that this computer knows, newest first */
  GArray *queue;        /* of SmQueueEntry, who is served first first */
} SmStationView;

/** SmTelemetry: see SmSeries. */
typedef SmSeries SmTelemetry;

int            sm_telemetry_find           (const SmTelemetry   *self,
                                            guint                field);
void           sm_telemetry_free           (SmTelemetry         *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmTelemetry, sm_telemetry_free)

void           sm_station_view_free        (SmStationView       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmStationView, sm_station_view_free)

SmOps         *sm_ops_new                  (const char          *server_url,
                                            const char          *cache_dir,
                                            const char          *state_dir);
void           sm_ops_set_keeps_sign_in    (SmOps               *self,
                                            gboolean             keeps);
void           sm_ops_stop_keeping         (SmOps               *self);
void           sm_ops_start                (SmOps               *self);
void           sm_ops_stop                 (SmOps               *self);

void           sm_ops_sign_in_async        (SmOps               *self,
                                            const char          *name,
                                            const char          *password,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
gboolean       sm_ops_sign_in_finish       (SmOps               *self,
                                            GAsyncResult        *result,
                                            GError             **error);
void           sm_ops_sign_out             (SmOps               *self);
gboolean       sm_ops_may                  (SmOps               *self,
                                            const char          *permission);
gboolean       sm_ops_may_read             (SmOps               *self,
                                            const SmNoun        *noun);
SmKept         sm_ops_get_kept             (SmOps               *self);
const char    *sm_ops_get_person           (SmOps               *self);
gboolean       sm_ops_is_person            (SmOps               *self,
                                            const char          *name);

SmFleet       *sm_ops_get_fleet            (SmOps               *self);
GListModel    *sm_ops_get_stations         (SmOps               *self);
GListModel    *sm_ops_get_engineers        (SmOps               *self);
GListModel    *sm_ops_get_alarms           (SmOps               *self);
GListModel    *sm_ops_get_conflicts        (SmOps               *self);
GListModel    *sm_ops_get_pending          (SmOps               *self);
SmStatus      *sm_ops_get_status           (SmOps               *self);
SmFigures     *sm_ops_get_figures          (SmOps               *self);
SmServiceFigures *sm_ops_get_service       (SmOps               *self);
SmStats       *sm_ops_get_stats            (SmOps               *self);
SmVehicleTable *sm_ops_vehicle_table_new   (SmOps               *self);
SmPileTable   *sm_ops_pile_table_new       (SmOps               *self);
SmPackTable   *sm_ops_pack_table_new       (SmOps               *self);
SmHistory     *sm_ops_history_new          (SmOps               *self,
                                            SmNounId             noun,
                                            const SmHistoryFilter *filter);
GListModel    *sm_ops_open_list            (SmOps               *self,
                                            const SmLink        *link,
                                            GError             **error);
SmDirectory   *sm_ops_get_directory        (SmOps               *self);
void           sm_ops_painted              (SmOps               *self);
char          *sm_ops_dup_alarm_log        (const char          *state_dir,
                                            const char          *epoch);
void           sm_ops_hold_order           (SmOps               *self,
                                            gboolean             held);

void           sm_ops_acknowledge_async    (SmOps               *self,
                                            gint64               alarm_id,
                                            const char          *note,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
gboolean       sm_ops_acknowledge_finish   (SmOps               *self,
                                            GAsyncResult        *result,
                                            GError             **error);
/* The longest that the service takes. */
#define SM_MAX_NAME_CHARS 200
#define SM_MAX_PHONES_CHARS 500
#define SM_MAX_PHONE_CHARS 100
#define SM_MAX_NOTE_CHARS 2000

void           sm_ops_edit_async           (SmOps               *self,
                                            SmRow               *seen,
                                            GPtrArray           *edits,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
gboolean       sm_ops_edit_finish          (SmOps               *self,
                                            GAsyncResult        *result,
                                            GError             **error);
void           sm_ops_note_call_async      (SmOps               *self,
                                            SmRow               *alarm,
                                            const char          *who,
                                            const char          *number,
                                            const char          *outcome,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
void           sm_ops_resolve_async        (SmOps               *self,
                                            SmPending           *pending,
                                            GPtrArray           *wanted,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
gboolean       sm_ops_resolve_finish       (SmOps               *self,
                                            GAsyncResult        *result,
                                            GError             **error);
void           sm_ops_drop_async           (SmOps               *self,
                                            SmPending           *pending,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
glong          sm_ops_max_chars            (const SmNoun        *noun,
                                            const char          *field);
gboolean       sm_ops_may_send             (SmOps               *self,
                                            SmPending           *pending);
gboolean       sm_ops_is_of_other_network  (SmOps               *self,
                                            SmPending           *pending);
SmRow         *sm_ops_find_again           (SmOps               *self,
                                            SmPending           *pending);
void           sm_ops_do_again_async       (SmOps               *self,
                                            SmPending           *pending,
                                            SmRow               *present,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);

void           sm_ops_load_station_async   (SmOps               *self,
                                            gint64               id,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
SmStationView *sm_ops_load_station_finish  (SmOps               *self,
                                            GAsyncResult        *result,
                                            GError             **error);
void           sm_ops_load_row_async       (SmOps               *self,
                                            const SmNoun        *noun,
                                            gint64               id,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
SmRow         *sm_ops_load_row_finish      (SmOps               *self,
                                            GAsyncResult        *result,
                                            GError             **error);
void           sm_ops_load_live_async      (SmOps               *self,
                                            SmNounId             noun,
                                            gint64               id,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
SmRow         *sm_ops_load_live_finish     (SmOps               *self,
                                            GAsyncResult        *result,
                                            gboolean            *out_is_cached,
                                            GError             **error);
void           sm_ops_load_telemetry_async (SmOps               *self,
                                            SmNounId             noun,
                                            gint64               id,
                                            gint64               from,
                                            gint64               to,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
SmTelemetry   *sm_ops_load_telemetry_finish (SmOps              *self,
                                            GAsyncResult        *result,
                                            GError             **error);
void           sm_ops_load_diagnosis_async (SmOps               *self,
                                            gint64               alarm_id,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
GPtrArray     *sm_ops_load_diagnosis_finish (SmOps              *self,
                                            GAsyncResult        *result,
                                            GError             **error);
void           sm_ops_load_station_day_async (SmOps             *self,
                                            gint64               id,
                                            int                  business_day,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
SmStationDay  *sm_ops_load_station_day_finish (SmOps            *self,
                                            GAsyncResult        *result,
                                            gboolean            *out_is_cached,
                                            GError             **error);
void           sm_ops_load_reach_async     (SmOps               *self,
                                            gint64               vehicle_id,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
GArray        *sm_ops_load_reach_finish    (SmOps               *self,
                                            GAsyncResult        *result,
                                            GError             **error);
void           sm_ops_load_sisters_async   (SmOps               *self,
                                            gint64               battery_id,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
GPtrArray     *sm_ops_load_sisters_finish  (SmOps               *self,
                                            GAsyncResult        *result,
                                            GError             **error);
void           sm_ops_diagnose_async       (SmOps               *self,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
SmDiagnosis   *sm_ops_diagnose_finish      (SmOps               *self,
                                            GAsyncResult        *result,
                                            GError             **error);
void           sm_ops_find_async           (SmOps               *self,
                                            const SmNoun        *noun,
                                            const char          *text,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
GPtrArray     *sm_ops_find_finish          (SmOps               *self,
                                            GAsyncResult        *result,
                                            GError             **error);
SmItem        *sm_ops_find_nearest_station (SmOps               *self,
                                            gint64               vehicle_id,
                                            gint64              *out_metres);
gboolean       sm_ops_is_called            (const SmRow         *row,
                                            const char          *text);

G_END_DECLS
