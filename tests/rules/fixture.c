/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

#include <glib/gstdio.h>
#include <math.h>

static void
open_as (Fixture  *self,
         gboolean  simulated,
         gboolean  is_service)
{
  g_autoptr (GError) error = NULL;
  SmRulesOptions options = { .path = self->path, .network = self->network,
                             .machine = self->machine, .simulated = simulated,
                             .is_service = is_service };

  g_clear_pointer (&self->rules, sm_rules_close);
  self->rules = sm_rules_open (&options, &error);
  g_assert_no_error (error);
}

void
fixture_open (Fixture  *self,
              gboolean  simulated)
{
  open_as (self, simulated, FALSE);
}

Fixture *
fixture_new (void)
{
  Fixture *self = g_new0 (Fixture, 1);

  self->dir = g_dir_make_tmp ("sm-rules-XXXXXX", NULL);
  self->path = g_build_filename (self->dir, "network.db", NULL);
  self->network = sm_clock_new_manual (FIXTURE_START);
  self->machine = sm_clock_new_manual (FIXTURE_START);
  self->system = sm_actor_new_system ("test");
  fixture_open (self, TRUE);
  return self;
}

void
fixture_free (Fixture *self)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_clear_pointer (&self->rules, sm_rules_close);
  dir = g_dir_open (self->dir, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->dir, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->dir);
  sm_actor_unref (self->system);
  sm_clock_unref (self->network);
  sm_clock_unref (self->machine);
  g_free (self->path);
  g_free (self->dir);
  g_free (self);
}

/* As after the service has been ended and started. */
void
fixture_reopen (Fixture *self)
{
  fixture_open (self, TRUE);
}

/* As the service that lives on it, which alone has desks and tells people. */
void
fixture_serve (Fixture *self)
{
  open_as (self, TRUE, TRUE);
}

gpointer
fixture_write (Fixture     *self,
               SmRulesFunc  func,
               gpointer     data)
{
  g_autoptr (GError) error = NULL;
  gpointer result = sm_rules_run_sync (self->rules, func, data, &error);

  g_assert_no_error (error);
  return result;
}

static gpointer
do_tick (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  sm_rules_tick (rules, error);
  return NULL;
}

/* Both clocks go on, and the timer comes at the end of it. */
void
fixture_pass (Fixture *self,
              double   seconds)
{
  sm_clock_advance (self->network, (gint64) (seconds * SM_SECOND));
  sm_clock_advance (self->machine, (gint64) (seconds * SM_SECOND));
  fixture_write (self, do_tick, NULL);
}

typedef struct
{
  Fixture *fixture;
  guint n;
  const char *plate;
  gint64 fleet_id;
  gint64 id;
} Adding;

static gpointer
do_add (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Adding *adding = data;

  if (!sm_rules_begin (rules, error))
    return NULL;
  for (guint i = 0; i < adding->n; i++)
    {
      g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_VEHICLE));
      g_autofree char *plate = adding->plate != NULL ? g_strdup (adding->plate)
                                                     : g_strdup_printf ("T%06u", i);
      SmUpsertOutcome outcome;

      sm_row_set_text (row, SM_VEHICLE_PLATE, plate);
      sm_row_set_text (row, SM_VEHICLE_VIN, plate);
      sm_row_set_int (row, SM_ROW_FLEET_ID, adding->fleet_id);
      if (!sm_registry_upsert (rules, adding->fixture->system, row, SM_VEHICLE_PLATE, &adding->id,
                               &outcome, error))
        return NULL;
    }
  sm_rules_commit (rules, error);
  return NULL;
}

gint64
fixture_add_vehicle (Fixture    *self,
                     const char *plate,
                     gint64      fleet_id)
{
  Adding adding = { self, 1, plate, fleet_id, 0 };

  fixture_write (self, do_add, &adding);
  return adding.id;
}

void
fixture_add_vehicles (Fixture *self,
                      guint    n)
{
  Adding adding = { self, n, NULL, SM_UNKNOWN, 0 };

  fixture_write (self, do_add, &adding);
}

