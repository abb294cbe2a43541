/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-rules-private.h"

#include "sm-alarm-life-private.h"
#include "sm-alarms-private.h"
#include "sm-aside.h"
#include "sm-audit-table.h"
#include "sm-commands-private.h"
#include "sm-companies.h"
#include "sm-contacts-private.h"
#include "sm-desks-private.h"
#include "sm-error.h"
#include "sm-drills.h"
#include "sm-guides-private.h"
#include "sm-live-file.h"
#include "sm-scan-codes.h"
#include "sm-scans.h"
#include "sm-silence-private.h"
#include "sm-rollups-private.h"
#include "sm-tell-private.h"

static void
reader_free (gpointer data)
{
  SmReader *reader = data;

  sm_service_db_close (reader->db);
  g_free (reader);
}

static SmWorker *
open_reader (SmRules     *self,
             const char  *path,
             const char  *name,
             GError     **error)
{
  SmServiceDb *db = sm_service_db_open (path, TRUE, error);
  SmReader *reader;

  if (db == NULL)
    return NULL;
  reader = g_new (SmReader, 1);
  *reader = (SmReader){ self, db };
  return sm_worker_new (name, reader, reader_free);
}

static gboolean
open_readers (SmRules     *self,
              const char  *path,
              GError     **error)
{
  static const char *const names[] = { "sm-reader-0", "sm-reader-1" };

  for (guint i = 0; i < G_N_ELEMENTS (self->readers); i++)
    if ((self->readers[i] = open_reader (self, path, names[i], error)) == NULL)
      return FALSE;
  return (self->long_reader = open_reader (self, path, "sm-reader-long", error)) != NULL;
}

/* What is not told is what it was the last time. */
static char *
keep_meta (SmRules     *self,
           const char  *name,
           const char  *value,
           const char  *fallback,
           GError     **error)
{
  g_autofree char *stored = sm_service_db_get_meta (self->db, name, NULL);

  if (value == NULL)
    value = stored != NULL ? stored : fallback;
  if (g_strcmp0 (value, stored) != 0 && !sm_service_db_set_meta (self->db, name, value, error))
    return NULL;
  return g_strdup (value);
}

static gboolean
load_state (SmRules               *self,
            const SmRulesOptions  *options,
            GError               **error)
{
  SmConnection *connection = sm_rules_get_connection (self);

  self->network_name = keep_meta (self, "network_name", options->network_name, "Network", error);
  if (self->network_name == NULL)
    return FALSE;
  self->time_zone = keep_meta (self, "time_zone", options->time_zone, "Asia/Shanghai", error);
  if (self->time_zone == NULL)
    return FALSE;
  self->epoch = sm_service_db_get_meta (self->db, "epoch", error);
  return self->epoch != NULL
         && sm_access_load (self->access, connection, error)
         && sm_live_load (self->live, connection, self->live_file, error)
         && sm_dark_load (self, self->dark, error)
         && sm_guides_load_levels (self, error) && sm_alarms_load_limits (self, error);
}

