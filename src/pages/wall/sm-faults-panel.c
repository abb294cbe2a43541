/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-faults-panel.h"

#include "sm-acknowledge-popover.h"
#include "sm-alarm-effect.h"
#include "sm-fault-choice.h"
#include "sm-fault-context.h"
#include "sm-fault-row.h"
#include "sm-level-counts.h"
#include "sm-shown-alarms.h"
#include "sm-status-banner.h"
#include "sm-style.h"
#include "sm-toast-errors.h"
#include "sm-top-list.h"
#include "sm-whole-rows.h"

#include <glib/gi18n-lib.h>

/* On a wall nobody scrolls: rows that cannot be seen need not be made. */
#define ROWS_ON_WALL 40
/* More than so many are put in order in small steps, between which other things get their turn. */
#define SORTED_AT_ONCE 200
/* A row takes three milliseconds to be made and laid out: so many come at once, and a list view
 * never has more than so many of its own accord. */
#define ROWS_AT_ONCE 1
#define ROWS_MADE 240
#define GROW_AFTER_MS 300

struct _SmFaultsPanel
{
  GtkWidget parent_instance;

  GtkWidget *title_label;
  SmLevelCounts *counts;
  SmStatusBanner *conflict_banner;
  SmStatusBanner *failure_banner;
  GtkStack *stack;
  SmWholeRows *rows;
  GtkScrolledWindow *scroller;
  GtkListView *list;
  GtkWidget *popover;

  SmOps *ops;
  GtkFilterListModel *shown;
  GtkSorter *sorter;
  GtkSortListModel *sorted; /* owned by the top */
  SmTopList *top;           /* owned by the selection */
  GtkSingleSelection *selection;
  guint timer;
  guint grow_source; /* more rows are to be made */
  GCancellable *cancellable;
  guint n_aside;
  SmFaultChoice choice;
  gboolean is_wall;
  gboolean is_stale;
  gboolean is_held; /* the pointer is over the rows: none may move */
};

G_DEFINE_FINAL_TYPE (SmFaultsPanel, sm_faults_panel, GTK_TYPE_WIDGET)

typedef enum
{
  SIGNAL_ACTIVATED,
} Signal;
static guint signals[SIGNAL_ACTIVATED + 1];

static gboolean
may_acknowledge (SmFaultsPanel *self)
{
  return !self->is_wall && self->ops != NULL && sm_ops_may (self->ops, "alarm.acknowledge");
}

static void
show_rights (SmFaultsPanel *self,
             SmFaultRow    *row)
{
  sm_fault_row_set_may_acknowledge (row, may_acknowledge (self));
  sm_fault_row_set_may_note (row, !self->is_wall && self->ops != NULL
                                      && sm_ops_may (self->ops, "alarm.note"));
}

static void
show_context (SmFaultsPanel *self,
              SmFaultRow    *row)
{
  g_auto (SmFaultContext) context = { 0 };
  SmItem *item = sm_fault_row_get_item (row);

  if (item == NULL)
    return;
  sm_fault_context_read (&context, sm_item_get_row (item), self->ops);
  sm_fault_row_set_context (row, context.name, context.where, context.effect);
}

static int
compare_cb (gconstpointer a,
            gconstpointer b,
            gpointer      user_data)
{
  SmFaultsPanel *self = user_data;

  return sm_alarm_compare_urgency (self->ops, sm_item_get_row ((SmItem *) a),
                                   sm_item_get_row ((SmItem *) b));
}

static void
setup_row_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *list_item,
              SmFaultsPanel            *self)
{
  gtk_list_item_set_child (list_item, sm_fault_row_new ());
}

static void
bind_row_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *list_item,
             SmFaultsPanel            *self)
{
  SmFaultRow *row = SM_FAULT_ROW (gtk_list_item_get_child (list_item));

  show_rights (self, row);
  sm_fault_row_bind (row, gtk_list_item_get_item (list_item),
                     sm_status_get_clock (sm_ops_get_status (self->ops)));
  show_context (self, row);
}

static void
unbind_row_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *list_item,
               SmFaultsPanel            *self)
{
  sm_fault_row_bind (SM_FAULT_ROW (gtk_list_item_get_child (list_item)), NULL, NULL);
}

static void
activate_cb (SmFaultsPanel *self,
             guint          position)
{
  g_autoptr (SmItem) alarm = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (alarm != NULL)
    g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0, alarm);
}

