/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sim"

#include "config.h"

#include "sm-sim-past.h"

#include <stdio.h>

#include "sm-bulk.h"
#include "sm-orders.h"
#include "sm-sim-record.h"
#include "sm-time.h"

/* So much at once: the writer has others to serve. */
#define ORDERS_AT_ONCE 1000
#define OTHERS_AT_ONCE 2500
#define QUARTERS_AT_ONCE 5000

/* An order is written when it is over, its movements lie before that by less. */
#define LONGEST_SWAP_US (15 * SM_MINUTE)

#define MEMO "past"
#define MEMO_OF_GAP "past-gap"

/* How many of each were written. */
typedef struct
{
  guint swaps, movements, events, quarters;
} Place;

struct _SmSimPast
{
  SmRules *rules;
  SmActor *actor;
  const SmSimWorld *world;
  gint64 from_us, to_us;
  const char *memo; /* (static): under which it is remembered how far it is written */
  SmSimOutput output;
  Place place;
  GHashTable *order_ids; /* key_of() -> id */
};

/** sm_sim_past_new: @is_first: the past of a new network; else a time that it was away */
SmSimPast *
sm_sim_past_new (SmRules          *rules,
                 SmActor          *actor,
                 const SmSimWorld *world,
                 gboolean          is_first)
{
  SmSimPast *self = g_new0 (SmSimPast, 1);

  self->memo = is_first ? MEMO : MEMO_OF_GAP;
  self->rules = rules;
  self->actor = sm_actor_ref (actor);
  self->world = world;
  self->output.swaps = g_array_new (FALSE, FALSE, sizeof (SmSimSwap));
  self->output.movements = g_array_new (FALSE, FALSE, sizeof (SmSimMovement));
  self->output.events = g_array_new (FALSE, FALSE, sizeof (SmSimDrivingEvent));
  self->output.quarters = g_array_new (FALSE, FALSE, sizeof (SmSimQuarter));
  self->order_ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return self;
}

void
sm_sim_past_free (SmSimPast *self)
{
  g_return_if_fail (self != NULL);

  sm_actor_unref (self->actor);
  g_array_unref (self->output.swaps);
  g_array_unref (self->output.movements);
  g_array_unref (self->output.events);
  g_array_unref (self->output.quarters);
  g_hash_table_unref (self->order_ids);
  g_free (self);
}

/* --- what is remembered of it --- */

static gpointer
read_memo (SmRules       *rules,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  const SmSimPast *self = data;

  return sm_rules_get_memo (rules, self->memo, error);
}

static char *
memo_of (const SmSimPast *self,
         const Place     *place)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u %u %u %u", self->from_us,
                          self->to_us, place->swaps, place->movements, place->events,
                          place->quarters);
}

static gboolean
is_written (const SmSimPast *self)
{
  return self->place.swaps >= self->output.swaps->len
         && self->place.movements >= self->output.movements->len
         && self->place.events >= self->output.events->len
         && self->place.quarters >= self->output.quarters->len;
}

/**
 * sm_sim_past_recall:
 *
 * Whether it was being written when the service went away.
 *
 * Returns: TRUE with @out_from_us %SM_UNKNOWN when there never was one, with
 *   both set when it is to be lived through again and written on, else with 0
 */
gboolean
sm_sim_past_recall (SmSimPast  *self,
                    gint64     *out_from_us,
                    gint64     *out_to_us,
                    GError    **error)
{
  g_autoptr (GError) own_error = NULL;
  g_autofree char *memo = sm_rules_run_sync (self->rules, read_memo, self, &own_error);

  *out_from_us = *out_to_us = SM_UNKNOWN;
  if (own_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }
  if (memo == NULL)
    return TRUE;
  *out_from_us = *out_to_us = 0;
  if (sscanf (memo, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u %u %u %u", out_from_us, out_to_us,
              &self->place.swaps, &self->place.movements, &self->place.events,
              &self->place.quarters) != 6)
    {
      *out_from_us = *out_to_us = 0;
      self->place = (Place){ 0 };
    }
  return TRUE;
}

/** sm_sim_past_restart: What was recalled is another one: this is written from its beginning. */
void
sm_sim_past_restart (SmSimPast *self)
{
  self->place = (Place){ 0 };
}

/* --- living through it --- */

static void
steal (GArray *to,
       GArray *from)
{
  g_array_append_vals (to, from->data, from->len);
  g_array_set_size (from, 0);
}