/* Those that were aside when the service was killed over a long past. */
static gboolean
bring_indices_back (SmRules  *self,
                    GError  **error)
{
  gboolean more = TRUE;

  while (more)
    {
      if (!sm_service_db_begin (self->db, error))
        return FALSE;
      if (!sm_aside_back (sm_service_db_get_connection (self->db), &more, error))
        {
          sm_service_db_rollback (self->db);
          return FALSE;
        }
      if (!sm_service_db_commit (self->db, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
open_files (SmRules               *self,
            const SmRulesOptions  *options,
            GError               **error)
{
  g_autofree char *live_path = g_strconcat (options->path, "-live", NULL);
  g_autofree char *telemetry_path = g_strconcat (options->path, "-telemetry", NULL);
  g_autofree char *lock_path = g_strconcat (options->path, "-lock", NULL);
  gboolean is_new = !g_file_test (options->path, G_FILE_TEST_EXISTS);

  self->photo_folder = g_strconcat (options->path, "-photos", NULL);
  if (options->is_service)
    {
      self->lock = sm_lock_take (lock_path, error);
      if (self->lock == NULL)
        return FALSE;
    }
  self->db = sm_service_db_open (options->path, FALSE, error);
  if (self->db == NULL
      || !sm_rules_check_drill (self, options, error)
      || !sm_rules_begin_life (self, options, is_new, error))
    return FALSE;
  if (options->is_service && !bring_indices_back (self, error))
    return FALSE;
  if (!is_new && !g_file_test (telemetry_path, G_FILE_TEST_EXISTS))
    g_message ("There is no %s any more: the telemetry begins anew", telemetry_path);
  self->telemetry = sm_telemetry_book_new (telemetry_path, error);
  if (self->telemetry == NULL)
    return FALSE;
  self->was = sm_was_book_new ();
  self->live_file = sm_live_file_open (live_path, error);
  return self->live_file != NULL && load_state (self, options, error)
         && sm_scan_codes_begin (self, options->is_service, error)
         && (!options->is_service
             || (sm_commands_begin (self, error) && sm_desks_begin (self, error)));
}

/**
 * sm_rules_open:
 *
 * Opens the database, brings it up to date and reads what is kept in memory.
 *
 * Returns: (transfer full) (nullable): the rules
 */
SmRules *
sm_rules_open (const SmRulesOptions  *options,
               GError               **error)
{
  g_autoptr (SmRules) self = g_new0 (SmRules, 1);

  g_return_val_if_fail (options->path != NULL && options->network != NULL, NULL);

  self->network = sm_clock_ref (options->network);
  self->machine = sm_clock_ref (options->machine);
  self->simulated = options->simulated;
  self->drill = g_strdup (options->drill);
  self->assigned_alarm_id = SM_UNKNOWN;
  self->max_shelf_minutes = options->max_shelf_minutes > 0 ? options->max_shelf_minutes
                                                           : SM_MAX_SHELF_MINUTES;
  g_mutex_init (&self->mutex);
  self->watchers = sm_rules_watchers_new ();
  self->access = sm_access_new ();
  self->live = sm_live_new (sm_clock_now (self->machine));
  self->stats = sm_stats_cache_new ();
  self->limits = sm_limits_new ();
  self->plant = sm_plant_new ();
  self->dark = sm_dark_new ();
  self->silent_areas = sm_silent_areas_new (SM_NOUN_AREA, SM_AREA_SILENT);
  self->silent_carriers = sm_silent_areas_new (SM_NOUN_ORGANISATION, SM_CARRIER_SILENT);
  self->silent_gateways = sm_silent_areas_new (SM_NOUN_ORGANISATION, SM_GATEWAY_SILENT);
  self->packs = sm_packs_new ();
  self->pack_watch = sm_pack_watch_new ();
  self->commands = sm_command_book_new ();
  self->windows = sm_window_book_new ();
  self->service_lives = sm_service_lives_new ();
  self->work_orders = sm_open_work_new ();
  self->guidances = sm_guidance_book_new ();
  self->fault_times = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!open_files (self, options, error) || !open_readers (self, options->path, error))
    return NULL;
  self->seq = sm_service_db_get_seq (self->db);
  self->data_version = sm_service_db_data_version (self->db);
  sm_silence_begin (self);
  self->writer = sm_worker_new ("sm-writer", self, NULL);
  return g_steal_pointer (&self);
}

/** sm_rules_close: Ends the threads when their work is done, and saves the live values. */
void
sm_rules_close (SmRules *self)
{
  g_autoptr (GError) error = NULL;
  gboolean is_saved;

  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->writer, sm_worker_free);
  for (guint i = 0; i < G_N_ELEMENTS (self->readers); i++)
    g_clear_pointer (&self->readers[i], sm_worker_free);
  g_clear_pointer (&self->long_reader, sm_worker_free);
  is_saved = self->epoch != NULL && sm_live_save (self->live, self->live_file, &error);
  if (error != NULL)
    g_info ("The last live values are lost: %s", error->message);
  g_clear_error (&error);
  if (!sm_quarters_flush (self, &error))
    g_info ("The last meter readings are lost: %s", error->message);
  g_clear_error (&error);
  if (!sm_dark_save (self, self->dark, &error))
    g_info ("The last dark areas are lost: %s", error->message);
  if (self->was != NULL)
    sm_was_commit (self);
  g_clear_pointer (&self->was, sm_was_book_free);
  g_clear_pointer (&self->telemetry, sm_telemetry_book_free);
  g_clear_pointer (&self->live_file, sm_connection_close);
  g_clear_pointer (&self->db, sm_service_db_close);
  if (self->mark != NULL && self->lock != NULL && is_saved)
    sm_mark_close (self->mark);
  g_clear_pointer (&self->mark, sm_mark_free);
  g_clear_pointer (&self->far_mark, sm_mark_free);
  g_clear_pointer (&self->lock, sm_lock_drop);
  sm_access_free (self->access);
  sm_live_free (self->live);
  sm_stats_cache_free (self->stats);
  sm_limits_free (self->limits);
  g_clear_pointer (&self->books, sm_books_free);
  g_clear_pointer (&self->desks, sm_desk_book_free);
  g_clear_pointer (&self->telling, sm_tell_settings_free);
  g_clear_pointer (&self->tell_words, sm_tell_words_free);
  g_clear_pointer (&self->quarters, sm_quarters_free);
  g_hash_table_unref (self->fault_times);
  sm_service_lives_free (self->service_lives);
  g_clear_pointer (&self->fault_levels, g_hash_table_unref);
  g_clear_pointer (&self->foreign, g_hash_table_unref);
  sm_command_book_free (self->commands);
  sm_window_book_free (self->windows);
  sm_open_work_free (self->work_orders);
  sm_guidance_book_free (self->guidances);
  sm_plant_free (self->plant);
  sm_dark_free (self->dark);
  sm_silent_areas_free (self->silent_areas);
  sm_silent_areas_free (self->silent_carriers);
  sm_silent_areas_free (self->silent_gateways);
  sm_packs_free (self->packs);
  sm_pack_watch_free (self->pack_watch);
  g_ptr_array_unref (self->watchers);
  sm_clock_unref (self->network);
  sm_clock_unref (self->machine);
  g_free (self->network_name);
  g_free (self->drill);
  g_free (self->scan_secret);
  g_free (self->time_zone);
  g_free (self->epoch);
  g_free (self->path);
  g_free (self->photo_folder);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

SmClock *
sm_rules_get_network_clock (SmRules *self)
{
  return self->network;
}

SmClock *
sm_rules_get_machine_clock (SmRules *self)
{
  return self->machine;
}

/** sm_rules_get_epoch: Returns: (transfer none): which life of the database this is */
const char *
sm_rules_get_epoch (SmRules *self)
{
  return self->epoch;
}

const char *
sm_rules_get_network_name (SmRules *self)
{
  return self->network_name;
}

const char *
sm_rules_get_time_zone (SmRules *self)
{
  return self->time_zone;
}

gboolean
sm_rules_get_simulated (SmRules *self)
{
  return self->simulated;
}

/** sm_rules_get_drill: Returns: (nullable): what the drill is called that is played; NULL: none is */
const char *
sm_rules_get_drill (SmRules *self)
{
  return self->drill;
}

/** sm_rules_get_seq: Returns: the number of the last committed change; any thread */
gint64
sm_rules_get_seq (SmRules *self)
{
  gint64 seq;

  g_mutex_lock (&self->mutex);
  seq = self->seq;
  g_mutex_unlock (&self->mutex);
  return seq;
}

/** sm_rules_get_tick: Returns: the last closed tick of the live values; any thread */
gint64
sm_rules_get_tick (SmRules *self)
{
  return sm_live_get_tick (self->live);
}

/** sm_rules_get_heard: Returns: monotonic µs when anybody last reported, 0: not yet; any thread */
gint64
sm_rules_get_heard (SmRules *self)
{
  gint64 heard_at;

  g_mutex_lock (&self->mutex);
  heard_at = self->heard_at;
  g_mutex_unlock (&self->mutex);
  return heard_at;
}

void
sm_rules_note_heard (SmRules *self)
{
  g_mutex_lock (&self->mutex);
  self->heard_at = g_get_monotonic_time ();
  g_mutex_unlock (&self->mutex);
}

SmConnection *
sm_rules_get_connection (SmRules *self)
{
  return sm_service_db_get_connection (self->db);
}

gint64
sm_rules_now (SmRules *self)
{
  return sm_clock_now (self->network);
}

gint64
sm_rules_machine_now (SmRules *self)
{
  return sm_clock_now (self->machine);
}

/* --- transactions --- */

/** sm_rules_begin: Begins a transaction, or a savepoint inside one. */
gboolean
sm_rules_begin (SmRules  *self,
                GError  **error)
{
  if ((self->depth == 0 && !sm_rules_is_in_place (self, error))
      || !sm_service_db_begin (self->db, error))
    return FALSE;
  self->depth++;
  return TRUE;
}

/* The memory has followed what was written; now it was not written. */
static void
follow_rollback (SmRules *self)
{
  g_autoptr (GError) error = NULL;

  self->work_orders->is_read = FALSE;
  sm_guidance_book_forget (self->guidances);
  g_clear_pointer (&self->books, sm_books_free);
  g_clear_pointer (&self->desks, sm_desk_book_free);
  sm_contacts_follow_rollback (self);
  if (self->depth == 0)
    self->contacts_changed = FALSE;
  if (!self->reload_registry)
    return;
  if (self->depth == 0)
    self->reload_registry = FALSE;
  if (!sm_live_reload (self->live, sm_rules_get_connection (self), &error)
      || !sm_alarms_load_limits (self, &error))
    g_info ("Cannot read the registry again: %s", error->message);
}

/** sm_rules_commit: Ends the innermost one; the outermost makes its changes known. */
gboolean
sm_rules_commit (SmRules  *self,
                 GError  **error)
{
  gboolean ok = sm_service_db_commit (self->db, error);

  self->depth--;
  if (!ok)
    {
      sm_was_rollback (self);
      follow_rollback (self);
      return FALSE;
    }
  sm_was_commit (self);
  if (self->depth == 0)
    {
      self->reload_registry = FALSE;
      self->contacts_changed = FALSE;
      if (self->mark != NULL)
        sm_mark_note (self->mark, sm_service_db_get_seq (self->db));
      if (self->far_mark != NULL)
        sm_mark_note (self->far_mark, sm_service_db_get_seq (self->db));
      sm_rules_set_seq (self, sm_service_db_get_seq (self->db));
    }
  return TRUE;
}

/** sm_rules_rollback: Undoes the innermost one. */
void
sm_rules_rollback (SmRules *self)
{
  sm_service_db_rollback (self->db);
  self->depth--;
  sm_was_rollback (self);
  follow_rollback (self);
}

/* --- time --- */

/* The command line and an import may write while the service runs. */
static gboolean
follow_others (SmRules  *self,
               GError  **error)
{
  gint64 version = sm_service_db_data_version (self->db);

  if (version == self->data_version)
    return TRUE;
  if (!sm_service_db_reload_seq (self->db, error)
      || !sm_access_load (self->access, sm_rules_get_connection (self), error)
      || !sm_live_reload (self->live, sm_rules_get_connection (self), error)
      || !sm_alarms_load_limits (self, error))
    return FALSE;
  g_clear_pointer (&self->books, sm_books_free);
  self->windows->is_read = FALSE;
  self->work_orders->is_read = FALSE;
  sm_guidance_book_forget (self->guidances);
  g_clear_pointer (&self->desks, sm_desk_book_free);
  self->data_version = version;
  sm_rules_set_seq (self, sm_service_db_get_seq (self->db));
  return TRUE;
}

static gboolean
save_live (SmRules  *self,
           GError  **error)
{
  gint64 now = sm_rules_machine_now (self);

  if (now - self->saved_at < SM_LIVE_SAVE_PERIOD && now >= self->saved_at)
    return TRUE;
  self->saved_at = now;
  return sm_live_save (self->live, self->live_file, error) && sm_quarters_flush (self, error)
         && sm_dark_save (self, self->dark, error);
}

static gboolean
prune (SmRules  *self,
       GError  **error)
{
  gint64 now = sm_rules_machine_now (self);
  SmConnection *connection = sm_rules_get_connection (self);

  if (now - self->pruned_at < SM_HOUR && now >= self->pruned_at)
    return TRUE;
  self->pruned_at = now;
  if (!sm_rules_begin (self, error))
    return FALSE;
  if (!sm_service_db_prune (self->db, now - SM_KEEP_TOMBSTONES, error)
      || !sm_key_table_prune (connection, now - SM_KEEP_KEYS, error)
      || !sm_session_table_prune (connection, now, error)
      || !sm_tell_prune (connection, sm_rules_now (self) - SM_KEEP_NOTIFICATIONS, SM_PRUNE_AT_ONCE,
                         error)
      || !sm_rollup_prune_hours (connection, sm_rollups_first_hour_day (self), error)
      || !sm_area_quarter_prune (connection,
                                 sm_rules_now (self) - SM_KEEP_QUARTERS_DAYS * SM_DAY, error)
      || !sm_companies_follow (self, error) || !sm_keeping_prune (self, error)
      || !sm_scans_forget (self, error))
    {
      sm_rules_rollback (self);
      return FALSE;
    }
  return sm_rules_commit (self, error) && sm_access_load (self->access, connection, error);
}

/**
 * sm_rules_tick:
 *
 * To be called every second of machine time, in the writer's thread: closes
 * the tick of the live values, notices silence and delays that are over, and
 * does the housekeeping.
 *
 * Returns: FALSE when something could not be written; it will be tried again
 */
gboolean
sm_rules_tick (SmRules  *self,
               GError  **error)
{
  g_autoptr (GError) failed = NULL;
  gboolean moved;

  sm_silence_watch (self);
  if (!sm_plant_tick (self, &failed))
    g_info ("What follows from the live values is not known: %s", failed->message);
  g_clear_error (&failed);
  if (!sm_telemetry_tick (self->telemetry, sm_rules_now (self), &failed)
      || !sm_was_tick (self, &failed))
    g_info ("Telemetry waits to be written: %s", failed->message);
  sm_limits_tick (self->limits, sm_rules_now (self));
  sm_pack_watch_tick (self);
  moved = sm_live_close_tick (self->live, sm_rules_machine_now (self));
  if (moved)
    sm_rules_notify (self);
  return follow_others (self, error) && sm_commands_tick (self, error)
         && sm_windows_tick (self, error) && sm_service_lives_tick (self, error)
         && sm_alarms_write_queue (self, error)
         && sm_alarms_end_time (self, error) && sm_desks_tick (self, error)
         && sm_work_orders_tick (self, error) && sm_guidances_tick (self, error)
         && sm_drills_tick (self, error) && sm_tell_tick (self, error)
         && sm_stats_tick_usual (self, error) && save_live (self, error) && prune (self, error);
}

/* The writer had others to serve for longer than that: silence is not counted. */
#define LATE_TICK SM_SECOND

static gpointer
tick_in_writer (SmRules       *self,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  gint64 sent_at = *(gint64 *) data;

  /* What came meanwhile waits behind this, or with who waits to send it. */
  if (sm_rules_machine_now (self) - sent_at > LATE_TICK)
    sm_silence_excuse (self);
  sm_rules_tick (self, error);
  return NULL;
}

static void
ticked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  sm_worker_run_finish (result, &error);
  if (error != NULL)
    g_info ("The rules' timer: %s", error->message);
}

/** sm_rules_tick_async: Sends sm_rules_tick() to the writer. */
void
sm_rules_tick_async (SmRules *self)
{
  gint64 now = sm_rules_machine_now (self);

  sm_rules_run_async (self, tick_in_writer, g_memdup2 (&now, sizeof now), g_free, NULL, NULL,
                      ticked_cb, NULL);
}

/** sm_rules_is_writable: In the writer's thread: whether the database takes a write. */
gboolean
sm_rules_is_writable (SmRules  *self,
                      GError  **error)
{
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, sm_rules_machine_now (self));

  if (!sm_rules_begin (self, error))
    return FALSE;
  if (!sm_service_db_set_meta (self->db, "written_at", now, error))
    {
      sm_rules_rollback (self);
      return FALSE;
    }
  return sm_rules_commit (self, error);
}
