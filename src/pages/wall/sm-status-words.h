/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-status.h"

G_BEGIN_DECLS

gboolean sm_status_is_live         (SmStatus *status);
char    *sm_status_words           (SmStatus *status);
char    *sm_status_banner_title    (SmStatus *status);
char    *sm_status_banner_detail   (SmStatus *status);
char    *sm_status_format_moment   (SmStatus *status,
                                    gint64    moment_us);
char    *sm_status_format_time     (SmStatus *status,
                                    gint64    moment_us);
char    *sm_status_format_day      (SmStatus *status,
                                    gint64    moment_us);
gint64   sm_status_day_start       (SmStatus *status,
                                    gint64    moment_us);
char    *sm_status_format_date     (SmStatus *status);
char    *sm_status_format_clock    (SmStatus *status);

G_END_DECLS
