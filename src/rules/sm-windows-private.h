/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-windows.h"

#include "sm-verb-private.h"

G_BEGIN_DECLS

/**
 * SmWindowBook:
 *
 * The windows that are not over, in memory: they are asked for with every alarm and by
 * every station.  It is read again after whatever it depends on was written.  Writer's
 * thread only.
 */
typedef struct
{
  GPtrArray *live;          /* of SmRow */
  GHashTable *area_parents; /* &area id -> &parent id */
  GHashTable *raised;       /* &id: of those whose alarm has been raised */
  guint n_open;
  gboolean is_read;
  gint64 looked_at_id; /* up to which the open alarms were looked at again; SM_UNKNOWN: all */
  gboolean is_due; /* what is expected of the open alarms may be another by now */
} SmWindowBook;

SmWindowBook *sm_window_book_new    (void);
void          sm_window_book_free   (SmWindowBook *self);

gboolean      sm_windows_refresh    (SmRules       *rules,
                                     GError       **error);
gboolean      sm_windows_tick       (SmRules       *rules,
                                     GError       **error);
void          sm_windows_note       (SmRules       *rules,
                                     const SmRow   *written);
void          sm_windows_restore    (SmRules       *rules,
                                     gint64         window_id);
gboolean      sm_windows_has        (SmRules       *rules,
                                     SmNounId       noun,
                                     gint64         id,
                                     gint64         operator_id,
                                     gint64         area_id);
gboolean      sm_windows_is_quiet   (SmRules       *rules,
                                     SmNounId       noun,
                                     gint64         id,
                                     gint64         operator_id,
                                     gint64         area_id);
gboolean      sm_windows_reaches    (SmRules       *rules,
                                     const SmRow   *window,
                                     gint64         operator_id,
                                     gint64         area_id);

gboolean      sm_window_find_proof  (SmRules       *rules,
                                     const SmRow   *window,
                                     char         **out_number,
                                     GError       **error);

/* sm-suppress.c: which alarms are expected. */
gboolean      sm_alarm_suppress     (SmRules       *rules,
                                     SmRow         *alarm,
                                     GError       **error);
void          sm_suppress_note      (SmRules       *rules,
                                     const SmRow   *alarm);
gboolean      sm_suppress_tick      (SmRules       *rules,
                                     GError       **error);

G_END_DECLS
