/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-order-map.h"

#include "sm-i18n.h"
#include "sm-job-key.h"
#include "sm-ops-guidances.h"
#include "sm-time.h"
#include "sm-work-order-map-columns.h"
#include "sm-work-order-sketch.h"
#include "sm-work-order-words.h"
#include "sm-work-order.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* What trucks are told is read anew with so many beats. */
#define ASK_EVERY 5
#define LISTS_WIDTH 730
#define MAP_WIDTH 330 /* at least: its key with the button beside it, its scale with who made it */

struct _SmWorkOrderMap
{
  GtkWidget parent_instance;

  GtkWidget *paned;
  SmTable *orders;
  SmTable *engineers;
  SmMapView *map;

  SmOps *ops;
  GListModel *model;      /* (nullable) */
  gint64 order_id;        /* the chosen one, 0: none */
  GPtrArray *could;       /* (nullable): of SmWorkOrderCandidate, for the chosen one */
  GPtrArray *guidances;   /* (nullable): of SmRow: of its station */
  GCancellable *cancellable; /* of what is asked about the chosen one */
  SmEngineerColumnsData columns;
  guint beats;
  gboolean fits;          /* whatever a person did to the map before */
  guint n_fitted;         /* to how many spots it was fitted last */
  double fitted[3];       /* where that was */
};

G_DEFINE_FINAL_TYPE (SmWorkOrderMap, sm_work_order_map, GTK_TYPE_WIDGET)

/* --- drawing --- */

static gboolean
is_where_it_was (SmWorkOrderMap *self)
{
  double now[3];

  sm_map_view_get_position (self->map, &now[0], &now[1], &now[2]);
  return memcmp (now, self->fitted, sizeof now) == 0;
}

/* What belongs to the chosen one, or all of them; again when there are others, until a
 * person moves the map. */
static void
fit (SmWorkOrderMap *self,
     const GArray   *spots)
{
  gboolean has_chosen = FALSE;
  guint n = 0;

  for (guint i = 0; i < spots->len; i++)
    has_chosen |= g_array_index (spots, SmJobSpot, i).noun == SM_NOUN_WORK_ORDER
                  && g_array_index (spots, SmJobSpot, i).is_chosen;
  for (guint i = 0; i < spots->len; i++)
    n += !has_chosen || g_array_index (spots, SmJobSpot, i).is_meant;
  if (gtk_widget_get_width (GTK_WIDGET (self->map)) <= 0
      || (!self->fits && (n == self->n_fitted || !is_where_it_was (self)))
      || !sm_map_view_fit_jobs (self->map, has_chosen))
    return;
  self->fits = FALSE;
  self->n_fitted = n;
  sm_map_view_get_position (self->map, &self->fitted[0], &self->fitted[1], &self->fitted[2]);
}

static void
draw (SmWorkOrderMap *self)
{
  SmItem *engineer = sm_table_get_selected (self->engineers);
  g_autoptr (GArray) spots = sm_job_spots_new ();
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (SmJobLine));
  const SmWorkOrderSketch sketch
      = { self->ops, self->model, self->order_id, engineer != NULL ? sm_item_get_id (engineer) : 0,
          self->could, self->guidances };

  sm_work_order_sketch_draw (&sketch, spots, lines);
  sm_map_view_set_jobs (self->map, spots, lines);
  sm_map_view_set_stale (self->map, sm_status_get_state (sm_ops_get_status (self->ops))
                                          != SM_STATUS_LIVE);
  fit (self, spots);
}

/* --- what belongs to the chosen one --- */

static void
could_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SmWorkOrderMap) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *could = sm_ops_load_candidates_finish (SM_OPS (source), result, &error);

  /* Cancelled: another one is chosen.  Without the service nobody ranks them. */
  if (could == NULL || self->paned == NULL)
    return;
  g_clear_pointer (&self->could, g_ptr_array_unref);
  self->could = could;
  draw (self);
}

static void
guidances_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (SmWorkOrderMap) self = user_data;
  GPtrArray *rows = sm_ops_load_guidances_finish (SM_OPS (source), result, NULL);

  if (rows == NULL || self->paned == NULL)
    return;
  g_clear_pointer (&self->guidances, g_ptr_array_unref);
  self->guidances = rows;
  draw (self);
}

