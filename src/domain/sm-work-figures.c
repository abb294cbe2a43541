/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-figures.h"

#include "sm-work-order.h"
#include "sm-work-spans.h"

#include <math.h>
#include <string.h>

const char *const sm_work_figures_by[]
    = { "total", "person", "station", "cause", "agent", "kind", "pile", NULL };

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

typedef struct
{
  SmWorkFigure *figure;
  GArray *down; /* of SmWorkSpan, as they come */
  double response_s, restore_s; /* all together */
} Sum;

/* What a work order or a window is about. */
typedef struct
{
  const char *kind; /* (nullable): not known */
  SmNounId noun;
  gint64 id;
  gint64 of; /* in spans */
  gint64 station_id;
} Thing;

typedef struct
{
  gint64 from, to, now;
  gint64 n_stations;
  const SmWorkPlant *plant;
  GHashTable *sums;    /* key -> Sum */
  GPtrArray *order;    /* of Sum: as they came */
  GArray *planned;     /* of SmWorkSpan, merged: of stations, also where it is of a part of one */
  GArray *whole;       /* of SmWorkSpan, merged: of all of a station */
  GArray *own;         /* of SmWorkSpan, merged: of each thing, with what is of its whole station */
  GHashTable *things;  /* Thing, by what it is in spans: that orders and windows speak of */
} Reckoning;

static void
sum_free (gpointer data)
{
  Sum *sum = data;

  g_array_unref (sum->down);
  g_free (sum);
}

static void
add_span (const Reckoning *self,
          GArray          *spans,
          gint64           of,
          gint64           from,
          gint64           to)
{
  gint64 end = MIN (self->to, self->now);
  SmWorkSpan span = { of, MAX (from, self->from), MIN (to != SM_UNKNOWN ? to : end, end) };

  if (from != SM_UNKNOWN && span.from < span.to)
    g_array_append_val (spans, span);
}

static gboolean
find_thing (const Reckoning *self,
            const SmRow     *row,
            guint            noun,
            guint            id,
            guint            station_id,
            Thing           *out)
{
  out->kind = sm_work_plant_find (self->plant, sm_row_get_text (row, noun), sm_row_get_int (row, id),
                                  &out->noun, &out->id);
  out->station_id = MAX (sm_row_get_int (row, station_id), 0);
  if (out->kind != NULL)
    out->of = sm_work_span_of (out->noun, out->id);
  return out->kind != NULL;
}

