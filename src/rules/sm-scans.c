/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-scans.h"

#include "sm-error.h"
#include "sm-live-private.h"
#include "sm-rules-private.h"
#include "sm-scan-codes.h"
#include "sm-scans-private.h"
#include "sm-service-rows.h"
#include "sm-tell-private.h"
#include "sm-work-order-table.h"
#include "sm-work-orders-private.h"


/* What a reporter is shown of an order's life. */
#define MOST_PROGRESS 500
/* How long it is known who reported: as long as somebody may have to call back. */
#define KEEP_PERSON (30 * SM_DAY)
#define FORGET_AT_ONCE 200
/* On a sheet of labels. */
#define MOST_PILES 500

/* What a person at a broken thing can tell; the order of the choices is theirs on the page. */
static const char *const of_station[]
  = { "does_not_swap", "no_pack", "damaged", "smoke", "payment", "other", NULL };
static const char *const of_pile[]
  = { "does_not_charge", "damaged", "smoke", "payment", "other", NULL };
static const char *const of_battery[] = { "smoke", "damaged", "other", NULL };

void
sm_scan_thing_free (SmScanThing *self)
{
  g_clear_pointer (&self->row, sm_row_unref);
  g_clear_pointer (&self->station, sm_row_unref);
  g_free (self);
}

/** sm_scan_questions: Returns: (transfer none): what may be wrong with one of @noun */
const char *const *
sm_scan_questions (SmNounId noun)
{
  switch (noun)
    {
    case SM_NOUN_STATION:
      return of_station;
    case SM_NOUN_PILE:
      return of_pile;
    default:
      return of_battery;
    }
}

/* Where a pack is changes all the time; a pile never moves.  0: nobody knows. */
static gint64
find_station (SmRules     *rules,
              const SmRow *row)
{
  const SmLiveRow *live;
  gint64 id = 0;

  if (sm_row_get_noun (row)->id == SM_NOUN_STATION)
    return sm_row_get_id (row);
  if (sm_row_get_noun (row)->id == SM_NOUN_PILE)
    return sm_row_get_int (row, SM_PILE_STATION_ID);
  sm_live_lock (rules->live);
  live = sm_live_find_row (rules->live, sm_row_get_noun (row), sm_row_get_id (row));
  if (live != NULL && !sm_row_is_null (live->row, SM_BATTERY_STATION_ID))
    id = sm_row_get_int (live->row, SM_BATTERY_STATION_ID);
  sm_live_unlock (rules->live);
  return id;
}

static SmScanThing *
look (SmRules       *rules,
      SmConnection  *connection,
      const SmNoun  *noun,
      gint64         id,
      GError       **error)
{
  g_autoptr (SmScanThing) thing = g_new0 (SmScanThing, 1);
  gint64 station_id;

  if (!sm_service_find (connection, noun, id, &thing->row, error))
    return NULL;
  if (thing->row == NULL)
    {
      sm_set_error (error, SM_ERROR_NOT_FOUND, "not-found", "It is not there any more");
      return NULL;
    }
  station_id = find_station (rules, thing->row);
  if (station_id > 0
      && !sm_service_find (connection, sm_noun_get (SM_NOUN_STATION), station_id, &thing->station,
                           error))
    return NULL;
  return sm_scan_table_find_open_order (connection, noun->name, id, sm_rules_now (rules),
                                        &thing->known_at, error)
             ? g_steal_pointer (&thing)
             : NULL;
}

/** sm_scans_look: Returns: (transfer full) (nullable): what a label is stuck on */
SmScanThing *
sm_scans_look (SmReader  *reader,
               SmNounId   noun,
               gint64     id,
               GError   **error)
{
  return look (reader->rules, sm_service_db_get_connection (reader->db), sm_noun_get (noun), id,
               error);
}

/** sm_scans_list_piles: Returns: (transfer full) (nullable): of SmRow: the piles of a station */
GPtrArray *
sm_scans_list_piles (SmReader  *reader,
                     gint64     station_id,
                     GError   **error)
{
  g_autoptr (SmScope) all = sm_scope_new (SM_SCOPE_ALL, NULL, 0);
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, station_id);

  return sm_service_list (sm_service_db_get_connection (reader->db), sm_noun_get (SM_NOUN_PILE), all,
                          SM_PILE_STATION_ID, value, 0, MOST_PILES, error);
}

/* --- a report --- */

static gboolean
is_question (SmNounId    noun,
             const char *what)
{
  return g_strv_contains (sm_scan_questions (noun), what);
}

/* Nobody signed in for it: the audit says what it was said of, and never who said it. */
static gboolean
tell_audit (SmRules             *rules,
            const SmScanReport  *report,
            GError             **error)
{
  g_autoptr (SmActor) label = sm_actor_new_system ("label");
  g_autofree char *object
      = g_strdup_printf ("work_order/%" G_GINT64_FORMAT, report->work_order_id);
  g_autofree char *what = g_strdup_printf ("%s %s/%" G_GINT64_FORMAT, report->what, report->noun,
                                           report->thing_id);

  return sm_verb_audit_texts (rules, label, "scan.report", object,
                              "done", what, NULL, NULL, error);
}

static SmRow *
take (SmRules       *rules,
      SmScanReport  *report,
      SmNounId       noun,
      GError       **error)
{
  SmConnection *connection = sm_rules_get_connection (rules);
  g_autoptr (SmScanThing) thing = look (rules, connection, sm_noun_get (noun), report->thing_id,
                                        error);
  g_autoptr (SmRow) order = NULL;

  order = thing != NULL ? sm_scan_order_find (rules, report, thing->row, &report->is_joined, error)
                        : NULL;
  if (order == NULL)
    return NULL;
  report->work_order_id = sm_row_get_id (order);
  return sm_scan_table_insert (connection, report, error)
                 && sm_tell_note_report (rules, report, order, error)
                 && tell_audit (rules, report, error)
             ? g_steal_pointer (&order)
             : NULL;
}

