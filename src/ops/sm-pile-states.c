/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-pile-states.h"

#include "sm-cache-reader.h"
#include "sm-sorted.h"
#include "sm-time.h"

struct _SmPileStates
{
  GObject parent_instance;

  SmPileStatesData *data;
  gboolean is_changed; /* and not told yet */
};

G_DEFINE_FINAL_TYPE (SmPileStates, sm_pile_states, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

#define UNKNOWN_BIT (1u << 31)

SmPileStatesData *
sm_pile_states_data_new (void)
{
  SmPileStatesData *self = g_new0 (SmPileStatesData, 1);

  self->piles = g_array_new (FALSE, TRUE, sizeof (SmPileState));
  self->connectors = g_array_new (FALSE, TRUE, sizeof (SmConnectorState));
  return self;
}

void
sm_pile_states_data_free (SmPileStatesData *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->piles);
  g_array_unref (self->connectors);
  g_free (self);
}

static const SmPileState unknown_pile = { 0, SM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN,
                                          SM_ENUM_UNKNOWN, 0 };

/* The pile's state, made when it is not known yet. */
static SmPileState *
ensure_pile (SmPileStatesData *self,
             gint64            id)
{
  SmPileState *state = sm_sorted_find (self->piles, id);

  if (state != NULL)
    return state;
  state = sm_sorted_add (self->piles, id);
  *state = unknown_pile;
  state->id = id;
  return state;
}

/* They come in the order in which they spoke last, and the first time all of them. */
static void
ensure_piles (SmPileStatesData *self,
              GPtrArray        *rows)
{
  g_autofree gint64 *ids = g_new (gint64, MAX (rows->len, 1));
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    if (sm_row_get_noun (g_ptr_array_index (rows, i))->id == SM_NOUN_PILE)
      ids[n++] = sm_row_get_id (g_ptr_array_index (rows, i));
  sm_sorted_add_all (self->piles, ids, n, &unknown_pile);
}

static guint32
bit_of (guint8 status)
{
  return status < 31 ? 1u << status : UNKNOWN_BIT;
}

static const guint pile_fields[] = { SM_PILE_ID, SM_PILE_CHARGE_COUNT, SM_PILE_ENERGY_WH,
                                     SM_PILE_SERVICE_SECONDS, SM_PILE_REPORTED_AT,
                                     SM_PILE_CONNECTION };

static void
scan_pile (SmStatement *statement,
           gpointer     user_data)
{
  SmPileState *state = ensure_pile (user_data, sm_statement_get_int (statement, 0));

  state->charge_count = sm_statement_get_int (statement, 1);
  state->energy_wh = sm_statement_get_int (statement, 2);
  state->service_seconds = sm_statement_get_int (statement, 3);
  state->reported_at = sm_statement_get_int (statement, 4);
  state->connection
      = (guint8) sm_slug_index (sm_connections, sm_statement_get_text (statement, 5));
}

static const guint connector_fields[] = { SM_CONNECTOR_ID, SM_CONNECTOR_PILE_ID,
                                          SM_CONNECTOR_STATUS };

static void
put_connector (SmPileStatesData *self,
               gint64            id,
               gint64            pile_id,
               guint             status)
{
  SmConnectorState *state = sm_sorted_find (self->connectors, id);

  if (state == NULL)
    state = sm_sorted_add (self->connectors, id);
  *state = (SmConnectorState){ id, pile_id, (guint8) status };
  ensure_pile (self, pile_id)->statuses |= bit_of (state->status);
}

static void
scan_connector (SmStatement *statement,
                gpointer     user_data)
{
  put_connector (user_data, sm_statement_get_int (statement, 0),
                 sm_statement_get_int (statement, 1),
                 sm_slug_index (sm_connector_statuses, sm_statement_get_text (statement, 2)));
}

/** sm_pile_states_data_read: Reads them all from the cache, without a row for each. */
gboolean
sm_pile_states_data_read (SmPileStatesData *self,
                          SmConnection     *connection,
                          GError          **error)
{
  return sm_cache_scan (connection, sm_noun_get (SM_NOUN_PILE), pile_fields,
                        G_N_ELEMENTS (pile_fields), scan_pile, self, error)
         && sm_cache_scan (connection, sm_noun_get (SM_NOUN_CONNECTOR), connector_fields,
                           G_N_ELEMENTS (connector_fields), scan_connector, self, error);
}

static void
sm_pile_states_finalize (GObject *object)
{
  SmPileStates *self = SM_PILE_STATES (object);

  g_clear_pointer (&self->data, sm_pile_states_data_free);

  G_OBJECT_CLASS (sm_pile_states_parent_class)->finalize (object);
}

