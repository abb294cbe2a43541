/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "weeks.h"

#include <glib/gstdio.h>
#include <malloc.h>
#include <unistd.h>

#include "sm-ingest.h"
#include "sm-orders.h"
#include "sm-stations.h"
#include "sm-statement.h"
#include "sm-test-folder.h"
#include "sm-test-memory.h"
#include "sm-test-until.h"
#include "sm-time.h"

/* Each so many steps a vehicle is registered, and removed at the next. */
#define STEPS_TO_REGISTER 16
#define HOT_C 120
#define COOL_C 30

/* --- the network, in the writer's thread --- */

static void
report (Weeks    *self,
        SmRules  *rules,
        GError  **error)
{
  SmVehicleReport reports[2];
  g_auto (SmIngestResult) result = { 0 };

  for (guint i = 0; i < 2; i++)
    reports[i] = (SmVehicleReport){ .vehicle_id = i + 1, .at_us = sm_clock_now (self->server->network),
                                    .latitude = 22.5 + self->n_steps % 100 / 1000.0,
                                    .longitude = 114.1, .heading_deg = 90, .speed_kmh = 60,
                                    .soc = 50, .pack_temperature_c = i == 0 && self->is_hot ? HOT_C : COOL_C,
                                    .odometer_m = 1000 * self->n_steps, .motion = SM_MOTION_DRIVING,
                                    .energy = SM_ENERGY_IDLE };
  g_assert_true (sm_ingest_vehicles (rules, self->system, reports, 2, &result, error));
  g_assert_cmpuint (result.accepted, ==, 2);
}

static void
end_order (Weeks    *self,
           SmRules  *rules,
           GError  **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_ORDER));
  gint64 now = sm_clock_now (self->server->network);
  gpointer day = GINT_TO_POINTER (weeks_today (self));
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->orders, day));

  g_ptr_array_add (rows, row);
  sm_row_take_text (row, SM_ORDER_NUMBER, g_strdup_printf ("W-%u", ++self->n_orders));
  sm_row_set_text (row, SM_ORDER_KIND, "swap");
  sm_row_set_text (row, SM_ORDER_PROCESS, "completed");
  sm_row_set_int (row, SM_ORDER_STATION_ID, 1);
  sm_row_set_int (row, SM_ORDER_VEHICLE_ID, 1);
  sm_row_set_int (row, SM_ORDER_CREATED_AT, now - 5 * SM_MINUTE);
  sm_row_set_int (row, SM_ORDER_STARTED_AT, now - 4 * SM_MINUTE);
  sm_row_set_int (row, SM_ORDER_ENDED_AT, now);
  sm_row_set_int (row, SM_ORDER_ENERGY_WH, 250000);
  g_assert_true (sm_orders_put (rules, self->system, rows, error));
  g_hash_table_insert (self->orders, day, GUINT_TO_POINTER (n + 1));
}

static void
read_meter (Weeks    *self,
            SmRules  *rules,
            GError  **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_auto (SmIngestResult) result = { 0 };
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_STATION));

  g_ptr_array_add (rows, row);
  sm_row_set_int (row, SM_ROW_ID, 1);
  sm_row_set_int (row, SM_STATION_METER_WH, (gint64) self->n_steps * 250000);
  g_assert_true (sm_ingest_live (rules, self->system, rows, &result, error));
}

/* By the ids, which only rise, the last one that was registered is known. */
static void
come_and_go (Weeks    *self,
             SmRules  *rules,
             GError  **error)
{
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_VEHICLE));
  SmUpsertOutcome outcome;
  gint64 id;

  sm_row_take_text (row, SM_VEHICLE_PLATE, g_strdup_printf ("X-%u", self->n_steps));
  sm_row_take_text (row, SM_VEHICLE_VIN, g_strdup_printf ("X-%u", self->n_steps));
  g_assert_true (sm_registry_upsert (rules, self->system, row, SM_VEHICLE_PLATE, &id, &outcome, error));
  g_assert_true (sm_registry_remove (rules, self->system, sm_noun_get (SM_NOUN_VEHICLE), id, error));
}

