/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-order-sketch.h"

#include "sm-guidance.h"
#include "sm-live-set.h"
#include "sm-ops-places.h"
#include "sm-text.h"
#include "sm-work-order-candidate.h"
#include "sm-work-order-words.h"

/* So many of each are drawn; the lists have all of them. */
#define MOST_ORDERS 300
#define MOST_ENGINEERS 300
#define MOST_TRUCKS 50
/* Of those who could go, so many: the best. */
#define MOST_COULD 5

typedef struct
{
  const SmWorkOrderSketch *sketch;
  GArray *spots;
  GArray *lines;
  GHashTable *engineers; /* of gint64: index of their spot + 1 */
} Drawing;

/** sm_work_order_is_there: Whether who has it is where it is. */
gboolean
sm_work_order_is_there (const SmRow *order)
{
  guint state = sm_row_get_enum (order, SM_WORK_ORDER_STATE);

  return state == SM_WORK_ORDER_STATE_ON_SITE || state == SM_WORK_ORDER_STATE_IN_PROGRESS;
}

/** sm_work_order_duty_look: Returns: the sign of an engineer */
SmPlaceLook
sm_work_order_duty_look (const SmRow *engineer)
{
  const char *duty = sm_row_get_text (engineer, SM_ENGINEER_DUTY);

  return g_strcmp0 (duty, "on_duty") == 0 ? SM_PLACE_LOOK_READY
         : g_strcmp0 (duty, "busy") == 0  ? SM_PLACE_LOOK_BUSY
                                          : SM_PLACE_LOOK_OFF;
}

/* --- spots --- */

static SmJobSpot *
get_spot (Drawing *self,
          guint    i)
{
  return &g_array_index (self->spots, SmJobSpot, i);
}

static guint
add_spot (Drawing          *self,
          SmNounId          noun,
          gint64            id,
          const SmOpsPlace *place,
          char             *text)
{
  SmJobSpot spot = { .noun = noun, .id = id, .latitude = place->latitude,
                     .longitude = place->longitude, .n = 1, .text = text };

  g_array_append_val (self->spots, spot);
  return self->spots->len - 1;
}

/* Orders at one place are one sign: the worst of them, and how many. */
static guint
add_order (Drawing          *self,
           const SmRow      *order,
           const SmOpsPlace *place)
{
  gint64 id = sm_row_get_id (order), station_id = sm_row_get_int (order, SM_WORK_ORDER_STATION_ID);
  guint level = sm_work_order_level (order), index;
  SmNounId noun = station_id != SM_UNKNOWN ? SM_NOUN_STATION : SM_NOUN_VEHICLE;

  for (index = 0; index < self->spots->len; index++)
    if (get_spot (self, index)->noun == SM_NOUN_WORK_ORDER
        && get_spot (self, index)->latitude == place->latitude
        && get_spot (self, index)->longitude == place->longitude)
      break;
  if (index < self->spots->len)
    get_spot (self, index)->n++;
  else
    index = add_spot (self, SM_NOUN_WORK_ORDER, id, place,
                      sm_work_order_label (self->sketch->ops, noun,
                                           noun == SM_NOUN_STATION
                                               ? station_id
                                               : sm_row_get_int (order, SM_WORK_ORDER_VEHICLE_ID)));
  if (get_spot (self, index)->level == 0 || level < get_spot (self, index)->level)
    get_spot (self, index)->level = level;
  return index;
}

/* Returns: index + 1; 0: it is not known where they are */
static guint
find_engineer (Drawing *self,
               gint64   id)
{
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (self->engineers, &id));
  SmItem *item = known == 0
                     ? sm_live_set_find (SM_LIVE_SET (sm_ops_get_engineers (self->sketch->ops)), id)
                     : NULL;
  SmOpsPlace place;

  if (known > 0 || item == NULL || g_hash_table_size (self->engineers) >= MOST_ENGINEERS
      || !sm_ops_locate_engineer (self->sketch->ops, id, &place))
    return known;
  known = add_spot (self, SM_NOUN_ENGINEER, id, &place,
                    sm_text_clean (sm_row_get_text (sm_item_get_row (item), SM_ENGINEER_NAME)))
          + 1;
  get_spot (self, known - 1)->look = sm_work_order_duty_look (sm_item_get_row (item));
  g_hash_table_insert (self->engineers, g_memdup2 (&id, sizeof id), GUINT_TO_POINTER (known));
  return known;
}

static void
add_line (Drawing       *self,
          guint          from,
          guint          to,
          SmJobLineLook  look,
          gboolean       is_meant)
{
  SmJobLine line = { from, to, look };

  g_array_append_val (self->lines, line);
  if (!is_meant)
    return;
  get_spot (self, from)->is_meant = TRUE;
  get_spot (self, to)->is_meant = TRUE;
}

/* --- orders and who has them --- */

static void
add_taker (Drawing     *self,
           const SmRow *order,
           guint        spot)
{
  gint64 id = sm_row_get_int (order, SM_WORK_ORDER_ENGINEER_ID);
  guint state = sm_row_get_enum (order, SM_WORK_ORDER_STATE), engineer;
  gboolean is_chosen = sm_row_get_id (order) == self->sketch->order_id
                       || (self->sketch->order_id == 0 && id == self->sketch->engineer_id);

  if (id == SM_UNKNOWN || state == SM_WORK_ORDER_STATE_COMPLETED)
    return;
  engineer = find_engineer (self, id);
  if (engineer > 0)
    add_line (self, engineer - 1, spot,
              state == SM_WORK_ORDER_STATE_TRAVELLING ? SM_JOB_LINE_COMES : SM_JOB_LINE_HAS_IT,
              is_chosen);
}

