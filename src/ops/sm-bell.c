/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-bell.h"

#include "sm-alarm.h"

#define N_LEVELS 4
/* After news of alarms; a storm is looked at once in so long. */
#define LOOK_MS 200

struct _SmBell
{
  GObject parent_instance;

  SmOps *ops; /* weak: it owns the bell */
  guint levels;
  gboolean is_muted; /* a wall has no bell */
  char *problem;
  gint64 silent_since; /* monotonic; 0: not silent */
  gint64 silent_until;
  guint safety_at_silence; /* how many of safety there were then */
  gint64 rang_at;      /* 0: never */
  guint rang_level;
  guint timer;
};

typedef enum
{
  PROP_LEVELS = 1,
  PROP_PROBLEM,
  PROP_SILENCED,
  N_PROPERTIES
} Property;
static GParamSpec *properties[N_PROPERTIES];

typedef enum
{
  SIGNAL_RING,
} Signal;
static guint signals[SIGNAL_RING + 1];

G_DEFINE_FINAL_TYPE (SmBell, sm_bell, G_TYPE_OBJECT)

/** What there is to be heard. */
typedef struct
{
  guint by_level[N_LEVELS + 1];
  guint safety_by_level[N_LEVELS + 1];
  guint n_safety;
} Heard;

static void
count (SmBell *self,
       Heard  *heard)
{
  GListModel *alarms = sm_ops_get_alarms (self->ops);
  gint64 now = sm_clock_now (sm_status_get_clock (sm_ops_get_status (self->ops)));

  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (alarms, i);
      const SmRow *row = sm_item_get_row (item);
      guint state = sm_row_get_enum (row, SM_ALARM_STATE);
      guint level = (guint) CLAMP (sm_row_get_int (row, SM_ALARM_LEVEL), 1, N_LEVELS);

      if ((state != SM_ALARM_UNACKED && state != SM_ALARM_RETURNED_UNACKED)
          || sm_item_get_pending (item) || sm_alarm_is_hidden (row, now))
        continue;
      heard->by_level[level]++;
      if (!sm_alarm_is_safety (row))
        continue;
      heard->safety_by_level[level]++;
      heard->n_safety++;
    }
}

/* Which level is to be heard now; 0: none. */
static guint
find_level (SmBell      *self,
            const Heard *heard,
            gint64       now_us)
{
  gboolean is_silent = now_us < self->silent_until;
  gboolean is_safety_silent = is_silent && heard->n_safety <= self->safety_at_silence
                              && now_us < self->silent_since + SM_BELL_SAFETY_SILENCE_US;

  for (guint level = 1; level <= N_LEVELS; level++)
    if ((heard->safety_by_level[level] > 0 && !is_safety_silent)
        || (heard->by_level[level] > 0 && !is_silent && (self->levels & 1u << (level - 1)) != 0))
      return level;
  return 0;
}

/* How long after a sound the next one of @level comes. */
static gint64
get_rhythm (guint level)
{
  static const gint64 seconds[N_LEVELS + 1] = { 0, 5, 15, 60, 120 };

  return seconds[level] * G_TIME_SPAN_SECOND;
}

static void
end_silence (SmBell *self,
             gint64  now_us)
{
  if (self->silent_until == 0 || now_us < self->silent_until)
    return;
  self->silent_since = self->silent_until = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SILENCED]);
}

/**
 * sm_bell_check:
 * @now_us: monotonic
 *
 * Rings if it is time to.
 *
 * Returns: when to look again; 0: not before something happens
 */
gint64
sm_bell_check (SmBell *self,
               gint64  now_us)
{
  Heard heard = { { 0 } };
  gboolean is_worse;
  gint64 due;
  guint level;

  g_return_val_if_fail (SM_IS_BELL (self), 0);

  end_silence (self, now_us);
  if (self->ops == NULL || self->is_muted)
    return 0;
  count (self, &heard);
  level = find_level (self, &heard, now_us);
  if (level == 0)
    {
      self->rang_level = 0;
      if (self->silent_until == 0)
        return 0;
      return heard.n_safety > 0 && now_us < self->silent_since + SM_BELL_SAFETY_SILENCE_US
                 ? MIN (self->silent_until, self->silent_since + SM_BELL_SAFETY_SILENCE_US)
                 : self->silent_until;
    }
  is_worse = self->rang_level == 0 || level < self->rang_level;
  due = self->rang_at == 0
            ? now_us : self->rang_at + (is_worse ? SM_BELL_LEAST_US : get_rhythm (level));
  if (now_us < due)
    return due;
  self->rang_at = now_us;
  self->rang_level = level;
  g_signal_emit (self, signals[SIGNAL_RING], 0, level);
  return now_us + get_rhythm (level);
}

static void look (SmBell *self);

static gboolean
look_cb (gpointer user_data)
{
  SmBell *self = user_data;

  self->timer = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

static void
look_in (SmBell *self,
         gint64  delay_us)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add ((guint) (delay_us / 1000 + 1), look_cb, self);
  g_source_set_name_by_id (self->timer, "sm_bell look");
}

static void
look (SmBell *self)
{
  gint64 now = g_get_monotonic_time (), again = sm_bell_check (self, now);

  if (again != 0)
    look_in (self, MAX (again - now, 0));
}

/* Alarms came, went, or were acknowledged. */
static void
news_cb (SmBell *self)
{
  if (!self->is_muted)
    look_in (self, LOOK_MS * G_TIME_SPAN_MILLISECOND);
}

