/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"

G_BEGIN_DECLS

/** SmScanReport: what somebody said who scanned a label; unknown numbers are NAN. */
typedef struct
{
  gint64 id;            /* 0: not written yet */
  char *key;
  gint64 at;            /* µs, network time */
  gint64 work_order_id;
  gboolean is_joined;   /* others had reported the same before */
  char *noun;
  gint64 thing_id;
  char *what;
  char *text;           /* (nullable) */
  char *phone;          /* (nullable) */
  char *language;       /* (nullable) */
  double latitude;
  double longitude;
} SmScanReport;

void          sm_scan_report_free     (SmScanReport        *self);

gboolean      sm_scan_table_insert    (SmConnection        *connection,
                                       SmScanReport        *report,
                                       GError             **error);
gboolean      sm_scan_table_find_key  (SmConnection        *connection,
                                       const char          *key,
                                       SmScanReport       **out_report,
                                       GError             **error);
gboolean      sm_scan_table_find      (SmConnection        *connection,
                                       gint64               id,
                                       SmScanReport       **out_report,
                                       GError             **error);
gboolean      sm_scan_table_count     (SmConnection        *connection,
                                       gint64               work_order_id,
                                       gint64              *out_count,
                                       GError             **error);
GArray       *sm_scan_table_list_open (SmConnection        *connection,
                                       const char          *noun,
                                       gint64               id,
                                       const char          *what,
                                       GError             **error);
gboolean      sm_scan_table_count_phone (SmConnection        *connection,
                                         const SmScanReport  *report,
                                         gint64               since,
                                         gint64              *out_of_order,
                                         gint64              *out_since,
                                         GError             **error);
GPtrArray    *sm_scan_table_list_phones (SmConnection      *connection,
                                         gint64             work_order_id,
                                         guint              limit,
                                         GError           **error);
gboolean      sm_scan_table_find_open_order (SmConnection *connection,
                                       const char          *noun,
                                       gint64               id,
                                       gint64               now,
                                       gint64              *out_since,
                                       GError             **error);
GArray   *sm_scan_table_list_told (SmConnection  *connection,
                                   gint64         before,
                                   guint          limit,
                                   GError       **error);
gboolean      sm_scan_table_forget    (SmConnection        *connection,
                                       gint64         work_order_id,
                                   gint64               before,
                                       GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmScanReport, sm_scan_report_free)

G_END_DECLS
