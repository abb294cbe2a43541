/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-sync-guidances.h"

#include "sm-json-reader.h"
#include "sm-paths.h"
#include "sm-time.h"
#include "sm-sync-private.h"

#include <string.h>

/* More than come to any station. */
#define MAX_TRUCKS 1000

static void
read_offer (SmJsonReader *reader,
            SmTruckOffer *out)
{
  const struct
  {
    const char *name;
    gint64 *number;
  } numbers[] = {
    { "vehicle_id", &out->vehicle_id }, { "station_id", &out->station_id },
    { "battery_id", &out->battery_id }, { "travel_s", &out->travel_s },
    { "wait_s", &out->wait_s },
  };
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    {
      guint i = 0;

      while (i < G_N_ELEMENTS (numbers) && strcmp (numbers[i].name, name) != 0)
        i++;
      if (strcmp (name, "outcome") == 0)
        out->outcome = sm_slug_index (sm_truck_outcomes, sm_json_reader_read_text (reader, NULL));
      else if (i == G_N_ELEMENTS (numbers))
        sm_json_reader_skip_value (reader);
      else if (!sm_json_reader_read_null (reader))
        *numbers[i].number = sm_json_reader_read_int (reader, 0, SM_JSON_MAX_ID);
    }
}

static gpointer
read_offers (SmResponse  *response,
             GError     **error)
{
  g_autoptr (SmJsonReader) reader = sm_response_read_feed (response);
  g_autoptr (GArray) offers = g_array_new (FALSE, FALSE, sizeof (SmTruckOffer));
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    {
      if (!g_str_equal (name, "items"))
        {
          sm_json_reader_skip_value (reader);
          continue;
        }
      sm_json_reader_begin_array (reader);
      while (sm_json_reader_next_element (reader))
        {
          SmTruckOffer offer = { 0, SM_ENUM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN };

          read_offer (reader, &offer);
          if (offers->len < MAX_TRUCKS)
            g_array_append_val (offers, offer);
        }
    }
  return sm_json_reader_finish (reader, error) ? g_steal_pointer (&offers) : NULL;
}

/** sm_sync_ask_trucks_async: Asks what each truck could be told that comes to a station. */
void
sm_sync_ask_trucks_async (SmSync              *self,
                          gint64               station_id,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  sm_sync_ask_other (self, "GET",
                     g_strdup_printf (SM_PATH_STATIONS "/%" G_GINT64_FORMAT "/diversions",
                                      station_id),
                     NULL, read_offers, (GDestroyNotify) g_array_unref, cancellable, callback,
                     user_data);
}

/** sm_sync_ask_trucks_finish: Returns: (transfer full) (nullable): of #SmTruckOffer */
GArray *
sm_sync_ask_trucks_finish (GAsyncResult  *result,
                           GError       **error)
{
  return sm_sync_ask_other_finish (result, error);
}
