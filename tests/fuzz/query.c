/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "sm-answer.h"
#include "sm-request.h"

/* The head of a request: framing, host, query, token and validators. */
static void
look_at_headers (SoupMessageHeaders *headers)
{
  g_autoptr (GUri) uri = g_uri_build (G_URI_FLAGS_NONE, "http", NULL, "localhost", 80, "/", NULL, NULL);
  g_autofree char *token = sm_request_dup_token (headers);
  const char *etag = soup_message_headers_get_one (headers, "If-Match");
  gint64 seq;

  sm_request_check_framing (headers, NULL);
  sm_request_check_host (headers, uri, TRUE, NULL);
  sm_request_check_key (soup_message_headers_get_one (headers, "Idempotency-Key"), NULL);
  sm_request_wants_gzip (headers);
  if (etag != NULL)
    sm_etag_parse (etag, &seq);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *text = fuzz_dup_text (data, size);
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  g_autoptr (GError) error = NULL;
  g_autofree char *method = NULL;
  g_autofree char *path = NULL;
  SoupHTTPVersion version;
  char *raw;

  if (soup_headers_parse_request (text, (int) strlen (text), headers, &method, &path, &version)
      != SOUP_STATUS_OK)
    return 0;
  look_at_headers (headers);
  raw = strchr (path, '?');
  if (raw != NULL)
    {
      g_autoptr (GHashTable) query = soup_form_decode (raw + 1);

      g_assert_true (sm_request_check_query (raw + 1, query, &error) == (error == NULL));
    }
  return 0;
}
