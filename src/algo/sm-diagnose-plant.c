/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-diagnose.h"

#include <string.h>

#include "sm-diagnose-math.h"

/* The signs of what is not a pack: links, connectors, repeated faults, lanes. */

#define DAY_US (24.0 * 3600.0 * G_USEC_PER_SEC)

static void
set (SmSigns *self,
     SmSign   sign,
     double   value,
     gint64   at_us)
{
  self->value[sign] = value;
  self->at_us[sign] = at_us;
}

/** sm_signs_of_link: Who is silent, and who else is. */
void
sm_signs_of_link (SmSigns           *self,
                  const SmLinkState *link)
{
  set (self, SM_SIGN_SILENCE, link->silent_periods, link->since_us);
  set (self, SM_SIGN_SITE_SILENT, link->site_silent, link->since_us);
  set (self, SM_SIGN_CARRIER_SILENT, link->carrier_silent, link->since_us);
  set (self, SM_SIGN_OTHERS_SILENT, link->others_silent, link->since_us);
  set (self, SM_SIGN_TOGETHER, link->together_s, link->since_us);
  set (self, SM_SIGN_SUPPLY_FELL, link->supply_fell, link->since_us);
  set (self, SM_SIGN_DARK_PLACE, link->is_dark_place, link->since_us);
  set (self, SM_SIGN_SIGNAL_FELL, link->signal_fell_db, link->since_us);
}

/* --- connectors --- */

#define LATELY 12 /* moments */
/* IEC 62196-1 and GB/T 20234.1 allow a contact 50 K above its surroundings at
 * its rated current; a sound one has little more than half of that, by I². */
#define CONTACT_SOUND_K 30.0
/* A charger discharges its output within that (GB/T 18487.1: below 60 V in 1 s). */
#define OPEN_AFTER_US (30 * (gint64) G_USEC_PER_SEC)

/* What a car asks beyond what the connector is made for is nobody's fault. */
static double
lacking_kw (const SmChargeMoment *moment,
            double               *out_asked_kw)
{
  double asked_kw = moment->asked_kw > moment->rated_kw ? moment->rated_kw
                                                        : moment->asked_kw;

  *out_asked_kw = asked_kw;
  return asked_kw >= 1 && moment->is_closed != 0 ? asked_kw - moment->power_kw : NAN;
}

static double
shortfall_of (const SmChargeMoment *moment)
{
  double asked_kw, lacking = lacking_kw (moment, &asked_kw);

  return 100.0 * lacking / asked_kw;
}

static double
lacking_of_rated (const SmChargeMoment *moment)
{
  double asked_kw;

  return moment->rated_kw > 0 ? 100.0 * lacking_kw (moment, &asked_kw) / moment->rated_kw : NAN;
}

static double
share_of_site (const SmChargeMoment *moment)
{
  return moment->site_limit_kw > 0 ? 100.0 * moment->site_kw / moment->site_limit_kw : NAN;
}

/* Returns: where the last moments begin in which it was to give power */
static guint
lately_from (const SmChargeMoment *moments,
             guint                 n)
{
  guint left = LATELY;

  while (n > 0 && left > 0)
    left -= moments[--n].is_closed != 0;
  return n;
}

static void
signs_of_power (SmSigns              *self,
                const SmChargeMoment *moments,
                guint                 n)
{
  SmNumbers shortfall = sm_numbers_new (), others = sm_numbers_new ();
  SmNumbers load = sm_numbers_new (), heat = sm_numbers_new ();
  SmSums by_heat = { 0 };
  gint64 at_us = n > 0 ? moments[n - 1].at_us : 0;
  guint from = lately_from (moments, n);

  for (guint i = 0; i < n; i++)
    {
      sm_sums_add (&by_heat, moments[i].module_c, shortfall_of (&moments[i]));
      if (i < from || moments[i].is_closed == 0)
        continue;
      sm_numbers_add (&shortfall, shortfall_of (&moments[i]));
      sm_numbers_add (&others, moments[i].others_limited);
      sm_numbers_add (&load, share_of_site (&moments[i]));
      sm_numbers_add (&heat, moments[i].module_c);
    }
  set (self, SM_SIGN_SHORTFALL, sm_numbers_median (&shortfall, 3), at_us);
  set (self, SM_SIGN_OTHERS_LIMITED, sm_numbers_median (&others, 2), at_us);
  set (self, SM_SIGN_SITE_LOAD, sm_numbers_median (&load, 2), at_us);
  set (self, SM_SIGN_MODULE_TEMPERATURE, sm_numbers_median (&heat, 2), at_us);
  set (self, SM_SIGN_POWER_BY_HEAT, sm_sums_correlation (&by_heat), 0);
}

/* The median shortfall of up to five moments from @from on, each the @way next. */
static double
shortfall_around (const SmChargeMoment *moments,
                  guint                 n,
                  guint                 from,
                  int                   way)
{
  SmNumbers numbers = sm_numbers_new ();

  for (gint64 i = from; i >= 0 && i < n && numbers.of->len < 5; i += way)
    sm_numbers_add (&numbers, lacking_of_rated (&moments[i]));
  return sm_numbers_median (&numbers, 3);
}

/* What is lost between one moment and the next, and stays lost. */
static void
sign_of_step (SmSigns              *self,
              const SmChargeMoment *moments,
              guint                 n)
{
  double worst = NAN, last = NAN;
  gint64 at_us = 0;

  for (guint i = 0; i < n; i++)
    {
      double now = lacking_of_rated (&moments[i]);
      double stays = isnan (now) || i == 0 ? NAN
                                           : MIN (now - last,
                                                  shortfall_around (moments, n, i, 1)
                                                      - shortfall_around (moments, n, i - 1, -1));

      if (!isnan (stays) && !isnan (last) && (isnan (worst) || stays > worst))
        {
          worst = stays;
          at_us = moments[i].at_us;
        }
      if (!isnan (now))
        last = now;
    }
  set (self, SM_SIGN_POWER_STEP, worst, at_us);
}

