/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include <math.h>

#include "sm-answer.h"
#include "sm-candidates.h"
#include "sm-exchange.h"
#include "sm-paths.h"
#include "sm-routes.h"
#include "sm-work-forecasts.h"

/* Who could go to a work order, and who goes where for all of them to be served best. */

#define READ "work_order.read"
#define ASSIGN "work_order.assign"

typedef struct
{
  SmActor *actor;
  gint64 id; /* 0: of all */
} DispatchRequest;

static void
dispatch_request_free (gpointer data)
{
  DispatchRequest *request = data;

  sm_actor_unref (request->actor);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DispatchRequest, dispatch_request_free)

/* --- what is said --- */

static void
write_int (SmJsonWriter *writer,
           const char   *name,
           gint64        value)
{
  sm_json_writer_name (writer, name);
  sm_json_writer_int (writer, value);
}

static void
write_real (SmJsonWriter *writer,
            const char   *name,
            double        value)
{
  sm_json_writer_name (writer, name);
  if (isnan (value))
    sm_json_writer_null (writer);
  else
    sm_json_writer_real (writer, round (value));
}

static void
write_bool (SmJsonWriter *writer,
            const char   *name,
            gboolean      value)
{
  sm_json_writer_name (writer, name);
  sm_json_writer_bool (writer, value);
}

static void
write_words (SmJsonWriter    *writer,
             const char      *name,
             const GPtrArray *words,
             guint64          bits)
{
  sm_json_writer_name (writer, name);
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < words->len; i++)
    if ((bits >> i & 1) != 0)
      sm_json_writer_text (writer, words->pdata[i]);
  sm_json_writer_end_array (writer);
}

static void
write_bars (SmJsonWriter *writer,
            guint         bars)
{
  sm_json_writer_name (writer, "bars");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < SM_DISPATCH_N_BARS; i++)
    if ((bars >> i & 1) != 0)
      sm_json_writer_text (writer, sm_candidates_bar (i));
  sm_json_writer_end_array (writer);
}

/* Each part of the time, so that whoever adds them up has the sum. */
static void
write_candidate (SmJsonWriter              *writer,
                 const SmCandidates        *all,
                 const SmDispatchCandidate *candidate)
{
  const SmDispatchEngineer *who
      = &g_array_index (all->who, SmDispatchEngineer, candidate->engineer);

  write_int (writer, "engineer_id", sm_row_get_id (all->engineers->pdata[candidate->engineer]));
  write_int (writer, "jobs", who->n_jobs);
  write_int (writer, "places", who->places);
  write_bars (writer, candidate->bars);
  write_words (writer, "lacks_skills", all->skills, candidate->lacks_skills);
  write_words (writer, "lacks_certificates", all->certificates, candidate->lacks_certificates);
  write_words (writer, "lacks_parts", all->parts, candidate->lacks_parts);
  write_real (writer, "road_m", candidate->road_m);
  write_int (writer, "shift_s", candidate->shift_s);
  write_int (writer, "job_s", candidate->job_s);
  write_int (writer, "travel_s", candidate->travel_s);
  write_int (writer, "part_s", candidate->part_s);
  write_int (writer, "work_s", candidate->work_s);
  write_int (writer, "restore_s", candidate->restore_s);
  write_bool (writer, "is_late", candidate->is_late);
  write_bool (writer, "is_overtime", candidate->is_overtime);
}

static void
write_plan (SmJsonWriter       *writer,
            const SmCandidates *all)
{
  sm_json_writer_name (writer, "as_of");
  sm_json_writer_time (writer, all->plan.now_us);
  sm_json_writer_name (writer, "road_factor");
  sm_json_writer_real (writer, all->plan.road_factor);
  sm_json_writer_name (writer, "speed_kmh");
  sm_json_writer_real (writer, all->plan.speed_kmh);
}

/* --- one order --- */

static gpointer
read_candidates (SmReader      *reader,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  const DispatchRequest *request = data;
  g_autoptr (SmCandidates) all
      = sm_candidates_rank (reader, request->actor, request->id, error);
  SmJsonWriter *writer;

  if (all == NULL)
    return NULL;
  writer = sm_json_writer_new ();
  sm_json_writer_begin_object (writer);
  write_int (writer, "work_order_id", request->id);
  write_plan (writer, all);
  sm_json_writer_name (writer, "items");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < all->ranks->len; i++)
    {
      sm_json_writer_begin_object (writer);
      write_candidate (writer, all, &g_array_index (all->ranks, SmDispatchCandidate, i));
      sm_json_writer_end_object (writer);
    }
  sm_json_writer_end_array (writer);
  sm_json_writer_end_object (writer);
  return sm_answer_new_json (200, writer);
}

