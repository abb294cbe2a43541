/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-what-if.h"

#include "sm-error.h"
#include "sm-feed.h"
#include "sm-limits-private.h"
#include "sm-rules-private.h"

#include <math.h>

/* The limits' own machine goes over what was kept of one thing after the other, so
 * that what is reckoned here is what the rules would have done. */

#define PAGE 500
/* So far before the period, for how things stood when it began. */
#define RUN_UP SM_HOUR
/* A quarter of an hour is taken for three values that lasted as long each. */
#define THIRD (SM_TELEMETRY_QUARTER / 3)

typedef struct
{
  SmWhatIf *result;
  const SmNoun *noun;
  guint channel;
  double scale;
  SmLimits *machines[2]; /* as the limit is, and as it would be */
  GPtrArray *limits[2];  /* what they are set to */
  SmConnection *file;
  GTimeZone *zone;
  gint64 thing_id, area_id;
} Reckoning;

static void
reckoning_clear (Reckoning *self)
{
  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&self->machines[i], sm_limits_free);
      g_clear_pointer (&self->limits[i], g_ptr_array_unref);
    }
  g_clear_pointer (&self->file, sm_connection_close);
  g_clear_pointer (&self->zone, g_time_zone_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reckoning, reckoning_clear)

void
sm_what_if_free (SmWhatIf *self)
{
  g_array_unref (self->counts);
  g_array_unref (self->hours);
  g_array_unref (self->rings);
  g_free (self);
}

static int
day_of (const Reckoning *self,
        gint64           at)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / SM_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, self->zone);
  int year, month, day;

  g_date_time_get_ymd (local, &year, &month, &day);
  return (year * 100 + month) * 100 + day;
}

static SmWhatIfCount *
find_count (GArray  *counts,
            int      day,
            gint64   area_id,
            gboolean exact)
{
  SmWhatIfCount fresh = { .day = day, .area_id = area_id, .exact = exact };

  for (guint i = counts->len; i > 0; i--)
    {
      SmWhatIfCount *count = &g_array_index (counts, SmWhatIfCount, i - 1);

      if (count->day == day && count->area_id == area_id && count->exact == exact)
        return count;
    }
  g_array_append_val (counts, fresh);
  return &g_array_index (counts, SmWhatIfCount, counts->len - 1);
}

static SmWhatIfHour *
find_hour (GArray  *hours,
           gint64   at,
           gboolean exact)
{
  SmWhatIfHour fresh = { .at = at - at % SM_HOUR, .exact = exact };

  for (guint i = hours->len; i > 0; i--)
    {
      SmWhatIfHour *hour = &g_array_index (hours, SmWhatIfHour, i - 1);

      if (hour->at == fresh.at && hour->exact == exact)
        return hour;
    }
  g_array_append_val (hours, fresh);
  return &g_array_index (hours, SmWhatIfHour, hours->len - 1);
}

static void
count_event (Reckoning *self,
             gint64     at,
             guint      machine,
             guint     *of_thing)
{
  gboolean exact = at >= self->result->exact_from;
  SmWhatIfCount *count = find_count (self->result->counts, day_of (self, at), self->area_id, exact);
  SmWhatIfHour *hour = find_hour (self->result->hours, at, exact);

  of_thing[machine]++;
  count->now += machine == 0;
  count->proposed += machine == 1;
  hour->now += machine == 0;
  hour->proposed += machine == 1;
}

static void
count_events (Reckoning *self)
{
  guint of_thing[2] = { 0 };
  SmWhatIfThing thing = { self->thing_id };

  for (guint m = 0; m < 2; m++)
    {
      GPtrArray *queue = sm_limits_get_queue (self->machines[m]);

      for (guint i = 0; i < queue->len; i++)
        {
          const SmLimitEvent *event = queue->pdata[i];

          if (event->raised && event->at >= self->result->from && event->at <= self->result->to)
            count_event (self, event->at, m, of_thing);
        }
      g_ptr_array_set_size (queue, 0);
    }
  thing.now = of_thing[0];
  thing.proposed = of_thing[1];
  if (thing.now != thing.proposed)
    g_array_append_val (self->result->rings, thing);
}

static double
the_value (gconstpointer thing,
           guint         field)
{
  return *(const double *) thing;
}

/* Between two values the last one stands, and a delay may end. */
static void
hold (Reckoning *self,
      gint32     kept,
      gint64     at)
{
  double value = kept == SM_SAMPLE_UNKNOWN ? NAN : kept / self->scale;

  for (guint m = 0; m < 2; m++)
    {
      sm_limits_tick (self->machines[m], at - SM_SECOND);
      sm_limits_evaluate (self->machines[m], self->noun, 0, self->thing_id, the_value, &value, at);
    }
}

