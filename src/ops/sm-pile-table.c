/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-pile-table-private.h"

#include "sm-i18n.h"
#include "sm-pinyin.h"
#include "sm-positions.h"
#include "sm-radix.h"
#include "sm-ranks.h"
#include "sm-time.h"

#include <math.h>

struct _SmPileTable
{
  GObject parent_instance;

  SmDirectory *directory;
  SmPileStates *states;
  SmPositions *positions;
  SmPileFilter *filter;
  guint field;
  gboolean descending;
  guint64 version; /* of the directory that the ranks are of */
  guint32 *ranks;  /* in the order of a text that is sorted by */
};

G_DEFINE_FINAL_TYPE_WITH_CODE (SmPileTable, sm_pile_table, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, sm_positions_model_init))

SmPileFilter *
sm_pile_filter_new (void)
{
  return g_new0 (SmPileFilter, 1);
}

SmPileFilter *
sm_pile_filter_copy (const SmPileFilter *self)
{
  SmPileFilter *copy = g_memdup2 (self, sizeof *self);

  copy->text = g_strdup (self->text);
  return copy;
}

void
sm_pile_filter_free (SmPileFilter *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->text);
  g_free (self);
}

static gboolean
take_param (const char *key,
            const char *value,
            gpointer    user_data)
{
  SmPileFilter *self = user_data;

  if (g_str_equal (key, "station"))
    return sm_query_id (value, &self->station_id);
  if (g_str_equal (key, "area"))
    return sm_query_id (value, &self->area_id);
  if (g_str_equal (key, "connection"))
    return sm_query_mask (value, sm_connections, &self->connection);
  if (g_str_equal (key, "status"))
    return sm_query_mask (value, sm_connector_statuses, &self->status);
  if (g_str_equal (key, "usage"))
    return sm_query_mask (value, sm_usage_states, &self->usage);
  return g_str_equal (key, "text") && sm_query_text (value, &self->text);
}

/**
 * sm_pile_filter_from_link:
 * @link: its pairs are read: station and area by id; connection, status (of a
 *   connector) and usage by slugs as "silent,late"; text
 *
 * Returns: (transfer full) (nullable): the filter
 */
SmPileFilter *
sm_pile_filter_from_link (const SmLink  *link,
                          GError       **error)
{
  g_autoptr (SmPileFilter) self = sm_pile_filter_new ();

  return sm_query_read (link, take_param, self, error) ? g_steal_pointer (&self) : NULL;
}

static void
sm_pile_table_finalize (GObject *object)
{
  SmPileTable *self = SM_PILE_TABLE (object);

  g_clear_pointer (&self->positions, sm_positions_free);
  g_clear_pointer (&self->filter, sm_pile_filter_free);
  g_clear_pointer (&self->ranks, g_free);
  g_clear_object (&self->directory);
  g_clear_object (&self->states);

  G_OBJECT_CLASS (sm_pile_table_parent_class)->finalize (object);
}

static void
sm_pile_table_class_init (SmPileTableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sm_pile_table_finalize;
}

static gboolean
is_sorted_by_text (const SmPileTable *self)
{
  return self->field == SM_PILE_SN || self->field == SM_PILE_NAME
         || self->field == SM_PILE_MANUFACTURER || self->field == SM_PILE_MODEL
         || self->field == SM_PILE_STATION_ID || self->field == SM_PILE_AREA_ID
         || self->field == SM_PILE_USAGE_STATE;
}

static char *
dup_sort_text (SmPileTable        *self,
               const SmPileRecord *pile)
{
  const char *language = sm_i18n_language ();

  switch (self->field)
    {
    case SM_PILE_NAME:
      return sm_name_pick (pile->name, language);
    case SM_PILE_MANUFACTURER:
      return g_strdup (pile->manufacturer);
    case SM_PILE_MODEL:
      return g_strdup (pile->model);
    case SM_PILE_USAGE_STATE:
      return g_strdup (pile->usage_state);
    case SM_PILE_STATION_ID:
      return sm_directory_dup_label (self->directory, SM_NOUN_STATION, pile->station_id, language);
    case SM_PILE_AREA_ID:
      return sm_directory_dup_label (self->directory, SM_NOUN_AREA, pile->area_id, language);
    default:
      return g_strdup (pile->sn);
    }
}

/* What many piles share is looked up once: their texts are pooled. */
static gint64
sort_text_key (const SmPileTable  *self,
               const SmPileRecord *pile)
{
  switch (self->field)
    {
    case SM_PILE_NAME:
      return (gint64) (gsize) pile->name;
    case SM_PILE_MANUFACTURER:
      return (gint64) (gsize) pile->manufacturer;
    case SM_PILE_MODEL:
      return (gint64) (gsize) pile->model;
    case SM_PILE_USAGE_STATE:
      return (gint64) (gsize) pile->usage_state;
    case SM_PILE_STATION_ID:
      return pile->station_id;
    case SM_PILE_AREA_ID:
      return pile->area_id;
    default:
      return 0;
    }
}

