/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* How deep a document may nest, and how big one may be that is read whole. */
#define SM_JSON_MAX_DEPTH 64
#define SM_JSON_MAX_BYTES (64 * 1024 * 1024)

gboolean    sm_json_guard_check  (const char *data,
                                  gsize       length,
                                  GError    **error);
JsonNode   *sm_json_parse        (const char *data,
                                  gsize       length,
                                  GError    **error);
JsonObject *sm_json_parse_object (const char *data,
                                  gsize       length,
                                  GError    **error);

typedef enum
{
  SM_JSON_REQUIRED = 0,
  SM_JSON_OPTIONAL = 1 << 0, /* may be missing or null */
} SmJsonFlags;

gboolean    sm_json_get_text     (JsonObject  *object,
                                  const char  *member,
                                  SmJsonFlags  flags,
                                  gsize        max_chars,
                                  const char **out_text,
                                  GError     **error);
gboolean    sm_json_get_int      (JsonObject  *object,
                                  const char  *member,
                                  SmJsonFlags  flags,
                                  gint64       min,
                                  gint64       max,
                                  gint64      *out_value,
                                  GError     **error);
gboolean    sm_json_get_real     (JsonObject  *object,
                                  const char  *member,
                                  SmJsonFlags  flags,
                                  double       min,
                                  double       max,
                                  double      *out_value,
                                  GError     **error);
gboolean    sm_json_get_bool     (JsonObject  *object,
                                  const char  *member,
                                  SmJsonFlags  flags,
                                  gboolean    *out_value,
                                  GError     **error);
gboolean    sm_json_get_time     (JsonObject  *object,
                                  const char  *member,
                                  SmJsonFlags  flags,
                                  gint64      *out_time_us,
                                  GError     **error);
gboolean    sm_json_get_object   (JsonObject  *object,
                                  const char  *member,
                                  SmJsonFlags  flags,
                                  JsonObject **out_object,
                                  GError     **error);
gboolean    sm_json_get_array    (JsonObject  *object,
                                  const char  *member,
                                  SmJsonFlags  flags,
                                  JsonArray  **out_array,
                                  GError     **error);

G_END_DECLS