/* The order must not change under a hand that is about to press a button. */
static void
hold_cb (SmFaultsPanel *self)
{
  self->is_held = TRUE;
  if (self->ops != NULL)
    sm_ops_hold_order (self->ops, TRUE);
}

static void
release_cb (SmFaultsPanel *self)
{
  self->is_held = FALSE;
  if (self->ops != NULL)
    sm_ops_hold_order (self->ops, FALSE);
}

static void
show_conflict (SmFaultsPanel *self)
{
  GListModel *conflicts = sm_ops_get_conflicts (self->ops);
  g_autoptr (SmPending) first = g_list_model_get_item (conflicts, 0);
  guint n = g_list_model_get_n_items (conflicts);
  g_autofree char *title = NULL;
  g_autofree char *sentence = NULL;

  if (first == NULL)
    {
      sm_status_banner_set (self->conflict_banner, NULL, NULL);
      return;
    }
  title = g_strdup_printf (ngettext ("%u act was not accepted", "%u acts were not accepted", n),
                           n);
  sentence = sm_slug_sentence (sm_pending_get_problem (first));
  sm_status_banner_set (self->conflict_banner, title, sentence);
}

static void
acknowledged_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (SmFaultsPanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (sm_ops_acknowledge_finish (SM_OPS (source), result, &error))
    {
      sm_status_banner_set (self->failure_banner, NULL, NULL);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  sentence = sm_error_sentence (error);
  sm_status_banner_set (self->failure_banner, _("The acknowledgement was not taken"), sentence);
}

static void
acknowledge_cb (SmFaultsPanel *self,
                gint64         alarm_id,
                const char    *note)
{
  sm_faults_panel_acknowledge (self, alarm_id, note);
}

/* The row widget of an alarm, if it is in sight. */
static SmFaultRow *
find_row (SmFaultsPanel *self,
          gint64         alarm_id)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list));

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = gtk_widget_get_first_child (child);
      SmItem *item = SM_IS_FAULT_ROW (row) ? sm_fault_row_get_item (SM_FAULT_ROW (row)) : NULL;

      if (item != NULL && sm_item_get_id (item) == alarm_id && gtk_widget_get_mapped (row))
        return SM_FAULT_ROW (row);
    }
  return NULL;
}

static GtkSizeRequestMode
sm_faults_panel_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sm_faults_panel_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  SmFaultsPanel *self = SM_FAULTS_PANEL (widget);
  GtkWidget *box = gtk_widget_get_first_child (widget);

  gtk_widget_size_allocate (box, &(GtkAllocation) { 0, 0, width, height }, baseline);
  gtk_popover_present (GTK_POPOVER (self->popover));
}

static void
sm_faults_panel_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  gtk_widget_measure (gtk_widget_get_first_child (widget), orientation, for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
}

static void
sm_faults_panel_dispose (GObject *object)
{
  SmFaultsPanel *self = SM_FAULTS_PANEL (object);
  GtkWidget *child;

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->grow_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  self->list = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->sorted = NULL;
  self->top = NULL;
  g_clear_object (&self->selection);
  g_clear_object (&self->sorter);
  g_clear_object (&self->shown);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_faults_panel_parent_class)->dispose (object);
}

static void
sm_faults_panel_class_init (SmFaultsPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_faults_panel_dispose;
  widget_class->get_request_mode = sm_faults_panel_get_request_mode;
  widget_class->measure = sm_faults_panel_measure;
  widget_class->size_allocate = sm_faults_panel_size_allocate;

  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", SM_TYPE_FAULTS_PANEL, G_SIGNAL_RUN_LAST, 0,
                                            NULL, NULL, NULL, G_TYPE_NONE, 1, SM_TYPE_ITEM);

  g_type_ensure (SM_TYPE_LEVEL_COUNTS);
  g_type_ensure (SM_TYPE_STATUS_BANNER);
  g_type_ensure (SM_TYPE_WHOLE_ROWS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SM_RESOURCE_PATH "pages/wall/sm-faults-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, SmFaultsPanel, title_label);
  gtk_widget_class_bind_template_child (widget_class, SmFaultsPanel, counts);
  gtk_widget_class_bind_template_child (widget_class, SmFaultsPanel, conflict_banner);
  gtk_widget_class_bind_template_child (widget_class, SmFaultsPanel, failure_banner);
  gtk_widget_class_bind_template_child (widget_class, SmFaultsPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, SmFaultsPanel, rows);
  gtk_widget_class_bind_template_child (widget_class, SmFaultsPanel, scroller);
  gtk_widget_class_bind_template_child (widget_class, SmFaultsPanel, list);
  gtk_widget_class_bind_template_callback (widget_class, setup_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, hold_cb);
  gtk_widget_class_bind_template_callback (widget_class, release_cb);
}

