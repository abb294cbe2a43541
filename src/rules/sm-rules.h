/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sm-actor.h"
#include "sm-clock.h"

G_BEGIN_DECLS

/**
 * SmRules:
 *
 * The network as the server has it, and the rules that hold on it: one writer
 * thread with the write connection, two readers and one of what takes long, the live values,
 * who may come in, and the two clocks.  Verbs that write run in the writer's
 * thread (sm_rules_run_async()), those that read the database in a reader's
 * (sm_rules_read_async()); what answers from memory says "any thread".
 */
typedef struct _SmRules SmRules;
typedef struct _SmReader SmReader;

typedef struct
{
  const char *path;          /* the database; its live values lie in PATH-live beside it */
  const char *far_mark;      /* (nullable): a second mark, where copies of PATH's folder do not go */
  SmClock *network;
  SmClock *machine;
  const char *network_name;  /* (nullable): kept from last time */
  const char *time_zone;     /* (nullable): kept from last time, at first Asia/Shanghai */
  gboolean is_service;       /* the one that lives on it: a second is refused; else a visitor */
  gboolean simulated;        /* a network that may be played with: the demo person may sign in */
  const char *drill;         /* (nullable): what the drill is called that this database is for */
  gint64 max_shelf_minutes;  /* for how long an alarm is put aside at most; 0: 8 hours */
} SmRulesOptions;

SmRules    *sm_rules_open             (const SmRulesOptions *options,
                                       GError              **error);
void        sm_rules_close            (SmRules              *self);

SmClock    *sm_rules_get_network_clock (SmRules             *self);
SmClock    *sm_rules_get_machine_clock (SmRules             *self);
const char *sm_rules_get_epoch        (SmRules              *self);
const char *sm_rules_get_network_name (SmRules              *self);
const char *sm_rules_get_time_zone    (SmRules              *self);
gboolean    sm_rules_get_simulated    (SmRules              *self);
const char *sm_rules_get_drill        (SmRules              *self);
gint64      sm_rules_get_seq          (SmRules              *self);
gint64      sm_rules_get_tick         (SmRules              *self);
gint64      sm_rules_get_heard        (SmRules              *self);

/** SmRulesFunc: Runs in the writer's thread; failed when it sets @error. */
typedef gpointer (*SmRulesFunc) (SmRules       *rules,
                                 gpointer       data,
                                 GCancellable  *cancellable,
                                 GError       **error);

void        sm_rules_run_async        (SmRules              *self,
                                       SmRulesFunc           func,
                                       gpointer              data,
                                       GDestroyNotify        data_free,
                                       GDestroyNotify        result_free,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gpointer    sm_rules_run_finish       (SmRules              *self,
                                       GAsyncResult         *result,
                                       GError              **error);
gpointer    sm_rules_run_sync         (SmRules              *self,
                                       SmRulesFunc           func,
                                       gpointer              data,
                                       GError              **error);
gboolean    sm_rules_do_sync          (SmRules              *self,
                                       SmRulesFunc           func,
                                       gpointer              data,
                                       GError              **error);

/** SmReadFunc: Runs in a reader's thread; failed when it sets @error. */
typedef gpointer (*SmReadFunc)  (SmReader      *reader,
                                 gpointer       data,
                                 GCancellable  *cancellable,
                                 GError       **error);

void        sm_rules_read_async       (SmRules              *self,
                                       SmReadFunc            func,
                                       gpointer              data,
                                       GDestroyNotify        data_free,
                                       GDestroyNotify        result_free,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
void        sm_rules_read_long_async  (SmRules              *self,
                                       SmReadFunc            func,
                                       gpointer              data,
                                       GDestroyNotify        data_free,
                                       GDestroyNotify        result_free,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gpointer    sm_rules_read_finish      (SmRules              *self,
                                       GAsyncResult         *result,
                                       GError              **error);
gpointer    sm_rules_read_sync        (SmRules              *self,
                                       SmReadFunc            func,
                                       gpointer              data,
                                       GError              **error);
SmRules    *sm_reader_get_rules       (SmReader             *reader);

/* In the writer's thread: several verbs in one transaction.  A verb inside has
 * a savepoint of its own: when it fails, only what it did is undone. */
gboolean    sm_rules_begin            (SmRules              *self,
                                       GError              **error);
gboolean    sm_rules_commit           (SmRules              *self,
                                       GError              **error);
void        sm_rules_rollback         (SmRules              *self);

/* In the writer's thread: what is to be known of the network at its next start. */
char       *sm_rules_get_memo         (SmRules              *self,
                                       const char           *name,
                                       GError              **error);
gboolean    sm_rules_set_memo         (SmRules              *self,
                                       const char           *name,
                                       const char           *value,
                                       GError              **error);

/** SmRulesWatchFunc: Called in the main context that was the default of the watcher. */
typedef void (*SmRulesWatchFunc) (SmRules  *rules,
                                  gpointer  user_data);

guint       sm_rules_watch            (SmRules              *self,
                                       SmRulesWatchFunc      func,
                                       gpointer              user_data);
void        sm_rules_unwatch          (SmRules              *self,
                                       guint                 id);

/* Every second of machine time: in the writer's thread, or sent to it. */
gboolean    sm_rules_tick             (SmRules              *self,
                                       GError              **error);
void        sm_rules_tick_async       (SmRules              *self);
gboolean    sm_rules_is_writable      (SmRules              *self,
                                       GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmRules, sm_rules_close)

G_END_DECLS