static void
load_guidances (SmWorkOrderMap *self,
                const SmRow    *order)
{
  gint64 station_id = sm_row_get_int (order, SM_WORK_ORDER_STATION_ID);

  if (station_id != SM_UNKNOWN)
    sm_ops_load_guidances_async (self->ops, station_id, self->cancellable, guidances_cb,
                                 g_object_ref (self));
}

static gboolean
needs_somebody (const SmRow *order)
{
  guint state = sm_row_get_enum (order, SM_WORK_ORDER_STATE);

  return state == SM_WORK_ORDER_STATE_UNACCEPTED || state == SM_WORK_ORDER_STATE_ASSIGNED;
}

static void
choose (SmWorkOrderMap *self,
        SmItem         *item)
{
  gint64 id = item != NULL ? sm_item_get_id (item) : 0;

  if (id == self->order_id)
    return;
  self->order_id = id;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_pointer (&self->could, g_ptr_array_unref);
  g_clear_pointer (&self->guidances, g_ptr_array_unref);
  self->fits = TRUE;
  if (item == NULL)
    return;
  load_guidances (self, sm_item_get_row (item));
  if (needs_somebody (sm_item_get_row (item)) && sm_ops_may (self->ops, "work_order.assign"))
    sm_ops_load_candidates_async (self->ops, id, self->cancellable, could_cb, g_object_ref (self));
}

static void
show_chosen (SmWorkOrderMap *self)
{
  SmItem *item = sm_table_get_selected (self->orders);

  gboolean is_another = (item != NULL ? sm_item_get_id (item) : 0) != self->order_id;

  choose (self, item);
  self->columns.has_place
      = item != NULL
        && sm_ops_locate_work_order (self->ops, sm_item_get_row (item), &self->columns.place);
  sm_table_show_anew (self->engineers);
  if (is_another) /* all are at other distances */
    sm_table_resort (self->engineers);
  draw (self);
}

static void
chosen_cb (SmWorkOrderMap *self)
{
  if (self->paned != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_chosen (self);
}

/* What is clicked on the map is chosen in its table. */
static void
activated_cb (SmWorkOrderMap *self,
              SmNounId        noun,
              gint64          id)
{
  if (noun == SM_NOUN_WORK_ORDER)
    sm_table_select (self->orders, id);
  else if (noun == SM_NOUN_ENGINEER)
    sm_table_select (self->engineers, id);
  chosen_cb (self);
}

/** sm_work_order_map_refresh: Each second: who is on the way goes on. */
void
sm_work_order_map_refresh (SmWorkOrderMap *self)
{
  SmItem *chosen;

  g_return_if_fail (SM_IS_WORK_ORDER_MAP (self));

  sm_table_show_anew (self->orders);
  show_chosen (self);
  chosen = sm_table_get_selected (self->orders);
  if (chosen != NULL && self->beats++ % ASK_EVERY == 0)
    load_guidances (self, sm_item_get_row (chosen));
}

/** sm_work_order_map_set_model: @orders: (nullable): of SmItem: those that the filters let through */
void
sm_work_order_map_set_model (SmWorkOrderMap *self,
                             GListModel     *orders)
{
  g_return_if_fail (SM_IS_WORK_ORDER_MAP (self));

  g_set_object (&self->model, orders);
  self->fits = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    draw (self);
}

SmMapView *
sm_work_order_map_get_map (SmWorkOrderMap *self)
{
  g_return_val_if_fail (SM_IS_WORK_ORDER_MAP (self), NULL);

  return self->map;
}

/** sm_work_order_map_get_engineers: Returns: (transfer none): the table of them */
SmTable *
sm_work_order_map_get_engineers (SmWorkOrderMap *self)
{
  g_return_val_if_fail (SM_IS_WORK_ORDER_MAP (self), NULL);

  return self->engineers;
}

/** sm_work_order_map_is_settled: Returns: whether all that can be seen has been drawn */
gboolean
sm_work_order_map_is_settled (SmWorkOrderMap *self)
{
  g_return_val_if_fail (SM_IS_WORK_ORDER_MAP (self), FALSE);

  return sm_map_view_is_settled (self->map);
}

/* --- a widget --- */

static void
sm_work_order_map_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sm_work_order_map_parent_class)->map (widget);
  show_chosen (SM_WORK_ORDER_MAP (widget));
}