/* The chosen one comes first: its sign and its name are above the others. */
static void
add_orders (Drawing  *self,
            gboolean  chosen)
{
  GListModel *orders = self->sketch->orders;
  guint n = orders != NULL ? MIN (g_list_model_get_n_items (orders), MOST_ORDERS) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (orders, i);
      const SmRow *order = sm_item_get_row (item);
      SmOpsPlace place;
      guint spot;

      if ((sm_row_get_id (order) == self->sketch->order_id) != chosen
          || !sm_ops_locate_work_order (self->sketch->ops, order, &place))
        continue;
      spot = add_order (self, order, &place);
      get_spot (self, spot)->is_chosen |= chosen;
      get_spot (self, spot)->is_meant |= chosen;
      add_taker (self, order, spot);
    }
}

/* Whoever is on duty could be needed. */
static void
add_engineers (Drawing *self)
{
  GListModel *engineers = sm_ops_get_engineers (self->sketch->ops);
  guint n = g_list_model_get_n_items (engineers);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (engineers, i);
      gint64 id = sm_item_get_id (item);
      guint spot;

      if (sm_work_order_duty_look (sm_item_get_row (item)) == SM_PLACE_LOOK_OFF
          && id != self->sketch->engineer_id)
        continue;
      spot = find_engineer (self, id);
      if (spot > 0 && id == self->sketch->engineer_id)
        get_spot (self, spot - 1)->is_chosen = get_spot (self, spot - 1)->is_meant = TRUE;
    }
}

/* --- of the chosen one --- */

static gboolean
has_line (Drawing *self,
          guint    from)
{
  for (guint i = 0; i < self->lines->len; i++)
    if (g_array_index (self->lines, SmJobLine, i).from == from
        && g_array_index (self->lines, SmJobLine, i).to == 0)
      return TRUE;
  return FALSE;
}

static void
add_could_go (Drawing *self,
              gint64   engineer_id)
{
  guint spot = find_engineer (self, engineer_id);

  if (spot > 0 && !has_line (self, spot - 1))
    add_line (self, spot - 1, 0, SM_JOB_LINE_COULD, TRUE);
}

static void
add_could (Drawing *self)
{
  const GPtrArray *could = self->sketch->could;
  guint n = 0;

  for (guint i = 0; could != NULL && i < could->len && n < MOST_COULD; i++)
    {
      const SmWorkOrderCandidate *one = could->pdata[i];

      if (one->bars->len > 0)
        continue;
      add_could_go (self, one->engineer_id);
      n++;
    }
  if (self->sketch->engineer_id != 0)
    add_could_go (self, self->sketch->engineer_id);
}

static guint
add_guided_to (Drawing          *self,
               gint64            station_id,
               const SmOpsPlace *place)
{
  for (guint i = 0; i < self->spots->len; i++)
    if (get_spot (self, i)->noun == SM_NOUN_STATION && get_spot (self, i)->id == station_id)
      return i;
  return add_spot (self, SM_NOUN_STATION, station_id, place,
                   sm_work_order_label (self->sketch->ops, SM_NOUN_STATION, station_id));
}

/* Each truck that is told to go elsewhere, and where to. */
static void
add_trucks (Drawing *self)
{
  const GPtrArray *rows = self->sketch->guidances;

  for (guint i = 0; rows != NULL && i < MIN (rows->len, MOST_TRUCKS); i++)
    {
      const SmRow *row = rows->pdata[i];
      gint64 vehicle_id = sm_row_get_int (row, SM_GUIDANCE_VEHICLE_ID);
      gint64 station_id = sm_row_get_int (row, SM_GUIDANCE_STATION_ID);
      SmOpsPlace from, to;
      guint truck;

      if (!sm_guidance_is_open (row)
          || !sm_ops_locate_vehicle (self->sketch->ops, vehicle_id, &from)
          || !sm_ops_locate_station (self->sketch->ops, station_id, &to))
        continue;
      truck = add_spot (self, SM_NOUN_VEHICLE, vehicle_id, &from,
                        sm_text_clean (sm_row_get_text (row, SM_GUIDANCE_PLATE)));
      add_line (self, truck, add_guided_to (self, station_id, &to), SM_JOB_LINE_GUIDED, TRUE);
    }
}

/**
 * sm_work_order_sketch_draw:
 * @spots: (out): of SmJobSpot, empty
 * @lines: (out): of SmJobLine, empty
 *
 * Says what stands where, and who is on the way to what.
 */
void
sm_work_order_sketch_draw (const SmWorkOrderSketch *self,
                           GArray                  *spots,
                           GArray                  *lines)
{
  g_autoptr (GHashTable) engineers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                                            NULL);
  Drawing drawing = { self, spots, lines, engineers };

  g_return_if_fail (spots->len == 0 && lines->len == 0);

  if (self->order_id != 0)
    add_orders (&drawing, TRUE);
  if (spots->len > 0) /* the chosen one is the first of them */
    {
      add_could (&drawing);
      add_trucks (&drawing);
    }
  add_orders (&drawing, FALSE);
  add_engineers (&drawing);
}