static void
sm_faults_panel_init (SmFaultsPanel *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  sm_level_counts_set_link (self->counts, "stationmaster:alarms?level=");
  sm_whole_rows_set_scroller (self->rows, self->scroller);
  sm_whole_rows_set_link (self->rows, "stationmaster:alarms");
  sm_status_banner_set_action (self->conflict_banner, _("Decide"), "wall.decide");
  self->popover = sm_acknowledge_popover_new ();
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  g_signal_connect_object (self->popover, "acknowledge", G_CALLBACK (acknowledge_cb), self,
                           G_CONNECT_SWAPPED);
}

static guint
count_rows (SmFaultsPanel *self)
{
  return self->is_wall ? ROWS_ON_WALL : G_MAXUINT;
}

/* Lets the list have a few rows more, while there are faults for them. */
static gboolean
grow_cb (gpointer user_data)
{
  SmFaultsPanel *self = user_data;
  guint size = sm_top_list_get_size (self->top);
  guint wanted = MIN (count_rows (self), ROWS_MADE);

  if (size < wanted && g_list_model_get_n_items (G_LIST_MODEL (self->sorted)) > size)
    {
      sm_top_list_set_size (self->top, size + ROWS_AT_ONCE);
      return G_SOURCE_CONTINUE;
    }
  if (size >= wanted && size != count_rows (self))
    sm_top_list_set_size (self->top, count_rows (self));
  self->grow_source = 0;
  return G_SOURCE_REMOVE;
}

static void grow_later (SmFaultsPanel *self);

static gboolean
begin_to_grow_cb (gpointer user_data)
{
  SmFaultsPanel *self = user_data;

  if (sm_status_get_state (sm_ops_get_status (self->ops)) == SM_STATUS_LOADING)
    {
      grow_later (self);
      return G_SOURCE_REMOVE;
    }
  self->grow_source = g_idle_add (grow_cb, self);
  g_source_set_name_by_id (self->grow_source, "sm_faults_panel grow");
  return G_SOURCE_REMOVE;
}

/* While many come, what is made of them would only be thrown away. */
static void
grow_later (SmFaultsPanel *self)
{
  if (self->grow_source != 0)
    g_source_remove (self->grow_source);
  self->grow_source = g_timeout_add (GROW_AFTER_MS, begin_to_grow_cb, self);
}

static void
grow_soon (SmFaultsPanel *self)
{
  if (self->grow_source != 0 || sm_top_list_get_size (self->top) >= count_rows (self))
    return;
  begin_to_grow_cb (self);
}

/* A list stays with the row that it showed: of what comes above it, the worst,
 * nothing would be seen. */
static void
show_top (SmFaultsPanel *self)
{
  SmItem *selected = gtk_single_selection_get_selected_item (self->selection);

  if (self->is_held || sm_fault_choice_keeps_place (&self->choice, self->list, selected))
    return;
  /* Not by the adjustment: of rows that came since the last layout GTK 4.8 finds none there,
   * and warns. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self->list))
      && g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", 0);
}

/* Rows that are in sight already learn that the buttons come or go, and who waits by now. */
static void
update_rows (SmFaultsPanel *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list));

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = gtk_widget_get_first_child (child);

      if (!SM_IS_FAULT_ROW (row))
        continue;
      show_rights (self, SM_FAULT_ROW (row));
      show_context (self, SM_FAULT_ROW (row));
    }
}

static void
refresh_now (SmFaultsPanel *self)
{
  const SmFigureValues *figures;
  guint n;

  if (self->ops == NULL)
    return;
  figures = sm_figures_get_values (sm_ops_get_figures (self->ops));
  if (!self->is_held && figures->aside + self->n_aside > 0)
    {
      sm_shown_alarms_refresh (self->shown);
      self->n_aside = figures->aside;
    }
  n = g_list_model_get_n_items (G_LIST_MODEL (self->shown));
  sm_level_counts_set (self->counts, n > 0 || !self->is_stale ? figures->alarms_by_level : NULL);
  gtk_stack_set_visible_child_name (self->stack, n > 0           ? "list"
                                                 : self->is_stale ? "unknown"
                                                                  : "none");
  gtk_sort_list_model_set_incremental (self->sorted, n > SORTED_AT_ONCE);
  sm_whole_rows_set_total (self->rows, n);
  update_rows (self);
  grow_soon (self);
  /* Who waits changes the order too, but not under a hand that is about to press a button. */
  if (!self->is_held)
    gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
  show_top (self);
}

