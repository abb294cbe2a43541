/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-service-life.h"

#include "sm-bound.h"
#include "sm-live-private.h"
#include "sm-rules-private.h"

#include <string.h>

/*
 * What was made for so many years is a notice a quarter ahead, so that a new one
 * can be ordered, and worse once they are over.  It is looked up by an index of
 * its end, so that only what is due costs anything.  A pack is made for so many
 * cycles, too: that is a notice at nine tenths of them, and worse beyond.
 */

#define PERIOD (10 * SM_MINUTE) /* of machine time */
#define AHEAD (90 * SM_DAY)
#define WEAR_AHEAD 0.9
#define LEVEL_AHEAD 4
#define LEVEL_OVER 3
/* Of a whole register that was made on one day, the writer takes some in each second. */
#define MOST_AT_ONCE 200

static const struct
{
  SmNounId noun;
  const char *code;
  const char *sql; /* NULL: by what it has done */
} kinds[] = {
  { SM_NOUN_BATTERY, "pack-worn", NULL },
  { SM_NOUN_BATTERY, "battery-service-life",
    "SELECT id, service_life_until FROM battery WHERE service_life_until < ? "
    "AND fitness NOT IN ('retired', 'lost')" },
  { SM_NOUN_EQUIPMENT, "equipment-service-life",
    "SELECT id, service_life_until FROM equipment WHERE service_life_until < ? "
    "AND NOT EXISTS (SELECT 1 FROM station WHERE station.id = equipment.station_id "
    "AND station.state = 'retired')" },
  { SM_NOUN_PILE, "pile-service-life",
    "SELECT id, service_life_until FROM pile WHERE service_life_until < ? "
    "AND NOT EXISTS (SELECT 1 FROM station WHERE station.id = pile.station_id "
    "AND station.state = 'retired')" },
};
#define N_KINDS G_N_ELEMENTS (kinds)

struct _SmServiceLives
{
  GHashTable *said[N_KINDS]; /* &id -> the level of which it was said */
  GHashTable *due[N_KINDS];  /* (nullable): likewise, what is due of what is being said */
  gint64 looked_at;          /* machine time; 0: not yet */
  gboolean has_more;
};

SmServiceLives *
sm_service_lives_new (void)
{
  SmServiceLives *self = g_new0 (SmServiceLives, 1);

  for (guint i = 0; i < N_KINDS; i++)
    self->said[i] = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return self;
}

void
sm_service_lives_free (SmServiceLives *self)
{
  for (guint i = 0; i < N_KINDS; i++)
    {
      g_hash_table_unref (self->said[i]);
      g_clear_pointer (&self->due[i], g_hash_table_unref);
    }
  g_free (self);
}

static void
note (GHashTable *table,
      gint64      id,
      gint64      level)
{
  g_hash_table_replace (table, g_memdup2 (&id, sizeof id), GINT_TO_POINTER ((int) level));
}

/** sm_service_lives_restore: After a restart: there is such an alarm already. */
void
sm_service_lives_restore (SmServiceLives *self,
                          const SmNoun   *noun,
                          gint64          id,
                          const char     *code,
                          gint64          level)
{
  for (guint i = 0; i < N_KINDS; i++)
    if (kinds[i].noun == noun->id && strcmp (kinds[i].code, code) == 0)
      note (self->said[i], id, level);
}

static void
say (SmRules *rules,
     guint    kind,
     gint64   id,
     int      level,
     gboolean is_raised)
{
  sm_limits_add_event (rules->limits, sm_noun_get (kinds[kind].noun), id, kinds[kind].code, level,
                       is_raised, sm_rules_now (rules));
}

/* Returns: (transfer full) (nullable): &id -> level, of what is due */
static GHashTable *
read_due (SmRules  *rules,
          guint     kind,
          GError  **error)
{
  gint64 now = sm_rules_now (rules);
  g_autoptr (SmStatement) statement = sm_bound_prepare (sm_rules_get_connection (rules), error,
                                                        kinds[kind].sql, "i", now + AHEAD);
  g_autoptr (GHashTable) due
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  while (sm_statement_step (statement, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&due);
      note (due, sm_statement_get_int (statement, 0),
            sm_statement_get_int (statement, 1) <= now ? LEVEL_OVER : LEVEL_AHEAD);
    }
  return NULL;
}

/* --- packs, by their cycles --- */

typedef struct
{
  GHashTable *limits; /* &id of a model -> cycles */
  double least;       /* of all limits, from when on it is a notice */
  GArray *worn;       /* of Worn */
} Wear;

typedef struct
{
  gint64 id;
  double cycles;
} Worn;