/**
 * sm_sim_past_live:
 *
 * Lets @engine live until @to_us and keeps what happens.
 *
 * Returns: FALSE when that was cancelled
 */
gboolean
sm_sim_past_live (SmSimPast    *self,
                  SmSimEngine  *engine,
                  gint64        to_us,
                  GCancellable *cancellable)
{
  SmSimOutput *output = sm_sim_engine_output (engine);

  self->from_us = sm_sim_engine_now (engine);
  self->to_us = to_us;
  sm_sim_engine_set_live (engine, FALSE);
  for (gint64 at_us = self->from_us; at_us < to_us; at_us += SM_HOUR)
    {
      if (g_cancellable_is_cancelled (cancellable))
        return FALSE;
      sm_sim_engine_advance (engine, MIN (at_us + SM_HOUR, to_us));
      steal (self->output.swaps, output->swaps);
      steal (self->output.movements, output->movements);
      steal (self->output.events, output->events);
      steal (self->output.quarters, output->quarters);
    }
  return TRUE;
}

/* --- writing it --- */

typedef struct
{
  SmSimPast *past;
  Place to;
  GPtrArray *begun;  /* orders that the live network had begun: these are brought up to date */
  GPtrArray *orders, *movements, *events;
  GArray *quarters;
  GArray *keys;      /* of orders */
} Part;

static gint64
key_of (guint  vehicle,
        gint64 created_us)
{
  return created_us / SM_SECOND * 65536 + vehicle;
}

static GPtrArray *
new_rows (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
}

static void
part_init (Part      *part,
           SmSimPast *past)
{
  *part = (Part){ past, past->place, new_rows (), new_rows (), new_rows (), new_rows (),
                  g_array_new (FALSE, FALSE, sizeof (SmQuarter)),
                  g_array_new (FALSE, FALSE, sizeof (gint64)) };
}

static void
part_clear (Part *part)
{
  g_ptr_array_unref (part->begun);
  g_ptr_array_unref (part->orders);
  g_ptr_array_unref (part->movements);
  g_ptr_array_unref (part->events);
  g_array_unref (part->quarters);
  g_array_unref (part->keys);
}

static void
take_orders (Part *part)
{
  SmSimPast *past = part->past;

  for (guint n = 0; n < ORDERS_AT_ONCE && part->to.swaps < past->output.swaps->len; n++)
    {
      const SmSimSwap *swap = &g_array_index (past->output.swaps, SmSimSwap, part->to.swaps++);
      gint64 key = key_of (swap->vehicle, swap->created_us);

      if (swap->created_us < past->from_us)
        {
          g_ptr_array_add (part->begun, sm_sim_swap_to_row (past->world, swap));
          continue;
        }
      g_ptr_array_add (part->orders, sm_sim_swap_to_row (past->world, swap));
      g_array_append_val (part->keys, key);
    }
}

static gint64
order_id_of (SmSimPast           *self,
             const SmSimMovement *movement)
{
  gint64 key = key_of (movement->vehicle, movement->created_us);
  gpointer id = g_hash_table_lookup (self->order_ids, &key);

  return (gint64) GPOINTER_TO_SIZE (id);
}

/* Movements whose orders are written. */
static void
take_movements (Part *part)
{
  SmSimPast *past = part->past;
  gint64 until_us = G_MAXINT64;

  if (past->place.swaps < past->output.swaps->len)
    until_us = g_array_index (past->output.swaps, SmSimSwap, past->place.swaps).ended_us
               - LONGEST_SWAP_US;
  for (guint n = 0; n < OTHERS_AT_ONCE && part->to.movements < past->output.movements->len; n++)
    {
      const SmSimMovement *movement = &g_array_index (past->output.movements, SmSimMovement,
                                                      part->to.movements);

      if (movement->at_us >= until_us)
        break;
      g_ptr_array_add (part->movements,
                       sm_sim_movement_to_row (past->world, movement, order_id_of (past, movement)));
      part->to.movements++;
    }
}

static void
take_others (Part *part)
{
  SmSimPast *past = part->past;

  for (guint n = 0; n < OTHERS_AT_ONCE && part->to.events < past->output.events->len; n++)
    g_ptr_array_add (part->events,
                     sm_sim_driving_event_to_row (past->world,
                                                  &g_array_index (past->output.events,
                                                                  SmSimDrivingEvent,
                                                                  part->to.events++)));
  for (guint n = 0; n < QUARTERS_AT_ONCE && part->to.quarters < past->output.quarters->len; n++)
    {
      const SmSimQuarter *from = &g_array_index (past->output.quarters, SmSimQuarter,
                                                 part->to.quarters++);
      SmQuarter quarter = { past->world->stations[from->station].id, from->start_us,
                            from->energy_wh };

      g_array_append_val (part->quarters, quarter);
    }
}

