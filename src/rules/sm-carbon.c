/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-carbon.h"

#include "sm-error.h"
#include "sm-memo-private.h"
#include "sm-rules-private.h"

#include <math.h>
#include <string.h>

/* What the saved CO2 is reckoned by: of the whole network, and in no feed. */

static const SmMemo memo = { "carbon.change", "carbon", "memo-carbon" };
#define N_FACTORS 4
#define MAX_FACTOR 1000

static gboolean
is_factor (double value)
{
  return value > 0 && value <= MAX_FACTOR;
}

/* As somebody set them, with how often that was done; or as they come. */
static gboolean
read_factors (SmServiceDb      *db,
              SmCarbonFactors  *factors,
              gint64           *rev,
              GError          **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = sm_service_db_get_meta (db, memo.name, &local_error);
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", " ", -1);
  double values[N_FACTORS];
  guint n = g_strv_length (parts);

  *factors = (SmCarbonFactors) SM_CARBON_DEFAULT;
  *rev = n > N_FACTORS ? g_ascii_strtoll (parts[N_FACTORS], NULL, 10) : 1;
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (n < N_FACTORS)
    return TRUE;
  for (guint i = 0; i < N_FACTORS; i++)
    {
      values[i] = g_ascii_strtod (parts[i], NULL);
      if (!is_factor (values[i]))
        return TRUE;
    }
  *factors = (SmCarbonFactors){ values[0], values[1], values[2], values[3] };
  return TRUE;
}

/** sm_carbon_read: In a reader's thread. @out_rev: which state of them it is */
gboolean
sm_carbon_read (SmReader         *reader,
                SmCarbonFactors  *out_factors,
                gint64           *out_rev,
                GError          **error)
{
  return read_factors (reader->db, out_factors, out_rev, error);
}

static char *
to_text (const SmCarbonFactors *factors,
         const char            *format)
{
  char digits[N_FACTORS][G_ASCII_DTOSTR_BUF_SIZE];
  const double values[N_FACTORS] = { factors->diesel_l_per_100km, factors->diesel_kg_per_l,
                                     factors->truck_kwh_per_km, factors->grid_kg_per_kwh };
  g_auto (GStrv) parts = g_strsplit (format, "#", -1);
  GString *text = g_string_new (parts[0]);

  for (guint i = 0; i < N_FACTORS; i++)
    g_string_append_printf (text, "%s%s", g_ascii_dtostr (digits[i], sizeof digits[i], values[i]),
                            parts[i + 1]);
  return g_string_free (text, FALSE);
}

static char *
to_json (const SmCarbonFactors *factors)
{
  return to_text (factors, "{\"diesel_l_per_100km\":#,\"diesel_kg_per_l\":#,"
                           "\"truck_kwh_per_km\":#,\"grid_kg_per_kwh\":#}");
}

static gboolean
write_factors (SmRules                *rules,
               SmActor                *actor,
               const SmCarbonFactors  *before,
               const SmCarbonFactors  *after,
               gint64                  rev,
               GError                **error)
{
  g_autofree char *factors = to_text (after, "# # # #");
  g_autofree char *text = g_strdup_printf ("%s %" G_GINT64_FORMAT, factors, rev);
  g_autofree char *was = to_json (before);
  g_autofree char *is = to_json (after);

  return sm_memo_write (rules, actor, &memo, text, was, is, error);
}

static double
merge (double before,
       double change)
{
  return isnan (change) ? before : change;
}

static gboolean
may_change (SmActor                *actor,
            gint64                  if_rev,
            gint64                  rev,
            const SmCarbonFactors  *after,
            GError                **error)
{
  if (!sm_memo_may_change (actor, memo.act, if_rev, rev, error))
    return FALSE;
  if (is_factor (after->diesel_l_per_100km) && is_factor (after->diesel_kg_per_l)
      && is_factor (after->truck_kwh_per_km) && is_factor (after->grid_kg_per_kwh))
    return TRUE;
  sm_set_error (error, SM_ERROR_INVALID, "out-of-range", "A factor is between 0 and %d", MAX_FACTOR);
  return FALSE;
}

/**
 * sm_carbon_change:
 * @if_rev: which state of them the person saw
 * @changes: those that are not NAN are taken over
 *
 * What stands there already is no change, so that it may be sent again.
 */
gboolean
sm_carbon_change (SmRules                *rules,
                  SmActor                *actor,
                  gint64                  if_rev,
                  const SmCarbonFactors  *changes,
                  SmCarbonFactors        *out_factors,
                  gint64                 *out_rev,
                  GError                **error)
{
  g_autoptr (GError) refusal = NULL;
  SmCarbonFactors before;

  if (!read_factors (rules->db, &before, out_rev, error))
    return FALSE;
  *out_factors = (SmCarbonFactors){
    merge (before.diesel_l_per_100km, changes->diesel_l_per_100km),
    merge (before.diesel_kg_per_l, changes->diesel_kg_per_l),
    merge (before.truck_kwh_per_km, changes->truck_kwh_per_km),
    merge (before.grid_kg_per_kwh, changes->grid_kg_per_kwh),
  };
  if (sm_actor_may (actor, memo.act) && memcmp (&before, out_factors, sizeof before) == 0)
    return TRUE;
  if (!may_change (actor, if_rev, *out_rev, out_factors, &refusal))
    return sm_memo_refuse (rules, actor, &memo, g_steal_pointer (&refusal), error);
  *out_rev += 1;
  if (!write_factors (rules, actor, &before, out_factors, *out_rev, error))
    return FALSE;
  sm_stats_cache_touch (rules->stats);
  return TRUE;
}
