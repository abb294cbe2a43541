/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-faults-private.h"

#include <math.h>
#include <string.h>

#include "sm-fault-code.h"
#include "sm-time.h"

/*
 * How often what happens.  For the country that makes about one level 1 a day,
 * three of level 2, nine of level 3 and forty-five of level 4 an hour, with
 * what the limits and the piles add; figures by judgement, not from a survey.
 */
const SmSimHabit sm_sim_habits[SM_SIM_N_HABITS] = {
  { "tbox-antenna", 0, 4.9, 35, STEADY, TRUE, FALSE, NOTHING },
  { "tbox-fault", 0, 2.2, 50, BY_HEAT, TRUE, FALSE, NOTHING },
  { "station-door-open", 0, 100, 7, STEADY, FALSE, FALSE, NOTHING },
  { "station-humidity", 0, 36, 90, BY_DAMP, FALSE, FALSE, NOTHING },
  { "camera-fault", 0, 13, 70, BY_HEAT, TRUE, FALSE, NOTHING },
  { "meter-fault", 0, 5, 45, STEADY, TRUE, FALSE, NOTHING },
  { "gateway-clock-wrong", 0, 28, 20, STEADY, FALSE, FALSE, NOTHING },

  { "charger-module-fault", 0, 2.2, 45, BY_HEAT, TRUE, TRUE, FAULTS_BAY },
  { "charger-module-over-temperature", 0, 1.1, 25, BY_HEAT, TRUE, FALSE, NOTHING },
  { "cooling-fault", 0, 4.4, 55, BY_HEAT, TRUE, TRUE, NOTHING },
  { "swap-robot-position", 0, 12.5, 9, STEADY, TRUE, FALSE, NOTHING },
  { "battery-bms-fault", 0, 0.07, 60, STEADY, TRUE, FALSE, NOTHING },
  { "battery-temperature-difference", 0, 0.11, 40, BY_HEAT, TRUE, FALSE, NOTHING },
  { "battery-poor-consistency", 0, 0.11, 180, BY_COLD, TRUE, FALSE, NOTHING },
  { "battery-soc-jump", 0, 0.06, 30, BY_COLD, TRUE, FALSE, NOTHING },
  { "vehicle-dcdc-fault", 0, 0.05, 45, STEADY, TRUE, FALSE, NOTHING },
  { "vehicle-dcdc-over-temperature", 0, 0.09, 20, BY_HEAT, FALSE, FALSE, NOTHING },
  { "vehicle-controller-fault", 0, 0.07, 30, STEADY, TRUE, FALSE, NOTHING },
  { "gateway-fault", 0, 3.6, 25, STEADY, TRUE, FALSE, NOTHING },
  { "ups-on-battery", 0, 5.5, 15, STEADY, FALSE, FALSE, NOTHING },

  { "swap-robot-fault", 0, 4.5, 40, STEADY, TRUE, TRUE, BLOCKS_LANE },
  { "swap-lock-jammed", 0, 2, 30, BY_COLD, TRUE, TRUE, BLOCKS_LANE },
  { "vehicle-motor-over-temperature", 0, 0.075, 20, BY_HEAT, FALSE, FALSE, NOTHING },
  { "vehicle-motor-controller-over-temperature", 0, 0.075, 20, BY_HEAT, FALSE, FALSE, NOTHING },
  { "vehicle-brake", 0, 0.06, 70, BY_COLD, TRUE, FALSE, NOTHING },
  { "vehicle-hv-interlock", 0, 0.06, 40, STEADY, TRUE, FALSE, STRANDS },
  { "vehicle-motor-fault", 0, 0.03, 150, STEADY, TRUE, FALSE, STRANDS },
  { "vehicle-stranded", 0, 0.06, 120, STEADY, TRUE, FALSE, STRANDS },
  { "battery-cell-over-voltage", 0, 0.01, 15, STEADY, TRUE, FALSE, NOTHING },
  { "battery-cell-under-voltage", 0, 0.03, 30, BY_COLD, TRUE, FALSE, NOTHING },
  { "transformer-over-temperature", 0, 0.9, 60, BY_HEAT, TRUE, TRUE, NOTHING },
  { "grid-power-lost", 0, 1.6, 45, STEADY, FALSE, FALSE, STOPS_STATION },
  { "station-water", 0, 0.45, 90, BY_DAMP, FALSE, TRUE, NOTHING },

  { "station-smoke", 0, 0.05, 12, BY_HEAT, TRUE, FALSE, STOPS_STATION },
  { "station-gas", 0, 0.02, 15, STEADY, TRUE, FALSE, STOPS_STATION },
  { "station-fire-system-off", 0, 0.1, 35, STEADY, TRUE, FALSE, NOTHING },
  { "station-person-in-lane", 0, 0.08, 2, STEADY, FALSE, FALSE, NOTHING },
  { "vehicle-insulation", 0, 0.0014, 45, BY_DAMP, TRUE, FALSE, STRANDS },
  { "battery-insulation", 0, 0.001, 60, BY_DAMP, TRUE, FALSE, NOTHING },
  { "battery-over-temperature", 0, 0.0007, 25, BY_HEAT, TRUE, FALSE, NOTHING },
  { "battery-lock-open", 0, 0.0004, 15, STEADY, TRUE, FALSE, NOTHING },
  { "battery-thermal-event", 0, 0.0001, 90, BY_HEAT, TRUE, FALSE, NOTHING },

  /* Nobody says these: limits and the silence itself do. */
  { NULL, SM_NOUN_VEHICLE, 0.10, 30, BY_HEAT, TRUE, FALSE, HEATS },
  { NULL, SM_NOUN_VEHICLE, 0.15, 40, STEADY, FALSE, FALSE, SILENCES_VEHICLE },
  { NULL, SM_NOUN_STATION, 0.9, 30, STEADY, FALSE, FALSE, SILENCES_STATION },
};