static void
get_candidates (SmExchange *exchange)
{
  g_autoptr (DispatchRequest) request = g_new0 (DispatchRequest, 1);
  g_autoptr (GError) error = NULL;

  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  if (sm_exchange_get_id (exchange, 0, &request->id, &error))
    sm_exchange_read (exchange, read_candidates, g_steal_pointer (&request),
                      dispatch_request_free);
  else
    sm_exchange_fail (exchange, error);
}

/* --- all of them --- */

static void
write_choice (SmJsonWriter       *writer,
              const SmCandidates *all,
              guint               index)
{
  const SmDispatchChoice *choice = &g_array_index (all->choices, SmDispatchChoice, index);

  sm_json_writer_begin_object (writer);
  write_int (writer, "work_order_id", sm_row_get_id (all->orders->pdata[index]));
  write_int (writer, "place", choice->place);
  sm_json_writer_name (writer, "candidate");
  if (choice->engineer < 0)
    sm_json_writer_null (writer);
  else
    {
      sm_json_writer_begin_object (writer);
      write_candidate (writer, all, &choice->candidate);
      sm_json_writer_end_object (writer);
    }
  sm_json_writer_end_object (writer);
}

static gpointer
read_assignment (SmReader      *reader,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  const DispatchRequest *request = data;
  g_autoptr (SmCandidates) all = sm_candidates_assign (reader, request->actor, error);
  SmJsonWriter *writer;

  if (all == NULL)
    return NULL;
  writer = sm_json_writer_new ();
  sm_json_writer_begin_object (writer);
  write_plan (writer, all);
  write_int (writer, "late", all->sum.late);
  write_int (writer, "weighted_min", all->sum.weighted);
  write_int (writer, "travel_min", all->sum.travel_min);
  sm_json_writer_name (writer, "items");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < all->choices->len; i++)
    write_choice (writer, all, i);
  sm_json_writer_end_array (writer);
  sm_json_writer_end_object (writer);
  return sm_answer_new_json (200, writer);
}

static void
get_assignment (SmExchange *exchange)
{
  DispatchRequest *request = g_new0 (DispatchRequest, 1);

  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  sm_exchange_read_long (exchange, read_assignment, request, dispatch_request_free);
}

/* --- those that somebody has --- */

static void
write_forecast (SmJsonWriter         *writer,
                const SmWorkForecast *of)
{
  sm_json_writer_begin_object (writer);
  write_int (writer, "work_order_id", of->work_order_id);
  sm_json_writer_name (writer, "early_at");
  sm_json_writer_time (writer, of->forecast.early_us);
  sm_json_writer_name (writer, "likely_at");
  sm_json_writer_time (writer, of->forecast.likely_us);
  sm_json_writer_name (writer, "late_at");
  sm_json_writer_time (writer, of->forecast.late_us);
  sm_json_writer_name (writer, "chance_late");
  sm_json_writer_real (writer, round (of->forecast.chance_late * 1000.0) / 1000.0);
  sm_json_writer_name (writer, "verdict");
  sm_json_writer_text (writer, sm_work_forecast_word (of));
  write_int (writer, "past_orders", of->n_past);
  sm_json_writer_end_object (writer);
}

static gpointer
read_forecasts (SmReader      *reader,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  const DispatchRequest *request = data;
  g_autoptr (GArray) forecasts = sm_work_forecasts_read (reader, request->actor, error);
  SmJsonWriter *writer;

  if (forecasts == NULL)
    return NULL;
  writer = sm_json_writer_new ();
  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "items");
  sm_json_writer_begin_array (writer);
  for (guint i = 0; i < forecasts->len; i++)
    write_forecast (writer, &g_array_index (forecasts, SmWorkForecast, i));
  sm_json_writer_end_array (writer);
  sm_json_writer_end_object (writer);
  return sm_answer_new_json (200, writer);
}

static void
get_forecasts (SmExchange *exchange)
{
  DispatchRequest *request = g_new0 (DispatchRequest, 1);

  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  sm_exchange_read_long (exchange, read_forecasts, request, dispatch_request_free);
}

const SmRoute sm_dispatch_routes[] = {
  { "GET", SM_PATH_WORK_ORDERS "/forecasts", READ, 0, get_forecasts },
  { "GET", SM_PATH_WORK_ORDERS "/assignment", ASSIGN, 0, get_assignment },
  { "GET", SM_PATH_WORK_ORDERS "/{id}/candidates", READ, 0, get_candidates },
  { NULL },
};
