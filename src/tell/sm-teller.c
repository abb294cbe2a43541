/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-tell"
#include "config.h"

#include "sm-teller.h"

#include "sm-post.h"

#include <curl/curl.h>

/* So many between two looks of the rules: what is over by then is not said any more. */
#define AT_ONCE 5
#define LOOK_US G_USEC_PER_SEC

typedef struct
{
  SmTeller *teller;
  SmTellChannel channel;
  SmPost *post;
  GThread *thread;
  SmTellOutcome outcome; /* with has_outcome: what the rules do not know of yet */
  gboolean has_outcome;
} Channel;

struct _SmTeller
{
  SmRules *rules;
  Channel channels[SM_TELL_N_CHANNELS];

  GMutex mutex; /* over what follows */
  GCond ended;
  gboolean is_ended;
};

static gpointer
take (SmRules       *rules,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  return sm_tell_take (rules, *(SmTellChannel *) data, AT_ONCE, error);
}

static gpointer
note (SmRules       *rules,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  sm_tell_note (rules, data, 1, error);
  return NULL;
}

/* What went out is not sent again because it could not be written down that it did: on a
 * full disk somebody would be called each second. */
static gboolean
note_outcome (Channel  *channel,
              GError  **error)
{
  if (channel->has_outcome
      && !sm_rules_do_sync (channel->teller->rules, note, &channel->outcome, error))
    return FALSE;
  channel->has_outcome = FALSE;
  return TRUE;
}

/* Returns: whether there was anything to send */
static gboolean
send_some (Channel  *channel,
           GError  **error)
{
  SmRules *rules = channel->teller->rules;
  g_autoptr (GPtrArray) messages = NULL;

  if (!note_outcome (channel, error))
    return FALSE;
  messages = sm_rules_run_sync (rules, take, &channel->channel, error);
  if (messages == NULL)
    return FALSE;
  for (guint i = 0; i < messages->len; i++)
    {
      sm_post_send (channel->post, messages->pdata[i], &channel->outcome);
      /* What was given up because we end is tried again by the next who lives. */
      if (!channel->outcome.is_sent && sm_post_is_stopped (channel->post))
        return FALSE;
      channel->has_outcome = TRUE;
      if (!note_outcome (channel, error))
        return FALSE;
    }
  return messages->len > 0;
}

static gboolean
wait_a_second (SmTeller *self)
{
  gint64 until = g_get_monotonic_time () + LOOK_US;
  gboolean is_ended;

  g_mutex_lock (&self->mutex);
  while (!self->is_ended && g_cond_wait_until (&self->ended, &self->mutex, until))
    ;
  is_ended = self->is_ended;
  g_mutex_unlock (&self->mutex);
  return !is_ended;
}

static gpointer
channel_main (gpointer data)
{
  Channel *channel = data;

  do
    {
      g_autoptr (GError) error = NULL;

      while (send_some (channel, &error) && !sm_post_is_stopped (channel->post))
        ;
      if (error != NULL)
        g_info ("Messages wait: %s", error->message);
    }
  while (wait_a_second (channel->teller));
  return NULL;
}

/** sm_teller_new: Returns: (transfer full) (nullable): NULL: nobody is to be told anything */
SmTeller *
sm_teller_new (SmRules *rules)
{
  const SmTellSettings *settings = sm_tell_get_settings (rules);
  SmTeller *self;

  if (settings == NULL || curl_global_init (CURL_GLOBAL_DEFAULT) != CURLE_OK)
    return NULL;
  self = g_new0 (SmTeller, 1);
  self->rules = rules;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->ended);
  for (guint i = 0; i < SM_TELL_N_CHANNELS; i++)
    {
      Channel *channel = &self->channels[i];

      if (settings->gateways[i] == NULL)
        continue;
      channel->teller = self;
      channel->channel = (SmTellChannel) i;
      channel->post = sm_post_new (channel->channel, settings->gateways[i]);
      channel->thread = g_thread_new (sm_tell_channels[i], channel_main, channel);
    }
  return self;
}

/** sm_teller_free: Gives up what is on its way; what went out has been noted. */
void
sm_teller_free (SmTeller *self)
{
  g_mutex_lock (&self->mutex);
  self->is_ended = TRUE;
  g_cond_broadcast (&self->ended);
  g_mutex_unlock (&self->mutex);
  for (guint i = 0; i < SM_TELL_N_CHANNELS; i++)
    if (self->channels[i].thread != NULL)
      sm_post_stop (self->channels[i].post);
  for (guint i = 0; i < SM_TELL_N_CHANNELS; i++)
    if (self->channels[i].thread != NULL)
      {
        g_thread_join (self->channels[i].thread);
        sm_post_free (self->channels[i].post);
      }
  curl_global_cleanup ();
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->ended);
  g_free (self);
}