#define MOST 3.0     /* times the middle rate: nothing fails more often than that */
#define CALL_AGAIN_S 600.0
#define YEAR_S (365.25 * 86400.0)

SmNounId
sm_sim_faults_noun_of (const SmSimFaults *self,
         guint              habit)
{
  return self->codes[habit] != NULL ? self->codes[habit]->noun : sm_sim_habits[habit].noun;
}

/* Faults of a station and of its equipment are found by the equipment. */
gboolean
sm_sim_faults_is_of_equipment (const SmSimFaults *self,
                 guint              habit)
{
  SmNounId noun = sm_sim_faults_noun_of (self, habit);

  return self->codes[habit] != NULL && (noun == SM_NOUN_STATION || noun == SM_NOUN_EQUIPMENT);
}

const SmSimEquipment *
sm_sim_faults_equipment_of (const SmSimFaults *self,
              guint              subject)
{
  return &self->world->equipment[subject];
}

static guint
count_subjects (const SmSimFaults *self,
                guint              habit)
{
  if (sm_sim_faults_is_of_equipment (self, habit))
    return self->of_kind[self->codes[habit]->equipment_kind]->len;
  switch (sm_sim_faults_noun_of (self, habit))
    {
    case SM_NOUN_VEHICLE:
      return self->world->n_vehicles;
    case SM_NOUN_BATTERY:
      return self->world->n_packs;
    default:
      return self->world->n_stations;
    }
}

static gint64
after (gint64 now_us,
       double seconds)
{
  return now_us + (gint64) (seconds * (double) SM_SECOND);
}

static double
wait_s (SmSimFaults *self,
        double       mean_s)
{
  return -log (1.0 - sm_random_unit (&self->random)) * mean_s;
}

static double
mean_gap_s (const SmSimFaults *self,
            guint              habit)
{
  return YEAR_S / (sm_sim_habits[habit].per_year * MOST * self->n_subjects[habit]);
}

/** sm_sim_faults_new: @world and @people must outlive them */
SmSimFaults *
sm_sim_faults_new (const SmSimWorld *world,
                   SmSimPeople      *people,
                   gint64            now_us)
{
  SmSimFaults *self = g_new0 (SmSimFaults, 1);

  self->world = world;
  self->people = people;
  self->now_us = now_us;
  /* Not the same faults again after every start. */
  self->random = sm_random_new (world->seed, G_GUINT64_CONSTANT (0x6661756c74000000)
                                               ^ (guint64) (now_us / SM_MINUTE));
  self->troubles = g_array_new (FALSE, FALSE, sizeof (SmSimTrouble));
  for (guint i = 0; i < G_N_ELEMENTS (self->of_kind); i++)
    self->of_kind[i] = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < world->n_equipment; i++)
    g_array_append_val (self->of_kind[world->equipment[i].kind], i);
  for (guint i = 0; i < SM_SIM_N_HABITS; i++)
    {
      self->codes[i] = sm_fault_code_find (sm_sim_habits[i].code);
      self->n_subjects[i] = count_subjects (self, i);
      self->next_us[i] = G_MAXINT64;
      if (self->n_subjects[i] > 0)
        self->next_us[i] = after (now_us, wait_s (self, mean_gap_s (self, i)));
      if (sm_sim_habits[i].code == NULL)
        continue;
      self->sender_codes[i] = g_strdup_printf ("0x%04X", 0x1000 + i * 7);
      self->sender_texts[i] = g_strdelimit (g_ascii_strup (sm_sim_habits[i].code, -1), "-", '_');
    }
  return self;
}

