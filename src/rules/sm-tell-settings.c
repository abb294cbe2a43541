/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-tell-parser.h"

#include "sm-error.h"
#include "sm-time.h"

#include <string.h>

#define MAX_ADDRESS 200

const char *const sm_tell_languages[] = { "en", "zh-CN", NULL };

/* What may stand in a message. */
static const char *const message_fields[]
    = { "level", "what", "where", "danger", "tool", "time",   "number",
        "again", "note", "count", "network", "code", "source", "news", "link", NULL };
static const char *const text_names[] = { "alarm", "order", "storm", "test", NULL };

static void
gateway_free (SmTellGateway *self)
{
  g_free (self->url);
  g_free (self->method);
  g_free (self->content_type);
  g_free (self->body);
  g_ptr_array_unref (self->headers);
  g_free (self->user);
  g_free (self->from);
  if (self->secret != NULL)
    memset (self->secret, 0, strlen (self->secret));
  g_free (self->secret);
  g_free (self);
}

static void
person_free (gpointer data)
{
  SmTellPerson *self = data;

  g_free (self->name);
  for (guint i = 0; i < SM_TELL_N_CHANNELS; i++)
    g_free (self->addresses[i]);
  g_free (self);
}

static void
rule_free (gpointer data)
{
  SmTellRule *self = data;

  g_free (self->name);
  g_strfreev (self->codes);
  g_clear_pointer (&self->areas, g_array_unref);
  g_strfreev (self->to);
  g_free (self);
}

void
sm_tell_settings_free (SmTellSettings *self)
{
  for (guint i = 0; i < SM_TELL_N_CHANNELS; i++)
    g_clear_pointer (&self->gateways[i], gateway_free);
  g_hash_table_unref (self->persons);
  g_hash_table_unref (self->contacts);
  g_ptr_array_unref (self->former);
  g_ptr_array_unref (self->rules);
  for (guint t = 0; t < SM_TELL_N_TEXTS; t++)
    for (guint c = 0; c < SM_TELL_N_CHANNELS; c++)
      for (guint l = 0; l < SM_TELL_N_LANGUAGES; l++)
        g_free (self->texts[t][c][l]);
  g_free (self->base);
  g_free (self);
}

/* --- persons --- */

/** sm_tell_is_address: Whether somebody can be reached there by @channel. */
gboolean
sm_tell_is_address (SmTellChannel  channel,
                    const char    *address)
{
  if (strlen (address) > MAX_ADDRESS || !g_utf8_validate (address, -1, NULL))
    return FALSE;
  if (channel == SM_TELL_EMAIL)
    return strchr (address, '@') != NULL && strpbrk (address, " \t\r\n<>,;\"") == NULL;
  return *address != '-' && strspn (address, "+0123456789 -()") == strlen (address);
}

static gboolean
parse_person (SmTellParser  *parser,
              const char    *group,
              const char    *name,
              GError       **error)
{
  static const char *const keys[] = { "language", "sms", "email", "voice", NULL };
  SmTellPerson *person;

  if (!sm_tell_check_keys (parser, group, keys, error))
    return FALSE;
  person = g_new0 (SmTellPerson, 1);
  person->name = g_strdup (name);
  person->language = parser->settings->language;
  g_hash_table_replace (parser->settings->persons, person->name, person);
  if (!sm_tell_get_language (parser, group, &person->language, error))
    return FALSE;
  for (guint i = 0; i <= SM_TELL_VOICE; i++)
    {
      person->addresses[i] = sm_tell_dup_text (parser, group, sm_tell_channels[i]);
      if (person->addresses[i] != NULL && !sm_tell_is_address ((SmTellChannel) i, person->addresses[i]))
        return sm_tell_refuse (error, group, sm_tell_channels[i], "nobody can be reached there");
    }
  return TRUE;
}

/* --- words --- */

