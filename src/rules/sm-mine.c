/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-mine.h"

#include "sm-error.h"
#include "sm-feed.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"

#define MOST_PARTS 500
#define MOST_OFFERS 20

void
sm_mine_free (SmMine *self)
{
  g_clear_pointer (&self->engineer, sm_row_unref);
  g_clear_pointer (&self->orders, g_ptr_array_unref);
  g_clear_pointer (&self->offers, g_ptr_array_unref);
  g_clear_pointer (&self->stations, g_ptr_array_unref);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_free (self);
}

static gboolean
find_engineer (SmMine        *self,
               SmConnection  *connection,
               const SmActor *actor,
               GError       **error)
{
  static const guint field = SM_ENGINEER_PERSON;
  g_autoptr (SmRow) like = sm_row_new (sm_noun_get (SM_NOUN_ENGINEER));

  sm_row_set_text (like, SM_ENGINEER_PERSON, actor->name);
  return sm_service_find_like (connection, like, &field, 1, &self->engineer, error);
}

/* Returns: (nullable): as the store wants it.  Of an engineer of whom nobody noted what they can,
 * it is not known either that they cannot. */
static char *
dup_skills (const SmRow *engineer)
{
  const char *skills = sm_row_get_text (engineer, SM_ENGINEER_SKILLS);
  g_auto (GStrv) each = g_strsplit_set (skills != NULL ? skills : "", ", ;\n", -1);
  g_autofree char *joined = NULL;

  if (skills == NULL || *skills == '\0')
    return NULL;
  joined = g_strjoinv (",", each);
  return g_strdup_printf (",%s,", joined);
}

/* In their own area, or where that is not known in all that they may see; not before its time;
 * what they know how to do, and hold the certificate for that it needs: assigned, they would be
 * refused without it. */
static gboolean
read_offers (SmMine        *self,
             SmReader      *reader,
             const SmActor *actor,
             GError       **error)
{
  gint64 now = sm_rules_now (reader->rules);
  g_autofree char *skills = dup_skills (self->engineer);
  SmServiceOffered to = { sm_row_get_id (self->engineer),
                          sm_row_get_int (self->engineer, SM_ENGINEER_ORGANISATION_ID),
                          sm_row_get_int (self->engineer, SM_ROW_AREA_ID), skills, now,
                          now + SM_DAY };

  if (sm_actor_may (actor, "work_order.work"))
    self->offers = sm_service_list_free_orders (sm_service_db_get_connection (reader->db),
                                                actor->scope, &to, MOST_OFFERS, error);
  else
    self->offers = g_ptr_array_new ();
  return self->offers != NULL;
}

static gboolean
has_station (const SmMine *self,
             gint64        id)
{
  for (guint i = 0; i < self->stations->len; i++)
    if (sm_row_get_id (self->stations->pdata[i]) == id)
      return TRUE;
  return FALSE;
}

/* What they may not see of a station they are not shown because of an order either. */
static gboolean
read_stations (SmMine     *self,
               SmReader   *reader,
               SmActor    *actor,
               GPtrArray  *orders,
               GError    **error)
{
  for (guint i = 0; i < orders->len; i++)
    {
      const SmRow *order = orders->pdata[i];
      g_autoptr (GError) refusal = NULL;
      SmRow *station;

      if (sm_row_is_null (order, SM_WORK_ORDER_STATION_ID)
          || has_station (self, sm_row_get_int (order, SM_WORK_ORDER_STATION_ID)))
        continue;
      station = sm_feed_read_row (reader, actor, sm_noun_get (SM_NOUN_STATION),
                                  sm_row_get_int (order, SM_WORK_ORDER_STATION_ID), &refusal);
      if (station != NULL)
        g_ptr_array_add (self->stations, station);
      else if (!g_error_matches (refusal, SM_ERROR, SM_ERROR_NOT_FOUND)
               && !g_error_matches (refusal, SM_ERROR, SM_ERROR_DENIED))
        {
          g_propagate_error (error, g_steal_pointer (&refusal));
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
read_parts (SmMine        *self,
            SmConnection  *connection,
            const SmActor *actor,
            GError       **error)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, sm_row_get_id (self->engineer));

  self->parts = sm_service_list (connection, sm_noun_get (SM_NOUN_PART), actor->scope,
                                 SM_PART_ENGINEER_ID, id, 0, MOST_PARTS, error);
  return self->parts != NULL;
}

/** sm_mine_read: Returns: (transfer full) (nullable): what the person behind @actor has to do */
SmMine *
sm_mine_read (SmReader  *reader,
              SmActor   *actor,
              GError   **error)
{
  SmConnection *connection = sm_service_db_get_connection (reader->db);
  g_autoptr (SmMine) self = g_new0 (SmMine, 1);

  if (!find_engineer (self, connection, actor, error))
    return NULL;
  if (self->engineer == NULL)
    {
      self->orders = g_ptr_array_new ();
      self->offers = g_ptr_array_new ();
      self->stations = g_ptr_array_new ();
      self->parts = g_ptr_array_new ();
      return g_steal_pointer (&self);
    }
  self->orders = sm_service_list_open_of_engineer (connection, sm_row_get_id (self->engineer), error);
  self->stations = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  return self->orders != NULL && read_offers (self, reader, actor, error)
                 && read_stations (self, reader, actor, self->orders, error)
                 && read_stations (self, reader, actor, self->offers, error)
                 && read_parts (self, connection, actor, error)
             ? g_steal_pointer (&self)
             : NULL;
}