static gboolean
write_in (SmRules  *rules,
          Part     *part,
          GError  **error)
{
  SmSimPast *self = part->past;
  SmBulk bulk = { part->orders, part->movements, part->events, NULL, part->quarters };
  g_autofree char *memo = memo_of (self, &part->to);

  if (!sm_bulk_write (rules, self->actor, &bulk, error)
      || (part->begun->len > 0 && !sm_orders_put (rules, self->actor, part->begun, error)))
    return FALSE;
  return sm_rules_set_memo (rules, self->memo, memo, error);
}

static gpointer
write_part (SmRules       *rules,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Part *part = data;

  if (!sm_rules_begin (rules, error))
    return NULL;
  if (!write_in (rules, part, error))
    {
      sm_rules_rollback (rules);
      return NULL;
    }
  sm_rules_commit (rules, error);
  return NULL;
}

static gboolean
write_next (SmSimPast  *self,
            GError    **error)
{
  g_autoptr (GError) own_error = NULL;
  Part part;

  part_init (&part, self);
  take_orders (&part);
  take_movements (&part);
  take_others (&part);
  sm_rules_run_sync (self->rules, write_part, &part, &own_error);
  for (guint i = 0; own_error == NULL && i < part.orders->len; i++)
    g_hash_table_insert (self->order_ids,
                         g_memdup2 (&g_array_index (part.keys, gint64, i), sizeof (gint64)),
                         GSIZE_TO_POINTER ((gsize) sm_row_get_id (part.orders->pdata[i])));
  self->place = part.to;
  part_clear (&part);
  if (own_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&own_error));
  return FALSE;
}

static gpointer
remember_begin (SmRules       *rules,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  const SmSimPast *self = data;
  g_autofree char *memo = memo_of (self, &self->place);

  sm_rules_set_memo (rules, self->memo, memo, error);
  return NULL;
}

/**
 * sm_sim_past_begin:
 *
 * From now on it is known that there is a past to be written: before anybody
 * speaks of what came after it, or it is lost when the service goes away first.
 */
gboolean
sm_sim_past_begin (SmSimPast  *self,
                   GError    **error)
{
  g_autoptr (GError) own_error = NULL;

  sm_rules_run_sync (self->rules, remember_begin, self, &own_error);
  if (own_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&own_error));
  return FALSE;
}

static gpointer
begin_bulk (SmRules       *rules,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  SmSimPast *self = data;

  sm_bulk_begin (rules, self->actor, self->output.swaps->len - self->place.swaps, error);
  return NULL;
}

static gpointer
end_bulk (SmRules       *rules,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SmSimPast *self = data;
  gboolean more;

  return sm_bulk_end (rules, self->actor, &more, error) && more ? self : NULL;
}

/* Others are served between one index and the next. */
static gboolean
index_all (SmSimPast  *self,
           GError    **error)
{
  g_autoptr (GError) own_error = NULL;

  while (sm_rules_run_sync (self->rules, end_bulk, self, &own_error) != NULL)
    ;
  if (own_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&own_error));
  return FALSE;
}

static gpointer
forget (SmRules       *rules,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  const SmSimPast *self = data;

  sm_rules_set_memo (rules, self->memo, "done", error);
  return NULL;
}

/** sm_sim_past_settle: It is written, and is not to be lived through again. */
gboolean
sm_sim_past_settle (SmSimPast  *self,
                    GError    **error)
{
  g_autoptr (GError) own_error = NULL;

  sm_rules_run_sync (self->rules, forget, self, &own_error);
  if (own_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&own_error));
  return FALSE;
}

/** sm_sim_past_write: From a thread that may wait; part by part until all is written. */
gboolean
sm_sim_past_write (SmSimPast     *self,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr (GError) own_error = NULL;

  sm_rules_run_sync (self->rules, begin_bulk, self, &own_error);
  if (own_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }
  while (!is_written (self))
    if (g_cancellable_set_error_if_cancelled (cancellable, error) || !write_next (self, error))
      return FALSE;
  return index_all (self, error);
}
