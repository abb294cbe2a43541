/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-ready.h"

#include <math.h>

/*
 * When packs will be ready.  Two things bound their power: the pack, which takes
 * less the fuller it is, and the site, which shares out what the grid gives.
 * The first is a curve that is the same for all packs of a model and is learned
 * as the most that was ever measured.  The second shows when packs together get
 * less than they could take: that much is there, and is shared by who will
 * charge then.  So all that is known to happen is played through: trucks that
 * wait and that are on their way take the fullest pack and leave theirs, as many
 * at once as there are lanes; and beside them those of which nothing is known
 * yet, as often as they came of late.
 */

#define BIN_PERCENT (100.0 / SM_READY_BINS)

/* The share of what is measured above the curve that it takes over at once,
 * and of what it forgets with each measurement, for packs that grow old. */
#define LEARN_UP 0.5
#define LEARN_DOWN 0.00005
#define LEARN_GAIN 0.05

/* Below that share of the curve it is the site that bounds. */
#define BOUND_BY_SITE 0.93

#define FULL_SOC 98
#define LONGEST_S (12 * 3600.0)

/* So finely it is played through at first, and later. */
#define STEP_S 30.0
#define FINE_S (90 * 60.0)
#define COARSE_STEP_S 120.0

/* From being called until the old pack is in a bay, the new one is out of its own,
 * and the lane is free for the next. */
#define OLD_OUT_S 145.0
#define NEW_IN_S 220.0
#define RELEASED_S 290.0

/* How fast it is forgotten how long before trucks announced themselves. */
#define LEAD_KEEPS 0.9995
#define LEAD_FIRST_MIN 25.0

static guint
bin_of (double soc)
{
  return (guint) CLAMP ((int) (soc / BIN_PERCENT), 0, SM_READY_BINS - 1);
}

/** sm_ready_curve_init: What is supposed before anything was measured. */
void
sm_ready_curve_init (SmReadyCurve *self,
                     double        nominal_wh,
                     double        max_power_kw)
{
  self->nominal_wh = nominal_wh;
  self->gain = 0.95;
  if (!(max_power_kw > 0))
    max_power_kw = nominal_wh / 1000; /* an hour */
  for (guint i = 0; i < SM_READY_BINS; i++)
    {
      double soc = (i + 0.5) * BIN_PERCENT;

      self->power_kw[i] = max_power_kw * (soc < 80 ? 1 : 1 - 0.75 * (soc - 80) / 20);
    }
}

/** sm_ready_curve_learn: A pack at @soc took @power_kw. */
void
sm_ready_curve_learn (SmReadyCurve *self,
                      double        soc,
                      double        power_kw)
{
  double *most = &self->power_kw[bin_of (soc)];

  if (!(power_kw > 0) || !(soc >= 0 && soc <= 100))
    return;
  if (power_kw > *most)
    *most += (power_kw - *most) * LEARN_UP;
  else if (power_kw > *most * BOUND_BY_SITE)
    *most += (power_kw - *most) * LEARN_GAIN;
  else
    *most += (power_kw - *most) * LEARN_DOWN;
}

/** sm_ready_curve_is_bound: Whether it is not the pack that bounds @power_kw. */
gboolean
sm_ready_curve_is_bound (const SmReadyCurve *self,
                         double              soc,
                         double              power_kw)
{
  return power_kw > 0 && power_kw < self->power_kw[bin_of (soc)] * BOUND_BY_SITE;
}

/** sm_ready_curve_rise: In so many seconds at that power it rose from @soc_before. */
void
sm_ready_curve_rise (SmReadyCurve *self,
                     double        health,
                     double        soc_before,
                     double        soc_after,
                     double        power_kw,
                     double        seconds)
{
  double expected = power_kw * 1000 * seconds / 3600 / (self->nominal_wh * health) * 100;
  double gain = (soc_after - soc_before) / expected;

  /* Too short a time says more of rounding than of the pack. */
  if (!(expected > 0.5) || !(gain > 0.5 && gain < 1.5))
    return;
  self->gain += (gain - self->gain) * LEARN_GAIN;
}

/* Between the middles of two bins it is between their powers. */
static double
power_at (const SmReadyCurve *self,
          double              soc)
{
  double at = CLAMP (soc / BIN_PERCENT - 0.5, 0, SM_READY_BINS - 1);
  guint bin = MIN ((guint) at, SM_READY_BINS - 2);

  return self->power_kw[bin] + (self->power_kw[bin + 1] - self->power_kw[bin]) * (at - bin);
}

/** sm_ready_rise: Returns: by how much its state of charge rises in that time, % */
double
sm_ready_rise (const SmReadyPack *pack,
               double             power_kw,
               double             seconds)
{
  return power_kw * 1000 * pack->curve->gain * seconds / 3600
         / (pack->curve->nominal_wh * pack->health) * 100;
}

