/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-diagnosis.h"

#include "sm-time.h"

static void
clear_channel (gpointer data)
{
  SmChannelState *channel = data;

  g_free (channel->name);
  g_free (channel->problem);
}

SmDiagnosis *
sm_diagnosis_new (void)
{
  SmDiagnosis *self = g_new0 (SmDiagnosis, 1);

  self->channels = g_array_new (FALSE, TRUE, sizeof (SmChannelState));
  g_array_set_clear_func (self->channels, clear_channel);
  self->history_from = self->history_to = SM_UNKNOWN;
  return self;
}

void
sm_diagnosis_free (SmDiagnosis *self)
{
  g_free (self->server);
  g_free (self->service_version);
  g_free (self->network);
  g_free (self->epoch);
  g_array_unref (self->channels);
  g_free (self);
}

/**
 * sm_scrub:
 *
 * For whatever leaves this machine by a person's hand: takes out what could be a
 * secret.  That is the user part of an address, the values of parameters and
 * headers that are called like one, and every word as long as a token.
 *
 * Returns: (transfer full): @text with "[removed]" in their places
 */
char *
sm_scrub (const char *text)
{
  static const char *const patterns[] = {
    "(?<=://)[^/@\\s]+(?=@)",
    "(?i)(?<=bearer )\\S+",
    "(?i)(?<=basic )\\S+",
    "(?i)(?<=token|passwd|secret)([\"']?\\s*[:=]\\s*[\"']?)[^\\s&\"']+",
    "(?i)(?<=password)([\"']?\\s*[:=]\\s*[\"']?)[^\\s&\"']+",
    "(?i)(?<=[?&]key|[?&]tk|[?&]ak|apikey|api_key)(=)[^\\s&\"']+",
    "[A-Za-z0-9_]{" G_STRINGIFY (SM_SCRUB_MIN) ",}",
  };
  char *clean = g_utf8_make_valid (text, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      g_autoptr (GRegex) regex = g_regex_new (patterns[i], G_REGEX_OPTIMIZE, 0, NULL);
      g_autofree char *before = clean;

      g_assert (regex != NULL);
      clean = g_regex_replace (regex, before, -1, 0,
                               g_regex_get_capture_count (regex) > 0 ? "\\1[removed]" : "[removed]",
                               0, NULL);
    }
  return clean;
}
