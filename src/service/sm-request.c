/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-request.h"

#include <string.h>

#include "sm-error.h"
#include "sm-uuid.h"

#define MAX_TOKEN_BYTES 512
#define MAX_QUERY_BYTES 8192

typedef struct
{
  guint n;
  const char *value; /* of the last one */
} HeaderCount;

static HeaderCount
count_header (SoupMessageHeaders *headers,
              const char         *wanted)
{
  HeaderCount count = { 0, NULL };
  SoupMessageHeadersIter iter;
  const char *name, *value;

  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    if (g_ascii_strcasecmp (name, wanted) == 0)
      {
        count.n++;
        count.value = value;
      }
  return count;
}

static gboolean
is_number (const char *text)
{
  gsize n = strspn (text, "0123456789");

  return n > 0 && n < 16 && text[n] == '\0';
}

/**
 * sm_request_check_framing:
 *
 * Two readers that disagree on where a request ends are how one request is
 * smuggled inside another, so whatever leaves any doubt is refused.
 */
gboolean
sm_request_check_framing (SoupMessageHeaders  *headers,
                          GError             **error)
{
  HeaderCount length = count_header (headers, "Content-Length");
  HeaderCount transfer = count_header (headers, "Transfer-Encoding");
  HeaderCount content = count_header (headers, "Content-Encoding");

  if (length.n > 1 || (length.n == 1 && !is_number (length.value)) || transfer.n > 1 ||
      (transfer.n == 1 && (length.n == 1 || g_ascii_strcasecmp (transfer.value, "chunked") != 0)))
    {
      sm_set_error (error, SM_ERROR_MALFORMED, "framing-malformed",
                    "It cannot be told for certain where the request ends");
      return FALSE;
    }
  if (content.n > 0 && g_ascii_strcasecmp (content.value, "identity") != 0)
    {
      sm_set_error (error, SM_ERROR_MALFORMED, "encoding-unsupported",
                    "Request bodies must not be compressed");
      return FALSE;
    }
  return TRUE;
}

/**
 * sm_request_check_host:
 * @uri: what SoupServer made of the Host header, or of an absolute path
 *
 * A web page elsewhere can make a browser ask us under a name of its own (DNS
 * rebinding): on loopback only loopback's names are served.
 */
gboolean
sm_request_check_host (SoupMessageHeaders  *headers,
                       GUri                *uri,
                       gboolean             loopback_only,
                       GError             **error)
{
  const char *host = g_uri_get_host (uri);
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);
  gboolean known;

  if (address != NULL)
    known = !loopback_only || g_inet_address_get_is_loopback (address);
  else
    known = g_ascii_strcasecmp (host, "localhost") == 0 || (!loopback_only && host[0] != '\0');
  if (known && g_uri_get_userinfo (uri) == NULL && count_header (headers, "Host").n <= 1)
    return TRUE;
  sm_set_error (error, SM_ERROR_MALFORMED, "host-unknown", "This service has no such host name");
  return FALSE;
}

/** sm_request_check_query: @query: (nullable): as SoupServer decoded it */
gboolean
sm_request_check_query (const char  *raw_query,
                        GHashTable  *query,
                        GError     **error)
{
  GHashTableIter iter;
  gpointer name, value;
  gboolean valid = raw_query == NULL ||
                   (strlen (raw_query) <= MAX_QUERY_BYTES && strstr (raw_query, "%00") == NULL);

  if (query != NULL)
    {
      g_hash_table_iter_init (&iter, query);
      while (valid && g_hash_table_iter_next (&iter, &name, &value))
        valid = g_utf8_validate (name, -1, NULL) && g_utf8_validate (value, -1, NULL);
    }
  if (!valid)
    sm_set_error (error, SM_ERROR_MALFORMED, "query-malformed",
                  "The query is too long, not UTF-8, or holds a NUL");
  return valid;
}

/** sm_request_check_key: @key: (nullable): the Idempotency-Key of a request that needs one */
gboolean
sm_request_check_key (const char  *key,
                      GError     **error)
{
  if (key == NULL || key[0] == '\0')
    {
      sm_set_error (error, SM_ERROR_MALFORMED, "idempotency-key-missing",
                    "This request needs an Idempotency-Key, so that it can be sent again safely");
      return FALSE;
    }
  if (sm_uuid_is_valid (key))
    return TRUE;
  sm_set_error (error, SM_ERROR_MALFORMED, "idempotency-key-malformed",
                "An Idempotency-Key is a UUID");
  return FALSE;
}

/** sm_request_dup_token: Returns: (transfer full) (nullable): of Authorization: Bearer */
char *
sm_request_dup_token (SoupMessageHeaders *headers)
{
  static const char scheme[] = "Bearer ";
  const char *value = soup_message_headers_get_one (headers, "Authorization");

  if (value == NULL || g_ascii_strncasecmp (value, scheme, strlen (scheme)) != 0)
    return NULL;
  value += strlen (scheme);
  if (value[0] == '\0' || strlen (value) > MAX_TOKEN_BYTES)
    return NULL;
  return g_strdup (value);
}

gboolean
sm_request_wants_gzip (SoupMessageHeaders *headers)
{
  const char *value = soup_message_headers_get_list (headers, "Accept-Encoding");
  GSList *accepted = value != NULL ? soup_header_parse_quality_list (value, NULL) : NULL;
  GSList *gzip = g_slist_find_custom (accepted, "gzip", (GCompareFunc) g_ascii_strcasecmp);
  gboolean wants = gzip != NULL;

  g_clear_pointer (&accepted, soup_header_free_list);
  return wants;
}