void
sm_sim_faults_free (SmSimFaults *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (self->of_kind); i++)
    g_array_unref (self->of_kind[i]);
  for (guint i = 0; i < SM_SIM_N_HABITS; i++)
    {
      g_free (self->sender_codes[i]);
      g_free (self->sender_texts[i]);
    }
  g_array_unref (self->troubles);
  g_free (self);
}

/* --- how likely --- */

void
sm_sim_faults_place_of (const SmSimFaults *self,
          guint              habit,
          guint              subject,
          double            *out_latitude,
          double            *out_longitude)
{
  const SmSimWorld *world = self->world;
  const SmSimSite *site;
  gboolean is_of_equipment = sm_sim_faults_is_of_equipment (self, habit);

  if (is_of_equipment || sm_sim_faults_noun_of (self, habit) == SM_NOUN_STATION)
    {
      guint of = is_of_equipment ? sm_sim_faults_equipment_of (self, subject)->station : subject;
      const SmSimStation *station = &world->stations[of];

      *out_latitude = station->latitude;
      *out_longitude = station->longitude;
      return;
    }
  if (sm_sim_faults_noun_of (self, habit) == SM_NOUN_BATTERY)
    site = &world->sites[world->packs[subject].vehicle != G_MAXUINT
                           ? world->vehicles[world->packs[subject].vehicle].home
                           : world->stations[world->packs[subject].station].site];
  else
    site = &world->sites[world->vehicles[subject].home];
  *out_latitude = site->latitude;
  *out_longitude = site->longitude;
}

static double
weather_factor (SmSimWeather weather,
                double  air_c)
{
  switch (weather)
    {
    case BY_HEAT:
      return CLAMP (exp ((air_c - 18.0) / 14.0), 0.3, 2.2);
    case BY_COLD:
      return CLAMP (exp ((8.0 - air_c) / 14.0), 0.4, 2.2);
    case BY_DAMP:
      return air_c > 20.0 ? 1.6 : 0.7;
    default:
      return 1.0;
    }
}

static double
age_factor (const SmSimFaults *self,
            guint              habit,
            guint              subject)
{
  double age = 0.5; /* 0 new, 1 old */

  if (sm_sim_faults_is_of_equipment (self, habit))
    age = (double) (self->now_us - sm_sim_faults_equipment_of (self, subject)->installed_us)
          / (8.0 * YEAR_S * (double) SM_SECOND);
  else if (sm_sim_faults_noun_of (self, habit) == SM_NOUN_BATTERY)
    age = self->world->packs[subject].cycle_count / 2400.0;
  return 0.7 + 0.6 * CLAMP (age, 0.0, 1.0);
}

gboolean
sm_sim_faults_is_troubled (const SmSimFaults *self,
             guint              habit,
             guint              subject)
{
  for (guint i = 0; i < self->troubles->len; i++)
    {
      const SmSimTrouble *trouble = &g_array_index (self->troubles, SmSimTrouble, i);

      if (trouble->habit == habit && trouble->subject == subject)
        return TRUE;
    }
  return FALSE;
}

/* --- what is told and felt --- */

/* The id of what is said to be broken. */
gint64
sm_sim_faults_id_of (const SmSimFaults  *self,
                     const SmSimTrouble *trouble)
{
  const SmSimWorld *world = self->world;
  SmNounId noun = sm_sim_faults_noun_of (self, trouble->habit);

  if (sm_sim_faults_is_of_equipment (self, trouble->habit))
    {
      const SmSimEquipment *item = sm_sim_faults_equipment_of (self, trouble->subject);

      return noun == SM_NOUN_EQUIPMENT ? item->id : world->stations[item->station].id;
    }
  return noun == SM_NOUN_BATTERY ? world->packs[trouble->subject].id
                                 : world->vehicles[trouble->subject].id;
}

