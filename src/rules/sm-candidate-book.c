/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-candidates-private.h"

#include "sm-feed.h"
#include "sm-rules-private.h"

#include <math.h>
#include <string.h>

/* What is known of the people, read beside the writer. */

#define PAGE 5000
#define MOST_ROWS 50000

/* How long somebody who is on duty is reckoned with where no roster says it. */
#define SHIFT (8 * SM_HOUR)

/** sm_candidate_read_all: Returns: (transfer full) (nullable): of SmRow, those @actor may see */
GPtrArray *
sm_candidate_read_all (SmReader  *reader,
                       SmActor   *actor,
                       SmNounId   noun,
                       GError   **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  gboolean more = TRUE;
  gint64 after = 0;

  while (more && all->len < MOST_ROWS)
    {
      g_autoptr (GPtrArray) page = sm_feed_read_rows (reader, actor, sm_noun_get (noun), -1, NULL,
                                                      after, PAGE, &more, error);

      if (page == NULL)
        return NULL;
      for (guint i = 0; i < page->len; i++)
        g_ptr_array_add (all, sm_row_ref (page->pdata[i]));
      if (page->len > 0)
        after = sm_row_get_id (page->pdata[page->len - 1]);
    }
  return g_steal_pointer (&all);
}

static GHashTable *
by_id (const GPtrArray *rows)
{
  GHashTable *table = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                             (GDestroyNotify) sm_row_unref);

  for (guint i = 0; i < rows->len; i++)
    {
      gint64 id = sm_row_get_id (rows->pdata[i]);

      g_hash_table_insert (table, g_memdup2 (&id, sizeof id), sm_row_ref (rows->pdata[i]));
    }
  return table;
}

void
sm_candidate_book_free (SmCandidateBook *self)
{
  g_clear_pointer (&self->points, g_ptr_array_unref);
  g_clear_pointer (&self->points_by_id, g_hash_table_unref);
  g_clear_pointer (&self->organisations, g_hash_table_unref);
  g_clear_pointer (&self->certificates, g_ptr_array_unref);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->roster, g_ptr_array_unref);
  g_clear_pointer (&self->open, g_ptr_array_unref);
  g_clear_pointer (&self->refusals, g_array_unref);
  g_clear_pointer (&self->live, g_hash_table_unref);
  g_free (self);
}

/** sm_candidate_book_read: Returns: (transfer full) (nullable): what @actor may see of it */
SmCandidateBook *
sm_candidate_book_read (SmReader  *reader,
                        SmActor   *actor,
                        GError   **error)
{
  g_autoptr (SmCandidateBook) self = g_new0 (SmCandidateBook, 1);
  g_autoptr (GPtrArray) organisations
      = sm_candidate_read_all (reader, actor, SM_NOUN_ORGANISATION, error);
  g_autoptr (GPtrArray) live = NULL;

  if (organisations == NULL
      || !(self->points = sm_candidate_read_all (reader, actor, SM_NOUN_SERVICE_POINT, error))
      || !(self->certificates = sm_candidate_read_all (reader, actor, SM_NOUN_CERTIFICATE, error))
      || !(self->parts = sm_candidate_read_all (reader, actor, SM_NOUN_PART, error))
      || !(self->roster = sm_candidate_read_all (reader, actor, SM_NOUN_ROSTER_ENTRY, error))
      || !(self->open = sm_service_list_open_work (
               sm_service_db_get_connection (reader->db), actor->scope, MOST_ROWS, error))
      || !(self->refusals = sm_work_refusals_read (sm_service_db_get_connection (reader->db),
                                                   MOST_ROWS, error)))
    return NULL;
  /* Also what came in since the last tick: whoever has just said where they are is there. */
  live = sm_live_list_rows (reader->rules->live, sm_noun_get (SM_NOUN_ENGINEER));
  self->points_by_id = by_id (self->points);
  self->organisations = by_id (organisations);
  self->live = by_id (live);
  return g_steal_pointer (&self);
}

/** sm_candidate_place: Where @order is; Returns: FALSE: nobody knows */
gboolean
sm_candidate_place (SmReader    *reader,
                    SmActor     *actor,
                    const SmRow *order,
                    double      *out_latitude,
                    double      *out_longitude)
{
  gint64 station_id = sm_row_get_int (order, SM_WORK_ORDER_STATION_ID);
  gint64 vehicle_id = sm_row_get_int (order, SM_WORK_ORDER_VEHICLE_ID);
  g_autoptr (SmRow) row = NULL;

  *out_latitude = *out_longitude = NAN;
  if (station_id != SM_UNKNOWN)
    row = sm_feed_read_row (reader, actor, sm_noun_get (SM_NOUN_STATION), station_id, NULL);
  else if (vehicle_id != SM_UNKNOWN)
    row = sm_feed_read_live_row (reader, actor, sm_noun_get (SM_NOUN_VEHICLE), vehicle_id, NULL);
  if (row == NULL)
    return FALSE;
  *out_latitude = sm_row_get_real (row, station_id != SM_UNKNOWN ? (guint) SM_STATION_LATITUDE
                                                                 : (guint) SM_VEHICLE_LATITUDE);
  *out_longitude = sm_row_get_real (row, station_id != SM_UNKNOWN ? (guint) SM_STATION_LONGITUDE
                                                                  : (guint) SM_VEHICLE_LONGITUDE);
  return !isnan (*out_latitude) && !isnan (*out_longitude);
}

/**
 * sm_candidate_shift:
 *
 * Who is on the roster now is there, and so is who says so; of all others the next time they
 * are on it counts.
 */
void
sm_candidate_shift (const SmCandidateBook *self,
                    const SmRow           *engineer,
                    gint64                 now,
                    SmDispatchEngineer    *out)
{
  const char *person = sm_row_get_text (engineer, SM_ENGINEER_PERSON);
  gint64 id = sm_row_get_id (engineer);
  const SmRow *live = g_hash_table_lookup (self->live, &id);
  const char *duty = live != NULL ? sm_row_get_text (live, SM_ENGINEER_DUTY) : NULL;

  out->shift_from_us = out->shift_to_us = SM_UNKNOWN;
  for (guint i = 0; person != NULL && i < self->roster->len; i++)
    {
      const SmRow *entry = self->roster->pdata[i];
      gint64 from = sm_row_get_int (entry, SM_ROSTER_ENTRY_FROM_AT);

      if (sm_row_get_int (entry, SM_ROSTER_ENTRY_TO_AT) <= now
          || g_strcmp0 (sm_row_get_text (entry, SM_ROSTER_ENTRY_PERSON), person) != 0
          || (out->shift_from_us != SM_UNKNOWN && out->shift_from_us <= from))
        continue;
      out->shift_from_us = from;
      out->shift_to_us = sm_row_get_int (entry, SM_ROSTER_ENTRY_TO_AT);
    }
  if (duty != NULL && strcmp (duty, "off_duty") != 0
      && (out->shift_from_us == SM_UNKNOWN || out->shift_from_us > now))
    {
      out->shift_from_us = now;
      out->shift_to_us = now + SHIFT;
    }
}

/** sm_work_order_runs: Whether somebody has it and is not done. */
gboolean
sm_work_order_runs (const SmRow *order)
{
  guint state = sm_row_get_enum (order, SM_WORK_ORDER_STATE);

  return state >= SM_WORK_ORDER_STATE_ASSIGNED && state <= SM_WORK_ORDER_STATE_ON_HOLD
         && sm_row_get_int (order, SM_WORK_ORDER_ENGINEER_ID) != SM_UNKNOWN;
}