SmVehicleReport
fixture_make_report (Fixture *self,
                     gint64   id)
{
  return (SmVehicleReport){ .vehicle_id = id, .at_us = sm_clock_now (self->network),
                            .latitude = 40.1, .longitude = 113.3, .heading_deg = 90,
                            .speed_kmh = 60, .soc = 50, .pack_temperature_c = 30,
                            .odometer_m = 1000, .motion = SM_MOTION_DRIVING,
                            .energy = SM_ENERGY_IDLE };
}

typedef struct
{
  SmActor *actor;
  const SmVehicleReport *reports;
  guint n;
  SmIngestResult result;
} Ingesting;

static gpointer
do_ingest (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Ingesting *ingesting = data;

  sm_ingest_vehicles (rules, ingesting->actor, ingesting->reports, ingesting->n,
                      &ingesting->result, error);
  return NULL;
}

SmIngestResult
fixture_ingest (Fixture               *self,
                SmActor               *actor,
                const SmVehicleReport *reports,
                guint                  n)
{
  Ingesting ingesting = { actor, reports, n, { 0 } };

  fixture_write (self, do_ingest, &ingesting);
  return ingesting.result;
}

void
fixture_report (Fixture *self,
                gint64   id,
                double   soc,
                double   temperature)
{
  SmVehicleReport report = fixture_make_report (self, id);
  g_auto (SmIngestResult) result = { 0 };

  report.soc = soc;
  report.pack_temperature_c = temperature;
  result = fixture_ingest (self, self->system, &report, 1);
  g_assert_cmpuint (result.accepted, ==, 1);
}

typedef struct
{
  Fixture *fixture;
  const char *sn;
  gint64 id;
  SmUpsertOutcome outcome;
} Station;

static gpointer
do_add_station (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Station *station = data;
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_STATION));
  g_autoptr (GPtrArray) piles = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_autoptr (GPtrArray) connectors = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  SmStationTree tree = { row, piles, connectors };

  sm_row_set_text (row, SM_STATION_SN, station->sn);
  sm_row_set_real (row, SM_STATION_LATITUDE, 22.5);
  sm_row_set_real (row, SM_STATION_LONGITUDE, 114.0);
  for (guint i = 0; i < 2; i++)
    {
      SmRow *pile = sm_row_new (sm_noun_get (SM_NOUN_PILE));
      SmRow *connector = sm_row_new (sm_noun_get (SM_NOUN_CONNECTOR));

      sm_row_take_text (pile, SM_PILE_SN, g_strdup_printf ("%s-%u", station->sn, i));
      sm_row_set_int (connector, SM_CONNECTOR_PILE_ID, i);
      sm_row_set_int (connector, SM_CONNECTOR_NUMBER, 1);
      g_ptr_array_add (piles, pile);
      g_ptr_array_add (connectors, connector);
    }
  sm_stations_upsert (rules, station->fixture->system, &tree, &station->id, &station->outcome,
                      error);
  return NULL;
}

/* A station with two piles of one connector each. */
gint64
fixture_add_station (Fixture          *self,
                     const char       *sn,
                     SmUpsertOutcome  *out_outcome,
                     GError          **error)
{
  Station station = { self, sn, 0, 0 };

  sm_rules_run_sync (self->rules, do_add_station, &station, error);
  if (out_outcome != NULL)
    *out_outcome = station.outcome;
  return station.id;
}

static gpointer
do_fill (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SmActor) system = sm_actor_new_system ("test");

  sm_registry_fill (rules, system, data, error);
  return NULL;
}

/* Registers @row (transfer full), which is new. Returns: its id */
gint64
fixture_fill (Fixture *self,
              SmRow   *row)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);

  g_ptr_array_add (rows, row);
  fixture_write (self, do_fill, rows);
  return sm_row_get_id (row);
}

static gpointer
do_say (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (SmActor) system = sm_actor_new_system ("test");
  g_auto (SmIngestResult) result = { 0 };

  g_ptr_array_add (rows, data);
  g_assert_true (sm_ingest_live (rules, system, rows, &result, error));
  g_assert_cmpuint (result.accepted, ==, 1);
  return NULL;
}

