/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-figures.h"

#include "sm-work-order.h"

#include <math.h>
#include <string.h>

const char *const sm_work_figures_by[]
    = { "total", "person", "station", "cause", "agent", NULL };

#define INT(member) { #member, FALSE, G_STRUCT_OFFSET (SmWorkFigure, member) }
#define REAL(member) { #member, TRUE, G_STRUCT_OFFSET (SmWorkFigure, member) }

const SmWorkFigureMember sm_work_figure_members[] = {
  INT (orders),        INT (unaccepted),    INT (accepted),     INT (completed),
  INT (confirmed),     INT (cancelled),     INT (responded),    INT (response_late),
  INT (restored),      INT (restore_late),  INT (mended),       INT (first_time),
  INT (failures),      REAL (response_s),   REAL (restore_s),   REAL (first_time_pct),
  REAL (mtbf_s),       REAL (down_s),       REAL (planned_s),   REAL (unplanned_pct),
  REAL (available_pct),
};
const guint sm_n_work_figure_members = G_N_ELEMENTS (sm_work_figure_members);

/* --- what there is --- */

SmWorkFigure *
sm_work_figure_new (SmWorkFiguresBy  by,
                    gint64           id,
                    const char      *name)
{
  SmWorkFigure *self = g_new0 (SmWorkFigure, 1);

  self->by = by;
  self->id = id;
  self->name = g_strdup (name);
  self->response_s = self->restore_s = self->first_time_pct = self->mtbf_s = NAN;
  self->down_s = self->planned_s = self->unplanned_pct = self->available_pct = NAN;
  return self;
}

static void
figure_free (gpointer data)
{
  g_free (((SmWorkFigure *) data)->name);
  g_free (data);
}

SmWorkFigures *
sm_work_figures_new (void)
{
  SmWorkFigures *self = g_new0 (SmWorkFigures, 1);

  self->figures = g_ptr_array_new_with_free_func (figure_free);
  return self;
}

void
sm_work_figures_free (SmWorkFigures *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->figures);
  g_free (self);
}

/* --- reckoning --- */

/* From when to when something was so at a station. */
typedef struct
{
  gint64 station_id;
  gint64 from;
  gint64 to;
} Span;

typedef struct
{
  SmWorkFigure *figure;
  GArray *down; /* of Span, as they come */
  double response_s, restore_s; /* all together */
} Sum;

typedef struct
{
  gint64 from, to, now;
  GHashTable *sums; /* key -> Sum */
  GPtrArray *order; /* of Sum: as they came */
  GArray *planned;  /* of Span, merged */
} Reckoning;

static void
sum_free (gpointer data)
{
  Sum *sum = data;

  g_array_unref (sum->down);
  g_free (sum);
}

static int
compare_spans (gconstpointer a,
               gconstpointer b)
{
  const Span *p = a, *q = b;

  if (p->station_id != q->station_id)
    return p->station_id < q->station_id ? -1 : 1;
  return (p->from > q->from) - (p->from < q->from);
}

/* What is down twice at the same time is down once. */
static void
merge (GArray *spans)
{
  guint n = 0;

  g_array_sort (spans, compare_spans);
  for (guint i = 0; i < spans->len; i++)
    {
      const Span *span = &g_array_index (spans, Span, i);
      Span *last = n > 0 ? &g_array_index (spans, Span, n - 1) : NULL;

      if (last != NULL && last->station_id == span->station_id && span->from <= last->to)
        last->to = MAX (last->to, span->to);
      else
        g_array_index (spans, Span, n++) = *span;
    }
  g_array_set_size (spans, n);
}

static double
length_of (const GArray *spans)
{
  double seconds = 0;

  for (guint i = 0; i < spans->len; i++)
    {
      const Span *span = &g_array_index (spans, Span, i);

      seconds += (double) (span->to - span->from) / SM_SECOND;
    }
  return seconds;
}

