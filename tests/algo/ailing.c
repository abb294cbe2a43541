/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ailing-private.h"

#include <math.h>

#define SECOND ((gint64) G_USEC_PER_SEC)
#define DAY (86400 * SECOND)

/* Links, connectors, faults that come again, and lanes; and what gets lost of it all. */

AilingScope
ailing_scope_of (SmCause cause)
{
  if (cause <= SM_CAUSE_BMS_RESTARTED)
    return AILING_PACK;
  if (cause <= SM_CAUSE_DEAD_ZONE)
    return AILING_LINK;
  if (cause <= SM_CAUSE_CONTACT_WORN)
    return AILING_CHARGE;
  return cause == SM_CAUSE_FIX_DID_NOT_HOLD ? AILING_TRIPS : AILING_LANE;
}

static gboolean
has (const Ailing *self,
     SmCause       cause)
{
  for (guint i = 0; i < self->n_causes; i++)
    if (self->causes[i] == cause)
      return TRUE;
  return FALSE;
}

static double
about (SmRandom *random,
       double    mean,
       double    deviation)
{
  double sum = 0;

  for (guint i = 0; i < 12; i++)
    sum += sm_random_unit (random);
  return mean + deviation * (sum - 6);
}

/* --- links --- */

static void
fill_link (Ailing   *self,
           SmRandom *random)
{
  gboolean is_out = has (self, SM_CAUSE_CARRIER_OUT), is_dark = has (self, SM_CAUSE_SITE_DARK);
  gboolean is_dead = has (self, SM_CAUSE_DEAD_ZONE), is_lost = has (self, SM_CAUSE_DEVICE_SILENT);
  SmLinkState *link = &self->link;

  link->since_us = self->now_us - 1800 * SECOND;
  link->silent_periods = is_lost || is_dark || is_out ? sm_random_range (random, 25, 400)
                         : is_dead ? sm_random_range (random, 4, 60)
                                   : sm_random_range (random, 0, 8);
  link->carrier_silent = is_out ? sm_random_range (random, 0.5, 1)
                                : sm_random_range (random, 0, 0.1);
  link->others_silent = sm_random_range (random, 0, 0.1);
  /* At one site there are things of several carriers. */
  link->site_silent = is_dark  ? sm_random_range (random, 0.8, 1)
                      : is_out ? sm_random_range (random, 0.3, 0.9)
                               : sm_random_range (random, 0, 0.2);
  link->together_s = is_dark  ? sm_random_range (random, 1, 120)
                     : is_out ? sm_random_range (random, 5, 220)
                              : NAN;
  link->supply_fell = is_dark && sm_random_chance (random, 0.65) ? sm_random_range (random, 15, 60)
                                                                 : about (random, 0, 2);
  link->is_dark_place = sm_random_chance (random, is_dead ? 0.92 : 0.06);
  link->signal_fell_db = is_dead && sm_random_chance (random, 0.88)
                             ? sm_random_range (random, 12, 30)
                             : about (random, 1, 3);
}

/* --- connectors --- */

typedef struct
{
  double rated_kw, rated_a, volts, asked, loss;
  double module_c, around_c, contact_k;
  double limit_kw, share, modules_out, derate_from;
  guint ends, breaks;
} Charger;

static Charger
charger_new (const Ailing *self,
             SmRandom     *random)
{
  guint modules = 6 + sm_random_below (random, 7);
  gboolean is_over = has (self, SM_CAUSE_CONTACTOR_WELDED);
  Charger charger = { .rated_kw = sm_random_range (random, 180, 600),
                      .volts = sm_random_range (random, 560, 720),
                      .loss = sm_random_range (random, 0, 0.03),
                      .module_c = sm_random_range (random, 40, 52),
                      .around_c = sm_random_range (random, 5, 38),
                      .share = 1.0, .breaks = 30 + sm_random_below (random, 80) };

  charger.rated_a = charger.rated_kw * 1000 / charger.volts;
  charger.asked = sm_random_range (random, 0.85, 1.2); /* a car may ask for more than there is */
  charger.limit_kw = charger.rated_kw * sm_random_range (random, 3, 8);
  charger.contact_k = sm_random_range (random, 18, 30); /* sound, at rated current */
  charger.ends = is_over || sm_random_chance (random, 0.3) ? 140 : 160;
  if (has (self, SM_CAUSE_MODULE_FAILED))
    charger.modules_out = (1.0 + sm_random_below (random, 2)) / modules;
  if (has (self, SM_CAUSE_GRID_LIMITED))
    charger.share = sm_random_range (random, 0.45, 0.82);
  if (has (self, SM_CAUSE_CONTACT_WORN))
    charger.contact_k *= sm_random_range (random, 2.1, 3.3);
  return charger;
}