/* Sent before, and the answer was lost on its way: the same again. */
static gboolean
again (SmRules       *rules,
       SmScanReport  *report,
       SmScanReport  *first,
       SmRow        **out_work_order,
       GError       **error)
{
  report->id = first->id;
  report->is_joined = first->is_joined;
  report->work_order_id = first->work_order_id;
  return sm_service_find (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_WORK_ORDER),
                          first->work_order_id, out_work_order, error);
}

/**
 * sm_scans_report:
 * @report: what was said; gets its id, its time and whether others said it before
 * @out_work_order: (transfer full): the order that it belongs to
 */
gboolean
sm_scans_report (SmRules       *rules,
                 SmScanReport  *report,
                 SmRow        **out_work_order,
                 GError       **error)
{
  SmNounId noun = (SmNounId) sm_noun_by_name (report->noun)->id;
  g_autoptr (SmScanReport) first = NULL;

  if (!sm_scan_table_find_key (sm_rules_get_connection (rules), report->key, &first, error))
    return FALSE;
  if (first != NULL)
    return again (rules, report, first, out_work_order, error);
  if (!is_question (noun, report->what))
    return sm_error_refuse_field (error, "/what", "unknown");
  report->at = sm_rules_now (rules);
  if (!sm_rules_begin (rules, error))
    return FALSE;
  *out_work_order = take (rules, report, noun, error);
  if (*out_work_order != NULL && sm_rules_commit (rules, error))
    return TRUE;
  if (*out_work_order == NULL)
    sm_rules_rollback (rules);
  g_clear_pointer (out_work_order, sm_row_unref);
  return FALSE;
}

static gboolean
forget_reporter (SmRules  *rules,
                 gint64    order_id,
                 GError  **error)
{
  g_autoptr (SmRow) before = NULL;
  g_autoptr (SmRow) order = NULL;

  if (!sm_service_find (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_WORK_ORDER), order_id,
                        &before, error))
    return FALSE;
  if (before == NULL || sm_row_is_null (before, SM_WORK_ORDER_REPORTED_BY))
    return TRUE;
  order = sm_row_copy (before);
  sm_row_set_null (order, SM_WORK_ORDER_REPORTED_BY);
  return sm_verb_put (rules, order, before, error);
}

/** sm_scans_forget: In the transaction that runs: who reported long ago, also in the orders. */
gboolean
sm_scans_forget (SmRules  *rules,
                 GError  **error)
{
  SmConnection *connection = sm_rules_get_connection (rules);
  gint64 before = sm_rules_now (rules) - KEEP_PERSON;
  g_autoptr (GArray) orders = sm_scan_table_list_told (connection, before, FORGET_AT_ONCE, error);

  for (guint i = 0; orders != NULL && i < orders->len; i++)
    {
      gint64 id = g_array_index (orders, gint64, i);

      if (!forget_reporter (rules, id, error)
          || !sm_scan_table_forget (connection, id, before, error))
        return FALSE;
    }
  return orders != NULL;
}

/* --- how it goes on --- */

void
sm_scan_progress_free (SmScanProgress *self)
{
  g_clear_pointer (&self->thing, sm_scan_thing_free);
  g_clear_pointer (&self->report, sm_scan_report_free);
  g_clear_pointer (&self->work_order, sm_row_unref);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_free (self);
}

/* Its states, one after the other; who and why are not the reporter's business. */
static gboolean
read_steps (SmScanProgress  *self,
            SmConnection    *connection,
            GError         **error)
{
  g_autoptr (GPtrArray) steps = sm_work_order_table_list_steps (
      connection, sm_row_get_id (self->work_order), MOST_PROGRESS, error);

  if (steps == NULL)
    return FALSE;
  self->steps = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < steps->len; i++)
    {
      const SmWorkOrderStep *step = steps->pdata[i];
      SmScanStep *shown;
      guint state = sm_slug_index (sm_work_order_states, step->to_state);

      if (g_strcmp0 (step->from_state, step->to_state) == 0 || state >= SM_N_WORK_ORDER_STATES)
        continue;
      shown = g_new (SmScanStep, 1);
      *shown = (SmScanStep){ sm_work_order_states[state], step->at };
      g_ptr_array_add (self->steps, shown);
    }
  return TRUE;
}

/** sm_scans_progress: Returns: (transfer full) (nullable): how a report goes on */
SmScanProgress *
sm_scans_progress (SmReader  *reader,
                   gint64     report_id,
                   GError   **error)
{
  SmConnection *connection = sm_service_db_get_connection (reader->db);
  g_autoptr (SmScanProgress) self = g_new0 (SmScanProgress, 1);
  const SmNoun *noun;

  if (!sm_scan_table_find (connection, report_id, &self->report, error))
    return NULL;
  if (self->report == NULL)
    {
      sm_set_error (error, SM_ERROR_NOT_FOUND, "report-unknown", "There is no such report");
      return NULL;
    }
  noun = sm_noun_by_name (self->report->noun);
  self->thing = look (reader->rules, connection, noun, self->report->thing_id, error);
  if (self->thing == NULL
      || !sm_service_find (connection, sm_noun_get (SM_NOUN_WORK_ORDER),
                           self->report->work_order_id, &self->work_order, error)
      || !read_steps (self, connection, error))
    return NULL;
  return g_steal_pointer (&self);
}
