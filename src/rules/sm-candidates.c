/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-candidates-private.h"

#include "sm-error.h"
#include "sm-feed.h"
#include "sm-geo.h"
#include "sm-repair-forecast.h"
#include "sm-rules-private.h"

#include <math.h>

/*
 * From the register, the roster and what people report to what the search knows: bits, places
 * and times.  Only what an order needs gets a bit.
 */

#define PLACES 3
#define MOST_BITS 64
#define WORK_S 3600
#define MOST_RISK 125.0 /* the product of three weights of five */

void
sm_candidates_free (SmCandidates *self)
{
  g_clear_pointer (&self->engineers, g_ptr_array_unref);
  g_clear_pointer (&self->orders, g_ptr_array_unref);
  g_clear_pointer (&self->who, g_array_unref);
  g_clear_pointer (&self->what, g_array_unref);
  g_clear_pointer (&self->skills, g_ptr_array_unref);
  g_clear_pointer (&self->certificates, g_ptr_array_unref);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->owned, g_ptr_array_unref);
  g_clear_pointer (&self->ranks, g_array_unref);
  g_clear_pointer (&self->choices, g_array_unref);
  g_free (self);
}

static SmCandidates *
candidates_new (gint64 now)
{
  SmCandidates *self = g_new0 (SmCandidates, 1);

  sm_dispatch_plan_init (&self->plan, now);
  self->orders = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  self->who = g_array_new (FALSE, TRUE, sizeof (SmDispatchEngineer));
  self->what = g_array_new (FALSE, TRUE, sizeof (SmDispatchOrder));
  self->skills = g_ptr_array_new_with_free_func (g_free);
  self->certificates = g_ptr_array_new_with_free_func (g_free);
  self->parts = g_ptr_array_new_with_free_func (g_free);
  self->owned = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/* --- bits --- */

static guint64
bit_of (const GPtrArray *words,
        const char      *word)
{
  for (guint i = 0; i < words->len; i++)
    if (g_strcmp0 (words->pdata[i], word) == 0)
      return G_GUINT64_CONSTANT (1) << i;
  return 0;
}

/* The bits of the words in @list, which stand between commas or spaces; @adds: new words get one,
 * as long as there are any. */
static guint64
bits_of (GPtrArray  *words,
         const char *list,
         gboolean    adds)
{
  g_auto (GStrv) each = g_strsplit_set (list != NULL ? list : "", ", ;\n", -1);
  guint64 bits = 0;

  for (guint i = 0; each[i] != NULL; i++)
    {
      if (*each[i] == '\0')
        continue;
      if (adds && bit_of (words, each[i]) == 0 && words->len < MOST_BITS)
        g_ptr_array_add (words, g_strdup (each[i]));
      bits |= bit_of (words, each[i]);
    }
  return bits;
}

/* --- an order --- */

static void
list_agents (SmCandidates          *self,
             const SmCandidateBook *book,
             SmDispatchOrder       *order,
             gint64                 area_id)
{
  g_autoptr (GArray) agents = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < book->points->len; i++)
    {
      const SmRow *point = book->points->pdata[i];
      gint64 organisation = sm_row_get_int (point, SM_SERVICE_POINT_ORGANISATION_ID);
      gint64 radius_m = sm_row_get_int (point, SM_SERVICE_POINT_RADIUS_M);
      gboolean is_near
          = area_id != SM_UNKNOWN && sm_row_get_int (point, SM_ROW_AREA_ID) == area_id;

      if (!is_near && radius_m != SM_UNKNOWN)
        is_near = sm_geo_distance_m (order->latitude, order->longitude,
                                     sm_row_get_real (point, SM_SERVICE_POINT_LATITUDE),
                                     sm_row_get_real (point, SM_SERVICE_POINT_LONGITUDE))
                  <= (double) radius_m;
      if (is_near && organisation != SM_UNKNOWN)
        g_array_append_val (agents, organisation);
    }
  order->n_agents = agents->len;
  order->agents = (gint64 *) g_array_free (g_steal_pointer (&agents), FALSE);
  g_ptr_array_add (self->owned, (gpointer) order->agents);
}