static void
note_ranks (SmPileTable        *self,
            const SmPileRecord *piles,
            guint               n)
{
  g_autoptr (SmRanks) ranks = NULL;

  if (self->ranks != NULL && self->version == sm_directory_get_version (self->directory))
    return;
  g_clear_pointer (&self->ranks, g_free);
  self->version = sm_directory_get_version (self->directory);
  if (!is_sorted_by_text (self))
    return;
  ranks = sm_ranks_new (n);
  for (guint i = 0; i < n; i++)
    {
      gint64 key = sort_text_key (self, &piles[i]);

      if (key == 0 || !sm_ranks_add_same (ranks, key))
        sm_ranks_take (ranks, key, dup_sort_text (self, &piles[i]));
    }
  self->ranks = sm_ranks_finish (ranks);
}

static gboolean
has_text (const SmPileRecord *pile,
          const char         *wanted)
{
  g_autofree char *name = sm_name_pick (pile->name, sm_i18n_language ());

  return sm_search_match (pile->sn, wanted) != SM_MATCH_NONE
         || sm_search_match (name, wanted) != SM_MATCH_NONE
         || sm_search_match (pile->manufacturer, wanted) != SM_MATCH_NONE
         || sm_search_match (pile->model, wanted) != SM_MATCH_NONE;
}

static gboolean
passes (SmPileTable        *self,
        const SmPileRecord *pile,
        const SmPileState  *state,
        const char         *wanted)
{
  const SmPileFilter *filter = self->filter;
  guint32 statuses = state != NULL ? state->statuses : 0;

  return (filter->station_id == 0 || filter->station_id == pile->station_id)
         && (filter->area_id == 0
             || sm_directory_is_within (self->directory, SM_NOUN_AREA, pile->area_id,
                                        filter->area_id))
         && sm_mask_has (filter->connection,
                         state != NULL ? state->connection : SM_ENUM_UNKNOWN)
         && (filter->status == 0 || (filter->status & statuses) != 0)
         && sm_mask_has (filter->usage, sm_slug_index (sm_usage_states, pile->usage_state))
         && (wanted[0] == '\0' || has_text (pile, wanted));
}

static guint32
key_of_int (gint64   value,
            gint64   unit,
            gboolean descending)
{
  return value == SM_UNKNOWN ? SM_KEY_UNKNOWN : sm_key_of_int (value / unit, descending);
}

static guint32
key_of (SmPileTable        *self,
        guint               i,
        const SmPileRecord *pile,
        const SmPileState  *state)
{
  if (self->ranks != NULL)
    return self->ranks[i] == SM_KEY_UNKNOWN ? SM_KEY_UNKNOWN
                                            : sm_key_of_int (self->ranks[i], self->descending);
  if (self->field == SM_PILE_RATED_POWER_KW)
    return sm_key_of_real (pile->rated_power_kw, self->descending);
  if (state == NULL)
    return SM_KEY_UNKNOWN;
  switch (self->field)
    {
    case SM_PILE_CONNECTION:
      return state->connection == SM_ENUM_UNKNOWN
                 ? SM_KEY_UNKNOWN : sm_key_of_int (state->connection, self->descending);
    case SM_PILE_CHARGE_COUNT:
      return key_of_int (state->charge_count, 1, self->descending);
    case SM_PILE_ENERGY_WH:
      return key_of_int (state->energy_wh, 1000, self->descending);
    case SM_PILE_SERVICE_SECONDS:
      return key_of_int (state->service_seconds, 1, self->descending);
    case SM_PILE_REPORTED_AT:
      return key_of_int (state->reported_at, 1000000, self->descending);
    default:
      return sm_key_of_int (pile->id, self->descending);
    }
}

static void
fill (gpointer  owner,
      GArray   *ids)
{
  SmPileTable *self = owner;
  guint n_all, n = 0;
  const SmPileRecord *piles = sm_directory_get_piles (self->directory, &n_all);
  g_autofree SmKeyed *keyed = g_new (SmKeyed, MAX (n_all, 1));
  char wanted[SM_SEARCH_MAX] = "";

  if (self->filter->text != NULL)
    sm_search_fold (self->filter->text, wanted, sizeof wanted);
  note_ranks (self, piles, n_all);
  for (guint i = 0; i < n_all; i++)
    {
      const SmPileState *state = sm_pile_states_find (self->states, piles[i].id);

      if (passes (self, &piles[i], state, wanted))
        keyed[n++] = (SmKeyed){ key_of (self, i, &piles[i], state), i };
    }
  sm_radix_sort (keyed, n);
  g_array_set_size (ids, n);
  for (guint i = 0; i < n; i++)
    g_array_index (ids, gint64, i) = piles[keyed[i].index].id;
}