static void
tell (const SmSimFaults *self,
      const SmSimTrouble     *trouble,
      gboolean           is_raised,
      gint64             at_us,
      GArray            *reports)
{
  SmFaultReport report = { .noun = sm_sim_faults_noun_of (self, trouble->habit),
                           .code = sm_sim_habits[trouble->habit].code,
                           .sender_code = self->sender_codes[trouble->habit],
                           .sender_text = self->sender_texts[trouble->habit],
                           .is_raised = is_raised, .at_us = at_us, .value = NAN,
                           .limit_value = NAN, .equipment_id = SM_UNKNOWN };

  if (report.code == NULL)
    return;
  if (sm_sim_faults_is_of_equipment (self, trouble->habit))
    report.equipment_id = sm_sim_faults_equipment_of (self, trouble->subject)->id;
  report.id = sm_sim_faults_id_of (self, trouble);
  g_array_append_val (reports, report);
}

/* Which one of its kind at its station it is, counted from 0. */
static guint
number_of (const SmSimFaults *self,
           guint              subject)
{
  const SmSimEquipment *item = sm_sim_faults_equipment_of (self, subject);
  guint number = 0;

  for (guint i = self->world->stations[item->station].first_equipment; i < subject; i++)
    number += self->world->equipment[i].kind == item->kind;
  return number;
}

static void
feel (const SmSimFaults *self,
      const SmSimTrouble     *trouble,
      gboolean           begins,
      gint64             at_us,
      GArray            *effects)
{
  SmSimEffect effect = { .index = trouble->subject, .begins = begins,
                         .until_us = MIN (trouble->until_us, after (at_us, 4.0 * 3600.0)) };

  if (sm_sim_faults_is_of_equipment (self, trouble->habit))
    {
      effect.index = sm_sim_faults_equipment_of (self, trouble->subject)->station;
      effect.part = number_of (self, trouble->subject);
    }
  switch (sm_sim_habits[trouble->habit].consequence)
    {
    case BLOCKS_LANE:
      effect.kind = SM_SIM_EFFECT_BLOCK_LANE;
      break;
    case FAULTS_BAY:
      effect.kind = SM_SIM_EFFECT_FAULT_BAY;
      effect.part = MIN (effect.part * 2, self->world->stations[effect.index].n_bays - 1);
      break;
    case STOPS_STATION:
      effect.kind = SM_SIM_EFFECT_STOP_STATION;
      break;
    case STRANDS:
      effect.kind = SM_SIM_EFFECT_BREAK_DOWN;
      break;
    case HEATS:
      effect.kind = SM_SIM_EFFECT_HEAT_PACK;
      effect.to_c = 63.0;
      break;
    case SILENCES_VEHICLE:
      effect.kind = SM_SIM_EFFECT_SILENCE_VEHICLE;
      break;
    case SILENCES_STATION:
      effect.kind = SM_SIM_EFFECT_SILENCE_STATION;
      break;
    default:
      return;
    }
  g_array_append_val (effects, effect);
}

static SmRow *
equipment_row (const SmSimEquipment *item,
               SmEquipmentState      state,
               gint64                now_us)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_EQUIPMENT));

  sm_row_set_int (row, SM_ROW_ID, item->id);
  sm_row_set_text (row, SM_EQUIPMENT_STATE, sm_equipment_states[state]);
  sm_row_set_int (row, SM_EQUIPMENT_REPORTED_AT, now_us);
  return row;
}

static void
show (const SmSimFaults *self,
      const SmSimTrouble     *trouble,
      gboolean           begins,
      gint64             at_us,
      GPtrArray         *rows)
{
  SmEquipmentState state = SM_EQUIPMENT_STATE_NORMAL;

  if (!sm_sim_faults_is_of_equipment (self, trouble->habit))
    return;
  /* Smoke is no fault of the sensor that smells it. */
  if (begins && sm_sim_faults_noun_of (self, trouble->habit) == SM_NOUN_EQUIPMENT)
    state = self->codes[trouble->habit]->level >= 4 ? SM_EQUIPMENT_STATE_WARNING
                                                    : SM_EQUIPMENT_STATE_FAULTED;
  g_ptr_array_add (rows, equipment_row (sm_sim_faults_equipment_of (self, trouble->subject), state,
                                        at_us));
}