static gboolean
has_refused (const SmCandidateBook *book,
             const SmRow           *order,
             const char            *person)
{
  if (person == NULL)
    return FALSE;
  if (g_strcmp0 (sm_row_get_text (order, SM_WORK_ORDER_REFUSED_BY), person) == 0)
    return TRUE;
  for (guint i = 0; i < book->refusals->len; i++)
    {
      const SmWorkRefusal *refusal = &g_array_index (book->refusals, SmWorkRefusal, i);

      if (refusal->work_order_id == sm_row_get_id (order)
          && g_strcmp0 (refusal->person, person) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Who has said no is not asked again. */
static void
note_refusals (SmCandidates          *self,
               const SmCandidateBook *book,
               const SmRow           *row,
               SmDispatchOrder       *order)
{
  g_autoptr (GArray) who = g_array_new (FALSE, FALSE, sizeof (guint));

  if (sm_row_get_int (row, SM_WORK_ORDER_REFUSALS) <= 0)
    return;
  for (guint i = 0; i < self->engineers->len; i++)
    if (has_refused (book, row,
                     sm_row_get_text (self->engineers->pdata[i], SM_ENGINEER_PERSON)))
      g_array_append_val (who, i);
  order->n_refused_by = who->len;
  order->refused_by = (guint *) g_array_free (g_steal_pointer (&who), FALSE);
  g_ptr_array_add (self->owned, (gpointer) order->refused_by);
}

/* Whom it keeps waiting, and what it costs: money only where nothing is earned meanwhile. */
static guint
weigh (SmReader    *reader,
       SmActor     *actor,
       const SmRow *row)
{
  double risk = sm_row_get_real (row, SM_WORK_ORDER_RISK);
  gint64 station_id = sm_row_get_int (row, SM_WORK_ORDER_STATION_ID), trucks = 0, money = 0;
  g_autoptr (SmRow) station = NULL;

  if (station_id != SM_UNKNOWN && sm_row_is_null (row, SM_WORK_ORDER_RESTORED_AT))
    station = sm_feed_read_live_row (reader, actor, sm_noun_get (SM_NOUN_STATION), station_id, NULL);
  if (station != NULL)
    trucks = MAX (sm_row_get_int (station, SM_STATION_WAITING), 0)
             + MAX (sm_row_get_int (station, SM_STATION_INBOUND), 0);
  if (station != NULL
      && sm_row_get_enum (station, SM_STATION_SERVICE) == SM_SERVICE_OUT_OF_SERVICE)
    money = sm_row_get_int (station, SM_STATION_INCOME_MINOR_PER_HOUR);
  return sm_dispatch_weigh ((guint) sm_row_get_int (row, SM_WORK_ORDER_LEVEL), risk / MOST_RISK,
                            trucks, money);
}

static void
add_order (SmCandidates          *self,
           SmReader              *reader,
           SmActor               *actor,
           const SmCandidateBook *book,
           SmRow                 *row)
{
  gint64 work_s = sm_row_get_int (row, SM_WORK_ORDER_WORK_S);
  SmDispatchOrder order = { .level = (guint) sm_row_get_int (row, SM_WORK_ORDER_LEVEL),
                            .due_us = SM_UNKNOWN,
                            .weight = weigh (reader, actor, row),
                            .work_s = work_s != SM_UNKNOWN ? work_s : WORK_S,
                            .pinned_to = -1 };

  if (sm_row_is_null (row, SM_WORK_ORDER_RESTORED_AT))
    order.due_us = sm_row_get_int (row, SM_WORK_ORDER_RESTORE_DUE_AT);
  order.needs_skills = bits_of (self->skills, sm_row_get_text (row, SM_WORK_ORDER_SKILL), TRUE);
  order.needs_certificates
      = bits_of (self->certificates, sm_row_get_text (row, SM_WORK_ORDER_CERTIFICATE), TRUE);
  order.needs_parts = bits_of (self->parts, sm_row_get_text (row, SM_WORK_ORDER_PARTS), TRUE);
  sm_candidate_place (reader, actor, row, &order.latitude, &order.longitude);
  list_agents (self, book, &order, sm_row_get_int (row, SM_ROW_AREA_ID));
  note_refusals (self, book, row, &order);
  g_array_append_val (self->what, order);
  g_ptr_array_add (self->orders, sm_row_ref (row));
}

/* --- an engineer --- */

static void
note_papers (const SmCandidates    *self,
             const SmCandidateBook *book,
             gint64                 id,
             SmDispatchEngineer    *out)
{
  for (guint i = 0; i < book->certificates->len; i++)
    {
      const SmRow *row = book->certificates->pdata[i];
      guint64 bit = sm_row_get_int (row, SM_CERTIFICATE_ENGINEER_ID) == id
                        ? bit_of (self->certificates, sm_row_get_text (row, SM_CERTIFICATE_KIND))
                        : 0;

      if (sm_row_get_int (row, SM_CERTIFICATE_EXPIRES_AT) > self->plan.now_us)
        out->certificates |= bit;
      else
        out->expired |= bit;
    }
  out->expired &= ~out->certificates;
}

static void
note_parts (const SmCandidates    *self,
            const SmCandidateBook *book,
            gint64                 id,
            gint64                 point_id,
            SmDispatchEngineer    *out)
{
  for (guint i = 0; i < book->parts->len; i++)
    {
      const SmRow *row = book->parts->pdata[i];
      guint64 bit = bit_of (self->parts, sm_row_get_text (row, SM_PART_CODE));

      if (bit == 0 || sm_row_get_int (row, SM_PART_QUANTITY) <= 0)
        continue;
      if (sm_row_get_int (row, SM_PART_ENGINEER_ID) == id)
        out->van_parts |= bit;
      else if (point_id != SM_UNKNOWN
               && sm_row_get_int (row, SM_PART_SERVICE_POINT_ID) == point_id)
        out->point_parts |= bit;
    }
}

static gint64
agent_of (const SmCandidateBook *book,
          const SmRow           *engineer)
{
  gint64 id = sm_row_get_int (engineer, SM_ENGINEER_ORGANISATION_ID);
  const SmRow *organisation
      = id != SM_UNKNOWN ? g_hash_table_lookup (book->organisations, &id) : NULL;

  return organisation != NULL
                 && g_strcmp0 (sm_row_get_text (organisation, SM_ORGANISATION_KIND), "agent") == 0
             ? id
             : SM_UNKNOWN;
}

static void
locate (const SmCandidateBook *book,
        const SmRow           *engineer,
        SmDispatchEngineer    *out)
{
  gint64 id = sm_row_get_id (engineer);
  gint64 point_id = sm_row_get_int (engineer, SM_ENGINEER_SERVICE_POINT_ID);
  const SmRow *live = g_hash_table_lookup (book->live, &id);
  const SmRow *point
      = point_id != SM_UNKNOWN ? g_hash_table_lookup (book->points_by_id, &point_id) : NULL;

  out->latitude = out->longitude = out->point_latitude = out->point_longitude = NAN;
  if (point != NULL)
    {
      out->point_latitude = sm_row_get_real (point, SM_SERVICE_POINT_LATITUDE);
      out->point_longitude = sm_row_get_real (point, SM_SERVICE_POINT_LONGITUDE);
      out->latitude = out->point_latitude; /* until they say something else */
      out->longitude = out->point_longitude;
    }
  if (live != NULL && !sm_row_is_null (live, SM_ENGINEER_LATITUDE)
      && !sm_row_is_null (live, SM_ENGINEER_LONGITUDE))
    {
      out->latitude = sm_row_get_real (live, SM_ENGINEER_LATITUDE);
      out->longitude = sm_row_get_real (live, SM_ENGINEER_LONGITUDE);
    }
}

/* When a job that runs will probably be done. */
static gint64
ends_at (const SmDispatchPlan     *plan,
         const SmRow              *job,
         const SmDispatchEngineer *engineer,
         double                    latitude,
         double                    longitude)
{
  guint state = sm_row_get_enum (job, SM_WORK_ORDER_STATE);
  gint64 work_s = sm_row_get_int (job, SM_WORK_ORDER_WORK_S);
  double works[] = { (double) (work_s != SM_UNKNOWN ? work_s : WORK_S) };
  SmRepair repair = { .stage = SM_REPAIR_WAITS, .said_us = plan->now_us, .due_us = SM_UNKNOWN };
  SmRepairForecast forecast;

  repair.road_m = plan->road_factor
                  * sm_geo_distance_m (engineer->latitude, engineer->longitude, latitude, longitude);
  if (state == SM_WORK_ORDER_STATE_TRAVELLING)
    repair.stage = SM_REPAIR_TRAVELS;
  else if (state >= SM_WORK_ORDER_STATE_ON_SITE)
    repair.stage = SM_REPAIR_WORKS;
  repair.since_us = sm_row_get_int (job, SM_WORK_ORDER_STATE_SINCE);
  sm_repair_forecast (plan, &repair, works, G_N_ELEMENTS (works), &forecast);
  return forecast.likely_us;
}

/* Jobs that they have: who is on one is free where it is, when it ends; others wait behind it. */
static void
note_jobs (const SmCandidates    *self,
           SmReader              *reader,
           SmActor               *actor,
           const SmCandidateBook *book,
           gint64                 id,
           SmDispatchEngineer    *out)
{
  double latitude, longitude, from_latitude = out->latitude, from_longitude = out->longitude;
  gint64 ends = SM_UNKNOWN;
  guint n_waiting = 0;

  for (guint i = 0; i < book->open->len; i++)
    {
      const SmRow *job = book->open->pdata[i];

      if (!sm_work_order_runs (job) || sm_row_get_int (job, SM_WORK_ORDER_ENGINEER_ID) != id)
        continue;
      out->n_jobs++;
      if (!sm_candidate_place (reader, actor, job, &latitude, &longitude))
        {
          latitude = from_latitude;
          longitude = from_longitude;
        }
      n_waiting += sm_row_get_enum (job, SM_WORK_ORDER_STATE) <= SM_WORK_ORDER_STATE_ACCEPTED;
      ends = MAX (ends, ends_at (&self->plan, job, out, latitude, longitude));
      from_latitude = latitude;
      from_longitude = longitude;
    }
  if (out->n_jobs == 0)
    return;
  if (n_waiting == out->n_jobs)
    n_waiting--; /* the first of them is the one that was reckoned */
  out->free_us = ends + n_waiting * self->plan.slot_s * SM_SECOND;
  out->latitude = from_latitude;
  out->longitude = from_longitude;
}

static void
add_engineer (SmCandidates          *self,
              SmReader              *reader,
              SmActor               *actor,
              const SmCandidateBook *book,
              const SmRow           *row)
{
  gint64 id = sm_row_get_id (row);
  SmDispatchEngineer engineer = { .free_us = self->plan.now_us,
                                  .places = PLACES,
                                  .agent_id = agent_of (book, row) };

  engineer.skills = bits_of (self->skills, sm_row_get_text (row, SM_ENGINEER_SKILLS), FALSE);
  sm_candidate_shift (book, row, self->plan.now_us, &engineer);
  locate (book, row, &engineer);
  note_papers (self, book, id, &engineer);
  note_parts (self, book, id, sm_row_get_int (row, SM_ENGINEER_SERVICE_POINT_ID), &engineer);
  note_jobs (self, reader, actor, book, id, &engineer);
  g_array_append_val (self->who, engineer);
}

/* --- the answers --- */

static void
add_engineers (SmCandidates          *self,
               SmReader              *reader,
               SmActor               *actor,
               const SmCandidateBook *book)
{
  for (guint i = 0; i < self->engineers->len; i++)
    add_engineer (self, reader, actor, book, self->engineers->pdata[i]);
}

/**
 * sm_candidates_rank:
 *
 * Returns: (transfer full) (nullable): everybody for one order, who restores it first first;
 *   NULL with %SM_ERROR_NOT_FOUND when @actor sees no such order
 */
SmCandidates *
sm_candidates_rank (SmReader  *reader,
                    SmActor   *actor,
                    gint64     work_order_id,
                    GError   **error)
{
  g_autoptr (SmCandidates) self = candidates_new (sm_rules_now (reader->rules));
  g_autoptr (SmRow) order = sm_feed_read_row (reader, actor, sm_noun_get (SM_NOUN_WORK_ORDER),
                                              work_order_id, error);
  g_autoptr (SmCandidateBook) book
      = order != NULL ? sm_candidate_book_read (reader, actor, error) : NULL;

  if (book == NULL
      || !(self->engineers = sm_candidate_read_all (reader, actor, SM_NOUN_ENGINEER, error)))
    return NULL;
  /* Whoever has it is asked how long it would take as if they did not have it yet. */
  for (guint i = 0; i < book->open->len; i++)
    if (sm_row_get_id (book->open->pdata[i]) == work_order_id)
      g_ptr_array_remove_index (book->open, i--);
  add_order (self, reader, actor, book, order);
  add_engineers (self, reader, actor, book);
  self->ranks = sm_dispatch_rank (&self->plan, (gpointer) self->what->data,
                                  (gpointer) self->who->data, self->who->len);
  return g_steal_pointer (&self);
}

/* What matters most comes first, where there are more than are assigned at once. */
static int
compare_orders (gconstpointer a,
                gconstpointer b)
{
  const SmRow *x = *(SmRow *const *) a, *y = *(SmRow *const *) b;
  gint64 difference
      = sm_row_get_int (x, SM_WORK_ORDER_LEVEL) - sm_row_get_int (y, SM_WORK_ORDER_LEVEL);

  if (difference == 0)
    difference = sm_row_get_int (x, SM_WORK_ORDER_RESTORE_DUE_AT)
                 - sm_row_get_int (y, SM_WORK_ORDER_RESTORE_DUE_AT);
  if (difference == 0)
    difference = sm_row_get_id (x) - sm_row_get_id (y);
  return (difference > 0) - (difference < 0);
}

/**
 * sm_candidates_assign:
 *
 * Nothing is written: it is what would be best.  Orders that somebody has stay where they are,
 * and so do those that are pinned to nobody.
 *
 * Returns: (transfer full) (nullable): a choice for each order that nobody has
 */
SmCandidates *
sm_candidates_assign (SmReader  *reader,
                      SmActor   *actor,
                      GError   **error)
{
  g_autoptr (SmCandidates) self = candidates_new (sm_rules_now (reader->rules));
  g_autoptr (SmCandidateBook) book = sm_candidate_book_read (reader, actor, error);

  if (book == NULL
      || !(self->engineers = sm_candidate_read_all (reader, actor, SM_NOUN_ENGINEER, error)))
    return NULL;
  g_ptr_array_sort (book->open, compare_orders);
  for (guint i = 0; i < book->open->len && self->what->len < SM_DISPATCH_MOST_ORDERS; i++)
    {
      SmRow *row = book->open->pdata[i];

      if (sm_row_get_enum (row, SM_WORK_ORDER_STATE) == SM_WORK_ORDER_STATE_UNACCEPTED
          && sm_row_get_int (row, SM_WORK_ORDER_IS_PINNED) != TRUE)
        add_order (self, reader, actor, book, row);
    }
  add_engineers (self, reader, actor, book);
  self->choices = sm_dispatch_assign (&self->plan, (gpointer) self->what->data, self->what->len,
                                      (gpointer) self->who->data, self->who->len, &self->sum);
  return g_steal_pointer (&self);
}

/** sm_candidates_bar: Returns: the slug of a bit of a candidate's bars, %NULL: it is none */
const char *
sm_candidates_bar (guint bit)
{
  return sm_dispatch_bar_slug (bit);
}
