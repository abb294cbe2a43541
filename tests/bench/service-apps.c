/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service-apps.h"

#include <libsoup/soup.h>
#include <stdio.h>
#include <string.h>

#include "bench.h"
#include "sm-changes-codec.h"
#include "sm-json-guard.h"
#include "sm-live-codec.h"
#include "sm-report-codec.h"
#include "sm-time.h"

#define BATCHES_PER_SECOND 10

typedef struct
{
  const char *url;
  const char *gateway;
  char *token;
  gint n_loaded;  /* atomic: apps that have the network */
  gint is_rolling; /* atomic: reports come by the second */
  gint is_over;   /* atomic */
} Apps;

typedef struct
{
  Apps *apps;
  SoupSession *session;
  GArray *delays_ms; /* of double: from a report to its arrival here; one in 50 */
  guint64 n_rows;
} App;

static SoupSession *
make_session (void)
{
  return soup_session_new_with_options ("timeout", 30, NULL);
}

/* Returns: (transfer full): the body of a 200; anything else ends the benchmark */
static GBytes *
ask (SoupSession *session,
     const char  *method,
     const char  *url,
     const char  *token,
     GBytes      *body)
{
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autoptr (GError) error = NULL;
  GBytes *answer;

  soup_message_headers_replace (headers, "Accept-Encoding", "identity");
  if (token != NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);

      soup_message_headers_replace (headers, "Authorization", bearer);
    }
  if (body != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", body);
  answer = soup_session_send_and_read (session, message, NULL, &error);
  if (answer == NULL || soup_message_get_status (message) != 200)
    g_error ("%s: %u %s", url, soup_message_get_status (message),
             error != NULL ? error->message : "");
  return answer;
}

static char *
sign_in (Apps *apps)
{
  g_autoptr (SoupSession) session = make_session ();
  g_autofree char *url = g_strconcat (apps->url, "/api/v1/session", NULL);
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"demo\":true}", strlen ("{\"demo\":true}"));
  g_autoptr (GBytes) answer = ask (session, "POST", url, NULL, body);
  gsize length;
  const char *text = g_bytes_get_data (answer, &length);
  g_autoptr (JsonObject) object = sm_json_parse_object (text, length, NULL);

  return g_strdup (json_object_get_string_member (object, "token"));
}

/* --- the gateway --- */

static void
post (Apps        *apps,
      SoupSession *session,
      guint        from,
      guint        n)
{
  g_autofree char *url = g_strconcat (apps->url, "/api/v1/ingest/vehicles", NULL);
  g_autofree SmVehicleReport *reports = g_new0 (SmVehicleReport, n);
  g_autoptr (GStringChunk) vins = g_string_chunk_new (4096);
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) answer = NULL;
  gint64 now = g_get_real_time ();
  char vin[16];

  for (guint i = 0; i < n; i++)
    {
      guint number = (from + i) % APPS_VEHICLES;

      g_snprintf (vin, sizeof vin, "V%06u", number);
      reports[i] = (SmVehicleReport){ .vin = g_string_chunk_insert (vins, vin), .at_us = now,
                                      .latitude = 22 + number * 1e-4,
                                      .longitude = 110 + (double) (now % SM_HOUR) * 1e-9,
                                      .heading_deg = 90, .speed_kmh = 60, .soc = 50,
                                      .pack_temperature_c = 30, .odometer_m = 1000,
                                      .motion = SM_MOTION_DRIVING, .energy = SM_ENERGY_IDLE };
    }
  sm_reports_write (writer, reports, n);
  body = sm_json_writer_end_bytes (writer);
  answer = ask (session, "POST", url, apps->gateway, body);
}

static gpointer
gateway_main (gpointer data)
{
  Apps *apps = data;
  g_autoptr (SoupSession) session = make_session ();
  gint64 due = g_get_monotonic_time ();
  guint next = 0;

  while (!g_atomic_int_get (&apps->is_over))
    {
      gint64 now = g_get_monotonic_time ();

      if (now < due)
        {
          g_usleep ((gulong) (due - now));
          continue;
        }
      due += G_USEC_PER_SEC / BATCHES_PER_SECOND;
      post (apps, session, next, APPS_PER_SECOND / BATCHES_PER_SECOND);
      next += APPS_PER_SECOND / BATCHES_PER_SECOND;
    }
  return NULL;
}

/* --- an app --- */