static void
signs_of_plug (SmSigns              *self,
               const SmChargeMoment *moments,
               guint                 n)
{
  SmNumbers left = sm_numbers_new (), rise = sm_numbers_new ();
  gint64 opened_at = 0, at_us = 0;
  guint from = lately_from (moments, n);

  for (guint i = 0; i < n; i++)
    {
      const SmChargeMoment *moment = &moments[i];
      double part = moment->rated_a > 0 ? moment->current_a / moment->rated_a : NAN;

      if (moment->is_closed == 1)
        opened_at = 0;
      else if (moment->is_closed == 0 && opened_at == 0)
        opened_at = moment->at_us;
      if (opened_at != 0 && moment->at_us - opened_at >= OPEN_AFTER_US
          && fabs (moment->current_a) < 2)
        {
          sm_numbers_add (&left, moment->voltage_v);
          at_us = moment->at_us;
        }
      if (i >= from && part > 0.1)
        sm_numbers_add (&rise, moment->contact_c - moment->surroundings_c
                                   - CONTACT_SOUND_K * part * part);
    }
  set (self, SM_SIGN_VOLTAGE_LEFT, sm_numbers_median (&left, 2), at_us);
  set (self, SM_SIGN_CONTACT_RISE, sm_numbers_median (&rise, 3),
       n > 0 ? moments[n - 1].at_us : 0);
}

/** sm_signs_of_charge: @moments: of one connector, in any order */
void
sm_signs_of_charge (SmSigns              *self,
                    const SmChargeMoment *moments,
                    guint                 n)
{
  g_autofree SmChargeMoment *sorted = sm_sorted_by_time (moments, n, sizeof *moments);

  signs_of_power (self, sorted, n);
  sign_of_step (self, sorted, n);
  signs_of_plug (self, sorted, n);
}

/* --- faults that come again --- */

#define BEFORE_DAYS 30.0

/** sm_signs_of_trips: @trips: equal faults of one thing and what was done about them, in any order */
void
sm_signs_of_trips (SmSigns      *self,
                   const SmTrip *trips,
                   guint         n,
                   gint64        now_us)
{
  gint64 fixed_at = 0, last_at = 0;
  double before = 0, after = 0, days;

  for (guint i = 0; i < n; i++)
    if (trips[i].is_fix && trips[i].at_us <= now_us)
      fixed_at = MAX (fixed_at, trips[i].at_us);
  if (fixed_at == 0)
    return;
  for (guint i = 0; i < n; i++)
    if (!trips[i].is_fix && trips[i].at_us > fixed_at && trips[i].at_us <= now_us)
      {
        after++;
        last_at = MAX (last_at, trips[i].at_us);
      }
    else if (!trips[i].is_fix && trips[i].at_us <= fixed_at
             && fixed_at - trips[i].at_us < BEFORE_DAYS * DAY_US)
      before++;
  days = MAX ((double) (now_us - fixed_at) / DAY_US, 1.0);
  set (self, SM_SIGN_TRIPS_AFTER_FIX, after, last_at);
  if (before > 0)
    set (self, SM_SIGN_TRIPS_AS_BEFORE, after / days / (before / BEFORE_DAYS), last_at);
}

/* --- lanes --- */

/* One or two retries of the same vehicle are chance. */
#define BY_CHANCE 1.5
#define OF_ONE 0.3

static gint64
most_retried (const SmLaneSwap *swaps,
              guint             n,
              double           *out_share)
{
  gint64 worst = 0;
  double most = 0, all = 0;

  for (guint i = 0; i < n; i++)
    {
      double own = 0;

      all += isnan (swaps[i].retries) ? 0 : swaps[i].retries;
      for (guint j = 0; j < n; j++)
        if (swaps[j].vehicle_id == swaps[i].vehicle_id && !isnan (swaps[j].retries))
          own += swaps[j].retries;
      if (own > most)
        {
          most = own;
          worst = swaps[i].vehicle_id;
        }
    }
  *out_share = all >= 3 ? MAX (most - BY_CHANCE, 0) / all : NAN;
  return worst;
}

/** sm_signs_of_lane: @swaps: some dozen of the last in one lane, in any order */
void
sm_signs_of_lane (SmSigns          *self,
                  const SmLaneSwap *swaps,
                  guint             n)
{
  g_autofree SmLaneSwap *sorted = sm_sorted_by_time (swaps, n, sizeof *swaps);
  double share, sum = 0, known = 0;
  gint64 worst = most_retried (sorted, n, &share);
  SmSums growth = { 0 };

  for (guint i = 0; i < n; i++)
    {
      if (isnan (sorted[i].retries))
        continue;
      known++;
      sum += sorted[i].retries;
      /* What one vehicle does is no growth of the lane's. */
      if (isnan (share) || share < OF_ONE || sorted[i].vehicle_id != worst)
        sm_sums_add (&growth, (double) (sorted[i].at_us - sorted[0].at_us) / DAY_US / 7.0,
                     sorted[i].retries);
    }
  if (known < 8)
    return;
  set (self, SM_SIGN_RETRIES, sum / known, sorted[n - 1].at_us);
  set (self, SM_SIGN_RETRY_OF_ONE, share, sorted[n - 1].at_us);
  set (self, SM_SIGN_RETRY_GROWTH, growth.n >= 8 ? sm_sums_slope (&growth) : NAN,
       sorted[n - 1].at_us);
}