static gpointer
live_job (SmRules       *rules,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Weeks *self = data;

  report (self, rules, error);
  end_order (self, rules, error);
  read_meter (self, rules, error);
  if (self->n_steps % STEPS_TO_REGISTER == 0)
    come_and_go (self, rules, error);
  g_assert_true (sm_rules_tick (rules, error));
  return NULL;
}

/** weeks_step: Time passes on both clocks, and what happens then. */
void
weeks_step (Weeks  *self,
            gint64  step_us)
{
  g_autoptr (GError) error = NULL;

  sm_clock_advance (self->server->network, step_us);
  sm_clock_advance (self->server->machine, step_us);
  self->n_steps++;
  sm_rules_run_sync (self->server->rules, live_job, self, &error);
  g_assert_no_error (error);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* --- the application --- */

static SmRow *
dup_alarm (Weeks *self)
{
  GListModel *alarms = sm_ops_get_alarms (self->ops);

  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (alarms, i);
      SmRow *row = sm_item_get_row (item);

      if (row != NULL && g_strcmp0 (sm_row_get_text (row, SM_ALARM_CODE), "test-pack-hot") == 0)
        return sm_row_ref (row);
    }
  return NULL;
}

static gboolean
has_new_alarm (Weeks *self)
{
  g_autoptr (SmRow) row = dup_alarm (self);

  return row != NULL && sm_row_get_int (row, SM_ROW_ID) > self->alarm_id;
}

static gboolean
has_alarm (Weeks *self)
{
  g_autoptr (SmRow) row = dup_alarm (self);

  return row != NULL;
}

static void
acknowledged_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  gboolean *is_done = user_data;
  g_autoptr (GError) error = NULL;

  sm_ops_acknowledge_finish (SM_OPS (source), result, &error);
  g_assert_no_error (error);
  *is_done = TRUE;
}

static void
acknowledge (Weeks *self)
{
  g_autoptr (SmRow) row = dup_alarm (self);
  gboolean is_done = FALSE;

  self->alarm_id = sm_row_get_int (row, SM_ROW_ID);
  sm_ops_acknowledge_async (self->ops, self->alarm_id, "seen", NULL, acknowledged_cb, &is_done);
  run_until (is_done);
  run_until (weeks_ask (self, "SELECT count(*) FROM alarm WHERE state = 'unacked'"
                              " AND code = 'test-pack-hot'") == 0);
}

/**
 * weeks_catch_up:
 *
 * An alarm comes, the application shows and acknowledges it, the service has
 * that; it is over, and the application shows that too.
 */
void
weeks_catch_up (Weeks *self)
{
  self->is_hot = TRUE;
  weeks_step (self, SM_SECOND);
  run_until (has_new_alarm (self));
  acknowledge (self);
  self->is_hot = FALSE;
  weeks_step (self, SM_SECOND);
  run_until (!has_alarm (self));
}

static void
signed_in_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  gboolean *is_done = user_data;
  g_autoptr (GError) error = NULL;

  sm_ops_sign_in_finish (SM_OPS (source), result, &error);
  g_assert_no_error (error);
  *is_done = TRUE;
}

static void
start_app (Weeks *self)
{
  g_autofree char *cache = NULL;
  g_autofree char *state = NULL;
  gboolean is_done = FALSE;

  self->app_dir = g_dir_make_tmp ("sm-weeks-XXXXXX", NULL);
  cache = g_build_filename (self->app_dir, "cache", NULL);
  state = g_build_filename (self->app_dir, "state", NULL);
  self->ops = sm_ops_new (sm_test_service_get_url (self->server->client), cache, state);
  sm_ops_start (self->ops);
  sm_ops_sign_in_async (self->ops, "olga", SM_TEST_PASSWORD, NULL, signed_in_cb, &is_done);
  run_until (is_done);
  run_until (sm_status_get_state (sm_ops_get_status (self->ops)) == SM_STATUS_LIVE);
}