static void
load_records (App *app)
{
  g_autofree char *cursor = NULL;
  gboolean more = TRUE;

  while (more)
    {
      g_autofree char *url =
          g_strdup_printf ("%s/api/v1/changes?limit=5000%s%s", app->apps->url,
                           cursor != NULL ? "&since=" : "", cursor != NULL ? cursor : "");
      g_autoptr (GBytes) body = ask (app->session, "GET", url, app->apps->token, NULL);
      g_autoptr (SmJsonReader) reader = NULL;
      g_autoptr (GPtrArray) changes = NULL;
      g_autoptr (GError) error = NULL;
      gsize length;
      const char *text = g_bytes_get_data (body, &length);

      g_clear_pointer (&cursor, g_free);
      reader = sm_json_reader_new_for_data (text, length);
      changes = sm_changes_read (reader, &cursor, &more, &error);
      g_assert_no_error (error);
    }
}

static gint64
follow (App    *app,
        gint64  since,
        gboolean is_timed)
{
  g_autofree char *url = g_strdup_printf ("%s/api/v1/live/vehicles?since=%" G_GINT64_FORMAT "&wait=8",
                                          app->apps->url, since);
  g_autoptr (GBytes) body = ask (app->session, "GET", url, app->apps->token, NULL);
  gint64 now = g_get_real_time ();
  gsize length;
  const char *text = g_bytes_get_data (body, &length);
  g_autoptr (SmJsonReader) reader = sm_json_reader_new_for_data (text, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmVehicleBatch) batch = sm_live_vehicles_read (reader, &error);

  g_assert_no_error (error);
  app->n_rows += is_timed ? batch->columns.n : 0;
  for (guint i = 0; is_timed && i < batch->columns.n; i += 50)
    {
      double delay_ms = (double) (now - batch->columns.reported_at[i]) / 1e3;

      g_array_append_val (app->delays_ms, delay_ms);
    }
  return batch->tick;
}

static gpointer
app_main (gpointer data)
{
  App *app = data;
  gint64 tick;

  app->session = make_session ();
  load_records (app);
  tick = follow (app, 0, FALSE);
  g_atomic_int_inc (&app->apps->n_loaded);
  while (!g_atomic_int_get (&app->apps->is_over))
    {
      gboolean is_timed = g_atomic_int_get (&app->apps->is_rolling) != 0;

      tick = follow (app, tick, is_timed);
    }
  g_clear_object (&app->session);
  return NULL;
}

static void
say (const char *line)
{
  puts (line);
  fflush (stdout);
}

static void
print_delays (App   *apps,
              double seconds)
{
  double rates[APPS_FOLLOWERS];
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (double));
  double p95[1];

  for (guint i = 0; i < APPS_FOLLOWERS; i++)
    {
      g_array_append_vals (all, apps[i].delays_ms->data, apps[i].delays_ms->len);
      rates[i] = (double) apps[i].n_rows / seconds;
    }
  bench_figure ("vehicles that moved, to each app", rates, APPS_FOLLOWERS, "/s");
  g_assert_cmpuint (all->len, >, 0);
  bench_median ((double *) (void *) all->data, all->len); /* sorts */
  p95[0] = g_array_index (all, double, all->len * 95 / 100);
  bench_report ("a change to an app's hands at 4,000 reports/s, p95 in ms", p95, 1, 1500);
}

/** bench_apps_main: Loads, says so, follows until its standard input ends. */
int
bench_apps_main (const char *url,
                 const char *gateway_token)
{
  Apps apps = { .url = url, .gateway = gateway_token };
  App all[APPS_FOLLOWERS] = { 0 };
  GThread *threads[APPS_FOLLOWERS], *gateway;
  gint64 begun;
  g_autoptr (SoupSession) session = make_session ();

  apps.token = sign_in (&apps);
  for (guint i = 0; i < APPS_VEHICLES; i += APPS_PER_SECOND)
    post (&apps, session, i, APPS_PER_SECOND);
  for (guint i = 0; i < APPS_FOLLOWERS; i++)
    {
      all[i] = (App){ .apps = &apps, .delays_ms = g_array_new (FALSE, FALSE, sizeof (double)) };
      threads[i] = g_thread_new ("app", app_main, &all[i]);
    }
  while (g_atomic_int_get (&apps.n_loaded) < APPS_FOLLOWERS)
    g_usleep (20 * 1000);
  say (APPS_LOADED);
  gateway = g_thread_new ("gateway", gateway_main, &apps);
  /* What was reported before is on its way for a tick or two. */
  g_usleep (3 * G_USEC_PER_SEC);
  begun = g_get_monotonic_time ();
  g_atomic_int_set (&apps.is_rolling, 1);
  say (APPS_ROLLING);
  while (getchar () != EOF)
    ;
  g_atomic_int_set (&apps.is_over, 1);
  for (guint i = 0; i < APPS_FOLLOWERS; i++)
    g_thread_join (threads[i]);
  g_thread_join (gateway);
  print_delays (all, (double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC);
  for (guint i = 0; i < APPS_FOLLOWERS; i++)
    g_array_unref (all[i].delays_ms);
  g_free (apps.token);
  return 0;
}