/* "text sms zh-CN" */
static gboolean
parse_texts (SmTellParser  *parser,
             const char    *group,
             const char    *name,
             GError       **error)
{
  g_auto (GStrv) parts = g_strsplit (name, " ", 2);
  guint channel = sm_slug_index (sm_tell_channels, parts[0]);
  guint language = parts[1] != NULL ? sm_slug_index (sm_tell_languages, parts[1]) : SM_ENUM_UNKNOWN;

  if (channel == SM_ENUM_UNKNOWN || language == SM_ENUM_UNKNOWN)
    return sm_tell_refuse (error, group, "name", "it is called [text CHANNEL LANGUAGE]");
  if (!sm_tell_check_keys (parser, group, text_names, error))
    return FALSE;
  for (guint i = 0; i < SM_TELL_N_TEXTS; i++)
    {
      char **text = &parser->settings->texts[i][channel][language];

      g_free (*text);
      *text = sm_tell_dup_text (parser, group, text_names[i]);
      if (!sm_tell_check_template (error, group, text_names[i], *text, message_fields))
        return FALSE;
    }
  return TRUE;
}

static gboolean
parse_general (SmTellParser  *parser,
               GError       **error)
{
  static const char *const keys[] = { "outside",        "plain",         "language", "answer-within-s",
                                      "storm-messages", "storm-minutes", "orders", NULL };
  gint64 answer_s = 300, minutes = 10;

  parser->settings->storm_messages = 10;
  if (g_key_file_has_group (parser->file, "telling")
      && (!sm_tell_check_keys (parser, "telling", keys, error)
          || !sm_tell_get_switch (parser, "telling", "outside", &parser->outside, error)
          || !sm_tell_get_switch (parser, "telling", "plain", &parser->plain, error)
          || !sm_tell_get_language (parser, "telling", &parser->settings->language, error)
          || !sm_tell_get_number (parser, "telling", "answer-within-s", 10, 86400, &answer_s, error)
          || !sm_tell_get_number (parser, "telling", "storm-minutes", 1, 1440, &minutes, error)
          || !sm_tell_get_number (parser, "telling", "storm-messages", 1, 1000,
                                  &parser->settings->storm_messages, error)))
    return FALSE;
  parser->settings->answer_us = answer_s * SM_SECOND;
  parser->settings->storm_us = minutes * SM_MINUTE;
  return TRUE;
}

/* By which channels persons are told of work orders, the best first. */
static gboolean
parse_orders (SmTellParser  *parser,
              GError       **error)
{
  SmTellSettings *settings = parser->settings;
  g_auto (GStrv) channels
      = g_key_file_get_string_list (parser->file, "telling", "orders", NULL, NULL);

  for (guint i = 0; channels != NULL && channels[i] != NULL; i++)
    {
      guint channel = sm_slug_index (sm_tell_channels, g_strstrip (channels[i]));

      if (i == G_N_ELEMENTS (settings->order_channels) || channel >= SM_TELL_WEBHOOK
          || settings->gateways[channel] == NULL)
        return sm_tell_refuse (error, "telling", "orders",
                               "there are sms, email and voice, each with a [channel] of its own");
      settings->order_channels[settings->n_order_channels++] = (SmTellChannel) channel;
    }
  return TRUE;
}

typedef gboolean (*ParseFunc) (SmTellParser *, const char *, const char *, GError **);

/* Rules name persons and channels: those are read first. */
static gboolean
parse_groups (SmTellParser  *parser,
              GError       **error)
{
  static const struct { const char *prefix; ParseFunc func; } kinds[]
      = { { "channel ", sm_tell_parse_channel }, { "person ", parse_person }, { "rule ", sm_tell_parse_rule },
          { "text ", parse_texts } };
  g_auto (GStrv) groups = g_key_file_get_groups (parser->file, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      gboolean is_known = strcmp (groups[i], "telling") == 0;

      for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
        is_known |= g_str_has_prefix (groups[i], kinds[k].prefix);
      if (!is_known)
        return sm_tell_refuse (error, groups[i], "name",
                               "there are telling, channel, person, rule and text");
    }
  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (guint i = 0; groups[i] != NULL; i++)
      if (g_str_has_prefix (groups[i], kinds[k].prefix)
          && !kinds[k].func (parser, groups[i], groups[i] + strlen (kinds[k].prefix), error))
        return FALSE;
  return TRUE;
}