static Sum *
ensure_sum (Reckoning       *self,
            SmWorkFiguresBy  by,
            gint64           id,
            const char      *name)
{
  g_autofree char *key = by == SM_WORK_FIGURES_CAUSE || by == SM_WORK_FIGURES_KIND
                             ? g_strdup_printf ("%d:%s", by, name)
                             : g_strdup_printf ("%d:%" G_GINT64_FORMAT, by, id);
  Sum *sum = g_hash_table_lookup (self->sums, key);

  if (sum != NULL)
    return sum;
  sum = g_new0 (Sum, 1);
  sum->figure = sm_work_figure_new (by, id, name);
  sum->down = g_array_new (FALSE, FALSE, sizeof (SmWorkSpan));
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

/* @of: what it is down of, in spans; 0: of nothing */
static void
count (const Reckoning *self,
       Sum             *sum,
       const SmRow     *order,
       gint64           of)
{
  if (is_made_within (self, order))
    {
      count_state (sum->figure, order);
      count_clocks (self, sum, order);
      count_mended (sum->figure, order);
      sum->figure->failures += is_failure (order);
    }
  if (of > 0 && is_failure (order)
      && sm_row_get_int (order, SM_WORK_ORDER_LEVEL) <= SM_WORK_FIGURES_DOWN_LEVEL)
    add_span (self, sum->down, of, sm_row_get_int (order, SM_WORK_ORDER_FIRST_SIGN_AT),
              sm_row_get_int (order, SM_WORK_ORDER_RESTORED_AT));
}

static void
keep_thing (Reckoning   *self,
            const Thing *thing)
{
  Thing *kept;

  if (g_hash_table_contains (self->things, &thing->of))
    return;
  kept = g_memdup2 (thing, sizeof *thing);
  g_hash_table_insert (self->things, &kept->of, kept);
}

/* What it is about: of which kind, and which pile. */
static void
count_thing (Reckoning   *self,
             const SmRow *order)
{
  Thing thing;

  if (!find_thing (self, order, SM_WORK_ORDER_TARGET_NOUN, SM_WORK_ORDER_TARGET_ID,
                   SM_WORK_ORDER_STATION_ID, &thing))
    return;
  keep_thing (self, &thing);
  count (self, ensure_sum (self, SM_WORK_FIGURES_KIND, 0, thing.kind), order, thing.of);
  if (thing.noun == SM_NOUN_PILE)
    count (self, ensure_sum (self, SM_WORK_FIGURES_PILE, thing.id, NULL), order, thing.of);
}

static void
count_order (Reckoning   *self,
             const SmRow *order)
{
  gint64 engineer = MAX (sm_row_get_int (order, SM_WORK_ORDER_ENGINEER_ID), 0);
  gint64 company = sm_row_get_int (order, SM_WORK_ORDER_ORGANISATION_ID);
  gint64 station = sm_row_get_int (order, SM_WORK_ORDER_STATION_ID);
  gint64 of = station > 0 ? sm_work_span_of (SM_NOUN_STATION, station) : 0;
  const char *assignee = sm_row_get_text (order, SM_WORK_ORDER_ASSIGNEE);
  const char *code = sm_row_get_text (order, SM_WORK_ORDER_CODE);

  count (self, ensure_sum (self, SM_WORK_FIGURES_TOTAL, 0, NULL), order, of);
  count (self,
         ensure_sum (self, SM_WORK_FIGURES_PERSON, engineer, engineer > 0 ? assignee : NULL), order,
         of);
  if (station > 0)
    count (self, ensure_sum (self, SM_WORK_FIGURES_STATION, station, NULL), order, of);
  if (code != NULL)
    count (self, ensure_sum (self, SM_WORK_FIGURES_CAUSE, 0, code), order, of);
  if (company > 0)
    count (self, ensure_sum (self, SM_WORK_FIGURES_AGENT, company, assignee), order, of);
  count_thing (self, order);
}

static double
share (double part,
       double whole)
{
  return whole > 0 ? 100.0 * part / whole : NAN;
}

static double
whole_at (const Reckoning *self,
          gint64           station_id)
{
  return sm_work_spans_length_of (self->whole, sm_work_span_of (SM_NOUN_STATION, station_id));
}

/* Of how many things the figure is. */
static gint64
things_of (const Reckoning    *self,
           const SmWorkFigure *figure)
{
  gint64 n = 0;

  if (figure->by == SM_WORK_FIGURES_STATION || figure->by == SM_WORK_FIGURES_PILE)
    return 1;
  if (figure->by != SM_WORK_FIGURES_KIND)
    return self->n_stations;
  for (guint i = 0; i < self->plant->counts->len; i++)
    {
      const SmWorkPlantCount *some = &g_array_index (self->plant->counts, SmWorkPlantCount, i);

      n += strcmp (some->kind, figure->name) == 0 ? some->n : 0;
    }
  return n;
}

/* A window of a station is one of all that is there; what has one of its own has that, too. */
static double
planned_of_kind (const Reckoning *self,
                 const char      *kind)
{
  double seconds = 0;
  GHashTableIter iter;
  gpointer value;

  for (guint i = 0; i < self->plant->counts->len; i++)
    {
      const SmWorkPlantCount *some = &g_array_index (self->plant->counts, SmWorkPlantCount, i);

      if (strcmp (some->kind, kind) == 0 && some->station_id > 0)
        seconds += (double) some->n * whole_at (self, some->station_id);
    }
  g_hash_table_iter_init (&iter, self->things);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Thing *thing = value;

      if (strcmp (thing->kind, kind) == 0)
        seconds += sm_work_spans_length_of (self->own, thing->of)
                   - whole_at (self, thing->station_id);
    }
  return seconds;
}

static double
planned_of (const Reckoning    *self,
            const SmWorkFigure *figure)
{
  switch (figure->by)
    {
    case SM_WORK_FIGURES_STATION:
      return sm_work_spans_length_of (self->planned,
                                      sm_work_span_of (SM_NOUN_STATION, figure->id));
    case SM_WORK_FIGURES_PILE:
      return sm_work_spans_length_of (self->own, sm_work_span_of (SM_NOUN_PILE, figure->id));
    case SM_WORK_FIGURES_KIND:
      return planned_of_kind (self, figure->name);
    default:
      return sm_work_spans_length (self->planned);
    }
}