/* How much of merged spans lies in others. */
static double
shared_by (const GArray *spans,
           const GArray *others)
{
  double seconds = 0;
  guint first = 0;

  for (guint i = 0; i < spans->len; i++)
    {
      const Span *span = &g_array_index (spans, Span, i);

      while (first < others->len)
        {
          const Span *other = &g_array_index (others, Span, first);

          if (other->station_id > span->station_id
              || (other->station_id == span->station_id && other->to > span->from))
            break;
          first++;
        }
      for (guint k = first; k < others->len; k++)
        {
          const Span *other = &g_array_index (others, Span, k);

          if (other->station_id != span->station_id || other->from >= span->to)
            break;
          seconds += (double) (MIN (span->to, other->to) - MAX (span->from, other->from))
                     / SM_SECOND;
        }
    }
  return seconds;
}

static void
add_span (const Reckoning *self,
          GArray          *spans,
          gint64           station_id,
          gint64           from,
          gint64           to)
{
  gint64 end = MIN (self->to, self->now);
  Span span = { station_id, MAX (from, self->from), MIN (to != SM_UNKNOWN ? to : end, end) };

  if (station_id > 0 && from != SM_UNKNOWN && span.from < span.to)
    g_array_append_val (spans, span);
}

static Sum *
ensure_sum (Reckoning       *self,
            SmWorkFiguresBy  by,
            gint64           id,
            const char      *name)
{
  g_autofree char *key = by == SM_WORK_FIGURES_CAUSE
                             ? g_strdup_printf ("%d:%s", by, name)
                             : g_strdup_printf ("%d:%" G_GINT64_FORMAT, by, id);
  Sum *sum = g_hash_table_lookup (self->sums, key);

  if (sum != NULL)
    return sum;
  sum = g_new0 (Sum, 1);
  sum->figure = sm_work_figure_new (by, id, name);
  sum->down = g_array_new (FALSE, FALSE, sizeof (Span));
  g_hash_table_insert (self->sums, g_steal_pointer (&key), sum);
  g_ptr_array_add (self->order, sum);
  return sum;
}

static gboolean
is_made_within (const Reckoning *self,
                const SmRow     *order)
{
  gint64 at = sm_row_get_int (order, SM_WORK_ORDER_CREATED_AT);

  return at >= self->from && at < self->to;
}

static void
count_state (SmWorkFigure *figure,
             const SmRow  *order)
{
  guint state = sm_row_get_enum (order, SM_WORK_ORDER_STATE);

  figure->orders++;
  if (state == SM_WORK_ORDER_STATE_CANCELLED)
    figure->cancelled++;
  else if (state == SM_WORK_ORDER_STATE_CONFIRMED)
    figure->confirmed++;
  else if (state == SM_WORK_ORDER_STATE_COMPLETED)
    figure->completed++;
  else if (state <= SM_WORK_ORDER_STATE_ASSIGNED)
    figure->unaccepted++;
  else
    figure->accepted++;
}

static void
count_clocks (const Reckoning *self,
              Sum             *sum,
              const SmRow     *order)
{
  SmWorkOrderReading response, restore;

  /* What was called off was not waited for. */
  if (sm_row_get_enum (order, SM_WORK_ORDER_STATE) == SM_WORK_ORDER_STATE_CANCELLED)
    return;
  sm_work_order_read_clock (order, SM_WORK_ORDER_CLOCK_RESPONSE, self->now, &response);
  sm_work_order_read_clock (order, SM_WORK_ORDER_CLOCK_RESTORE, self->now, &restore);
  sum->figure->response_late += response.is_late;
  sum->figure->restore_late += restore.is_late;
  if (!sm_row_is_null (order, SM_WORK_ORDER_RESPONDED_AT))
    {
      sum->figure->responded++;
      sum->response_s += (double) response.used_us / SM_SECOND;
    }
  if (!sm_row_is_null (order, SM_WORK_ORDER_RESTORED_AT))
    {
      sum->figure->restored++;
      sum->restore_s += (double) restore.used_us / SM_SECOND;
    }
}

