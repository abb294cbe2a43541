/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-tell-parser.h"

#include <string.h>
#include <sys/stat.h>

/* By which gateway the messages of a channel go out. */

#define MAX_SECRET 4096

/* What may stand in what is sent to a gateway. */
static const char *const gateway_fields[]
    = { "to", "text", "subject", "id", "level", "user", "secret", NULL };

/* A secret that others can read is none.  One of systemd's lies in a folder of the unit. */
static gboolean
read_secret (SmTellParser   *parser,
             const char     *group,
             SmTellGateway  *gateway,
             GError        **error)
{
  g_autofree char *name = sm_tell_dup_text (parser, group, "secret-file");
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
    return sm_tell_refuse (error, group, "secret-file", "it cannot be found");
  if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0 && credentials == NULL)
    return sm_tell_refuse (error, group, "secret-file", "others can read it: chmod 600 it first");
  if (about.st_size > MAX_SECRET || !g_file_get_contents (path, &gateway->secret, &length, NULL)
      || strlen (gateway->secret) != length)
    return sm_tell_refuse (error, group, "secret-file", "it cannot be read, or is no text");
  g_strchomp (gateway->secret);
  if (strpbrk (gateway->secret, "\r\n") != NULL)
    return sm_tell_refuse (error, group, "secret-file", "it is more than one line");
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
check_url (SmTellParser   *parser,
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
    return sm_tell_refuse (error, group, "url", channel == SM_TELL_EMAIL
                                                    ? "it is no address as smtp://HOST:PORT"
                                                    : "it is no address as https://HOST/PATH");
  if (g_uri_get_userinfo (uri) != NULL)
    return sm_tell_refuse (error, group, "url",
                           "user and password do not belong here: say user and secret-file");
  gateway->is_local = is_loopback (g_uri_get_host (uri));
  if (!gateway->is_local && !parser->outside)
    return sm_tell_refuse (error, group, "url",
                           "it is not on this machine: say outside=true in [telling] if that is "
                           "meant");
  if (!gateway->is_local && !parser->plain && strcmp (scheme, "http") == 0)
    return sm_tell_refuse (error, group, "url",
                           "what is said would not be encrypted: use https, or say plain=true in "
                           "[telling]");
  return TRUE;
}

static gboolean
take_headers (SmTellParser   *parser,
              const char     *group,
              SmTellGateway  *gateway,
              GError        **error)
{
  g_auto (GStrv) headers = g_key_file_get_string_list (parser->file, group, "headers", NULL, NULL);

  gateway->headers = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; headers != NULL && headers[i] != NULL; i++)
    {
      if (strchr (headers[i], ':') == NULL || strpbrk (headers[i], "\r\n") != NULL)
        return sm_tell_refuse (error, group, "headers", "each is “Name: value”, with ; between them");
      if (!sm_tell_check_template (error, group, "headers", headers[i], gateway_fields))
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
check_gateway (SmTellParser   *parser,
               const char     *group,
               SmTellChannel   channel,
               SmTellGateway  *gateway,
               GError        **error)
{
  gint64 timeout_s = 10, attempts = 6;

  if (gateway->url == NULL)
    return sm_tell_refuse (error, group, "url", "it is missing");
  if (channel == SM_TELL_EMAIL
      && (gateway->from == NULL || strchr (gateway->from, '@') == NULL
          || strpbrk (gateway->from, " \r\n<>") != NULL))
    return sm_tell_refuse (error, group, "from", "it is no address as post@example.org");
  if (strpbrk (gateway->content_type, "\r\n") != NULL || strpbrk (gateway->method, " \r\n") != NULL)
    return sm_tell_refuse (error, group, "content-type", "it is more than one line");
  if (!sm_tell_check_template (error, group, "url", gateway->url, gateway_fields)
      || !sm_tell_check_template (error, group, "body", gateway->body, gateway_fields)
      || !check_url (parser, group, channel, gateway, error)
      || !sm_tell_get_number (parser, group, "timeout-s", 1, 60, &timeout_s, error)
      || !sm_tell_get_number (parser, group, "attempts", 1, 20, &attempts, error))
    return FALSE;
  gateway->timeout_ms = (guint) timeout_s * 1000;
  gateway->max_attempts = (guint) attempts;
  return TRUE;
}

/** sm_tell_parse_channel: of a group “channel NAME” */
gboolean
sm_tell_parse_channel (SmTellParser  *parser,
                       const char    *group,
                       const char    *name,
                       GError       **error)
{
  static const char *const keys[]
      = { "url",  "method",      "content-type", "body",     "headers", "user",
          "from", "secret-file", "timeout-s",    "attempts", NULL };
  guint channel = sm_slug_index (sm_tell_channels, name);
  SmTellGateway *gateway;

  if (channel == SM_ENUM_UNKNOWN)
    return sm_tell_refuse (error, group, "name", "there are sms, email, voice, webhook and lamp");
  if (!sm_tell_check_keys (parser, group, keys, error))
    return FALSE;
  gateway = parser->settings->gateways[channel] = g_new0 (SmTellGateway, 1);
  gateway->url = sm_tell_dup_text (parser, group, "url");
  gateway->method = or_default (sm_tell_dup_text (parser, group, "method"), "POST");
  gateway->content_type = or_default (sm_tell_dup_text (parser, group, "content-type"),
                                      "application/json");
  gateway->body = or_default (sm_tell_dup_text (parser, group, "body"),
                              "{\"to\":\"{to}\",\"text\":\"{text}\",\"level\":\"{level}\"}");
  gateway->user = sm_tell_dup_text (parser, group, "user");
  gateway->from = sm_tell_dup_text (parser, group, "from");
  return take_headers (parser, group, gateway, error)
         && check_gateway (parser, group, (SmTellChannel) channel, gateway, error)
         && read_secret (parser, group, gateway, error);
}
