/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-stats-private.h"

struct _SmStats
{
  GObject parent_instance;

  SmStatsNow now;
  gboolean is_known;
  gboolean is_cached;
};

G_DEFINE_FINAL_TYPE (SmStats, sm_stats, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
sm_stats_class_init (SmStatsClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", SM_TYPE_STATS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
sm_stats_init (SmStats *self)
{
}

SmStats *
sm_stats_new (void)
{
  return g_object_new (SM_TYPE_STATS, NULL);
}

/** sm_stats_get_now: Returns: (transfer none) (nullable): the last answer; NULL before the first */
const SmStatsNow *
sm_stats_get_now (SmStats *self)
{
  g_return_val_if_fail (SM_IS_STATS (self), NULL);

  return self->is_known ? &self->now : NULL;
}

/** sm_stats_is_cached: Returns: whether it is from an earlier run: its as_of says of when */
gboolean
sm_stats_is_cached (SmStats *self)
{
  g_return_val_if_fail (SM_IS_STATS (self), FALSE);

  return self->is_cached;
}

/** sm_stats_set: Takes over @now (nullable). */
void
sm_stats_set (SmStats          *self,
              const SmStatsNow *now,
              gboolean          is_cached)
{
  self->is_known = now != NULL;
  self->is_cached = is_cached;
  if (now != NULL)
    self->now = *now;
  g_signal_emit (self, signals[CHANGED], 0);
}
