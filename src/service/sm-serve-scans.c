/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-asker.h"
#include "sm-error.h"
#include "sm-exchange.h"
#include "sm-feed.h"
#include "sm-json-guard.h"
#include "sm-json-reader.h"
#include "sm-json-writer.h"
#include "sm-paths.h"
#include "sm-routes.h"
#include "sm-row-codec.h"
#include "sm-scan-codes.h"
#include "sm-scans.h"
#include "sm-service-private.h"
#include "sm-time.h"

#include <math.h>
#include <string.h>

/* Labels: what they say, what whoever scans one is asked, what they answer. */

#define MAX_WORD_CHARS 40
#define MAX_TEXT_CHARS 500
#define MAX_PHONE_CHARS 40

/* --- a thing --- */

typedef struct
{
  SmActor *actor; /* (nullable): nobody who scans has one */
  SmNounId noun;
  gint64 id;      /* of the thing, or of a report */
  char *base;     /* (nullable): what the links on labels begin with */
} ThingRequest;

static void
thing_request_free (gpointer data)
{
  ThingRequest *request = data;

  g_clear_pointer (&request->actor, sm_actor_unref);
  g_free (request->base);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ThingRequest, thing_request_free)

static guint
name_field (const SmRow *row)
{
  switch (sm_row_get_noun (row)->id)
    {
    case SM_NOUN_STATION:
      return SM_STATION_NAME;
    case SM_NOUN_PILE:
      return SM_PILE_NAME;
    default:
      return SM_BATTERY_SN;
    }
}

static guint
sn_field (const SmRow *row)
{
  switch (sm_row_get_noun (row)->id)
    {
    case SM_NOUN_STATION:
      return SM_STATION_SN;
    case SM_NOUN_PILE:
      return SM_PILE_SN;
    default:
      return SM_BATTERY_SN;
    }
}

static void
write_thing (SmJsonWriter      *writer,
             const SmScanThing *thing)
{
  sm_json_writer_name (writer, "noun");
  sm_json_writer_text (writer, sm_row_get_noun (thing->row)->name);
  sm_json_writer_name (writer, "name");
  sm_row_write_field (writer, thing->row, name_field (thing->row));
  sm_json_writer_name (writer, "station");
  if (thing->station != NULL)
    sm_row_write_field (writer, thing->station, SM_STATION_NAME);
  else
    sm_json_writer_null (writer);
}

static void
write_time (SmJsonWriter *writer,
            const char   *name,
            gint64        at)
{
  g_autofree char *text = at != SM_UNKNOWN ? sm_time_to_rfc3339 (at) : NULL;

  sm_json_writer_name (writer, name);
  if (text != NULL)
    sm_json_writer_text (writer, text);
  else
    sm_json_writer_null (writer);
}

static gpointer
read_thing (SmReader      *reader,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const ThingRequest *request = data;
  g_autoptr (SmScanThing) thing = sm_scans_look (reader, request->noun, request->id, error);
  const char *const *questions = sm_scan_questions (request->noun);
  SmJsonWriter *writer;

  if (thing == NULL)
    return NULL;
  writer = sm_json_writer_new ();
  sm_json_writer_begin_object (writer);
  write_thing (writer, thing);
  write_time (writer, "open", thing->known_at);
  sm_json_writer_name (writer, "questions");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; questions[i] != NULL; i++)
    sm_json_writer_text (writer, questions[i]);
  sm_json_writer_end_array (writer);
  sm_json_writer_end_object (writer);
  return sm_answer_new_json (200, writer);
}

static void
get_scan (SmExchange *exchange)
{
  g_autoptr (ThingRequest) request = g_new0 (ThingRequest, 1);
  g_autoptr (GError) error = NULL;

  if (sm_scan_code_parse (sm_exchange_get_rules (exchange), sm_exchange_get_param (exchange, 0),
                          &request->noun, &request->id, &error))
    sm_exchange_read (exchange, read_thing, g_steal_pointer (&request), thing_request_free);
  else
    sm_exchange_fail (exchange, error);
}

/* --- labels, for who prints them --- */