static void
sm_pile_states_class_init (SmPileStatesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sm_pile_states_finalize;

  signals[CHANGED] = g_signal_new ("changed", SM_TYPE_PILE_STATES, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
sm_pile_states_init (SmPileStates *self)
{
  self->data = sm_pile_states_data_new ();
}

SmPileStates *
sm_pile_states_new (void)
{
  return g_object_new (SM_TYPE_PILE_STATES, NULL);
}

const SmPileStatesData *
sm_pile_states_get_data (SmPileStates *self)
{
  return self->data;
}

/** sm_pile_states_take: Holds @data (transfer full) instead of what it held. */
void
sm_pile_states_take (SmPileStates     *self,
                     SmPileStatesData *data)
{
  sm_pile_states_data_free (self->data);
  self->data = data;
  self->is_changed = TRUE;
  sm_pile_states_told (self);
}

/* Connectors say one at a time what the pile is all of. */
static void
recount_statuses (SmPileStatesData *data,
                  GHashTable       *piles)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, piles);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    ensure_pile (data, *(gint64 *) id)->statuses = 0;
  for (guint i = 0; i < data->connectors->len; i++)
    {
      const SmConnectorState *state = &g_array_index (data->connectors, SmConnectorState, i);

      if (g_hash_table_contains (piles, &state->pile_id))
        ensure_pile (data, state->pile_id)->statuses |= bit_of (state->status);
    }
}

static gint64
take_int (SmRow  *row,
          guint   field)
{
  return sm_row_is_null (row, field) ? SM_UNKNOWN : sm_row_get_int (row, field);
}

static void
live_pile (SmPileStatesData *data,
           SmRow            *row)
{
  SmPileState *state = ensure_pile (data, sm_row_get_id (row));

  state->charge_count = take_int (row, SM_PILE_CHARGE_COUNT);
  state->energy_wh = take_int (row, SM_PILE_ENERGY_WH);
  state->service_seconds = take_int (row, SM_PILE_SERVICE_SECONDS);
  state->reported_at = take_int (row, SM_PILE_REPORTED_AT);
  state->connection = (guint8) sm_row_get_enum (row, SM_PILE_CONNECTION);
}

/** sm_pile_states_live: Takes over live rows of piles or of connectors. */
void
sm_pile_states_live (SmPileStates *self,
                     GPtrArray    *rows)
{
  g_autoptr (GHashTable) piles = g_hash_table_new (g_int64_hash, g_int64_equal);

  ensure_piles (self->data, rows);
  for (guint i = 0; i < rows->len; i++)
    {
      SmRow *row = g_ptr_array_index (rows, i);
      SmConnectorState *state;

      if (sm_row_get_noun (row)->id == SM_NOUN_PILE)
        {
          live_pile (self->data, row);
          continue;
        }
      state = sm_sorted_find (self->data->connectors, sm_row_get_id (row));
      if (state == NULL)
        continue; /* it waits in the cache for its record */
      state->status = (guint8) sm_row_get_enum (row, SM_CONNECTOR_STATUS);
      g_hash_table_add (piles, &state->pile_id);
    }
  recount_statuses (self->data, piles);
  self->is_changed |= rows->len > 0;
  sm_pile_states_told (self);
}

/** sm_pile_states_record: Takes over the record of a connector; sm_pile_states_told() tells. */
void
sm_pile_states_record (SmPileStates *self,
                       SmRow        *row)
{
  SmConnectorState *state;

  if (sm_row_get_noun (row)->id != SM_NOUN_CONNECTOR)
    return;
  state = sm_sorted_find (self->data->connectors, sm_row_get_id (row));
  put_connector (self->data, sm_row_get_id (row), sm_row_get_int (row, SM_CONNECTOR_PILE_ID),
                 state != NULL ? state->status : SM_ENUM_UNKNOWN);
  self->is_changed = TRUE;
}

void
sm_pile_states_remove (SmPileStates *self,
                       const SmNoun *noun,
                       gint64        id)
{
  g_autoptr (GHashTable) piles = g_hash_table_new (g_int64_hash, g_int64_equal);
  SmConnectorState *state;
  gint64 pile_id;

  if (noun->id == SM_NOUN_PILE)
    self->is_changed |= sm_sorted_remove (self->data->piles, id);
  if (noun->id != SM_NOUN_CONNECTOR)
    return;
  state = sm_sorted_find (self->data->connectors, id);
  if (state == NULL)
    return;
  pile_id = state->pile_id;
  sm_sorted_remove (self->data->connectors, id);
  g_hash_table_add (piles, &pile_id);
  recount_statuses (self->data, piles);
  self->is_changed = TRUE;
}

/** sm_pile_states_told: Tells of what changed since the last time, if anything did. */
void
sm_pile_states_told (SmPileStates *self)
{
  if (!self->is_changed)
    return;
  self->is_changed = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

/** sm_pile_states_find: Returns: (transfer none) (nullable): until the next "changed" */
const SmPileState *
sm_pile_states_find (SmPileStates *self,
                     gint64        id)
{
  return sm_sorted_find (self->data->piles, id);
}