static double
power_of (const Ailing  *self,
          const Charger *charger,
          guint          i,
          double         asked_kw)
{
  double kw = MIN (asked_kw, charger->rated_kw * (1 - 0.02));

  if (i >= charger->breaks)
    kw = MIN (kw, charger->rated_kw * (1 - charger->modules_out));
  /* Sites come down to their limit at once, or little by little. */
  if (i >= charger->breaks && charger->share < 1)
    kw = MIN (kw, charger->rated_kw
                      * (charger->rated_kw > 400
                             ? charger->share
                             : MAX (charger->share, 1 - 0.02 * (i - charger->breaks))));
  if (has (self, SM_CAUSE_MODULE_HOT)) /* 3 % a kelvin above 68 to 70 °C */
    kw = MIN (kw, charger->rated_kw * CLAMP (1 - 0.035 * (charger->module_c - 69), 0.2, 1));
  return kw * (1 - charger->loss);
}

static void
fill_charge (Ailing   *self,
             SmRandom *random)
{
  Charger charger = charger_new (self, random);
  double contact_c = charger.around_c, hot_goal = has (self, SM_CAUSE_MODULE_HOT)
                                                      ? sm_random_range (random, 75, 84)
                                                      : charger.module_c + 10;
  double busy = sm_random_range (random, 0.3, 0.9);

  for (guint i = 0; i < 160; i++)
    {
      double asked_kw = charger.asked * charger.rated_kw * (i > 130 ? 0.9 : 1);
      gboolean is_closed = i < charger.ends;
      double kw = is_closed ? power_of (self, &charger, i, asked_kw) : 0;
      double amps = kw * 1000 / charger.volts, part = amps / charger.rated_a;
      gboolean is_limited = charger.share < 1 && i >= charger.breaks;
      SmChargeMoment moment = { .at_us = self->now_us - (160 - (gint64) i) * 15 * SECOND };

      charger.module_c += (hot_goal - charger.module_c) / 40;
      contact_c += (charger.around_c + charger.contact_k * part * part - contact_c) / 25;
      moment.asked_kw = is_closed ? asked_kw : 0;
      moment.power_kw = MAX (kw + about (random, 0, 0.004 * charger.rated_kw), 0);
      moment.rated_kw = charger.rated_kw;
      moment.others_limited = is_limited ? sm_random_range (random, 0.7, 1)
                                         : sm_random_range (random, 0, 0.25);
      moment.site_limit_kw = charger.limit_kw;
      moment.site_kw = charger.limit_kw * (is_limited ? sm_random_range (random, 0.96, 1.0)
                                                      : busy + about (random, 0, 0.02));
      moment.module_c = charger.module_c + about (random, 0, 0.4);
      moment.is_closed = is_closed;
      moment.voltage_v = is_closed || has (self, SM_CAUSE_CONTACTOR_WELDED)
                             ? charger.volts + about (random, 0, 2)
                             : sm_random_range (random, 0, 25);
      moment.current_a = MAX (is_closed ? amps + about (random, 0, 1) : 0, 0);
      moment.rated_a = charger.rated_a;
      moment.contact_c = contact_c + about (random, 0, 0.5);
      moment.surroundings_c = charger.around_c + about (random, 0, 0.5);
      g_array_append_val (self->charge, moment);
    }
}

/* --- what comes again --- */