/* Mended at the first try: it did not come again, nobody rejected it, nobody has to come again. */
static void
count_mended (SmWorkFigure *figure,
              const SmRow  *order)
{
  guint state = sm_row_get_enum (order, SM_WORK_ORDER_STATE);

  if (state != SM_WORK_ORDER_STATE_COMPLETED && state != SM_WORK_ORDER_STATE_CONFIRMED)
    return;
  figure->mended++;
  figure->first_time += sm_row_get_int (order, SM_WORK_ORDER_RESTORE_VOIDS) <= 0
                        && sm_row_get_int (order, SM_WORK_ORDER_REJECTIONS) <= 0
                        && sm_row_is_null (order, SM_WORK_ORDER_FOLLOW_UP_ID)
                        && sm_row_is_null (order, SM_WORK_ORDER_PARENT_ID);
}

static gboolean
is_failure (const SmRow *order)
{
  return g_strcmp0 (sm_row_get_text (order, SM_WORK_ORDER_KIND), "repair") == 0
         && sm_row_is_null (order, SM_WORK_ORDER_PARENT_ID)
         && sm_row_get_enum (order, SM_WORK_ORDER_STATE) != SM_WORK_ORDER_STATE_CANCELLED;
}

static void
count (const Reckoning *self,
       Sum             *sum,
       const SmRow     *order)
{
  if (is_made_within (self, order))
    {
      count_state (sum->figure, order);
      count_clocks (self, sum, order);
      count_mended (sum->figure, order);
      sum->figure->failures += is_failure (order);
    }
  if (is_failure (order)
      && sm_row_get_int (order, SM_WORK_ORDER_LEVEL) <= SM_WORK_FIGURES_DOWN_LEVEL)
    add_span (self, sum->down, sm_row_get_int (order, SM_WORK_ORDER_STATION_ID),
              sm_row_get_int (order, SM_WORK_ORDER_FIRST_SIGN_AT),
              sm_row_get_int (order, SM_WORK_ORDER_RESTORED_AT));
}

static void
count_order (Reckoning   *self,
             const SmRow *order)
{
  gint64 engineer = MAX (sm_row_get_int (order, SM_WORK_ORDER_ENGINEER_ID), 0);
  gint64 company = sm_row_get_int (order, SM_WORK_ORDER_ORGANISATION_ID);
  gint64 station = sm_row_get_int (order, SM_WORK_ORDER_STATION_ID);
  const char *assignee = sm_row_get_text (order, SM_WORK_ORDER_ASSIGNEE);
  const char *code = sm_row_get_text (order, SM_WORK_ORDER_CODE);

  count (self, ensure_sum (self, SM_WORK_FIGURES_TOTAL, 0, NULL), order);
  count (self,
         ensure_sum (self, SM_WORK_FIGURES_PERSON, engineer, engineer > 0 ? assignee : NULL), order);
  if (station > 0)
    count (self, ensure_sum (self, SM_WORK_FIGURES_STATION, station, NULL), order);
  if (code != NULL)
    count (self, ensure_sum (self, SM_WORK_FIGURES_CAUSE, 0, code), order);
  if (company > 0)
    count (self, ensure_sum (self, SM_WORK_FIGURES_AGENT, company, assignee), order);
}

static double
share (double part,
       double whole)
{
  return whole > 0 ? 100.0 * part / whole : NAN;
}

static double
planned_at (const Reckoning *self,
            gint64           station_id)
{
  double seconds = 0;

  for (guint i = 0; i < self->planned->len; i++)
    {
      const Span *span = &g_array_index (self->planned, Span, i);

      if (station_id == 0 || span->station_id == station_id)
        seconds += (double) (span->to - span->from) / SM_SECOND;
    }
  return seconds;
}