/* A station, or a part of one, says what its live values are. */
void
fixture_say (Fixture *self,
             SmRow   *row)
{
  fixture_write (self, do_say, row);
}

SmActor *
fixture_make_person (gint64       id,
                     const char  *role,
                     SmScopeKind  kind,
                     gint64       key)
{
  g_autofree char *name = g_strdup_printf ("person-%d", (int) id);

  return sm_actor_new (SM_ACTOR_PERSON, id, name, name, role,
                       sm_scope_new (kind, &key, kind == SM_SCOPE_ALL ? 0 : 1), 1);
}

/* Who has an account, other than whom fixture_make_person() makes.  @key is of @kind. */
SmActor *
fixture_add_person (Fixture     *self,
                    const char  *name,
                    const char  *role,
                    SmScopeKind  kind,
                    gint64       key)
{
  g_autoptr (SmScope) scope = sm_scope_new (kind, &key, kind == SM_SCOPE_ALL ? 0 : 1);
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  sm_users_add (self->rules, self->system, name, NULL, role, scope, NULL, &id, &error);
  g_assert_no_error (error);
  return sm_actor_new (SM_ACTOR_PERSON, id, name, name, role, sm_scope_copy (scope), 1);
}

typedef struct
{
  SmActor *actor;
  SmFeedPage *after;
  guint limit;
} Reading;

static gpointer
do_read (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  Reading *reading = data;
  SmFeedPage *after = reading->after;

  return sm_feed_read_changes (reader, reading->actor, after != NULL ? after->epoch : NULL,
                               after != NULL ? after->access_rev : 0,
                               after != NULL ? after->seq : 0, G_MAXUINT64, reading->limit, error);
}

SmFeedPage *
fixture_read (Fixture     *self,
              SmActor     *actor,
              SmFeedPage  *after,
              guint        limit,
              GError     **error)
{
  Reading reading = { actor, after, limit };

  return sm_rules_read_sync (self->rules, do_read, &reading, error);
}

static gpointer
do_list_alarms (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  return sm_registry_list (reader, sm_noun_get (SM_NOUN_ALARM), 0, 100000, error);
}

GPtrArray *
fixture_alarms (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *alarms = sm_rules_read_sync (self->rules, do_list_alarms, NULL, &error);

  g_assert_no_error (error);
  return alarms;
}

SmRow *
fixture_only_alarm (Fixture *self)
{
  g_autoptr (GPtrArray) alarms = fixture_alarms (self);

  g_assert_cmpuint (alarms->len, ==, 1);
  return sm_row_ref (alarms->pdata[0]);
}

typedef struct
{
  Fixture *fixture;
  const char *object;
} Auditing;

static gpointer
do_read_audit (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  Auditing *auditing = data;
  gboolean more;

  return sm_audit_read (reader, auditing->fixture->system, auditing->object, 0, 1000, &more, error);
}

/* How many entries of the object have that outcome. */
guint
fixture_audit (Fixture    *self,
               const char *object,
               const char *outcome)
{
  g_autoptr (GError) error = NULL;
  Auditing auditing = { self, object };
  g_autoptr (GPtrArray) entries = sm_rules_read_sync (self->rules, do_read_audit, &auditing, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < entries->len; i++)
    n += g_str_equal (((SmAuditEntry *) entries->pdata[i])->outcome, outcome);
  return n;
}

typedef struct
{
  SmActor *actor;
  const char *key;
  gint64 id, level, count;
  const char *note;
  SmRow **out_current;
} Acknowledging;

static gpointer
do_acknowledge (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Acknowledging *a = data;
  SmAlarmSeen seen = { a->level, a->count, SM_UNKNOWN, a->note };

  return sm_alarms_acknowledge (rules, a->actor, a->key, a->id, &seen, a->out_current, error);
}

SmRow *
fixture_acknowledge (Fixture     *self,
                     SmActor     *actor,
                     const char  *key,
                     gint64       id,
                     gint64       level,
                     gint64       count,
                     const char  *note,
                     SmRow      **out_current,
                     GError     **error)
{
  Acknowledging a = { actor, key, id, level, count, note, out_current };

  return sm_rules_run_sync (self->rules, do_acknowledge, &a, error);
}