static void
add_trips (Ailing   *self,
           SmRandom *random,
           double    from_days,
           double    to_days,
           double    a_day)
{
  for (double at = from_days; a_day > 0;)
    {
      SmTrip trip = { 0 };

      at += -log (1 - sm_random_unit (random)) / a_day;
      if (at >= to_days)
        return;
      trip.at_us = self->now_us - (gint64) ((to_days - at) * DAY);
      trip.at_us = self->now_us + (gint64) ((at - 60) * DAY);
      g_array_append_val (self->trips, trip);
    }
}

static void
fill_trips (Ailing   *self,
            SmRandom *random)
{
  double before = sm_random_range (random, 0.17, 0.45), since = sm_random_range (random, 10, 24);
  gboolean holds = !has (self, SM_CAUSE_FIX_DID_NOT_HOLD);
  SmTrip fix = { self->now_us - (gint64) (since * DAY), TRUE };

  add_trips (self, random, 60 - since - 28, 60 - since, before);
  if (holds && sm_random_chance (random, 0.3))
    return; /* nobody did anything */
  g_array_append_val (self->trips, fix);
  add_trips (self, random, 60 - since, 60,
             holds ? before * sm_random_range (random, 0, 0.12)
                   : before * sm_random_range (random, 0.9, 1.6));
}

static guint
poisson (SmRandom *random,
         double    mean)
{
  double limit = exp (-mean), product = sm_random_unit (random);
  guint n = 0;

  while (product > limit)
    {
      n++;
      product *= sm_random_unit (random);
    }
  return n;
}

static void
fill_lane (Ailing   *self,
           SmRandom *random)
{
  guint n = 60 + sm_random_below (random, 60), vehicles = 14 + sm_random_below (random, 12);
  double usual = sm_random_range (random, 0.02, 0.09), worse = sm_random_range (random, 0.6, 1.3);
  guint bent = sm_random_below (random, vehicles);

  for (guint i = 0; i < n; i++)
    {
      SmLaneSwap swap = { .at_us = self->now_us - (gint64) (n - i) * DAY / 5 };
      guint vehicle = sm_random_below (random, vehicles);
      double mean = usual;

      if (has (self, SM_CAUSE_LANE_MISALIGNED))
        mean += worse * i / n;
      if (has (self, SM_CAUSE_VEHICLE_MOUNT) && vehicle == bent)
        mean += 2.2;
      swap.vehicle_id = 1000 + vehicle;
      swap.retries = poisson (random, mean);
      g_array_append_val (self->swaps, swap);
    }
}

/** ailing_new: Returns: (transfer full): such a thing, all of it seen */
Ailing *
ailing_new (guint64        seed,
            AilingScope    scope,
            const SmCause *causes,
            guint          n_causes)
{
  Ailing *self = g_new0 (Ailing, 1);
  SmRandom random = sm_random_new (seed, 1 + scope);

  self->scope = scope;
  self->n_causes = n_causes;
  for (guint i = 0; i < n_causes; i++)
    self->causes[i] = causes[i];
  self->now_us = 20000 * DAY;
  self->moments = g_array_new (FALSE, FALSE, sizeof (SmPackMoment));
  self->days = g_array_new (FALSE, FALSE, sizeof (SmPackDay));
  self->charge = g_array_new (FALSE, FALSE, sizeof (SmChargeMoment));
  self->trips = g_array_new (FALSE, FALSE, sizeof (SmTrip));
  self->swaps = g_array_new (FALSE, FALSE, sizeof (SmLaneSwap));
  if (scope == AILING_PACK)
    ailing_fill_pack (self, seed);
  else if (scope == AILING_LINK)
    fill_link (self, &random);
  else if (scope == AILING_CHARGE)
    fill_charge (self, &random);
  else if (scope == AILING_TRIPS)
    fill_trips (self, &random);
  else
    fill_lane (self, &random);
  return self;
}

void
ailing_free (Ailing *self)
{
  g_array_unref (self->moments);
  g_array_unref (self->days);
  g_array_unref (self->charge);
  g_array_unref (self->trips);
  g_array_unref (self->swaps);
  g_free (self);
}