/* --- who comes --- */

/** sm_ready_lead_init: What is supposed before any truck announced itself. */
void
sm_ready_lead_init (SmReadyLead *self)
{
  for (guint i = 0; i <= SM_READY_LEAD_MINUTES; i++)
    self->weight[i] = exp (-(double) i / LEAD_FIRST_MIN);
}

/**
 * sm_ready_lead_note: One is on its way that will have announced itself so long before it
 * came.  Looked at when it may be, those with a long way are seen more often: each
 * counts the less.
 */
void
sm_ready_lead_note (SmReadyLead *self,
                    double       seconds)
{
  double minutes = MAX (seconds / 60, 1);

  for (guint i = 0; i <= SM_READY_LEAD_MINUTES; i++)
    self->weight[i] *= LEAD_KEEPS;
  self->weight[MIN ((guint) minutes, SM_READY_LEAD_MINUTES)] += 1 / minutes;
}

/* Of those that come in so long a time: how many nothing is known of yet? */
static double
unannounced (const SmReadyLead *self,
             double             seconds)
{
  double all = 0, shorter = 0;

  if (self == NULL)
    return 1;
  for (guint i = 0; i <= SM_READY_LEAD_MINUTES; i++)
    {
      all += self->weight[i];
      if ((double) i * 60 < seconds)
        shorter += self->weight[i];
    }
  return all > 0 ? shorter / all : 1;
}

/* --- playing it through --- */

typedef struct
{
  const SmReadySite *site;
  SmReadyPack packs[SM_READY_MAX_PACKS];
  guint n_packs, n_first; /* all, and those that were there at the beginning */
  SmReadyTruck *trucks;
  guint n_trucks, n_empty;
  SmReadyPack *guessed; /* (nullable): of those nobody knows of, not whole yet */
  double now_s;
} Play;

static gboolean
takes_power (const SmReadyPack *pack)
{
  return pack->weight > 0 && pack->part > 0 && pack->held_for == 0 && pack->soc < FULL_SOC;
}

/* What they would take together if they got all. */
static double
wanted (const SmReadyPack *packs,
        guint              n)
{
  double kw = 0;

  for (guint i = 0; i < n; i++)
    if (takes_power (&packs[i]))
      kw += packs[i].weight * power_at (packs[i].curve, packs[i].soc);
  return kw;
}

/**
 * sm_ready_measure:
 * @power_kw: what each takes now; NAN when it is not known
 *
 * Notes how much of what they could take each gets, beside what the site leaves
 * to them; one that takes nothing goes on taking nothing.
 */
void
sm_ready_measure (const SmReadySite *site,
                  SmReadyPack       *packs,
                  guint              n,
                  const double      *power_kw)
{
  double kw, part;

  for (guint i = 0; i < n; i++)
    packs[i].part = power_kw[i] <= 0 ? 0 : 1;
  kw = wanted (packs, n);
  part = kw > 0 ? MIN (site->limit_kw / kw, 1) : 1;
  for (guint i = 0; i < n; i++)
    {
      double expected = power_at (packs[i].curve, packs[i].soc) * part;

      if (power_kw[i] > 0 && expected > 0)
        packs[i].part = CLAMP (power_kw[i] / expected, 0.6, 1.4);
    }
}

static SmReadyPack *
add_pack (Play              *play,
          const SmReadyPack *pack,
          double             weight)
{
  SmReadyPack *added;

  if (play->n_packs == SM_READY_MAX_PACKS || pack->curve == NULL)
    return NULL;
  added = &play->packs[play->n_packs++];
  *added = *pack;
  added->part = 1;
  added->weight = weight;
  added->held_for = 0;
  return added;
}

/* The fullest that is ready and fits. */
static SmReadyPack *
find_ready (Play    *play,
            guint64  fit)
{
  SmReadyPack *most = NULL;

  for (guint i = 0; i < play->n_packs; i++)
    {
      SmReadyPack *pack = &play->packs[i];

      if (pack->weight > 0.5 && pack->held_for == 0 && (pack->model & fit) != 0
          && pack->soc >= pack->ready_soc && (most == NULL || pack->soc > most->soc))
        most = pack;
    }
  return most;
}

static void
take_out (Play         *play,
          SmReadyTruck *truck)
{
  truck->stage = SM_READY_BETWEEN;
  if (play->n_empty == 0)
    return; /* the robot holds it */
  play->n_empty--;
  add_pack (play, &truck->old, 1);
  truck->old.curve = NULL;
}

static void
put_in (Play         *play,
        SmReadyTruck *truck)
{
  truck->stage = SM_READY_DONE;
  for (guint i = 0; i < play->n_packs; i++)
    if (play->packs[i].held_for == truck->id)
      {
        play->packs[i].weight = 0;
        play->packs[i].held_for = 0;
        play->n_empty++;
      }
  if (truck->old.curve != NULL && play->n_empty > 0)
    {
      play->n_empty--;
      add_pack (play, &truck->old, 1);
    }
}