static void
sm_bell_get_property (GObject    *object,
                      guint       id,
                      GValue     *value,
                      GParamSpec *pspec)
{
  SmBell *self = SM_BELL (object);

  switch ((Property) id)
    {
    case PROP_LEVELS:
      g_value_set_uint (value, self->levels);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_SILENCED:
      g_value_set_boolean (value, sm_bell_is_silenced (self));
      break;
    case N_PROPERTIES:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sm_bell_set_property (GObject      *object,
                      guint         id,
                      const GValue *value,
                      GParamSpec   *pspec)
{
  if (id == PROP_LEVELS)
    sm_bell_set_levels (SM_BELL (object), g_value_get_uint (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sm_bell_finalize (GObject *object)
{
  SmBell *self = SM_BELL (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_weak_pointer (&self->ops);
  g_free (self->problem);

  G_OBJECT_CLASS (sm_bell_parent_class)->finalize (object);
}

static void
sm_bell_class_init (SmBellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = sm_bell_get_property;
  object_class->set_property = sm_bell_set_property;
  object_class->finalize = sm_bell_finalize;
  properties[PROP_LEVELS]
      = g_param_spec_uint ("levels", NULL, NULL, 0, 15, 3, flags | G_PARAM_READWRITE);
  properties[PROP_PROBLEM]
      = g_param_spec_string ("problem", NULL, NULL, NULL, flags | G_PARAM_READABLE);
  properties[PROP_SILENCED]
      = g_param_spec_boolean ("silenced", NULL, NULL, FALSE, flags | G_PARAM_READABLE);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[SIGNAL_RING] = g_signal_new ("ring", SM_TYPE_BELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
sm_bell_init (SmBell *self)
{
  self->levels = 3;
}

/** sm_bell_for_ops: Returns: (transfer none): the bell of that network, which goes with it */
SmBell *
sm_bell_for_ops (SmOps *ops)
{
  SmBell *self = g_object_get_data (G_OBJECT (ops), "sm-bell");

  if (self != NULL)
    return self;
  self = g_object_new (SM_TYPE_BELL, NULL);
  g_set_weak_pointer (&self->ops, ops);
  g_object_set_data_full (G_OBJECT (ops), "sm-bell", self, g_object_unref);
  g_signal_connect_object (sm_ops_get_alarms (ops), "items-changed", G_CALLBACK (news_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sm_ops_get_figures (ops), "changed", G_CALLBACK (news_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/** sm_bell_silence_at: See sm_bell_silence(); @now_us: monotonic */
void
sm_bell_silence_at (SmBell *self,
                    gint64  length_us,
                    gint64  now_us)
{
  Heard heard = { { 0 } };

  g_return_if_fail (SM_IS_BELL (self));

  if (self->ops != NULL)
    count (self, &heard);
  self->silent_since = length_us > 0 ? now_us : 0;
  self->silent_until = length_us > 0 ? now_us + length_us : 0;
  self->safety_at_silence = heard.n_safety;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SILENCED]);
}

/** sm_bell_silence: Is quiet for so long; 0 ends the silence.  Nothing is acknowledged by it. */
void
sm_bell_silence (SmBell *self,
                 gint64  length_us)
{
  sm_bell_silence_at (self, length_us, g_get_monotonic_time ());
  look_in (self, 0);
}

gboolean
sm_bell_is_silenced (SmBell *self)
{
  return sm_bell_get_remaining_us (self) > 0;
}

/** sm_bell_get_remaining_us: Returns: how much silence is left; 0: none */
gint64
sm_bell_get_remaining_us (SmBell *self)
{
  g_return_val_if_fail (SM_IS_BELL (self), 0);

  return MAX (self->silent_until - g_get_monotonic_time (), 0);
}

/** sm_bell_set_levels: Which levels are heard, a bit each; those of safety are anyway. */
void
sm_bell_set_levels (SmBell *self,
                    guint   levels)
{
  g_return_if_fail (SM_IS_BELL (self));

  if (self->levels == levels)
    return;
  self->levels = levels;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LEVELS]);
  news_cb (self);
}

guint
sm_bell_get_levels (SmBell *self)
{
  g_return_val_if_fail (SM_IS_BELL (self), 0);

  return self->levels;
}

/** sm_bell_set_muted: Where nobody sits who could acknowledge anything, as on a wall. */
void
sm_bell_set_muted (SmBell   *self,
                   gboolean  is_muted)
{
  g_return_if_fail (SM_IS_BELL (self));

  self->is_muted = !!is_muted;
  if (self->is_muted)
    g_clear_handle_id (&self->timer, g_source_remove);
  else
    news_cb (self);
}

/** sm_bell_set_problem: @problem: (nullable): why nothing can be heard here, in words */
void
sm_bell_set_problem (SmBell     *self,
                     const char *problem)
{
  g_return_if_fail (SM_IS_BELL (self));

  if (g_strcmp0 (self->problem, problem) == 0)
    return;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

const char *
sm_bell_get_problem (SmBell *self)
{
  g_return_val_if_fail (SM_IS_BELL (self), NULL);

  return self->problem;
}

/** sm_bell_test: Lets a level be heard, because somebody asked for it. */
void
sm_bell_test (SmBell *self,
              guint   level)
{
  g_return_if_fail (SM_IS_BELL (self) && level >= 1 && level <= N_LEVELS);

  g_signal_emit (self, signals[SIGNAL_RING], 0, level);
}