/* Nobody's availability but that of things: one, or all that there are. */
static void
finish_times (const Reckoning *self,
              const Sum       *sum)
{
  SmWorkFigure *figure = sum->figure;
  gboolean is_part
      = figure->by == SM_WORK_FIGURES_KIND || figure->by == SM_WORK_FIGURES_PILE;
  double span_s = (double) MAX (MIN (self->to, self->now) - self->from, 0) / SM_SECOND
                  * (double) things_of (self, figure);

  if (figure->by == SM_WORK_FIGURES_PERSON || figure->by == SM_WORK_FIGURES_AGENT || span_s <= 0)
    return;
  sm_work_spans_merge (sum->down);
  figure->down_s = sm_work_spans_length (sum->down)
                   - sm_work_spans_shared (sum->down, is_part ? self->own : self->planned);
  figure->planned_s = planned_of (self, figure);
  figure->unplanned_pct = share (MAX (span_s - figure->down_s, 0), span_s);
  figure->available_pct = share (MAX (span_s - figure->down_s - figure->planned_s, 0), span_s);
  if (figure->failures > 0)
    figure->mtbf_s = MAX (span_s - figure->down_s - figure->planned_s, 0)
                     / (double) figure->failures;
}

static void
finish (const Reckoning *self,
        const Sum       *sum)
{
  SmWorkFigure *figure = sum->figure;

  if (figure->responded > 0)
    figure->response_s = sum->response_s / (double) figure->responded;
  if (figure->restored > 0)
    figure->restore_s = sum->restore_s / (double) figure->restored;
  figure->first_time_pct = share ((double) figure->first_time, (double) figure->mended);
  finish_times (self, sum);
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
      gint64 opened_at = sm_row_get_int (window, SM_WINDOW_OPENED_AT);
      gint64 ended_at = sm_row_get_int (window, SM_WINDOW_ENDED_AT);
      gint64 station_id = sm_row_get_int (window, SM_WINDOW_STATION_ID);
      Thing thing;

      if (station_id > 0)
        add_span (self, self->planned, sm_work_span_of (SM_NOUN_STATION, station_id), opened_at,
                  ended_at);
      if (!find_thing (self, window, SM_WINDOW_SCOPE_NOUN, SM_WINDOW_SCOPE_ID, SM_WINDOW_STATION_ID,
                       &thing))
        continue;
      keep_thing (self, &thing);
      add_span (self, thing.noun == SM_NOUN_STATION ? self->whole : self->own, thing.of, opened_at,
                ended_at);
    }
  sm_work_spans_merge (self->planned);
  sm_work_spans_merge (self->whole);
}

/* What is of a whole station is of each thing in it. */
static void
spread_windows (Reckoning *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->things);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Thing *thing = value;
      gint64 station = sm_work_span_of (SM_NOUN_STATION, thing->station_id);

      for (guint i = sm_work_spans_find (self->whole, station); i < self->whole->len; i++)
        {
          SmWorkSpan span = g_array_index (self->whole, SmWorkSpan, i);

          if (span.of != station)
            break;
          span.of = thing->of;
          g_array_append_val (self->own, span);
        }
    }
  sm_work_spans_merge (self->own);
}

/**
 * sm_work_figures_reckon:
 * @orders: of SmRow: at least those that were made from SM_WORK_FIGURES_BEFORE before @from on
 * @windows: of SmRow: maintenance windows
 * @n_stations: that there are
 * @plant: what else there is
 *
 * Returns: (transfer full): the figures of what was made from @from until before @to
 */
SmWorkFigures *
sm_work_figures_reckon (gint64             from,
                        gint64             to,
                        gint64             now,
                        const GPtrArray   *orders,
                        const GPtrArray   *windows,
                        gint64             n_stations,
                        const SmWorkPlant *plant)
{
  SmWorkFigures *figures = sm_work_figures_new ();
  g_autoptr (GHashTable) sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, sum_free);
  g_autoptr (GHashTable) things
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  g_autoptr (GArray) planned = g_array_new (FALSE, FALSE, sizeof (SmWorkSpan));
  g_autoptr (GArray) whole = g_array_new (FALSE, FALSE, sizeof (SmWorkSpan));
  g_autoptr (GArray) own = g_array_new (FALSE, FALSE, sizeof (SmWorkSpan));
  Reckoning self = { from, to, now, n_stations, plant, sums, order, planned, whole, own, things };

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
  spread_windows (&self);
  for (guint i = 0; i < order->len; i++)
    {
      Sum *sum = order->pdata[i];
      SmWorkFiguresBy by = sum->figure->by;

      finish (&self, sum);
      /* What was only down from before is of a thing and of nobody else. */
      if (sum->figure->orders > 0 || by == SM_WORK_FIGURES_TOTAL
          || ((by == SM_WORK_FIGURES_STATION || by == SM_WORK_FIGURES_KIND
               || by == SM_WORK_FIGURES_PILE)
              && sum->figure->down_s > 0))
        g_ptr_array_add (figures->figures, sum->figure);
      else
        figure_free (sum->figure);
    }
  g_ptr_array_sort (figures->figures, compare_figures);
  return figures;
}