/* Returns: how many stand in lanes after that */
static guint
serve (Play *play)
{
  guint n_busy = 0;

  for (guint i = 0; i < play->n_trucks; i++)
    {
      SmReadyTruck *truck = &play->trucks[i];
      double since_s = play->now_s - truck->at_s;

      if (truck->stage == SM_READY_COMES)
        continue;
      if (truck->stage == SM_READY_CALLED && since_s >= OLD_OUT_S)
        take_out (play, truck);
      if (truck->stage == SM_READY_BETWEEN && since_s >= NEW_IN_S)
        put_in (play, truck);
      if (truck->stage == SM_READY_DONE && since_s >= RELEASED_S)
        truck->stage = SM_READY_GONE;
      n_busy += truck->stage != SM_READY_GONE;
    }
  return n_busy;
}

static void
call (Play  *play,
      guint  n_busy)
{
  for (guint i = 0; i < play->n_trucks && n_busy < play->site->n_lanes; i++)
    {
      SmReadyTruck *truck = &play->trucks[i];
      SmReadyPack *pack;

      if (truck->stage != SM_READY_COMES || truck->at_s > play->now_s)
        continue;
      pack = find_ready (play, truck->fit);
      if (pack == NULL)
        continue;
      pack->held_for = truck->id;
      truck->stage = SM_READY_CALLED;
      truck->at_s = play->now_s;
      n_busy++;
    }
}

/* Those of which nothing is known take a share of the fullest, and leave as much of an empty one. */
static void
guess (Play   *play,
       double  step_s)
{
  double share = play->site->arrivals_per_s * step_s * unannounced (play->site->lead, play->now_s);
  SmReadyPack *most = NULL;

  for (guint i = 0; i < play->n_packs; i++)
    if (play->packs[i].weight > 0 && play->packs[i].held_for == 0
        && play->packs[i].soc >= play->packs[i].ready_soc
        && (most == NULL || play->packs[i].soc > most->soc))
      most = &play->packs[i];
  if (most == NULL || share <= 0)
    return;
  share = MIN (share, most->weight);
  most->weight -= share;
  if (play->guessed == NULL || play->guessed->weight + share > 1)
    {
      SmReadyPack empty = *most;

      empty.soc = play->site->arrival_soc;
      play->guessed = add_pack (play, &empty, share);
    }
  else
    play->guessed->weight += share;
}

/* Returns: how many of the first are not ready yet */
static guint
rise_all (Play   *play,
          double  step_s)
{
  double kw = wanted (play->packs, play->n_packs);
  double part = kw > 0 ? MIN (play->site->limit_kw / kw, 1) : 1;
  guint n_left = 0;

  for (guint i = 0; i < play->n_packs; i++)
    {
      SmReadyPack *pack = &play->packs[i];
      double before = pack->soc, kw_now;

      if (!takes_power (pack))
        continue;
      kw_now = power_at (pack->curve, before) * part * pack->part;
      pack->soc += sm_ready_rise (pack, kw_now, step_s);
      if (i >= play->n_first || !isnan (pack->ready_s))
        continue;
      if (pack->soc >= pack->ready_soc)
        pack->ready_s = play->now_s + step_s * (pack->ready_soc - before) / (pack->soc - before);
      n_left += isnan (pack->ready_s);
    }
  return n_left;
}

/**
 * sm_ready_foresee:
 * @packs: all in the bays; @ready_s of each is set
 * @n_packs: at most %SM_READY_MAX_PACKS
 * @trucks: known to come or to be there; they are used up
 *
 * Says of each pack in how many seconds it will be ready: 0 when it is.
 */
void
sm_ready_foresee (const SmReadySite *site,
                  SmReadyPack       *packs,
                  guint              n_packs,
                  SmReadyTruck      *trucks,
                  guint              n_trucks)
{
  Play play = { .site = site, .n_packs = n_packs, .n_first = n_packs, .trucks = trucks,
                .n_trucks = n_trucks, .n_empty = site->n_empty };
  double step_s = STEP_S;

  for (guint i = 0; i < n_packs; i++)
    {
      play.packs[i] = packs[i];
      play.packs[i].ready_s = packs[i].soc >= packs[i].ready_soc ? 0 : NAN;
    }
  for (; play.now_s < LONGEST_S; play.now_s += step_s)
    {
      call (&play, serve (&play));
      guess (&play, step_s);
      step_s = play.now_s < FINE_S ? STEP_S : COARSE_STEP_S;
      if (rise_all (&play, step_s) == 0)
        break;
    }
  for (guint i = 0; i < n_packs; i++)
    packs[i].ready_s = play.packs[i].ready_s;
}