/** sm_sim_faults_begin: @rows: (transfer full): all equipment says that it is well */
void
sm_sim_faults_begin (SmSimFaults *self,
                     GPtrArray   *rows)
{
  for (guint i = 0; i < self->world->n_equipment; i++)
    g_ptr_array_add (rows, equipment_row (&self->world->equipment[i], SM_EQUIPMENT_STATE_NORMAL,
                                          self->now_us));
}

/* --- what happens --- */

void
sm_sim_faults_add_trouble (SmSimFaults *self,
             guint        habit,
             guint        subject,
             gint64       at_us)
{
  const SmSimHabit *of = &sm_sim_habits[habit];
  /* Most take about their time, some much longer. */
  double lasts_s = of->minutes * 60.0 * (0.35 + wait_s (self, 0.65));
  SmSimTrouble trouble = { .habit = habit, .subject = subject, .work_s = lasts_s, .since_us = at_us,
                      .until_us = of->needs_engineer ? G_MAXINT64 : after (at_us, lasts_s),
                      .call_us = of->needs_engineer ? after (at_us, 240.0) : G_MAXINT64 };

  g_array_append_val (self->troubles, trouble);
}

static void
draw (SmSimFaults *self,
      guint        habit,
      gint64       now_us)
{
  while (self->next_us[habit] <= now_us)
    {
      gint64 at_us = self->next_us[habit];
      guint subject = sm_random_below (&self->random, self->n_subjects[habit]);
      double lot = sm_random_unit (&self->random) * MOST;
      double latitude, longitude, factor;

      if (sm_sim_faults_is_of_equipment (self, habit))
        subject = g_array_index (self->of_kind[self->codes[habit]->equipment_kind], guint, subject);
      sm_sim_faults_place_of (self, habit, subject, &latitude, &longitude);
      factor = weather_factor (sm_sim_habits[habit].weather,
                               sm_sim_weather_c (latitude, longitude, at_us));
      if (sm_sim_habits[habit].ages)
        factor *= age_factor (self, habit, subject);
      if (lot < factor && !sm_sim_faults_is_troubled (self, habit, subject))
        sm_sim_faults_add_trouble (self, habit, subject, at_us);
      self->next_us[habit] = after (at_us, wait_s (self, mean_gap_s (self, habit)));
    }
}

/* Nobody free: somebody tries again a little later. */
static void
call_engineer (SmSimFaults *self,
               SmSimTrouble     *trouble)
{
  double latitude, longitude;
  gint64 done_us;

  sm_sim_faults_place_of (self, trouble->habit, trouble->subject, &latitude, &longitude);
  done_us = sm_sim_people_call (self->people, latitude, longitude, trouble->call_us,
                                trouble->work_s);
  if (done_us == SM_UNKNOWN)
    {
      trouble->call_us = after (trouble->call_us, CALL_AGAIN_S);
      return;
    }
  trouble->until_us = done_us;
  trouble->call_us = G_MAXINT64;
}

/**
 * sm_sim_faults_advance:
 * @reports: (element-type SmFaultReport): what began and what is over is added
 * @effects: (element-type SmSimEffect): and what that does
 * @rows: (transfer full): and the live rows of the equipment
 */
void
sm_sim_faults_advance (SmSimFaults *self,
                       gint64       now_us,
                       GArray      *reports,
                       GArray      *effects,
                       GPtrArray   *rows)
{
  for (guint i = 0; i < SM_SIM_N_HABITS; i++)
    draw (self, i, now_us);
  self->now_us = now_us;
  for (guint i = 0; i < self->troubles->len;)
    {
      SmSimTrouble *trouble = &g_array_index (self->troubles, SmSimTrouble, i);

      if (!trouble->has_begun && trouble->since_us <= now_us)
        {
          trouble->has_begun = TRUE;
          tell (self, trouble, TRUE, trouble->since_us, reports);
          feel (self, trouble, TRUE, trouble->since_us, effects);
          show (self, trouble, TRUE, trouble->since_us, rows);
        }
      while (trouble->call_us <= now_us)
        call_engineer (self, trouble);
      if (!trouble->has_begun || trouble->until_us > now_us)
        {
          i++;
          continue;
        }
      tell (self, trouble, FALSE, trouble->until_us, reports);
      feel (self, trouble, FALSE, trouble->until_us, effects);
      show (self, trouble, FALSE, trouble->until_us, rows);
      g_array_remove_index_fast (self->troubles, i);
    }
}
