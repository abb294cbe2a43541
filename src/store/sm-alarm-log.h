/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SmAlarmLog:
 *
 * The wall's own record of every alarm it was told of, and when a person could
 * see it: a text file that only grows, a line each, in tabs:
 *
 *     id  level  raised_at  received_at  shown_at  took_ms
 *
 * Times are µs of network time; shown_at is that of the first frame that was
 * painted with it, and took_ms what the machine's own clock says lay between
 * the two, or "-" for an alarm that was over when the wall came to hear of it.  An
 * alarm is written once, however often the program starts.  A file that has
 * become large is kept as PATH.1, and the one before forgotten, but for up to
 * which id all were counted: the line "floor".  It outlives the program's death
 * at any moment; a line that was cut is written anew.
 *
 * One thread at a time.
 */
typedef struct _SmAlarmLog SmAlarmLog;

typedef struct
{
  gint64 id;
  gint64 level;
  gint64 raised_at;
  gint64 received_at;
  gint64 shown_at;
  gint64 took_us;
  gboolean is_over; /* before it could be shown */
} SmAlarmMark;

/* A file of more bytes is put aside. */
#define SM_ALARM_LOG_MAX_BYTES (4 * 1024 * 1024)

SmAlarmLog *sm_alarm_log_open      (const char    *path,
                                    gint64         max_bytes,
                                    GError       **error);
void        sm_alarm_log_close     (SmAlarmLog    *self);
gboolean    sm_alarm_log_knows     (SmAlarmLog    *self,
                                    gint64         id);
gboolean    sm_alarm_log_append    (SmAlarmLog    *self,
                                    const GArray  *marks,
                                    GError       **error);
GArray     *sm_alarm_log_read      (const char    *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmAlarmLog, sm_alarm_log_close)

G_END_DECLS