/* Before the sorted model hears of it: the first thousand come in one turn of the main loop. */
static void
alarms_come_cb (SmFaultsPanel *self,
                guint          position,
                guint          n_removed,
                guint          n_added)
{
  if (self->sorted == NULL)
    return;
  if (n_removed + n_added > ROWS_AT_ONCE)
    grow_later (self);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->shown)) > SORTED_AT_ONCE)
    gtk_sort_list_model_set_incremental (self->sorted, TRUE);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->sorted)) == 0)
    sm_top_list_set_size (self->top, ROWS_AT_ONCE);
}

void
sm_faults_panel_set_ops (SmFaultsPanel *self,
                         SmOps         *ops)
{
  g_return_if_fail (SM_IS_FAULTS_PANEL (self) && SM_IS_OPS (ops));

  g_set_object (&self->ops, ops);
  g_clear_handle_id (&self->grow_source, g_source_remove);
  self->sorted = NULL;
  self->top = NULL;
  g_clear_object (&self->selection);
  g_clear_object (&self->sorter);
  g_clear_object (&self->shown);
  self->shown = sm_shown_alarms_new (ops);
  g_signal_connect_object (self->shown, "items-changed", G_CALLBACK (alarms_come_cb), self,
                           G_CONNECT_SWAPPED);
  self->sorter = GTK_SORTER (gtk_custom_sorter_new (compare_cb, self, NULL));
  self->sorted = gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (self->shown)),
                                          g_object_ref (self->sorter));
  self->top = sm_top_list_new (G_LIST_MODEL (self->sorted), ROWS_AT_ONCE, ROWS_MADE);
  g_object_unref (self->sorted);
  sm_top_list_set_size (self->top, ROWS_AT_ONCE);
  self->selection = g_object_new (GTK_TYPE_SINGLE_SELECTION, "autoselect", FALSE, "can-unselect",
                                  TRUE, "model", self->top, NULL);
  g_object_unref (self->top);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (show_top), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (show_top), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sm_ops_get_conflicts (ops), "items-changed", G_CALLBACK (show_conflict),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shown, "items-changed", G_CALLBACK (sm_faults_panel_refresh), self,
                           G_CONNECT_SWAPPED);
  show_conflict (self);
  refresh_now (self);
}

void
sm_faults_panel_set_is_wall (SmFaultsPanel *self,
                             gboolean       is_wall)
{
  g_return_if_fail (SM_IS_FAULTS_PANEL (self));

  self->is_wall = is_wall;
  sm_status_banner_set_action (self->conflict_banner, is_wall ? NULL : _("Decide"),
                               is_wall ? NULL : "wall.decide");
  if (self->top != NULL)
    {
      sm_top_list_set_size (self->top, ROWS_AT_ONCE);
      grow_soon (self);
    }
  update_rows (self);
}

static gboolean
refresh_cb (gpointer user_data)
{
  SmFaultsPanel *self = user_data;

  self->timer = 0;
  refresh_now (self);
  return G_SOURCE_REMOVE;
}

/** sm_faults_panel_refresh: Shows counts and permissions as they are now, in a moment. */
void
sm_faults_panel_refresh (SmFaultsPanel *self)
{
  g_return_if_fail (SM_IS_FAULTS_PANEL (self));

  /* Alarms come by the dozen: what happened in one turn of the main loop is shown at once. */
  if (self->timer != 0)
    return;
  self->timer = g_idle_add (refresh_cb, self);
  g_source_set_name_by_id (self->timer, "sm_faults_panel_refresh");
}

/** sm_faults_panel_find: Returns: (transfer full) (nullable): the open alarm of that id */
SmItem *
sm_faults_panel_find (SmFaultsPanel *self,
                      gint64         alarm_id)
{
  GListModel *alarms = sm_ops_get_alarms (self->ops);

  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (SmItem) alarm = g_list_model_get_item (alarms, i);

      if (sm_item_get_id (alarm) == alarm_id)
        return g_steal_pointer (&alarm);
    }
  return NULL;
}

/** sm_faults_panel_get_selected: Returns: (transfer none) (nullable): the alarm that is marked */
SmItem *
sm_faults_panel_get_selected (SmFaultsPanel *self)
{
  g_return_val_if_fail (SM_IS_FAULTS_PANEL (self), NULL);

  return self->selection != NULL ? gtk_single_selection_get_selected_item (self->selection) : NULL;
}

