/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-tell-settings.h"

#include "sm-actor.h"
#include "sm-error.h"
#include "sm-time.h"

#include <string.h>
#include <sys/stat.h>

#define MAX_ADDRESS 200
#define MAX_SECRET 4096

const char *const sm_tell_languages[] = { "en", "zh-CN", NULL };

/* What may stand in a message, and in what is sent to a gateway. */
static const char *const message_fields[]
    = { "level", "what", "where", "danger", "tool", "time",   "number",
        "again", "note", "count", "network", "code", "source", "news", "link", NULL };
static const char *const gateway_fields[]
    = { "to", "text", "subject", "id", "level", "user", "secret", NULL };
static const char *const text_names[] = { "alarm", "order", "storm", "test", NULL };

typedef struct
{
  GKeyFile *file;
  const char *folder;
  SmTellSettings *settings;
  gboolean outside; /* others than this machine are spoken to */
  gboolean plain;   /* and without encryption */
} Parser;

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

static gboolean
refuse (GError     **error,
        const char  *group,
        const char  *key,
        const char  *why)
{
  sm_set_error (error, SM_ERROR_INVALID, "telling-invalid", "[%s] %s: %s", group, key, why);
  return FALSE;
}

static gboolean
check_keys (Parser             *parser,
            const char         *group,
            const char *const  *known,
            GError            **error)
{
  g_auto (GStrv) keys = g_key_file_get_keys (parser->file, group, NULL, error);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    if (!g_strv_contains (known, keys[i]))
      return refuse (error, group, keys[i], "there is no such setting");
  return keys != NULL;
}

static char *
get_text (Parser     *parser,
          const char *group,
          const char *key)
{
  char *text = g_key_file_get_string (parser->file, group, key, NULL);

  if (text != NULL && *text == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}

static gboolean
get_number (Parser      *parser,
            const char  *group,
            const char  *key,
            gint64       least,
            gint64       most,
            gint64      *number, /* (inout) */
            GError     **error)
{
  g_autofree char *text = get_text (parser, group, key);

  if (text == NULL || g_ascii_string_to_signed (text, 10, least, most, number, NULL))
    return TRUE;
  return refuse (error, group, key, "it is no whole number, or not one that makes sense");
}

static gboolean
get_switch (Parser      *parser,
            const char  *group,
            const char  *key,
            gboolean    *is, /* (inout) */
            GError     **error)
{
  g_autofree char *text = get_text (parser, group, key);

  if (text != NULL && strcmp (text, "true") != 0 && strcmp (text, "false") != 0)
    return refuse (error, group, key, "it is either true or false");
  if (text != NULL)
    *is = *text == 't';
  return TRUE;
}

static gboolean
get_language (Parser          *parser,
              const char      *group,
              SmTellLanguage  *language, /* (inout) */
              GError         **error)
{
  g_autofree char *text = get_text (parser, group, "language");
  guint known = text != NULL ? sm_slug_index (sm_tell_languages, text) : *language;

  if (known == SM_ENUM_UNKNOWN)
    return refuse (error, group, "language", "there are en and zh-CN");
  *language = (SmTellLanguage) known;
  return TRUE;
}

/* --- channels --- */

/* A secret that others can read is none.  One of systemd's lies in a folder of the unit. */
static gboolean
read_secret (Parser         *parser,
             const char     *group,
             SmTellGateway  *gateway,
             GError        **error)
{
  g_autofree char *name = get_text (parser, group, "secret-file");
  const char *credentials = g_getenv ("CREDENTIALS_DIRECTORY");
  g_autofree char *path = NULL;
  struct stat about;
  gsize length;

  if (name == NULL)
    return TRUE;
  path = g_path_is_absolute (name)
             ? g_strdup (name)
             : g_build_filename (credentials != NULL ? credentials : parser->folder, name, NULL);
  if (stat (path, &about) != 0)
    return refuse (error, group, "secret-file", "it cannot be found");
  if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0 && credentials == NULL)
    return refuse (error, group, "secret-file", "others can read it: chmod 600 it first");
  if (about.st_size > MAX_SECRET || !g_file_get_contents (path, &gateway->secret, &length, NULL)
      || strlen (gateway->secret) != length)
    return refuse (error, group, "secret-file", "it cannot be read, or is no text");
  g_strchomp (gateway->secret);
  if (strpbrk (gateway->secret, "\r\n") != NULL)
    return refuse (error, group, "secret-file", "it is more than one line");
  return TRUE;
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;

  return g_strcmp0 (host, "localhost") == 0
         || (address != NULL && g_inet_address_get_is_loopback (address));
}