static gpointer
place_job (SmRules       *rules,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (SmActor) actor = sm_actor_new_system ("test");
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_STATION));
  SmUpsertOutcome outcome;
  gint64 id;

  sm_row_set_text (row, SM_STATION_SN, "S-1");
  sm_row_set_text (row, SM_STATION_TIME_ZONE, data);
  g_assert_true (sm_registry_upsert (rules, actor, row, SM_STATION_SN, &id, &outcome, error));
  g_assert_cmpint (id, ==, 1);
  return NULL;
}

/** weeks_new: @start: RFC 3339 */
Weeks *
weeks_new (const char *time_zone,
           const char *start)
{
  Weeks *self = g_new0 (Weeks, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  gint64 start_us;

  g_assert_true (sm_time_from_rfc3339 (start, &start_us, NULL));
  self->zone = g_time_zone_new_identifier (time_zone);
  g_assert_nonnull (self->zone);
  /* Connections that were left go after a moment: days pass in less. */
  self->server = sm_test_server_new_at (&(SmServiceOptions){ .idle_ms = 500 }, FALSE, start_us, time_zone);
  self->system = sm_actor_new_system ("test");
  self->orders = g_hash_table_new (NULL, NULL);
  sm_rules_run_sync (self->server->rules, place_job, (gpointer) time_zone, &error);
  g_assert_no_error (error);
  path = g_build_filename (self->server->folder, "service.db", NULL);
  self->database = sm_connection_open (path, SM_OPEN_READ_ONLY, &error);
  g_assert_no_error (error);
  start_app (self);
  return self;
}

void
weeks_free (Weeks *self)
{
  sm_ops_stop (self->ops);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->ops);
  sm_connection_close (self->database);
  sm_test_server_free (self->server);
  sm_actor_unref (self->system);
  sm_test_remove_tree (self->app_dir);
  g_free (self->app_dir);
  g_hash_table_unref (self->orders);
  g_time_zone_unref (self->zone);
  g_free (self);
}

/* --- looking --- */

/* By GLib's calendar, not by the arithmetic that is tested. */
int
weeks_today (Weeks *self)
{
  g_autoptr (GDateTime) utc
      = g_date_time_new_from_unix_utc (sm_clock_now (self->server->network) / SM_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, self->zone);

  return g_date_time_get_year (local) * 10000 + g_date_time_get_month (local) * 100
         + g_date_time_get_day_of_month (local);
}

/** weeks_get_orders: Returns: how many have ended on @day, by what the network did */
guint
weeks_get_orders (Weeks *self,
                  int    day)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->orders, GINT_TO_POINTER (day)));
}

static gint64
ask (SmConnection *connection,
     const char   *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmStatement) statement = sm_connection_prepare (connection, sql, &error);
  gboolean has_row;

  g_assert_no_error (error);
  sm_statement_step (statement, &has_row, &error);
  g_assert_no_error (error);
  return has_row ? sm_statement_get_int (statement, 0) : SM_UNKNOWN;
}

/** weeks_ask: Returns: the one number that the service's database says to @sql */
gint64
weeks_ask (Weeks      *self,
           const char *sql)
{
  return ask (self->database, sql);
}

gint64
weeks_ask_telemetry (Weeks      *self,
                     const char *sql)
{
  g_autofree char *path = g_build_filename (self->server->folder, "service.db-telemetry", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmConnection) connection = sm_connection_open (path, SM_OPEN_READ_ONLY, &error);

  g_assert_no_error (error);
  return ask (connection, sql);
}

static void
add_sizes (const char *path,
           gint64     *inout_bytes,
           gint64     *inout_log_bytes)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  GStatBuf status;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        add_sizes (child, inout_bytes, inout_log_bytes);
      else if (g_stat (child, &status) == 0)
        *(g_str_has_suffix (name, "-wal") ? inout_log_bytes : inout_bytes) += status.st_size;
    }
}

guint
weeks_count_descriptors (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

WeeksSize
weeks_measure (Weeks *self)
{
  WeeksSize size = { .descriptors = weeks_count_descriptors () };

  malloc_trim (0);
  size.memory_kb = sm_test_memory_read (getpid (), "VmRSS:");
  add_sizes (self->server->folder, &size.service_bytes, &size.log_bytes);
  add_sizes (self->app_dir, &size.app_bytes, &size.log_bytes);
  return size;
}