static void
sm_work_order_map_dispose (GObject *object)
{
  SmWorkOrderMap *self = SM_WORK_ORDER_MAP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->paned, gtk_widget_unparent);
  g_clear_pointer (&self->could, g_ptr_array_unref);
  g_clear_pointer (&self->guidances, g_ptr_array_unref);
  g_clear_object (&self->model);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_work_order_map_parent_class)->dispose (object);
}

static void
sm_work_order_map_class_init (SmWorkOrderMapClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_work_order_map_dispose;
  GTK_WIDGET_CLASS (klass)->map = sm_work_order_map_map;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
sm_work_order_map_init (SmWorkOrderMap *self)
{
  self->cancellable = g_cancellable_new ();
  self->fits = TRUE;
}

static void
fit_all_cb (SmWorkOrderMap *self)
{
  sm_map_view_fit_jobs (self->map, FALSE);
  self->n_fitted = 0;
}

static GtkWidget *
make_tools (SmWorkOrderMap *self)
{
  GtkWidget *tools = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *all = gtk_button_new_with_label (_("Show all"));

  gtk_widget_add_css_class (tools, "map-tools");
  gtk_widget_set_halign (tools, GTK_ALIGN_END);
  gtk_widget_set_valign (tools, GTK_ALIGN_START);
  g_signal_connect_object (all, "clicked", G_CALLBACK (fit_all_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (tools), all);
  return tools;
}

static GtkWidget *
make_map (SmWorkOrderMap *self)
{
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *key;

  self->map = SM_MAP_VIEW (sm_map_view_new ());
  sm_map_view_set_language (self->map, sm_i18n_language ());
  sm_map_view_fit (self->map, 18, 73, 54, 135); /* until there is something to fit */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->map), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Map of work orders and engineers; the tables beside it say "
                                    "the same"),
                                  -1);
  g_signal_connect_object (self->map, "activated", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_object_bind_property (adw_style_manager_get_default (), "dark", self->map, "dark",
                          G_BINDING_SYNC_CREATE);
  gtk_widget_set_size_request (overlay, MAP_WIDTH, -1);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), GTK_WIDGET (self->map));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), make_tools (self));
  key = sm_job_key_new (self->map);
  gtk_widget_set_halign (key, GTK_ALIGN_START);
  gtk_widget_set_valign (key, GTK_ALIGN_START);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), key);
  return overlay;
}

static GtkWidget *
make_tables (SmWorkOrderMap *self)
{
  GtkWidget *tables = gtk_paned_new (GTK_ORIENTATION_VERTICAL);

  self->engineers = SM_TABLE (sm_table_new ("work_order_map_engineers", _("Engineers"),
                                            sm_work_order_engineer_columns,
                                            sm_n_work_order_engineer_columns, NULL,
                                            &self->columns));
  sm_table_set_selects_many (self->engineers);
  sm_table_set_model (self->engineers, sm_ops_get_engineers (self->ops));
  sm_table_set_sort (self->engineers, "distance", FALSE);
  sm_table_set_state (self->engineers, SM_TABLE_CONTENT, _("No engineer is known"), NULL);
  g_signal_connect_object (self->engineers, "selection-changed", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_paned_set_start_child (GTK_PANED (tables), GTK_WIDGET (self->orders));
  gtk_paned_set_end_child (GTK_PANED (tables), GTK_WIDGET (self->engineers));
  gtk_widget_set_vexpand (GTK_WIDGET (self->orders), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->engineers), TRUE);
  return tables;
}

/**
 * sm_work_order_map_new:
 * @orders: (transfer floating): a table of them, which is shown beside the map
 */
GtkWidget *
sm_work_order_map_new (SmOps   *ops,
                       SmTable *orders)
{
  SmWorkOrderMap *self = g_object_new (SM_TYPE_WORK_ORDER_MAP, NULL);
  GtkWidget *paned = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);

  self->ops = g_object_ref (ops);
  self->columns.ops = ops;
  self->orders = orders;
  gtk_paned_set_start_child (GTK_PANED (paned), make_tables (self));
  gtk_paned_set_end_child (GTK_PANED (paned), make_map (self));
  gtk_paned_set_shrink_end_child (GTK_PANED (paned), FALSE);
  gtk_paned_set_position (GTK_PANED (paned), LISTS_WIDTH);
  gtk_widget_set_parent (paned, GTK_WIDGET (self));
  self->paned = paned;
  g_signal_connect_object (orders, "selection-changed", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