/* Which came first, the least or the most, is told by where it was before. */
static void
go_over_quarters (Reckoning *self,
                  GArray    *quarters)
{
  gint32 before = SM_SAMPLE_UNKNOWN;

  for (guint i = 0; i < quarters->len; i++)
    {
      const SmTelemetryQuarter *quarter = &g_array_index (quarters, SmTelemetryQuarter, i);
      gint64 at = quarter->at_s * SM_SECOND;
      gboolean falls;

      if (quarter->channel != self->channel
          || at + SM_TELEMETRY_QUARTER > self->result->exact_from)
        continue;
      falls = before != SM_SAMPLE_UNKNOWN && quarter->mean < before;
      hold (self, falls ? quarter->most : quarter->least, at);
      hold (self, quarter->mean, at + THIRD);
      hold (self, falls ? quarter->least : quarter->most, at + 2 * THIRD);
      before = quarter->mean;
    }
}

/* What came late nobody held against a limit. */
static void
go_over_samples (Reckoning *self,
                 GArray    *samples,
                 gint64     from)
{
  for (guint i = 0; i < samples->len; i++)
    {
      const SmSample *sample = &g_array_index (samples, SmSample, i);
      gint64 at = sample->at_s * SM_SECOND;

      if (!sample->is_late && at >= from && at <= self->result->to)
        hold (self, sample->values[self->channel], at);
    }
}

static int
compare_samples (gconstpointer a,
                 gconstpointer b)
{
  gint64 x = ((const SmSample *) a)->at_s, y = ((const SmSample *) b)->at_s;

  return (x > y) - (x < y);
}

static int
compare_quarters (gconstpointer a,
                  gconstpointer b)
{
  gint64 x = ((const SmTelemetryQuarter *) a)->at_s, y = ((const SmTelemetryQuarter *) b)->at_s;

  return (x > y) - (x < y);
}

static gboolean
go_over (Reckoning        *self,
         SmTelemetryBook  *book,
         const SmRow      *thing,
         GError          **error)
{
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (SmSample));
  g_autoptr (GArray) quarters = g_array_new (FALSE, FALSE, sizeof (SmTelemetryQuarter));
  const SmWhatIf *result = self->result;
  gint64 from = result->from - RUN_UP;

  self->thing_id = sm_row_get_id (thing);
  self->area_id = sm_row_is_null (thing, SM_ROW_AREA_ID)
                      ? 0 : sm_row_get_int (thing, SM_ROW_AREA_ID);
  if (!sm_telemetry_book_read_parts (book, self->file, self->noun->id, self->thing_id,
                                     from / SM_SECOND, result->exact_from / SM_SECOND,
                                     result->to / SM_SECOND, samples, quarters, error))
    return FALSE;
  g_array_sort (quarters, compare_quarters);
  g_array_sort (samples, compare_samples);
  for (guint m = 0; m < 2; m++)
    sm_limits_set (self->machines[m], self->limits[m]);
  go_over_quarters (self, quarters);
  go_over_samples (self, samples, MAX (from, result->exact_from));
  for (guint m = 0; m < 2; m++)
    sm_limits_tick (self->machines[m], result->to);
  count_events (self);
  return TRUE;
}

/* A page of things at a time: what is held does not grow with the network. */
static gboolean
go_over_all (Reckoning     *self,
             SmReader      *reader,
             SmActor       *actor,
             GCancellable  *cancellable,
             GError       **error)
{
  gint64 after_id = 0;
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (GPtrArray) things = sm_feed_read_rows (reader, actor, self->noun, -1, NULL,
                                                        after_id, PAGE, &more, error);

      if (things == NULL)
        return FALSE;
      for (guint i = 0; i < things->len; i++)
        if (g_cancellable_set_error_if_cancelled (cancellable, error)
            || !go_over (self, sm_reader_get_rules (reader)->telemetry, things->pdata[i], error))
          return FALSE;
      self->result->things += things->len;
      more = more && things->len > 0;
      if (more)
        after_id = sm_row_get_id (things->pdata[things->len - 1]);
    }
  return TRUE;
}

static void
use_limit (Reckoning   *self,
           guint        machine,
           const SmRow *limit)
{
  self->machines[machine] = sm_limits_new ();
  self->limits[machine] = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_ptr_array_add (self->limits[machine], sm_row_copy (limit));
}

/* The dead band of the limit moves along with it. */
static void
use_both (Reckoning *self,
          SmRow     *limit)
{
  SmWhatIf *result = self->result;

  result->value_now = sm_row_get_real (limit, SM_LIMIT_RAISE_AT);
  result->clear_now = sm_row_get_real (limit, SM_LIMIT_CLEAR_AT);
  result->clear = result->value + result->clear_now - result->value_now;
  use_limit (self, 0, limit);
  sm_row_set_real (limit, SM_LIMIT_RAISE_AT, result->value);
  sm_row_set_real (limit, SM_LIMIT_CLEAR_AT, result->clear);
  sm_row_set_int (limit, SM_LIMIT_ENABLED, 1);
  use_limit (self, 1, limit);
}