static void
write_code (SmRules      *rules,
            SmJsonWriter *writer,
            const SmRow  *row,
            const char   *base)
{
  g_autofree char *code = sm_scan_code_new (rules, sm_row_get_noun (row)->id, sm_row_get_id (row));
  g_autofree char *link = g_strconcat (base, SM_PATH_SCAN_PAGE "/", code, NULL);

  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "noun");
  sm_json_writer_text (writer, sm_row_get_noun (row)->name);
  sm_json_writer_name (writer, "id");
  sm_json_writer_int (writer, sm_row_get_id (row));
  sm_json_writer_name (writer, "sn");
  sm_row_write_field (writer, row, sn_field (row));
  sm_json_writer_name (writer, "name");
  sm_row_write_field (writer, row, name_field (row));
  sm_json_writer_name (writer, "code");
  sm_json_writer_text (writer, code);
  sm_json_writer_name (writer, "link");
  sm_json_writer_text (writer, link);
  sm_json_writer_end_object (writer);
}

static gpointer
read_codes (SmReader      *reader,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const ThingRequest *request = data;
  SmRules *rules = sm_reader_get_rules (reader);
  g_autoptr (SmRow) row = sm_feed_read_row (reader, request->actor, sm_noun_get (request->noun),
                                            request->id, error);
  g_autoptr (GPtrArray) piles = NULL;
  SmJsonWriter *writer;

  if (row == NULL)
    return NULL;
  if (request->noun == SM_NOUN_STATION)
    {
      piles = sm_scans_list_piles (reader, request->id, error);
      if (piles == NULL)
        return NULL;
    }
  writer = sm_json_writer_new ();
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "items");
  sm_json_writer_begin_array (writer);
  write_code (rules, writer, row, request->base);
  for (guint i = 0; piles != NULL && i < piles->len; i++)
    write_code (rules, writer, piles->pdata[i], request->base);
  sm_json_writer_end_array (writer);
  sm_json_writer_end_object (writer);
  return sm_answer_new_json (200, writer);
}

static void
get_codes (SmExchange *exchange,
           SmNounId    noun)
{
  g_autoptr (ThingRequest) request = g_new0 (ThingRequest, 1);
  g_autoptr (GError) error = NULL;

  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  request->noun = noun;
  request->base = sm_exchange_dup_base (exchange);
  if (sm_asker_may_read (request->actor, sm_noun_get (noun), &error)
      && sm_exchange_get_id (exchange, 0, &request->id, &error))
    sm_exchange_read (exchange, read_codes, g_steal_pointer (&request), thing_request_free);
  else
    sm_exchange_fail (exchange, error);
}

static void
get_station_codes (SmExchange *exchange)
{
  get_codes (exchange, SM_NOUN_STATION);
}

static void
get_battery_codes (SmExchange *exchange)
{
  get_codes (exchange, SM_NOUN_BATTERY);
}

/* --- a report --- */

static gpointer
write_report (SmRules       *rules,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (SmRow) order = NULL;
  g_autofree char *token = NULL, *progress = NULL;
  SmScanReport *report = data;
  SmJsonWriter *writer;

  if (!sm_scans_report (rules, report, &order, error))
    return NULL;
  token = sm_scan_token_new (rules, report->id);
  progress = g_strconcat (SM_PATH_PROGRESS_PAGE "/", token, NULL);
  writer = sm_json_writer_new ();
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "number");
  sm_row_write_field (writer, order, SM_WORK_ORDER_NUMBER);
  sm_json_writer_name (writer, "joined");
  sm_json_writer_bool (writer, report->is_joined);
  sm_json_writer_name (writer, "progress");
  sm_json_writer_text (writer, progress);
  sm_json_writer_end_object (writer);
  return sm_answer_new_json (201, writer);
}

static gboolean
parse_report (JsonObject    *body,
              SmScanReport  *report,
              GError       **error)
{
  const char *what, *text = NULL, *phone = NULL, *language = NULL;

  report->latitude = report->longitude = NAN;
  if (!sm_json_get_text (body, "what", SM_JSON_REQUIRED, MAX_WORD_CHARS, &what, error)
      || !sm_json_get_text (body, "text", SM_JSON_OPTIONAL, MAX_TEXT_CHARS, &text, error)
      || !sm_json_get_text (body, "phone", SM_JSON_OPTIONAL, MAX_PHONE_CHARS, &phone, error)
      || !sm_json_get_text (body, "language", SM_JSON_OPTIONAL, MAX_WORD_CHARS, &language, error)
      || !sm_json_get_real (body, "latitude", SM_JSON_OPTIONAL, -90, 90, &report->latitude, error)
      || !sm_json_get_real (body, "longitude", SM_JSON_OPTIONAL, -180, 180, &report->longitude,
                            error))
    return FALSE;
  report->what = g_strdup (what);
  report->text = g_strdup (text);
  report->phone = g_strdup (phone);
  report->language = g_strdup (language);
  return TRUE;
}

