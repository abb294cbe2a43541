/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-faults-private.h"

/* What others do to what is wrong: scenarios, commands, and those who mend it. */

/**
 * sm_sim_faults_find:
 * @code: of the catalogue
 * @index: of the world's vehicles, packs or stations
 *
 * Returns: whether such a thing can happen to it
 */
gboolean
sm_sim_faults_find (const SmSimFaults *self,
                    const char        *code,
                    SmNounId           noun,
                    guint              index,
                    guint             *out_subject)
{
  for (guint i = 0; i < SM_SIM_N_HABITS; i++)
    {
      const SmSimStation *station;

      if (g_strcmp0 (sm_sim_habits[i].code, code) != 0)
        continue;
      *out_subject = index;
      if (!sm_sim_faults_is_of_equipment (self, i))
        return sm_sim_faults_noun_of (self, i) == noun;
      if (noun != SM_NOUN_STATION)
        return FALSE;
      station = &self->world->stations[index];
      for (guint at = 0; at < station->n_equipment; at++)
        if (self->world->equipment[station->first_equipment + at].kind
            == self->codes[i]->equipment_kind)
          {
            *out_subject = station->first_equipment + at;
            return TRUE;
          }
    }
  return FALSE;
}

static gboolean
inject (SmSimFaults *self,
        guint        habit,
        guint        subject,
        gint64       at_us,
        gint64       until_us)
{
  SmSimTrouble *trouble;

  if (sm_sim_faults_is_troubled (self, habit, subject))
    return FALSE;
  sm_sim_faults_add_trouble (self, habit, subject, at_us);
  trouble = &g_array_index (self->troubles, SmSimTrouble, self->troubles->len - 1);
  if (until_us != G_MAXINT64)
    {
      trouble->until_us = until_us;
      trouble->call_us = G_MAXINT64;
    }
  return TRUE;
}

/**
 * sm_sim_faults_inject:
 * @code: of the catalogue
 * @subject: what sm_sim_faults_find() found
 * @until_us: G_MAXINT64: until it has been seen to, or as long as such a thing lasts
 */
gboolean
sm_sim_faults_inject (SmSimFaults *self,
                      const char  *code,
                      guint        subject,
                      gint64       at_us,
                      gint64       until_us)
{
  for (guint i = 0; i < SM_SIM_N_HABITS; i++)
    if (g_strcmp0 (sm_sim_habits[i].code, code) == 0)
      return inject (self, i, subject, at_us, until_us);
  return FALSE;
}

/** sm_sim_faults_silence: Nothing is heard of a station or vehicle (by its index) until then. */
gboolean
sm_sim_faults_silence (SmSimFaults *self,
                       SmNounId     noun,
                       guint        index,
                       gint64       at_us,
                       gint64       until_us)
{
  SmSimConsequence wanted = noun == SM_NOUN_STATION ? SILENCES_STATION : SILENCES_VEHICLE;

  for (guint i = 0; i < SM_SIM_N_HABITS; i++)
    if (sm_sim_habits[i].code == NULL && sm_sim_habits[i].consequence == wanted)
      return inject (self, i, index, at_us, until_us);
  return FALSE;
}

/** sm_sim_faults_reset: Ends what a reset ends. Returns: whether nothing is wrong with it then */
gboolean
sm_sim_faults_reset (SmSimFaults *self,
                     gint64       equipment_id,
                     gint64       now_us)
{
  gboolean is_well = TRUE;

  for (guint i = 0; i < self->troubles->len; i++)
    {
      SmSimTrouble *trouble = &g_array_index (self->troubles, SmSimTrouble, i);

      if (!sm_sim_faults_is_of_equipment (self, trouble->habit)
          || sm_sim_faults_equipment_of (self, trouble->subject)->id != equipment_id)
        continue;
      if (sm_sim_habits[trouble->habit].needs_engineer)
        is_well = FALSE;
      else
        trouble->until_us = MIN (trouble->until_us, now_us);
    }
  return is_well;
}

/* --- who is sent by an order --- */

/* Returns: (transfer none) (nullable): what is wrong with it that has begun */
static SmSimTrouble *
find_trouble (const SmSimFaults *self,
              SmNounId           noun,
              gint64             id,
              const char        *code)
{
  for (guint i = 0; i < self->troubles->len; i++)
    {
      SmSimTrouble *trouble = &g_array_index (self->troubles, SmSimTrouble, i);

      if (trouble->has_begun && sm_sim_faults_noun_of (self, trouble->habit) == noun
          && g_strcmp0 (sm_sim_habits[trouble->habit].code, code) == 0
          && sm_sim_faults_id_of (self, trouble) == id)
        return trouble;
    }
  return NULL;
}

/**
 * sm_sim_faults_entrust:
 * @noun: with @id and @code: what an order is about
 * @until_us: nobody else is called to it before then
 * @out_work_s: (out): how long there is work
 * @out_latitude: (out): where
 * @out_longitude: (out)
 *
 * Returns: whether there is such a thing
 */
gboolean
sm_sim_faults_entrust (SmSimFaults *self,
                       SmNounId     noun,
                       gint64       id,
                       const char  *code,
                       gint64       until_us,
                       double      *out_work_s,
                       double      *out_latitude,
                       double      *out_longitude)
{
  SmSimTrouble *trouble = find_trouble (self, noun, id, code);

  if (trouble == NULL)
    return FALSE;
  if (trouble->until_us == G_MAXINT64)
    trouble->call_us = until_us;
  *out_work_s = trouble->work_s;
  sm_sim_faults_place_of (self, trouble->habit, trouble->subject, out_latitude, out_longitude);
  return TRUE;
}

/** sm_sim_faults_mend: Whoever was sent by an order is done. */
void
sm_sim_faults_mend (SmSimFaults *self,
                    SmNounId     noun,
                    gint64       id,
                    const char  *code,
                    gint64       at_us)
{
  SmSimTrouble *trouble = find_trouble (self, noun, id, code);

  if (trouble == NULL)
    return;
  trouble->until_us = MIN (trouble->until_us, at_us);
  trouble->call_us = G_MAXINT64;
}
