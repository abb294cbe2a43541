/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-access-private.h"
#include "sm-books-private.h"
#include "sm-command-book.h"
#include "sm-dark-private.h"
#include "sm-guidances-private.h"
#include "sm-limits-private.h"
#include "sm-live-private.h"
#include "sm-lock.h"
#include "sm-mark.h"
#include "sm-pack-watch-private.h"
#include "sm-packs-private.h"
#include "sm-plant-private.h"
#include "sm-quarters-private.h"
#include "sm-rules.h"
#include "sm-service-life.h"
#include "sm-service-db.h"
#include "sm-silence-areas.h"
#include "sm-statistics-private.h"
#include "sm-telemetry-private.h"
#include "sm-time.h"
#include "sm-was-private.h"
#include "sm-windows-private.h"
#include "sm-work-order-watch.h"
#include "sm-worker.h"

G_BEGIN_DECLS

struct _SmReader
{
  SmRules *rules;
  SmServiceDb *db;
};

struct _SmRules
{
  SmClock *network;
  SmClock *machine;
  char *network_name;
  char *time_zone;
  char *epoch;
  gboolean simulated;
  char *drill; /* (nullable) */
  char *scan_secret; /* of the labels on things; never changes */
  gint64 max_shelf_minutes;

  SmLock *lock; /* (nullable): of the service, not of who visits its database */
  SmWorker *writer;
  SmWorker *readers[2];
  SmWorker *long_reader; /* of what may take seconds: feeds never wait behind it */
  gint next_reader; /* atomic */

  /* In the writer's thread only. */
  SmServiceDb *db;
  SmMark *mark;          /* (nullable): how far it has come, in a file beside it */
  SmMark *far_mark;      /* (nullable): the same, where what is put back does not reach */
  gboolean was_closed;   /* whoever lived on it before wrote all that they knew */
  char *photo_folder;    /* any thread: set before anybody works here */
  gint64 replaced_us;    /* the same; by the clock of the machine: when an older database, or a
                          * new one, was put beside photos; 0: never */
  char *path;            /* (nullable): of a database on which a service lives */
  guint64 file_number;   /* what is to lie there */
  SmConnection *live_file;
  gint64 data_version;
  gint64 saved_at;  /* machine time */
  gint64 pruned_at; /* machine time */
  SmLimits *limits;
  SmBooks *books;       /* (nullable): not read yet */
  SmQuarters *quarters; /* (nullable): likewise */
  gint64 usual_hour;    /* for which it is known what stations usually do; 0: none yet */
  SmTelemetryBook *telemetry; /* has its own lock */
  SmWasBook *was;       /* (nullable): no file is open */
  SmPlant *plant;
  SmDark *dark;
  gint64 silent_area_id; /* of the alarm that very many are silent; 0: none */
  SmSilentAreas *silent_areas;
  SmSilentAreas *silent_carriers, *silent_gateways;
  guint silence_turn;
  gint64 watched_at;     /* network time */
  gint64 unheard_us;     /* network time in which the writer was too late to hear anybody */
  gint64 rows_unheard_us; /* the same, as far as stations and piles do not know of it */
  SmPacks *packs; /* with the live values locked */
  SmPackWatch *pack_watch; /* likewise */
  SmCommandBook *commands; /* that are not over */
  SmWindowBook *windows;   /* likewise */
  SmOpenWork *work_orders; /* likewise */
  SmGuidanceBook *guidances; /* likewise */
  struct _SmDeskBook *desks; /* (nullable): not read yet */
  gboolean knows_contacts; /* where persons are reached is in telling, too */
  gboolean contacts_changed; /* that is of the transaction that runs */
  struct _SmTellSettings *telling; /* (nullable): nobody is told; set before anybody works here */
  struct _SmTellWords *tell_words; /* (nullable): not read yet */
  gint64 certificates_seen_at; /* when it was last looked which of them end */
  gint64 certificates_after;   /* up to which end, and which then, was looked at; 0: none */
  gint64 certificates_after_id;
  gint64 assigned_alarm_id;  /* up to which open alarms are of the right desk; SM_UNKNOWN: all are */
  SmServiceLives *service_lives;
  GHashTable *fault_levels; /* (nullable): code -> level, where it is not what it comes with */
  GHashTable *foreign;     /* (nullable): what devices said in words of others: sm-foreign.c */
  GHashTable *fault_times; /* "noun id code" -> when a device last spoke of it */
  guint depth;              /* of begun transactions */
  gboolean reload_registry; /* vehicles or limits were written in this transaction */

  /* From memory, any thread: each has its own lock. */
  SmAccess *access;
  SmLive *live;
  SmStatsCache *stats;

  GMutex mutex; /* over what follows */
  gint64 seq;   /* of the last committed change */
  gint64 heard_at; /* monotonic, when anybody last reported; 0: not since the start */
  GPtrArray *watchers;
  guint last_watch_id;
};

#define SM_KEEP_TOMBSTONES (30 * SM_DAY)
#define SM_MAX_SHELF_MINUTES (8 * 60)
#define SM_KEEP_KEYS (7 * SM_DAY)
#define SM_KEEP_RECORDS (3 * 366 * SM_DAY)
#define SM_KEEP_ROSTER (366 * SM_DAY)
#define SM_KEEP_NOTIFICATIONS (3 * 365 * SM_DAY)
#define SM_PRUNE_AT_ONCE 2000
#define SM_LIVE_SAVE_PERIOD (10 * SM_SECOND)

/** SmRulesRowFunc: Returns: FALSE to end it, with @error */
typedef gboolean (*SmRulesRowFunc) (SmRules      *rules,
                                    const SmRow  *row,
                                    gpointer      user_data,
                                    GError      **error);

gboolean      sm_rules_begin_life     (SmRules               *self,
                                       const SmRulesOptions  *options,
                                       gboolean               is_new,
                                       GError               **error);
gboolean      sm_rules_check_drill    (SmRules               *self,
                                       const SmRulesOptions  *options,
                                       GError               **error);
gboolean      sm_rules_is_in_place    (SmRules         *self,
                                       GError         **error);
gboolean      sm_rules_each           (SmRules         *rules,
                                       SmNounId         noun,
                                       SmRulesRowFunc   func,
                                       gpointer         user_data,
                                       GError         **error);
gboolean      sm_keeping_prune        (SmRules         *rules,
                                       GError         **error);
void          sm_rules_note_heard     (SmRules *self);
SmConnection *sm_rules_get_connection (SmRules *self);
GPtrArray    *sm_rules_watchers_new   (void);
void          sm_rules_notify         (SmRules *self);
void          sm_rules_set_seq        (SmRules *self,
                                       gint64   seq);
gint64        sm_rules_now            (SmRules *self);
gint64        sm_rules_machine_now    (SmRules *self);

G_END_DECLS