static gboolean
read_limits (SmRules  *rules,
             Wear     *wear,
             GError  **error)
{
  g_autoptr (SmStatement) statement = sm_bound_prepare (
      sm_rules_get_connection (rules), error,
      "SELECT id, cycle_limit FROM battery_model WHERE cycle_limit BETWEEN 1 AND ?", "i",
      (gint64) G_MAXINT);
  gboolean has_row = statement != NULL;

  while (has_row)
    {
      if (!sm_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      note (wear->limits, sm_statement_get_int (statement, 0), sm_statement_get_int (statement, 1));
      wear->least = MIN (wear->least, (double) sm_statement_get_int (statement, 1) * WEAR_AHEAD);
    }
  return FALSE;
}

static void
look_at_pack (gint64     id,
              SmLiveRow *live,
              gpointer   user_data)
{
  Wear *wear = user_data;
  Worn worn = { id, sm_row_get_real (live->row, SM_BATTERY_CYCLE_COUNT) };

  if (worn.cycles >= wear->least)
    g_array_append_val (wear->worn, worn);
}

/* Only of those is it asked of which model they are: no more of each than that, for in an old
 * network they are many, and the writer's thread has others to serve. */
static gboolean
note_one (SmRules     *rules,
          const Wear  *wear,
          const Worn  *worn,
          GHashTable  *due,
          GError     **error)
{
  g_autoptr (SmStatement) statement = sm_bound_prepare (
      sm_rules_get_connection (rules), error,
      "SELECT battery_model_id FROM battery WHERE id = ? AND fitness NOT IN ('retired', 'lost')",
      "i", worn->id);
  gboolean has_row;
  gint64 model;
  int limit;

  if (statement == NULL || !sm_statement_step (statement, &has_row, error))
    return FALSE;
  model = has_row ? sm_statement_get_int (statement, 0) : SM_UNKNOWN;
  limit = GPOINTER_TO_INT (g_hash_table_lookup (wear->limits, &model));
  if (limit > 0 && worn->cycles >= limit * WEAR_AHEAD)
    note (due, worn->id, worn->cycles > limit ? LEVEL_OVER : LEVEL_AHEAD);
  return TRUE;
}

static gboolean
note_worn (SmRules    *rules,
           const Wear *wear,
           GHashTable *due,
           GError    **error)
{
  for (guint i = 0; i < wear->worn->len; i++)
    if (!note_one (rules, wear, &g_array_index (wear->worn, Worn, i), due, error))
      return FALSE;
  return TRUE;
}

/* Returns: (transfer full) (nullable): &id -> level, of packs near or beyond their cycles */
static GHashTable *
read_worn (SmRules  *rules,
           GError  **error)
{
  g_autoptr (GHashTable) due
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) limits
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Worn));
  Wear wear = { limits, G_MAXDOUBLE, found };

  if (!read_limits (rules, &wear, error))
    return NULL;
  if (g_hash_table_size (limits) > 0)
    {
      sm_live_lock (rules->live);
      sm_live_foreach_row (rules->live, SM_NOUN_BATTERY, look_at_pack, &wear);
      sm_live_unlock (rules->live);
    }
  return note_worn (rules, &wear, due, error) ? g_steal_pointer (&due) : NULL;
}

/* What has another end by now, or is no more. */
static void
take_back (SmRules    *rules,
           guint       kind,
           GHashTable *due)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, rules->service_lives->said[kind]);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (due, id))
      {
        say (rules, kind, *(gint64 *) id, LEVEL_AHEAD, FALSE);
        g_hash_table_iter_remove (&iter);
      }
}

/* Returns: how many were said now */
static guint
say_due (SmRules    *rules,
         guint       kind,
         GHashTable *due,
         guint       most)
{
  GHashTable *said = rules->service_lives->said[kind];
  GHashTableIter iter;
  gpointer id, level;
  guint n = 0;

  g_hash_table_iter_init (&iter, due);
  while (n < most && g_hash_table_iter_next (&iter, &id, &level))
    {
      int before = GPOINTER_TO_INT (g_hash_table_lookup (said, id));

      /* Once it was said that it is over, it stays so until it has another end. */
      if (before != 0 && before <= GPOINTER_TO_INT (level))
        continue;
      say (rules, kind, *(gint64 *) id, GPOINTER_TO_INT (level), TRUE);
      note (said, *(gint64 *) id, GPOINTER_TO_INT (level));
      n++;
    }
  return n;
}

/* What is said over many seconds is looked up once, not in each of them. */
static gboolean
look (SmRules  *rules,
      guint     kind,
      GError  **error)
{
  GHashTable **due = &rules->service_lives->due[kind];

  if (*due != NULL)
    return TRUE;
  *due = kinds[kind].sql != NULL ? read_due (rules, kind, error) : read_worn (rules, error);
  if (*due == NULL)
    return FALSE;
  take_back (rules, kind, *due);
  return TRUE;
}

/** sm_service_lives_tick: Every ten minutes: whose service life ends, or is over. */
gboolean
sm_service_lives_tick (SmRules  *rules,
                       GError  **error)
{
  SmServiceLives *self = rules->service_lives;
  gint64 now = sm_rules_machine_now (rules);
  guint left = MOST_AT_ONCE;

  if (self->looked_at != 0 && !self->has_more && now - self->looked_at < PERIOD
      && now >= self->looked_at)
    return TRUE;
  for (guint kind = 0; kind < N_KINDS && left > 0; kind++)
    {
      if (!look (rules, kind, error))
        return FALSE;
      left -= say_due (rules, kind, self->due[kind], left);
    }
  self->looked_at = now;
  self->has_more = left == 0;
  for (guint kind = 0; kind < N_KINDS && !self->has_more; kind++)
    g_clear_pointer (&self->due[kind], g_hash_table_unref);
  return TRUE;
}
