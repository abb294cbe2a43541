/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include <string.h>

#include "sm-error.h"
#include "sm-exchange.h"
#include "sm-foreign-codec.h"
#include "sm-foreign.h"
#include "sm-ingest.h"
#include "sm-paths.h"
#include "sm-report-codec.h"
#include "sm-routes.h"

typedef struct
{
  SmExchange *exchange;
  SmActor *actor;
  GPtrArray *pieces; /* of the body, of GBytes */
  guint piece;       /* that is read */
  gsize at;          /* in it */
  SmReportBatch *batch;
} IngestRequest;

static void
ingest_request_free (gpointer data)
{
  IngestRequest *request = data;

  g_clear_pointer (&request->exchange, sm_exchange_unref);
  g_clear_pointer (&request->actor, sm_actor_unref);
  g_clear_pointer (&request->pieces, g_ptr_array_unref);
  g_clear_pointer (&request->batch, sm_report_batch_free);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IngestRequest, ingest_request_free)

static int
compare_rejections (gconstpointer a,
                    gconstpointer b)
{
  const SmReportRejection *one = a, *other = b;

  return one->index < other->index ? -1 : one->index > other->index;
}

/* The rules count within what could be read; the sender counts what it sent. */
static void
add_rejections (GArray               *rejected,
                const GArray         *indices,
                const SmIngestResult *result)
{
  for (guint i = 0; result->rejected != NULL && i < result->rejected->len; i++)
    {
      SmReportRejection rejection = g_array_index (result->rejected, SmReportRejection, i);

      rejection.index = g_array_index (indices, guint, rejection.index);
      g_array_append_val (rejected, rejection);
    }
  g_array_sort (rejected, compare_rejections);
}

static gpointer
ingest (SmRules       *rules,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  IngestRequest *request = data;
  SmReportBatch *batch = request->batch;
  g_auto (SmIngestResult) result = { 0 };
  SmReportAnswer answer = { 0 };
  SmJsonWriter *writer;

  if (!sm_ingest_vehicles (rules, request->actor, (const SmVehicleReport *) batch->reports->data,
                           batch->reports->len, &result, error))
    return NULL;
  add_rejections (batch->rejected, batch->indices, &result);
  answer.accepted = result.accepted;
  answer.repeated = result.repeated;
  answer.late = result.late;
  answer.ahead = result.ahead;
  answer.rejected = batch->rejected;
  answer.notes = batch->notes;
  writer = sm_json_writer_new ();
  sm_report_answer_write (writer, &answer);
  return sm_answer_new_json (200, writer);
}

static gssize
fill_cb (gpointer   user_data,
         char      *buffer,
         gsize      size,
         GError   **error)
{
  IngestRequest *request = user_data;
  const char *data;
  gsize length, n;

  if (request->piece == request->pieces->len)
    return 0;
  data = g_bytes_get_data (request->pieces->pdata[request->piece], &length);
  n = MIN (size, length - request->at);
  memcpy (buffer, data + request->at, n);
  request->at += n;
  if (request->at == length)
    {
      request->piece++;
      request->at = 0;
    }
  return (gssize) n;
}

static gpointer
read_reports (SmReader      *reader,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  IngestRequest *request = data;
  g_autoptr (SmJsonReader) json = sm_json_reader_new (fill_cb, request, G_MAXUINT64);

  return sm_reports_read (json, error);
}

static void
reports_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (IngestRequest) request = user_data;
  g_autoptr (SmExchange) exchange = g_steal_pointer (&request->exchange);
  g_autoptr (GError) error = NULL;

  if (sm_exchange_is_gone (exchange))
    return;
  request->batch = sm_rules_read_finish (sm_exchange_get_rules (exchange), result, &error);
  if (request->batch == NULL)
    sm_exchange_fail (exchange, error);
  else
    sm_exchange_run (exchange, ingest, g_steal_pointer (&request), ingest_request_free);
}

/* Read in one thread, taken in by another: neither the main loop nor the other
 * writers wait while ten megabytes are parsed. */
static void
post_vehicles (SmExchange *exchange)
{
  IngestRequest *request = g_new0 (IngestRequest, 1);

  request->exchange = sm_exchange_ref (exchange);
  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  request->pieces = sm_exchange_dup_pieces (exchange);
  sm_rules_read_async (sm_exchange_get_rules (exchange), read_reports, request, NULL,
                       (GDestroyNotify) sm_report_batch_free, NULL, reports_read_cb, request);
}

/* --- what is wrong, in the words of whoever says it --- */

typedef struct
{
  SmActor *actor;
  SmForeignBatch *batch;
} FaultsRequest;

static void
faults_request_free (gpointer data)
{
  FaultsRequest *request = data;

  sm_actor_unref (request->actor);
  sm_foreign_batch_free (request->batch);
  g_free (request);
}

static gpointer
ingest_faults (SmRules       *rules,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  FaultsRequest *request = data;
  SmForeignBatch *batch = request->batch;
  g_auto (SmIngestResult) result = { 0 };
  SmReportAnswer answer = { 0 };
  SmJsonWriter *writer;

  if (!sm_ingest_foreign (rules, request->actor, (const SmForeignReport *) batch->reports->data,
                          batch->reports->len, &result, error))
    return NULL;
  add_rejections (batch->rejected, batch->indices, &result);
  answer.accepted = result.accepted;
  answer.repeated = result.repeated;
  answer.late = result.late;
  answer.ahead = result.ahead;
  answer.rejected = batch->rejected;
  writer = sm_json_writer_new ();
  sm_report_answer_write (writer, &answer);
  return sm_answer_new_json (200, writer);
}

static void
post_faults (SmExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  SmForeignBatch *batch = sm_foreign_batch_read (sm_exchange_get_object (exchange), &error);
  FaultsRequest *request;

  if (batch == NULL)
    {
      sm_exchange_fail (exchange, error);
      return;
    }
  request = g_new (FaultsRequest, 1);
  *request = (FaultsRequest){ sm_actor_ref (sm_exchange_get_actor (exchange)), batch };
  sm_exchange_run (exchange, ingest_faults, request, faults_request_free);
}

const SmRoute sm_ingest_routes[] = {
  { "POST", SM_PATH_INGEST_VEHICLES, "vehicle.ingest", SM_ROUTE_DEVICE | SM_ROUTE_LARGE,
    post_vehicles },
  { "POST", SM_PATH_INGEST_FAULTS, "station.ingest", SM_ROUTE_DEVICE | SM_ROUTE_OBJECT,
    post_faults },
  { NULL },
};
