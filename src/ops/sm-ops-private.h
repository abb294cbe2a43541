/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-alarm-book.h"
#include "sm-directory-private.h"
#include "sm-figures-private.h"
#include "sm-history-private.h"
#include "sm-ops.h"
#include "sm-pile-table-private.h"
#include "sm-service-figures-private.h"
#include "sm-stats-private.h"
#include "sm-status-private.h"
#include "sm-sync.h"
#include "sm-work-order-book.h"
#include "sm-worker.h"

G_BEGIN_DECLS

#define SM_OPS_N_SMALL_NOUNS 10

/* Everything that is held in memory, as it was read from the cache. */
typedef struct _SmOpsCopy SmOpsCopy;

struct _SmOps
{
  GObject parent_instance;

  SmSync *sync;
  gboolean is_started;
  SmClock *clock;
  SmFleet *fleet;
  SmLiveSet *stations;
  SmLiveSet *engineers;
  SmLiveSet *small[SM_OPS_N_SMALL_NOUNS]; /* as sm_ops_small_nouns: few enough to be held whole */
  SmLiveSet *drill_steps;
  SmLiveSet *windows; /* of maintenance */
  SmAlarmBook *alarms;
  SmWorkOrderBook *work_orders;
  GListStore *conflicts; /* of SmPending */
  GListStore *pending;   /* likewise, those among them */
  GHashTable *covered;   /* station id (gint64 *) -> SmRow as the service has it, under an act */
  SmStatus *status;
  SmFigures *figures;
  SmServiceFigures *service;
  SmStats *stats;
  SmDirectory *directory;
  SmPileStates *piles;
  SmPerson *person;
  char *epoch; /* (nullable): of the network that is followed */
  SmKept kept;
  GPtrArray *acts; /* of SmAct, what the outbox holds of this person's */
  guint n_elsewhere; /* how many more wait for another network or person */
  GHashTable *levels; /* vehicle id (gint64 *) -> level that the fleet was told */
  char *state_dir;
  GHashTable *guides;     /* (nullable): code -> SmFaultGuide, as the service said last */
  guint guides_turn;      /* how often they were taken */
  GHashTable *own_guides; /* (nullable): likewise, as this program comes with them */
  SmWorker *shown;        /* owns the log of alarms */
  gboolean has_unpainted; /* alarms that are in the list and in no frame yet */

  GCancellable *cancellable; /* of all reads */
  guint reload;              /* the number of the newest read of everything ... */
  gboolean is_reloading;     /* ... which is under way ... */
  GQueue copies;             /* ... of SmOpsCopy: what was read and is being laid in ... */
  GQueue held;               /* ... and what came meanwhile */
  guint settle_source;
  guint retry_source;        /* a part of the newest copy could not be read */
  guint retry_ms;            /* after the next failure; 0: after the first */
  gboolean is_checked; /* the cache that was there at the start is being looked at */

  SmFigureValues values;
  SmServiceValues service_values;
  gboolean is_whole; /* the cache is a whole copy */
  guint counting;    /* parts that are being counted ... */
  guint to_count;    /* ... and those of the next time: of SmCountPart */
  guint count_source;
  gint64 counted_at; /* monotonic */
};

/** SmCountPart: what figures are counted of; a bit each. */
typedef enum
{
  SM_COUNT_STATIONS = 1 << 0,
  SM_COUNT_PILES = 1 << 1,
  SM_COUNT_VEHICLES = 1 << 2,
  SM_COUNT_ALARMS = 1 << 3,
} SmCountPart;
#define SM_COUNT_RECORDS (SM_COUNT_STATIONS | SM_COUNT_PILES | SM_COUNT_VEHICLES)

/* sm-ops-feed.c: what sync tells */
extern const SmSyncListener sm_ops_listener;
void     sm_ops_apply         (SmOps     *self,
                               GPtrArray *rows,
                               GArray    *gone);
void     sm_ops_set_levels    (SmOps     *self);

/* sm-ops-acts.c: what a person did */
SmRow   *sm_ops_cover_station (SmOps     *self,
                               SmRow     *row);
void     sm_ops_show_stations (SmOps     *self);
char    *sm_ops_name_object   (const SmRow *row);
void     sm_ops_take_acts     (gpointer   user_data,
                               GPtrArray *acts,
                               GPtrArray *elsewhere);

/* sm-ops-reload.c: what the cache holds */
void     sm_ops_reload        (gpointer   user_data);
gboolean sm_ops_is_settling   (SmOps     *self);
gboolean sm_ops_lacks_parts   (SmOps     *self);
void     sm_ops_hold          (SmOps     *self,
                               GPtrArray *rows,
                               GArray    *gone);
void     sm_ops_forget_held   (SmOps     *self);

/* sm-ops-shown.c: the wall's own log of alarms */
void     sm_ops_shown_start   (SmOps         *self);
void     sm_ops_shown_stop    (SmOps         *self);
void     sm_ops_shown_follow  (SmOps         *self,
                               const char    *epoch);
void     sm_ops_shown_note    (SmOps         *self,
                               GPtrArray     *alarms);
void     sm_ops_shown_take    (SmOps         *self,
                               GArray        *marks);
GArray  *sm_ops_shown_read    (SmConnection  *connection,
                               GError       **error);

/* sm-ops-guides.c: what to do about faults */
void     sm_ops_take_guides   (gpointer   user_data,
                               GPtrArray *guides);

/* sm-ops-desks.c */
extern const SmNounId sm_ops_small_nouns[SM_OPS_N_SMALL_NOUNS];
SmLiveSet *sm_ops_small_set    (SmOps    *self,
                                SmNounId  noun);

/* sm-ops-figures.c */
void sm_ops_count_soon    (SmOps *self,
                           guint  parts);
void sm_ops_count_now     (SmOps *self);
void sm_ops_count_acts    (SmOps *self);

/* sm-ops.c */
gboolean sm_ops_check_started (SmOps *self,
                               GTask *task);
void sm_ops_set_kept      (SmOps          *self,
                           SmKept          kept);
void sm_ops_set_person    (SmOps          *self,
                           const SmPerson *person);

G_END_DECLS