/* By what it is and not by how its code is written. */
static gboolean
pass_gate (SmExchange          *exchange,
           SmNounId             noun,
           const SmScanReport  *report,
           GError             **error)
{
  g_autofree char *label
      = g_strdup_printf ("%s/%" G_GINT64_FORMAT, sm_noun_get (noun)->name, report->thing_id);

  return sm_scan_gate_pass (sm_exchange_get_service (exchange)->scan_gate,
                            sm_exchange_get_peer (exchange), label, report->key, error);
}

static void
post_report (SmExchange *exchange)
{
  g_autoptr (SmScanReport) report = g_new0 (SmScanReport, 1);
  g_autoptr (GError) error = NULL;
  SmNounId noun;

  report->key = g_strdup (sm_exchange_get_header (exchange, SM_HEADER_IDEMPOTENCY_KEY));
  if (!sm_scan_code_parse (sm_exchange_get_rules (exchange), sm_exchange_get_param (exchange, 0),
                           &noun, &report->thing_id, &error)
      || !pass_gate (exchange, noun, report, &error)
      || !parse_report (sm_exchange_get_object (exchange), report, &error))
    {
      sm_exchange_fail (exchange, error);
      return;
    }
  report->noun = g_strdup (sm_noun_get (noun)->name);
  sm_exchange_run (exchange, write_report, g_steal_pointer (&report),
                   (GDestroyNotify) sm_scan_report_free);
}

/* --- how it goes on --- */

static gpointer
read_progress (SmReader      *reader,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  const ThingRequest *request = data;
  g_autoptr (SmScanProgress) progress = sm_scans_progress (reader, request->id, error);
  SmJsonWriter *writer;

  if (progress == NULL)
    return NULL;
  writer = sm_json_writer_new ();
  sm_json_writer_begin_object (writer);
  write_thing (writer, progress->thing);
  sm_json_writer_name (writer, "number");
  sm_row_write_field (writer, progress->work_order, SM_WORK_ORDER_NUMBER);
  sm_json_writer_name (writer, "state");
  sm_row_write_field (writer, progress->work_order, SM_WORK_ORDER_STATE);
  sm_json_writer_name (writer, "joined");
  sm_json_writer_bool (writer, progress->report->is_joined);
  sm_json_writer_name (writer, "steps");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < progress->steps->len; i++)
    {
      const SmScanStep *step = progress->steps->pdata[i];

      sm_json_writer_begin_object (writer);
      sm_json_writer_name (writer, "state");
      sm_json_writer_text (writer, step->state);
      write_time (writer, "at", step->at);
      sm_json_writer_end_object (writer);
    }
  sm_json_writer_end_array (writer);
  sm_json_writer_end_object (writer);
  return sm_answer_new_json (200, writer);
}

static void
get_report (SmExchange *exchange)
{
  g_autoptr (ThingRequest) request = g_new0 (ThingRequest, 1);
  g_autoptr (GError) error = NULL;

  if (sm_scan_token_parse (sm_exchange_get_rules (exchange), sm_exchange_get_param (exchange, 0),
                           &request->id, &error))
    sm_exchange_read (exchange, read_progress, g_steal_pointer (&request), thing_request_free);
  else
    sm_exchange_fail (exchange, error);
}

const SmRoute sm_scan_routes[] = {
  { "GET", SM_PATH_SCANS "/{code}", NULL, SM_ROUTE_PUBLIC, get_scan },
  { "POST", SM_PATH_SCANS "/{code}/reports", NULL,
    SM_ROUTE_PUBLIC | SM_ROUTE_KEYED | SM_ROUTE_OBJECT, post_report },
  { "GET", SM_PATH_REPORTS "/{token}", NULL, SM_ROUTE_PUBLIC, get_report },
  { "GET", SM_PATH_STATIONS "/{id}" SM_PATH_SCAN_CODES, "network.read", 0, get_station_codes },
  { "GET", SM_PATH_BATTERIES "/{id}" SM_PATH_SCAN_CODES, "vehicle.read", 0, get_battery_codes },
  { NULL },
};
