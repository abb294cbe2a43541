/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-readiness.h"

#include "sm-error.h"
#include "sm-json-writer.h"
#include "sm-metrics.h"

/* How often it is looked without being asked, and for how long that holds. */
#define LOOK_S 5
#define HOLDS_US 900000

struct _SmReadiness
{
  grefcount ref_count;
  SmRules *rules; /* NULL once it is freed: a look may still be on its way */
  guint timer;
  gint64 silence_us;
  gint64 asked_at;  /* monotonic, of the look that is on its way; 0: none is */
  gint64 looked_at; /* monotonic; 0: never */
  gint64 wait_us;   /* how long the last look waited for the writer and its disk */
  char *problem;    /* (nullable): why the database takes no write */
  gint64 down_since; /* monotonic, 0: it does */
  gint64 down_us;    /* before that */
  guint64 outages;
  gboolean was_silent; /* at the last look */
  GPtrArray *askers; /* of SmExchange */
};

static void
readiness_unref (SmReadiness *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->askers);
  g_free (self->problem);
  g_free (self);
}

static gboolean
is_silent (SmReadiness *self)
{
  gint64 heard_at = sm_rules_get_heard (self->rules);

  return heard_at != 0 && g_get_monotonic_time () - heard_at > self->silence_us;
}

static gint64
down_us (SmReadiness *self)
{
  gint64 now = g_get_monotonic_time ();

  return self->down_us + (self->down_since != 0 ? now - self->down_since : 0);
}

static SmAnswer *
ready_answer (void)
{
  SmJsonWriter *writer = sm_json_writer_new ();

  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "status");
  sm_json_writer_text (writer, "ok");
  sm_json_writer_end_object (writer);
  return sm_answer_new_json (200, writer);
}

static void
answer (SmReadiness *self,
        SmExchange  *exchange)
{
  g_autoptr (GError) error = NULL;

  if (self->problem == NULL && !is_silent (self))
    {
      sm_exchange_answer (exchange, ready_answer ());
      return;
    }
  sm_set_error (&error, SM_ERROR_UNAVAILABLE, "not-ready", "%s",
                self->problem != NULL ? self->problem : "Nobody reports any more");
  if (self->problem != NULL)
    sm_error_add_field (error, "/database", "database-not-writable");
  if (is_silent (self))
    sm_error_add_field (error, "/reports", "network-silent");
  sm_exchange_fail (exchange, error);
}

static void
note (SmReadiness  *self,
      const GError *error)
{
  gint64 now = g_get_monotonic_time ();

  self->looked_at = now;
  self->wait_us = now - self->asked_at;
  self->asked_at = 0;
  g_free (self->problem);
  self->problem = error != NULL ? g_strdup (error->message) : NULL;
  if (error != NULL && self->down_since == 0)
    {
      self->down_since = now;
      self->outages++;
      g_warning ("The database takes no more writes: %s", error->message);
    }
  else if (error == NULL && self->down_since != 0)
    {
      g_message ("The database takes writes again, after %.1f s",
                 (double) (now - self->down_since) / G_USEC_PER_SEC);
      self->down_us += now - self->down_since;
      self->down_since = 0;
    }
}

/* The log has the beginning and the end, not each answer that says so. */
static void
note_silence (SmReadiness *self)
{
  gboolean now = is_silent (self);

  if (now == self->was_silent)
    return;
  self->was_silent = now;
  if (now)
    g_warning ("Nobody has reported for %d s", (int) (self->silence_us / G_USEC_PER_SEC));
  else
    g_message ("The network reports again");
}

static gpointer
look_in_writer (SmRules       *rules,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  sm_rules_is_writable (rules, error);
  return NULL;
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  SmReadiness *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) askers = NULL;

  if (self->rules != NULL)
    {
      sm_rules_run_finish (self->rules, result, &error);
      note (self, error);
      note_silence (self);
      askers = g_steal_pointer (&self->askers);
      self->askers = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_exchange_unref);
      for (guint i = 0; i < askers->len; i++)
        answer (self, askers->pdata[i]);
    }
  readiness_unref (self);
}

static void
look (SmReadiness *self)
{
  if (self->asked_at != 0)
    return;
  self->asked_at = g_get_monotonic_time ();
  g_ref_count_inc (&self->ref_count);
  sm_rules_run_async (self->rules, look_in_writer, NULL, NULL, NULL, NULL, looked_cb, self);
}

static gboolean
look_cb (gpointer user_data)
{
  look (user_data);
  return G_SOURCE_CONTINUE;
}

/**
 * sm_readiness_new:
 * @silence_ms: a network that once reported, and then says nothing for so long, is not there
 */
SmReadiness *
sm_readiness_new (SmRules *rules,
                  guint    silence_ms)
{
  SmReadiness *self = g_new0 (SmReadiness, 1);

  g_ref_count_init (&self->ref_count);
  self->rules = rules;
  self->silence_us = (gint64) silence_ms * 1000;
  self->askers = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_exchange_unref);
  self->timer = g_timeout_add_seconds (LOOK_S, look_cb, self);
  return self;
}

void
sm_readiness_free (SmReadiness *self)
{
  g_return_if_fail (self != NULL);

  g_source_remove (self->timer);
  self->rules = NULL;
  g_ptr_array_set_size (self->askers, 0);
  readiness_unref (self);
}

/** sm_readiness_ask: Answers @exchange, now or when it has been looked. */
void
sm_readiness_ask (SmReadiness *self,
                  SmExchange  *exchange)
{
  if (self->looked_at != 0 && g_get_monotonic_time () - self->looked_at < HOLDS_US)
    {
      answer (self, exchange);
      return;
    }
  g_ptr_array_add (self->askers, sm_exchange_ref (exchange));
  look (self);
}

/** sm_readiness_write: Appends what it knows in Prometheus' text format. */
void
sm_readiness_write (SmReadiness *self,
                    GString     *text)
{
  gint64 heard_at = sm_rules_get_heard (self->rules);

  sm_metrics_gauge (text, "stationmaster_ready",
                    "1 while the database takes writes and the network reports.",
                    self->problem == NULL && !is_silent (self));
  sm_metrics_gauge (text, "stationmaster_writer_wait_seconds",
                    "How long the last look waited in the writer's queue and for its disk.",
                    (double) self->wait_us / G_USEC_PER_SEC);
  sm_metrics_counter (text, "stationmaster_write_outages_total",
                      "How often the database stopped taking writes.", (double) self->outages);
  sm_metrics_counter (text, "stationmaster_write_outage_seconds_total",
                      "How long the database took no writes.",
                      (double) down_us (self) / G_USEC_PER_SEC);
  if (heard_at != 0)
    sm_metrics_gauge (text, "stationmaster_feed_lag_seconds",
                      "How long ago anybody last reported.",
                      (double) (g_get_monotonic_time () - heard_at) / G_USEC_PER_SEC);
}