/* Nobody's availability but that of stations: one, or all that there are. */
static void
finish_times (const Reckoning *self,
              const Sum       *sum,
              gint64           n_stations)
{
  SmWorkFigure *figure = sum->figure;
  gboolean is_one = figure->by == SM_WORK_FIGURES_STATION;
  double span_s = (double) MAX (MIN (self->to, self->now) - self->from, 0) / SM_SECOND
                  * (is_one ? 1.0 : (double) n_stations);

  if (figure->by == SM_WORK_FIGURES_PERSON || figure->by == SM_WORK_FIGURES_AGENT || span_s <= 0)
    return;
  merge (sum->down);
  figure->down_s = length_of (sum->down) - shared_by (sum->down, self->planned);
  figure->planned_s = planned_at (self, is_one ? figure->id : 0);
  figure->unplanned_pct = share (span_s - figure->down_s, span_s);
  figure->available_pct = share (MAX (span_s - figure->down_s - figure->planned_s, 0), span_s);
  if (figure->failures > 0)
    figure->mtbf_s = MAX (span_s - figure->down_s - figure->planned_s, 0)
                     / (double) figure->failures;
}

static void
finish (const Reckoning *self,
        const Sum       *sum,
        gint64           n_stations)
{
  SmWorkFigure *figure = sum->figure;

  if (figure->responded > 0)
    figure->response_s = sum->response_s / (double) figure->responded;
  if (figure->restored > 0)
    figure->restore_s = sum->restore_s / (double) figure->restored;
  figure->first_time_pct = share ((double) figure->first_time, (double) figure->mended);
  finish_times (self, sum, n_stations);
}

static int
compare_figures (gconstpointer a,
                 gconstpointer b)
{
  const SmWorkFigure *p = *(SmWorkFigure *const *) a, *q = *(SmWorkFigure *const *) b;

  if (p->by != q->by)
    return p->by < q->by ? -1 : 1;
  if (p->orders != q->orders)
    return p->orders > q->orders ? -1 : 1;
  if (p->id != q->id)
    return p->id < q->id ? -1 : 1;
  return g_strcmp0 (p->name, q->name);
}

static void
add_windows (Reckoning       *self,
             const GPtrArray *windows)
{
  for (guint i = 0; i < windows->len; i++)
    {
      const SmRow *window = windows->pdata[i];

      add_span (self, self->planned, sm_row_get_int (window, SM_WINDOW_STATION_ID),
                sm_row_get_int (window, SM_WINDOW_OPENED_AT),
                sm_row_get_int (window, SM_WINDOW_ENDED_AT));
    }
  merge (self->planned);
}

/**
 * sm_work_figures_reckon:
 * @orders: of SmRow: at least those that were made from SM_WORK_FIGURES_BEFORE before @from on
 * @windows: of SmRow: maintenance windows
 * @n_stations: that there are
 *
 * Returns: (transfer full): the figures of what was made from @from until before @to
 */
SmWorkFigures *
sm_work_figures_reckon (gint64           from,
                        gint64           to,
                        gint64           now,
                        const GPtrArray *orders,
                        const GPtrArray *windows,
                        gint64           n_stations)
{
  SmWorkFigures *figures = sm_work_figures_new ();
  g_autoptr (GHashTable) sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, sum_free);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  g_autoptr (GArray) planned = g_array_new (FALSE, FALSE, sizeof (Span));
  Reckoning self = { from, to, now, sums, order, planned };

  figures->as_of = now;
  figures->from = from;
  figures->to = to;
  figures->stations = n_stations;
  add_windows (&self, windows);
  ensure_sum (&self, SM_WORK_FIGURES_TOTAL, 0, NULL);
  for (guint i = 0; i < orders->len; i++)
    {
      gint64 at = sm_row_get_int (orders->pdata[i], SM_WORK_ORDER_CREATED_AT);

      if (at >= from - SM_WORK_FIGURES_BEFORE && at < to)
        count_order (&self, orders->pdata[i]);
    }
  for (guint i = 0; i < order->len; i++)
    {
      Sum *sum = order->pdata[i];

      finish (&self, sum, n_stations);
      /* What was only down from before is of a station and of nobody else. */
      if (sum->figure->orders > 0 || sum->figure->by == SM_WORK_FIGURES_TOTAL
          || (sum->figure->by == SM_WORK_FIGURES_STATION && sum->figure->down_s > 0))
        g_ptr_array_add (figures->figures, sum->figure);
      else
        figure_free (sum->figure);
    }
  g_ptr_array_sort (figures->figures, compare_figures);
  return figures;
}
