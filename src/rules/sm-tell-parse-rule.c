/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-tell-parser.h"

#include "sm-actor.h"
#include "sm-time.h"

#include <string.h>

/* Who is told of what. */

static gboolean
parse_levels (SmTellParser  *parser,
              const char    *group,
              SmTellRule    *rule,
              GError       **error)
{
  g_auto (GStrv) levels = g_key_file_get_string_list (parser->file, group, "levels", NULL, NULL);

  for (guint i = 0; levels != NULL && levels[i] != NULL; i++)
    {
      gint64 level;

      if (!g_ascii_string_to_signed (g_strstrip (levels[i]), 10, 1, 4, &level, NULL))
        return sm_tell_refuse (error, group, "levels",
                               "there are 1, 2, 3 and 4, with ; between them");
      rule->levels |= 1u << level;
    }
  return rule->levels != 0 || sm_tell_refuse (error, group, "levels", "it is missing");
}

static gboolean
parse_areas (SmTellParser  *parser,
             const char    *group,
             SmTellRule    *rule,
             GError       **error)
{
  g_auto (GStrv) areas = g_key_file_get_string_list (parser->file, group, "areas", NULL, NULL);

  if (areas == NULL)
    return TRUE;
  rule->areas = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; areas[i] != NULL; i++)
    {
      gint64 id;

      if (!g_ascii_string_to_signed (g_strstrip (areas[i]), 10, 1, G_MAXINT64, &id, NULL))
        return sm_tell_refuse (error, group, "areas",
                               "they are named by their numbers, with ; between them");
      g_array_append_val (rule->areas, id);
    }
  return TRUE;
}

static gboolean
is_receiver (SmTellParser *parser,
             const char   *to)
{
  if (g_str_has_prefix (to, "role:"))
    return g_strv_contains (sm_role_names (), to + strlen ("role:"));
  if (g_str_has_prefix (to, "person:"))
    return g_hash_table_contains (parser->settings->persons, to + strlen ("person:"));
  return strcmp (to, "desk") == 0 || strcmp (to, "roster") == 0 || strcmp (to, "agent") == 0;
}

static gboolean
parse_receivers (SmTellParser  *parser,
                 const char    *group,
                 SmTellRule    *rule,
                 GError       **error)
{
  g_auto (GStrv) channels = g_key_file_get_string_list (parser->file, group, "channels", NULL, NULL);

  for (guint i = 0; channels != NULL && channels[i] != NULL; i++)
    {
      guint channel = sm_slug_index (sm_tell_channels, g_strstrip (channels[i]));

      if (channel == SM_ENUM_UNKNOWN || parser->settings->gateways[channel] == NULL)
        return sm_tell_refuse (error, group, "channels", "one of them has no [channel] of its own");
      rule->channels |= 1u << channel;
    }
  if (rule->channels == 0)
    return sm_tell_refuse (error, group, "channels", "it is missing");
  rule->to = g_key_file_get_string_list (parser->file, group, "to", NULL, NULL);
  for (guint i = 0; rule->to != NULL && rule->to[i] != NULL; i++)
    if (!is_receiver (parser, g_strstrip (rule->to[i])))
      return sm_tell_refuse (error, group, "to",
                             "there are desk, roster, agent, role:NAME, and person:NAME of a "
                             "[person NAME]");
  if (rule->to == NULL && (rule->channels & ((1u << SM_TELL_WEBHOOK) - 1)) != 0)
    return sm_tell_refuse (error, group, "to", "it is missing");
  return TRUE;
}

/** sm_tell_parse_rule: of a group “rule NAME”; persons and channels are known by then. */
gboolean
sm_tell_parse_rule (SmTellParser  *parser,
                    const char    *group,
                    const char    *name,
                    GError       **error)
{
  static const char *const keys[] = { "levels",   "safety-only", "codes",   "areas", "to",
                                      "channels", "wait-s",      "goes-on", NULL };
  SmTellRule *rule;
  gint64 wait_s = 0;

  if (!sm_tell_check_keys (parser, group, keys, error))
    return FALSE;
  rule = g_new0 (SmTellRule, 1);
  g_ptr_array_add (parser->settings->rules, rule);
  rule->name = g_strdup (name);
  rule->goes_on = TRUE;
  rule->codes = g_key_file_get_string_list (parser->file, group, "codes", NULL, NULL);
  if (!parse_levels (parser, group, rule, error) || !parse_areas (parser, group, rule, error)
      || !parse_receivers (parser, group, rule, error)
      || !sm_tell_get_switch (parser, group, "safety-only", &rule->safety_only, error)
      || !sm_tell_get_switch (parser, group, "goes-on", &rule->goes_on, error)
      || !sm_tell_get_number (parser, group, "wait-s", 0, 3600, &wait_s, error))
    return FALSE;
  rule->wait_us = wait_s * SM_SECOND;
  return TRUE;
}
