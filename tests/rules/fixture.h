/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-alarms.h"
#include "sm-audit.h"
#include "sm-edits.h"
#include "sm-error.h"
#include "sm-feed.h"
#include "sm-ingest.h"
#include "sm-stations.h"
#include "sm-time.h"
#include "sm-users.h"
#include "sm-uuid.h"

/* A network in a folder of its own, with clocks that stand still. */
typedef struct
{
  char *dir;
  char *path;
  SmClock *network;
  SmClock *machine;
  SmRules *rules;
  SmActor *system;
} Fixture;

#define FIXTURE_START (G_GINT64_CONSTANT (1750000000) * SM_SECOND)

Fixture    *fixture_new          (void);
void        fixture_free         (Fixture     *self);
void        fixture_open         (Fixture     *self,
                                  gboolean     simulated);
void        fixture_reopen       (Fixture     *self);
void        fixture_serve        (Fixture     *self);
void        fixture_pass         (Fixture     *self,
                                  double       seconds);

gint64      fixture_add_vehicle  (Fixture     *self,
                                  const char  *plate,
                                  gint64       fleet_id);
void        fixture_add_vehicles (Fixture     *self,
                                  guint        n);
void        fixture_report       (Fixture     *self,
                                  gint64       id,
                                  double       soc,
                                  double       temperature);
SmIngestResult fixture_ingest    (Fixture     *self,
                                  SmActor     *actor,
                                  const SmVehicleReport *reports,
                                  guint        n);
SmVehicleReport fixture_make_report (Fixture  *self,
                                  gint64       id);
gint64      fixture_add_station  (Fixture     *self,
                                  const char  *sn,
                                  SmUpsertOutcome *out_outcome,
                                  GError     **error);
gint64      fixture_fill         (Fixture     *self,
                                  SmRow       *row);
void        fixture_say          (Fixture     *self,
                                  SmRow       *row);
SmActor    *fixture_make_person  (gint64       id,
                                  const char  *role,
                                  SmScopeKind  kind,
                                  gint64       key);
SmActor    *fixture_add_person   (Fixture     *self,
                                  const char  *name,
                                  const char  *role,
                                  SmScopeKind  kind,
                                  gint64       key);
SmFeedPage *fixture_read         (Fixture     *self,
                                  SmActor     *actor,
                                  SmFeedPage  *after,
                                  guint        limit,
                                  GError     **error);
GPtrArray  *fixture_alarms       (Fixture     *self);
SmRow      *fixture_only_alarm   (Fixture     *self);
guint       fixture_audit        (Fixture     *self,
                                  const char  *object,
                                  const char  *outcome);
SmRow      *fixture_acknowledge  (Fixture     *self,
                                  SmActor     *actor,
                                  const char  *key,
                                  gint64       id,
                                  gint64       level,
                                  gint64       count,
                                  const char  *note,
                                  SmRow      **out_current,
                                  GError     **error);
gpointer    fixture_write        (Fixture     *self,
                                  SmRulesFunc  func,
                                  gpointer     data);

#define fixture_assert_error(error, code_, slug)                   \
  G_STMT_START                                                     \
  {                                                                \
    g_assert_error (error, SM_ERROR, (int) (code_));               \
    g_assert_cmpstr (sm_error_get_slug (error), ==, slug);         \
  }                                                                \
  G_STMT_END

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)