static void
set_text (SmRow      *row,
          guint       field,
          const char *text)
{
  if (*text != '\0')
    sm_row_set_text (row, field, text);
}

static void
set_record (SmRow              *row,
            const SmPileRecord *pile)
{
  if (pile->area_id > 0)
    sm_row_set_int (row, SM_PILE_AREA_ID, pile->area_id);
  sm_row_set_int (row, SM_PILE_STATION_ID, pile->station_id);
  if (!isnan (pile->rated_power_kw))
    sm_row_set_real (row, SM_PILE_RATED_POWER_KW, pile->rated_power_kw);
  set_text (row, SM_PILE_SN, pile->sn);
  set_text (row, SM_PILE_NAME, pile->name);
  set_text (row, SM_PILE_MANUFACTURER, pile->manufacturer);
  set_text (row, SM_PILE_MODEL, pile->model);
  set_text (row, SM_PILE_USAGE_STATE, pile->usage_state);
}

static SmRow *
make_row (gpointer owner,
          gint64   id)
{
  SmPileTable *self = owner;
  const SmPileRecord *pile = sm_directory_find_pile (self->directory, id);
  const SmPileState *state = sm_pile_states_find (self->states, id);
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_PILE));

  sm_row_set_int (row, SM_PILE_ID, id);
  if (pile != NULL)
    set_record (row, pile);
  if (state == NULL)
    return row;
  if (state->connection != SM_ENUM_UNKNOWN)
    sm_row_set_text (row, SM_PILE_CONNECTION, sm_connections[state->connection]);
  sm_row_set_int (row, SM_PILE_CHARGE_COUNT, state->charge_count);
  sm_row_set_int (row, SM_PILE_ENERGY_WH, state->energy_wh);
  sm_row_set_int (row, SM_PILE_SERVICE_SECONDS, state->service_seconds);
  sm_row_set_int (row, SM_PILE_REPORTED_AT, state->reported_at);
  return row;
}

static void
sm_pile_table_init (SmPileTable *self)
{
  self->positions = sm_positions_new (self, &(SmPositionsFuncs){ fill, make_row });
  self->filter = sm_pile_filter_new ();
  self->field = SM_PILE_SN;
}

static void
changed_cb (SmPileTable *self)
{
  sm_positions_touch (self->positions);
  sm_positions_stale (self->positions);
}

/** sm_pile_table_new: Returns: (transfer full): all piles, by serial number */
SmPileTable *
sm_pile_table_new (SmDirectory  *directory,
                   SmPileStates *states)
{
  SmPileTable *self = g_object_new (SM_TYPE_PILE_TABLE, NULL);

  self->directory = g_object_ref (directory);
  self->states = g_object_ref (states);
  g_signal_connect_object (directory, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (states, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  sm_positions_refresh (self->positions);
  return self;
}

/** sm_pile_table_set_filter: Shows what @filter (nullable: all) lets through, at once. */
void
sm_pile_table_set_filter (SmPileTable        *self,
                          const SmPileFilter *filter)
{
  g_return_if_fail (SM_IS_PILE_TABLE (self));

  sm_pile_filter_free (self->filter);
  self->filter = filter != NULL ? sm_pile_filter_copy (filter) : sm_pile_filter_new ();
  sm_positions_refresh (self->positions);
}

/** sm_pile_table_set_sort: As sm_vehicle_table_set_sort(), by a field of piles. */
void
sm_pile_table_set_sort (SmPileTable *self,
                        guint        field,
                        gboolean     descending)
{
  g_return_if_fail (SM_IS_PILE_TABLE (self) && field < SM_PILE_N_FIELDS);

  if (self->field != field)
    g_clear_pointer (&self->ranks, g_free);
  self->field = field;
  self->descending = descending;
  sm_positions_refresh (self->positions);
}

/** sm_pile_table_set_held: While @held, nothing moves under the person's pointer. */
void
sm_pile_table_set_held (SmPileTable *self,
                        gboolean     held)
{
  g_return_if_fail (SM_IS_PILE_TABLE (self));

  sm_positions_set_held (self->positions, held);
}

/** sm_pile_table_get_id: Returns: the pile at @position, without an item; 0 behind the end */
gint64
sm_pile_table_get_id (SmPileTable *self,
                      guint        position)
{
  g_return_val_if_fail (SM_IS_PILE_TABLE (self), 0);

  return sm_positions_get_id (self->positions, position);
}

/** sm_pile_table_refresh: Applies order and filter now, even while held. */
void
sm_pile_table_refresh (SmPileTable *self)
{
  g_return_if_fail (SM_IS_PILE_TABLE (self));

  sm_positions_refresh (self->positions);
}
