/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-sync-past.h"

#include "sm-past-codec.h"
#include "sm-paths.h"
#include "sm-sync-private.h"
#include "sm-time.h"

/* What was known of a thing from moment to moment; the text is kept beside it, for it is
 * the incident file. */

static gpointer
read_past (const SmNoun  *noun,
           SmResponse    *response,
           GError       **error)
{
  gsize length = 0;
  char *text = sm_response_read_document (response, &length, error);
  g_autoptr (SmJsonReader) reader = NULL;
  g_autoptr (GBytes) document = NULL;
  SmPast *past;

  if (text == NULL)
    return NULL;
  document = g_bytes_new_take (text, length);
  reader = sm_json_reader_new_for_data (text, length);
  past = sm_past_read_json (reader, noun, error);
  if (past != NULL)
    past->document = g_steal_pointer (&document);
  return past;
}

static gpointer
read_vehicle (SmResponse  *response,
              GError     **error)
{
  return read_past (sm_noun_get (SM_NOUN_VEHICLE), response, error);
}

static gpointer
read_station (SmResponse  *response,
              GError     **error)
{
  return read_past (sm_noun_get (SM_NOUN_STATION), response, error);
}

static gpointer
read_area (SmResponse  *response,
           GError     **error)
{
  return read_past (sm_noun_get (SM_NOUN_AREA), response, error);
}

static gpointer
read_desk (SmResponse  *response,
           GError     **error)
{
  return read_past (sm_noun_get (SM_NOUN_DESK), response, error);
}

/** sm_sync_ask_past_async: @noun: a vehicle, a station, an area or a desk */
void
sm_sync_ask_past_async (SmSync              *self,
                        const SmNoun        *noun,
                        gint64               id,
                        gint64               from,
                        gint64               to,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autofree char *from_text = sm_time_to_rfc3339 (from);
  g_autofree char *to_text = sm_time_to_rfc3339 (to);
  SmSyncAnswerFunc read = noun->id == SM_NOUN_VEHICLE   ? read_vehicle
                          : noun->id == SM_NOUN_STATION ? read_station
                          : noun->id == SM_NOUN_DESK    ? read_desk
                                                        : read_area;

  sm_sync_ask_other (self, "GET",
                     g_strdup_printf (SM_PATH_BASE "/%s/%" G_GINT64_FORMAT SM_PATH_PAST
                                      "?from=%s&to=%s",
                                      noun->plural, id, from_text, to_text),
                     NULL, read, (GDestroyNotify) sm_past_free, cancellable, callback, user_data);
}

/** sm_sync_ask_past_finish: Returns: (transfer full) (nullable): the past, with its document */
SmPast *
sm_sync_ask_past_finish (GAsyncResult  *result,
                         GError       **error)
{
  return sm_sync_ask_other_finish (result, error);
}