static gboolean
find_channel (Reckoning    *self,
              const SmRow  *limit,
              GError      **error)
{
  const char *name = sm_row_get_text (limit, SM_LIMIT_FIELD);
  const SmTelemetryChannel *channels;
  guint n = 0;

  self->noun = sm_noun_by_name (sm_row_get_text (limit, SM_LIMIT_NOUN));
  channels = self->noun != NULL ? sm_telemetry_channels (self->noun->id, &n) : NULL;
  for (guint i = 0; i < n; i++)
    if (channels[i].has_quarters
        && g_str_equal (self->noun->fields[channels[i].field].name, name))
      {
        self->channel = i;
        self->scale = channels[i].scale;
        self->result->band = channels[i].band;
        return TRUE;
      }
  sm_set_error (error, SM_ERROR_INVALID, "limit-not-kept",
                "What this limit watches is not kept over time");
  return FALSE;
}

static int
compare_counts (gconstpointer a,
                gconstpointer b)
{
  const SmWhatIfCount *x = a, *y = b;

  if (x->day != y->day)
    return (x->day > y->day) - (x->day < y->day);
  if (x->area_id != y->area_id)
    return (x->area_id > y->area_id) - (x->area_id < y->area_id);
  return x->exact - y->exact;
}

static int
compare_hours (gconstpointer a,
               gconstpointer b)
{
  const SmWhatIfHour *x = a, *y = b;

  return x->at != y->at ? (x->at > y->at) - (x->at < y->at) : x->exact - y->exact;
}

static int
compare_things (gconstpointer a,
                gconstpointer b)
{
  const SmWhatIfThing *x = a, *y = b;
  int by_x = ABS ((int) x->proposed - (int) x->now), by_y = ABS ((int) y->proposed - (int) y->now);

  return by_x != by_y ? by_y - by_x : (x->id > y->id) - (x->id < y->id);
}

static void
put_in_order (SmWhatIf *result)
{
  g_array_sort (result->counts, compare_counts);
  g_array_sort (result->hours, compare_hours);
  g_array_sort (result->rings, compare_things);
  if (result->rings->len > SM_WHAT_IF_MOST_THINGS)
    g_array_set_size (result->rings, SM_WHAT_IF_MOST_THINGS);
}

static gboolean
begin (Reckoning  *self,
       SmRules    *rules,
       SmRow      *limit,
       GError    **error)
{
  SmWhatIf *result = self->result;

  if (result->to <= result->from || result->to - result->from > SM_WHAT_IF_MAX_SPAN)
    {
      sm_set_error (error, SM_ERROR_INVALID, "out-of-range",
                    "It is reckoned over up to 36 days, that end after they begin");
      return FALSE;
    }
  if (!find_channel (self, limit, error))
    return FALSE;
  use_both (self, limit);
  self->zone = g_time_zone_new_identifier (rules->time_zone);
  if (self->zone == NULL)
    self->zone = g_time_zone_new_utc ();
  self->file = sm_telemetry_book_open_file (rules->telemetry, error);
  return self->file != NULL;
}

/**
 * sm_what_if_reckon:
 * @value: at which the limit would be passed
 *
 * Over the things that @actor may see.
 *
 * Returns: (transfer full) (nullable)
 */
SmWhatIf *
sm_what_if_reckon (SmReader      *reader,
                   SmActor       *actor,
                   gint64         limit_id,
                   double         value,
                   gint64         from,
                   gint64         to,
                   GCancellable  *cancellable,
                   GError       **error)
{
  SmRules *rules = sm_reader_get_rules (reader);
  gint64 now = sm_rules_now (rules);
  g_autoptr (SmRow) stored
      = sm_feed_read_row (reader, actor, sm_noun_get (SM_NOUN_LIMIT), limit_id, error);
  g_autoptr (SmRow) limit = stored != NULL ? sm_row_copy (stored) : NULL;
  g_autoptr (SmWhatIf) result = g_new0 (SmWhatIf, 1);
  g_auto (Reckoning) reckoning = { .result = result };

  *result = (SmWhatIf){ .limit_id = limit_id, .value = value, .from = from, .to = MIN (to, now),
                        .exact_from = MAX (from - RUN_UP, now - SM_TELEMETRY_KEEP_SAMPLES),
                        .counts = g_array_new (FALSE, FALSE, sizeof (SmWhatIfCount)),
                        .hours = g_array_new (FALSE, FALSE, sizeof (SmWhatIfHour)),
                        .rings = g_array_new (FALSE, FALSE, sizeof (SmWhatIfThing)) };
  if (limit == NULL || !begin (&reckoning, rules, limit, error)
      || !go_over_all (&reckoning, reader, actor, cancellable, error))
    return NULL;
  result->exact_from = MAX (result->exact_from, from);
  put_in_order (result);
  return g_steal_pointer (&result);
}
