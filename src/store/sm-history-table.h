/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"
#include "sm-row.h"
#include "sm-scope.h"

G_BEGIN_DECLS

#define SM_HISTORY_MAX_FILTERS 8

/** SmHistoryEquals: only rows whose field has this value. */
typedef struct
{
  guint field;
  const char *value; /* a number as its digits; of slugs perhaps several: "completed,aborted" */
} SmHistoryEquals;

/**
 * SmHistoryQuery:
 *
 * A page of what happened, by the time of the noun: the end of an order, the
 * raise of an alarm, when a pack was moved or a truck was driven so.  An order
 * that runs comes after all that have ended.
 */
typedef struct
{
  const SmNoun *noun;
  gboolean newest_first;
  gint64 from;          /* SM_UNKNOWN: from the beginning */
  gint64 to;            /* before this; SM_UNKNOWN: to the end; without from, what runs, too */
  gint64 after_time;    /* of the last row of the page before; SM_UNKNOWN: the first page */
  gint64 after_id;
  guint limit;
  guint n_equals;
  SmHistoryEquals equals[SM_HISTORY_MAX_FILTERS];
} SmHistoryQuery;

/** SmEndedOrder: what statistics need to know of one. */
typedef struct
{
  gint64 kind;        /* SmOrderKind; SM_ENUM_UNKNOWN: another */
  gboolean completed;
  gboolean aborted;   /* begun, and not completed */
  double duration_s;  /* NAN: unknown */
  double wait_s;
  gint64 energy_wh;
  gint64 amount_minor;
} SmEndedOrder;

int        sm_history_time_field  (const SmNoun          *noun);
gint64     sm_history_time        (const SmRow           *row);
gboolean   sm_history_can_filter  (const SmNoun          *noun,
                                   guint                  field);
char      *sm_history_sql         (const SmHistoryQuery  *query,
                                   const SmScope         *scope);
GPtrArray *sm_history_table_read  (SmConnection          *connection,
                                   const SmHistoryQuery  *query,
                                   const SmScope         *scope,
                                   GError               **error);

char      *sm_ended_orders_sql    (const SmScope         *scope);
GArray    *sm_ended_orders_read   (SmConnection          *connection,
                                   const SmScope         *scope,
                                   gint64                 after,
                                   gint64                 until,
                                   GError               **error);
GArray    *sm_order_durations_read (SmConnection         *connection,
                                   gint64                 station_id,
                                   const char            *kind,
                                   gint64                 business_day,
                                   GError               **error);
gboolean   sm_first_order_ended   (SmConnection          *connection,
                                   gint64                *out_at,
                                   GError               **error);

G_END_DECLS