static gboolean
parse_file (GKeyFile    *file,
            const char  *text,
            GError     **error)
{
  g_autoptr (GError) why = NULL;

  if (g_key_file_load_from_data (file, text, strlen (text), G_KEY_FILE_NONE, &why))
    return TRUE;
  sm_set_error (error, SM_ERROR_INVALID, "telling-invalid", "%s", why->message);
  return FALSE;
}

/** sm_tell_settings_parse: @folder: in which the files of secrets lie that have no whole path */
SmTellSettings *
sm_tell_settings_parse (const char  *text,
                        const char  *folder,
                        GError     **error)
{
  g_autoptr (SmTellSettings) settings = g_new0 (SmTellSettings, 1);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  SmTellParser parser = { .file = file, .folder = folder, .settings = settings };

  settings->persons = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, person_free);
  settings->contacts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, person_free);
  settings->former = g_ptr_array_new_with_free_func (person_free);
  settings->rules = g_ptr_array_new_with_free_func (rule_free);
  if (!parse_file (file, text, error) || !parse_general (&parser, error)
      || !parse_groups (&parser, error) || !parse_orders (&parser, error))
    return NULL;
  return g_steal_pointer (&settings);
}

/** sm_tell_settings_load: Returns: (transfer full) (nullable): what stands in the file @path */
SmTellSettings *
sm_tell_settings_load (const char  *path,
                       GError     **error)
{
  g_autofree char *text = NULL;
  g_autofree char *folder = g_path_get_dirname (path);
  SmTellSettings *settings;

  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  settings = sm_tell_settings_parse (text, folder, error);
  if (settings == NULL)
    g_prefix_error (error, "%s: ", path);
  return settings;
}

/* Over what persons change while others ask. */
static GMutex contacts_mutex;

/**
 * sm_tell_settings_put:
 * @person: (transfer full) (nullable): where @name is reached from now on, whatever the file
 *   says; NULL: as the file says
 */
void
sm_tell_settings_put (SmTellSettings *self,
                      const char     *name,
                      SmTellPerson   *person)
{
  gpointer before;

  g_mutex_lock (&contacts_mutex);
  if (g_hash_table_steal_extended (self->contacts, name, NULL, &before))
    g_ptr_array_add (self->former, before);
  if (person != NULL)
    g_hash_table_insert (self->contacts, person->name, person);
  g_mutex_unlock (&contacts_mutex);
}

/** sm_tell_settings_forget_contacts: Everybody is reached as the file says again. */
void
sm_tell_settings_forget_contacts (SmTellSettings *self)
{
  GHashTableIter iter;
  gpointer person;

  g_mutex_lock (&contacts_mutex);
  g_hash_table_iter_init (&iter, self->contacts);
  while (g_hash_table_iter_next (&iter, NULL, &person))
    {
      g_hash_table_iter_steal (&iter);
      g_ptr_array_add (self->former, person);
    }
  g_mutex_unlock (&contacts_mutex);
}

/** sm_tell_settings_find: Returns: (transfer none) (nullable): nobody knows where they are reached */
const SmTellPerson *
sm_tell_settings_find (const SmTellSettings *self,
                       const char           *person)
{
  const SmTellPerson *known = NULL;

  if (person == NULL)
    return NULL;
  g_mutex_lock (&contacts_mutex);
  known = g_hash_table_lookup (self->contacts, person);
  g_mutex_unlock (&contacts_mutex);
  return known != NULL ? known : g_hash_table_lookup (self->persons, person);
}