static gboolean
check_url (Parser         *parser,
           const char     *group,
           SmTellChannel   channel,
           SmTellGateway  *gateway,
           GError        **error)
{
  static const SmTellValue nothing[] = { { "to", "0" }, { "text", "0" } };
  static const char *const mail[] = { "smtp", "smtps", NULL };
  static const char *const web[] = { "http", "https", NULL };
  g_autofree char *filled = sm_tell_template_fill (gateway->url, nothing, G_N_ELEMENTS (nothing),
                                                   SM_TELL_FORM);
  g_autoptr (GUri) uri = g_uri_parse (filled, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";

  if (uri == NULL || !g_strv_contains (channel == SM_TELL_EMAIL ? mail : web, scheme)
      || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return refuse (error, group, "url", channel == SM_TELL_EMAIL
                                            ? "it is no address as smtp://HOST:PORT"
                                            : "it is no address as https://HOST/PATH");
  if (g_uri_get_userinfo (uri) != NULL)
    return refuse (error, group, "url", "user and password do not belong here: say user and "
                                        "secret-file");
  gateway->is_local = is_loopback (g_uri_get_host (uri));
  if (!gateway->is_local && !parser->outside)
    return refuse (error, group, "url", "it is not on this machine: say outside=true in [telling] "
                                        "if that is meant");
  if (!gateway->is_local && !parser->plain && strcmp (scheme, "http") == 0)
    return refuse (error, group, "url", "what is said would not be encrypted: use https, or say "
                                        "plain=true in [telling]");
  return TRUE;
}

static gboolean
check_template (GError            **error,
                const char         *group,
                const char         *key,
                const char         *text,
                const char *const  *fields)
{
  g_autofree char *unknown = NULL;
  g_autofree char *why = NULL;

  if (text == NULL || sm_tell_template_check (text, fields, &unknown))
    return TRUE;
  why = g_strdup_printf ("there is no field {%s}", unknown);
  return refuse (error, group, key, why);
}

static gboolean
take_headers (Parser         *parser,
              const char     *group,
              SmTellGateway  *gateway,
              GError        **error)
{
  g_auto (GStrv) headers = g_key_file_get_string_list (parser->file, group, "headers", NULL, NULL);

  gateway->headers = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; headers != NULL && headers[i] != NULL; i++)
    {
      if (strchr (headers[i], ':') == NULL || strpbrk (headers[i], "\r\n") != NULL)
        return refuse (error, group, "headers", "each is “Name: value”, with ; between them");
      if (!check_template (error, group, "headers", headers[i], gateway_fields))
        return FALSE;
      g_ptr_array_add (gateway->headers, g_strdup (headers[i]));
    }
  return TRUE;
}

static char *
or_default (char       *text,
            const char *otherwise)
{
  return text != NULL ? text : g_strdup (otherwise);
}

static gboolean
check_gateway (Parser         *parser,
               const char     *group,
               SmTellChannel   channel,
               SmTellGateway  *gateway,
               GError        **error)
{
  gint64 timeout_s = 10, attempts = 6;

  if (gateway->url == NULL)
    return refuse (error, group, "url", "it is missing");
  if (channel == SM_TELL_EMAIL
      && (gateway->from == NULL || strchr (gateway->from, '@') == NULL
          || strpbrk (gateway->from, " \r\n<>") != NULL))
    return refuse (error, group, "from", "it is no address as post@example.org");
  if (strpbrk (gateway->content_type, "\r\n") != NULL || strpbrk (gateway->method, " \r\n") != NULL)
    return refuse (error, group, "content-type", "it is more than one line");
  if (!check_template (error, group, "url", gateway->url, gateway_fields)
      || !check_template (error, group, "body", gateway->body, gateway_fields)
      || !check_url (parser, group, channel, gateway, error)
      || !get_number (parser, group, "timeout-s", 1, 60, &timeout_s, error)
      || !get_number (parser, group, "attempts", 1, 20, &attempts, error))
    return FALSE;
  gateway->timeout_ms = (guint) timeout_s * 1000;
  gateway->max_attempts = (guint) attempts;
  return TRUE;
}

static gboolean
parse_channel (Parser      *parser,
               const char  *group,
               const char  *name,
               GError     **error)
{
  static const char *const keys[]
      = { "url",  "method",      "content-type", "body",     "headers", "user",
          "from", "secret-file", "timeout-s",    "attempts", NULL };
  guint channel = sm_slug_index (sm_tell_channels, name);
  SmTellGateway *gateway;

  if (channel == SM_ENUM_UNKNOWN)
    return refuse (error, group, "name", "there are sms, email, voice, webhook and lamp");
  if (!check_keys (parser, group, keys, error))
    return FALSE;
  gateway = parser->settings->gateways[channel] = g_new0 (SmTellGateway, 1);
  gateway->url = get_text (parser, group, "url");
  gateway->method = or_default (get_text (parser, group, "method"), "POST");
  gateway->content_type = or_default (get_text (parser, group, "content-type"), "application/json");
  gateway->body = or_default (get_text (parser, group, "body"),
                              "{\"to\":\"{to}\",\"text\":\"{text}\",\"level\":\"{level}\"}");
  gateway->user = get_text (parser, group, "user");
  gateway->from = get_text (parser, group, "from");
  return take_headers (parser, group, gateway, error)
         && check_gateway (parser, group, (SmTellChannel) channel, gateway, error)
         && read_secret (parser, group, gateway, error);
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
parse_person (Parser      *parser,
              const char  *group,
              const char  *name,
              GError     **error)
{
  static const char *const keys[] = { "language", "sms", "email", "voice", NULL };
  SmTellPerson *person;

  if (!check_keys (parser, group, keys, error))
    return FALSE;
  person = g_new0 (SmTellPerson, 1);
  person->name = g_strdup (name);
  person->language = parser->settings->language;
  g_hash_table_replace (parser->settings->persons, person->name, person);
  if (!get_language (parser, group, &person->language, error))
    return FALSE;
  for (guint i = 0; i <= SM_TELL_VOICE; i++)
    {
      person->addresses[i] = get_text (parser, group, sm_tell_channels[i]);
      if (person->addresses[i] != NULL && !sm_tell_is_address ((SmTellChannel) i, person->addresses[i]))
        return refuse (error, group, sm_tell_channels[i], "nobody can be reached there");
    }
  return TRUE;
}

/* --- rules --- */

static gboolean
parse_levels (Parser      *parser,
              const char  *group,
              SmTellRule  *rule,
              GError     **error)
{
  g_auto (GStrv) levels = g_key_file_get_string_list (parser->file, group, "levels", NULL, NULL);

  for (guint i = 0; levels != NULL && levels[i] != NULL; i++)
    {
      gint64 level;

      if (!g_ascii_string_to_signed (g_strstrip (levels[i]), 10, 1, 4, &level, NULL))
        return refuse (error, group, "levels", "there are 1, 2, 3 and 4, with ; between them");
      rule->levels |= 1u << level;
    }
  return rule->levels != 0 || refuse (error, group, "levels", "it is missing");
}

static gboolean
parse_areas (Parser      *parser,
             const char  *group,
             SmTellRule  *rule,
             GError     **error)
{
  g_auto (GStrv) areas = g_key_file_get_string_list (parser->file, group, "areas", NULL, NULL);

  if (areas == NULL)
    return TRUE;
  rule->areas = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; areas[i] != NULL; i++)
    {
      gint64 id;

      if (!g_ascii_string_to_signed (g_strstrip (areas[i]), 10, 1, G_MAXINT64, &id, NULL))
        return refuse (error, group, "areas", "they are named by their numbers, with ; between them");
      g_array_append_val (rule->areas, id);
    }
  return TRUE;
}

static gboolean
is_receiver (Parser     *parser,
             const char *to)
{
  if (g_str_has_prefix (to, "role:"))
    return g_strv_contains (sm_role_names (), to + strlen ("role:"));
  if (g_str_has_prefix (to, "person:"))
    return g_hash_table_contains (parser->settings->persons, to + strlen ("person:"));
  return strcmp (to, "desk") == 0 || strcmp (to, "roster") == 0 || strcmp (to, "agent") == 0;
}

static gboolean
parse_receivers (Parser      *parser,
                 const char  *group,
                 SmTellRule  *rule,
                 GError     **error)
{
  g_auto (GStrv) channels = g_key_file_get_string_list (parser->file, group, "channels", NULL, NULL);

  for (guint i = 0; channels != NULL && channels[i] != NULL; i++)
    {
      guint channel = sm_slug_index (sm_tell_channels, g_strstrip (channels[i]));

      if (channel == SM_ENUM_UNKNOWN || parser->settings->gateways[channel] == NULL)
        return refuse (error, group, "channels", "one of them has no [channel] of its own");
      rule->channels |= 1u << channel;
    }
  if (rule->channels == 0)
    return refuse (error, group, "channels", "it is missing");
  rule->to = g_key_file_get_string_list (parser->file, group, "to", NULL, NULL);
  for (guint i = 0; rule->to != NULL && rule->to[i] != NULL; i++)
    if (!is_receiver (parser, g_strstrip (rule->to[i])))
      return refuse (error, group, "to", "there are desk, roster, agent, role:NAME, and person:NAME "
                                         "of a [person NAME]");
  if (rule->to == NULL && (rule->channels & ((1u << SM_TELL_WEBHOOK) - 1)) != 0)
    return refuse (error, group, "to", "it is missing");
  return TRUE;
}

static gboolean
parse_rule (Parser      *parser,
            const char  *group,
            const char  *name,
            GError     **error)
{
  static const char *const keys[] = { "levels",   "safety-only", "codes",   "areas", "to",
                                      "channels", "wait-s",      "goes-on", NULL };
  SmTellRule *rule;
  gint64 wait_s = 0;

  if (!check_keys (parser, group, keys, error))
    return FALSE;
  rule = g_new0 (SmTellRule, 1);
  g_ptr_array_add (parser->settings->rules, rule);
  rule->name = g_strdup (name);
  rule->goes_on = TRUE;
  rule->codes = g_key_file_get_string_list (parser->file, group, "codes", NULL, NULL);
  if (!parse_levels (parser, group, rule, error) || !parse_areas (parser, group, rule, error)
      || !parse_receivers (parser, group, rule, error)
      || !get_switch (parser, group, "safety-only", &rule->safety_only, error)
      || !get_switch (parser, group, "goes-on", &rule->goes_on, error)
      || !get_number (parser, group, "wait-s", 0, 3600, &wait_s, error))
    return FALSE;
  rule->wait_us = wait_s * SM_SECOND;
  return TRUE;
}

/* --- words --- */

/* "text sms zh-CN" */
static gboolean
parse_texts (Parser      *parser,
             const char  *group,
             const char  *name,
             GError     **error)
{
  g_auto (GStrv) parts = g_strsplit (name, " ", 2);
  guint channel = sm_slug_index (sm_tell_channels, parts[0]);
  guint language = parts[1] != NULL ? sm_slug_index (sm_tell_languages, parts[1]) : SM_ENUM_UNKNOWN;

  if (channel == SM_ENUM_UNKNOWN || language == SM_ENUM_UNKNOWN)
    return refuse (error, group, "name", "it is called [text CHANNEL LANGUAGE]");
  if (!check_keys (parser, group, text_names, error))
    return FALSE;
  for (guint i = 0; i < SM_TELL_N_TEXTS; i++)
    {
      char **text = &parser->settings->texts[i][channel][language];

      g_free (*text);
      *text = get_text (parser, group, text_names[i]);
      if (!check_template (error, group, text_names[i], *text, message_fields))
        return FALSE;
    }
  return TRUE;
}

static gboolean
parse_general (Parser  *parser,
               GError **error)
{
  static const char *const keys[] = { "outside",        "plain",         "language", "answer-within-s",
                                      "storm-messages", "storm-minutes", "orders", NULL };
  gint64 answer_s = 300, minutes = 10;

  parser->settings->storm_messages = 10;
  if (g_key_file_has_group (parser->file, "telling")
      && (!check_keys (parser, "telling", keys, error)
          || !get_switch (parser, "telling", "outside", &parser->outside, error)
          || !get_switch (parser, "telling", "plain", &parser->plain, error)
          || !get_language (parser, "telling", &parser->settings->language, error)
          || !get_number (parser, "telling", "answer-within-s", 10, 86400, &answer_s, error)
          || !get_number (parser, "telling", "storm-minutes", 1, 1440, &minutes, error)
          || !get_number (parser, "telling", "storm-messages", 1, 1000,
                          &parser->settings->storm_messages, error)))
    return FALSE;
  parser->settings->answer_us = answer_s * SM_SECOND;
  parser->settings->storm_us = minutes * SM_MINUTE;
  return TRUE;
}

/* By which channels persons are told of work orders, the best first. */
static gboolean
parse_orders (Parser  *parser,
              GError **error)
{
  SmTellSettings *settings = parser->settings;
  g_auto (GStrv) channels
      = g_key_file_get_string_list (parser->file, "telling", "orders", NULL, NULL);

  for (guint i = 0; channels != NULL && channels[i] != NULL; i++)
    {
      guint channel = sm_slug_index (sm_tell_channels, g_strstrip (channels[i]));

      if (i == G_N_ELEMENTS (settings->order_channels) || channel >= SM_TELL_WEBHOOK
          || settings->gateways[channel] == NULL)
        return refuse (error, "telling", "orders",
                       "there are sms, email and voice, each with a [channel] of its own");
      settings->order_channels[settings->n_order_channels++] = (SmTellChannel) channel;
    }
  return TRUE;
}

typedef gboolean (*ParseFunc) (Parser *, const char *, const char *, GError **);

/* Rules name persons and channels: those are read first. */
static gboolean
parse_groups (Parser  *parser,
              GError **error)
{
  static const struct { const char *prefix; ParseFunc func; } kinds[]
      = { { "channel ", parse_channel }, { "person ", parse_person }, { "rule ", parse_rule },
          { "text ", parse_texts } };
  g_auto (GStrv) groups = g_key_file_get_groups (parser->file, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      gboolean is_known = strcmp (groups[i], "telling") == 0;

      for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
        is_known |= g_str_has_prefix (groups[i], kinds[k].prefix);
      if (!is_known)
        return refuse (error, groups[i], "name", "there are telling, channel, person, rule and text");
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
  Parser parser = { .file = file, .folder = folder, .settings = settings };

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