/** sm_faults_panel_is_growing: Whether rows that there is room for are still to be made. */
gboolean
sm_faults_panel_is_growing (SmFaultsPanel *self)
{
  g_return_val_if_fail (SM_IS_FAULTS_PANEL (self), FALSE);

  if (self->top == NULL || !sm_top_list_is_whole (self->top))
    return self->top != NULL;
  return sm_top_list_get_size (self->top) < ROWS_ON_WALL
         && g_list_model_get_n_items (G_LIST_MODEL (self->sorted))
                > sm_top_list_get_size (self->top);
}

/** sm_faults_panel_select: Marks the row of that alarm. */
void
sm_faults_panel_select (SmFaultsPanel *self,
                        gint64         alarm_id)
{
  GListModel *alarms = G_LIST_MODEL (self->selection);

  sm_top_list_set_size (self->top, count_rows (self));
  sm_top_list_settle (self->top);
  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (SmItem) alarm = g_list_model_get_item (alarms, i);

      if (sm_item_get_id (alarm) != alarm_id)
        continue;
      gtk_single_selection_set_selected (self->selection, i);
      gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", i);
      return;
    }
}

/**
 * sm_faults_panel_ask:
 *
 * Opens the question for a note.  Returns: FALSE when there is nothing to
 * acknowledge or this person may not.
 */
gboolean
sm_faults_panel_ask (SmFaultsPanel *self,
                     gint64         alarm_id)
{
  g_autoptr (SmItem) alarm = NULL;
  SmFaultRow *row;
  graphene_rect_t bounds;
  GdkRectangle beside = { 0, 0, 1, 1 };

  g_return_val_if_fail (SM_IS_FAULTS_PANEL (self), FALSE);

  if (self->ops == NULL || !may_acknowledge (self))
    return FALSE;
  alarm = sm_faults_panel_find (self, alarm_id);
  if (alarm == NULL || sm_item_get_pending (alarm) || !sm_fault_is_unacked (sm_item_get_row (alarm)))
    return FALSE;
  row = find_row (self, alarm_id);
  if (row != NULL && gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self), &bounds))
    beside = (GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width,
                              (int) bounds.size.height };
  sm_acknowledge_popover_show (SM_ACKNOWLEDGE_POPOVER (self->popover), alarm, &beside);
  return TRUE;
}

/** sm_faults_panel_ask_selected: The same for the selected alarm, else the first open one. */
gboolean
sm_faults_panel_ask_selected (SmFaultsPanel *self)
{
  SmItem *selected;

  g_return_val_if_fail (SM_IS_FAULTS_PANEL (self), FALSE);

  if (self->selection == NULL)
    return FALSE;
  selected = gtk_single_selection_get_selected_item (self->selection);
  if (selected != NULL)
    return sm_faults_panel_ask (self, sm_item_get_id (selected));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->selection)); i++)
    {
      g_autoptr (SmItem) alarm = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (sm_faults_panel_ask (self, sm_item_get_id (alarm)))
        return TRUE;
    }
  return FALSE;
}

/** sm_faults_panel_acknowledge: Acknowledges at once; what goes wrong is said in the panel. */
void
sm_faults_panel_acknowledge (SmFaultsPanel *self,
                             gint64         alarm_id,
                             const char    *note)
{
  g_return_if_fail (SM_IS_FAULTS_PANEL (self) && self->ops != NULL);

  sm_ops_acknowledge_async (self->ops, alarm_id, note, self->cancellable, acknowledged_cb,
                            g_object_ref (self));
}

/** sm_faults_panel_focus: Gives the keyboard to the list. */
void
sm_faults_panel_focus (SmFaultsPanel *self)
{
  g_return_if_fail (SM_IS_FAULTS_PANEL (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

/** sm_faults_panel_set_stale: Whether the faults are the last known and not live. */
void
sm_faults_panel_set_stale (SmFaultsPanel *self,
                           gboolean       stale)
{
  g_return_if_fail (SM_IS_FAULTS_PANEL (self));

  gtk_label_set_text (GTK_LABEL (self->title_label),
                      stale ? _("Faults, last known") : _("Live faults"));
  sm_style_set_class (GTK_WIDGET (self), "stale", stale);
  if (self->is_stale == !!stale)
    return;
  self->is_stale = !!stale;
  refresh_now (self);
}