/* --- what gets lost --- */

#define LOST 0.10
#define LATE 0.10
#define FIELD_LOST 0.04

/* All members behind the time are double, but those of a name and a flag. */
static void
lose_fields (SmRandom *random,
             double   *fields,
             guint     n,
             double    chance)
{
  for (guint i = 0; i < n; i++)
    if (sm_random_chance (random, chance))
      fields[i] = NAN;
}

/**
 * ailing_thin:
 * @items: structs that begin with their time
 *
 * Returns: (transfer full): a tenth never came; a tenth came late, behind the
 *   others, and the last of those are still to come
 */
GArray *
ailing_thin (SmRandom *random,
             GArray   *items)
{
  guint size = g_array_get_element_size (items);
  GArray *came = g_array_new (FALSE, FALSE, size), *late = g_array_new (FALSE, FALSE, size);

  for (guint i = 0; i < items->len; i++)
    {
      gconstpointer item = items->data + (gsize) i * size;
      double fate = sm_random_unit (random);

      if (fate < LOST)
        continue;
      if (fate >= LOST + LATE)
        g_array_append_vals (came, item, 1);
      else if (i + 10 < items->len)
        g_array_append_vals (late, item, 1);
    }
  g_array_append_vals (came, late->data, late->len);
  g_array_unref (late);
  return came;
}

static void
thin (SmRandom  *random,
      GArray   **items,
      guint      n_fields)
{
  GArray *came = ailing_thin (random, *items);
  guint size = g_array_get_element_size (came);

  for (guint i = 0; i < came->len && n_fields > 0; i++)
    lose_fields (random, (double *) (gpointer) (came->data + (gsize) i * size + sizeof (gint64)),
                 n_fields, FIELD_LOST);
  g_array_unref (*items);
  *items = came;
}

/* A quantity that this make of things never tells: of what is not the symptom itself. */
static void
lose_a_quantity (Ailing   *self,
                 SmRandom *random)
{
  guint which = sm_random_below (random, 4);

  for (guint i = 0; i < self->moments->len; i++)
    {
      SmPackMoment *moment = &g_array_index (self->moments, SmPackMoment, i);

      moment->surroundings_c = which == 0 && !has (self, SM_CAUSE_HOT_SURROUNDINGS)
                                   ? NAN : moment->surroundings_c;
      moment->throughput = which == 1 ? NAN : moment->throughput;
      moment->min_c = which == 2 && !has (self, SM_CAUSE_SENSOR_STUCK)
                              && !has (self, SM_CAUSE_SENSOR_JUMPS)
                          ? NAN : moment->min_c;
    }
  for (guint i = 0; i < self->charge->len; i++)
    {
      SmChargeMoment *moment = &g_array_index (self->charge, SmChargeMoment, i);

      moment->others_limited = which == 0 ? NAN : moment->others_limited;
      moment->site_kw = which == 1 ? NAN : moment->site_kw;
      moment->module_c = which == 2 && !has (self, SM_CAUSE_MODULE_HOT) ? NAN : moment->module_c;
    }
}

/* What people did is in our own books; what devices said of themselves may be lost. */
static void
lose_trips (Ailing   *self,
            SmRandom *random)
{
  for (guint i = self->trips->len; i > 0; i--)
    if (!g_array_index (self->trips, SmTrip, i - 1).is_fix && sm_random_chance (random, LOST + LATE))
      g_array_remove_index (self->trips, i - 1);
}

/** ailing_lose: A fifth of what there is to see is missing or late. */
void
ailing_lose (Ailing  *self,
             guint64  seed)
{
  SmRandom random = sm_random_new (seed, 99);

  thin (&random, &self->moments, 9);
  thin (&random, &self->days, 5);
  thin (&random, &self->charge, 12);
  lose_trips (self, &random);
  thin (&random, &self->swaps, 0);
  if (self->scope == AILING_LINK)
    lose_fields (&random, &self->link.site_silent, 7, 0.2);
  if (sm_random_chance (&random, 0.2))
    lose_a_quantity (self, &random);
}
