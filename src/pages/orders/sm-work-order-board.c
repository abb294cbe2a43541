/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-order-board.h"

#include "sm-row-list.h"
#include "sm-style.h"
#include "sm-text.h"
#include "sm-work-order-card.h"
#include "sm-work-order-words.h"

#include <glib/gi18n-lib.h>

#define COLUMN_WIDTH 200

/* A stage of the life of an order. */
typedef struct
{
  SmWorkOrderBoard *board;
  SmWorkOrderStage stage;
  GtkWidget *title;
  GtkWidget *count;
  GtkWidget *view;
  GtkWidget *stack;
  GtkSingleSelection *selection; /* (nullable): no model yet */
} Column;

struct _SmWorkOrderBoard
{
  GtkWidget parent_instance;

  SmOps *ops;
  GtkWidget *child;
  Column columns[SM_N_WORK_ORDER_STAGES];
  GPtrArray *cards;    /* of SmWorkOrderCard: all that are bound; not owned */
  gint64 chosen_id;    /* 0: none */
  gboolean is_setting; /* of selections, by us */
};

G_DEFINE_FINAL_TYPE (SmWorkOrderBoard, sm_work_order_board, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* --- which is chosen --- */

static guint
find_position (Column *column,
               gint64  id)
{
  GListModel *model = G_LIST_MODEL (column->selection);

  for (guint i = 0; id != 0 && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (model, i);

      if (sm_item_get_id (item) == id)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

/* Whatever moved, the chosen one is selected where it is by now, and no other is. */
static void
select_chosen (SmWorkOrderBoard *self)
{
  self->is_setting = TRUE;
  for (guint i = 0; i < SM_N_WORK_ORDER_STAGES; i++)
    {
      Column *column = &self->columns[i];

      if (column->selection != NULL)
        gtk_single_selection_set_selected (column->selection,
                                           find_position (column, self->chosen_id));
    }
  self->is_setting = FALSE;
}

/** sm_work_order_board_get_chosen: Returns: (transfer none) (nullable) */
SmItem *
sm_work_order_board_get_chosen (SmWorkOrderBoard *self)
{
  g_return_val_if_fail (SM_IS_WORK_ORDER_BOARD (self), NULL);

  for (guint i = 0; i < SM_N_WORK_ORDER_STAGES; i++)
    {
      SmItem *item = self->columns[i].selection != NULL
                         ? gtk_single_selection_get_selected_item (self->columns[i].selection)
                         : NULL;

      if (item != NULL)
        return item;
    }
  return NULL;
}

/** sm_work_order_board_choose: @id: 0: none; one that is not there is chosen when it comes */
void
sm_work_order_board_choose (SmWorkOrderBoard *self,
                            gint64            id)
{
  g_return_if_fail (SM_IS_WORK_ORDER_BOARD (self));

  self->chosen_id = id;
  select_chosen (self);
}

static void
selected_cb (Column *column)
{
  SmItem *item = gtk_single_selection_get_selected_item (column->selection);
  SmWorkOrderBoard *self = column->board;

  if (self->is_setting || item == NULL || sm_item_get_id (item) == self->chosen_id)
    return;
  self->chosen_id = sm_item_get_id (item);
  select_chosen (self);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

/* --- keys --- */

static gboolean
focus_column (Column *column,
              guint   position)
{
  guint n = column->selection != NULL
                ? g_list_model_get_n_items (G_LIST_MODEL (column->selection)) : 0;

  if (n == 0)
    return FALSE;
  gtk_single_selection_set_selected (column->selection, MIN (position, n - 1));
  gtk_widget_activate_action (column->view, "list.scroll-to-item", "u", MIN (position, n - 1));
  return gtk_widget_grab_focus (column->view);
}

/* Columns with nothing in them are passed over. */
static gboolean
move_focus (Column *from,
            int     step)
{
  SmWorkOrderBoard *self = from->board;
  guint position = gtk_single_selection_get_selected (from->selection);

  for (int i = (int) from->stage + step; i >= 0 && i < SM_N_WORK_ORDER_STAGES; i += step)
    if (focus_column (&self->columns[i], position == GTK_INVALID_LIST_POSITION ? 0 : position))
      return TRUE;
  return FALSE;
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        modifiers,
        Column                *column)
{
  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_Left || keyval == GDK_KEY_KP_Left)
    return move_focus (column, -1);
  if (keyval == GDK_KEY_Right || keyval == GDK_KEY_KP_Right)
    return move_focus (column, 1);
  return GDK_EVENT_PROPAGATE;
}

/** sm_work_order_board_grab: Puts the focus on the chosen card, or on the first. */
void
sm_work_order_board_grab (SmWorkOrderBoard *self)
{
  g_return_if_fail (SM_IS_WORK_ORDER_BOARD (self));

  for (guint i = 0; i < SM_N_WORK_ORDER_STAGES; i++)
    {
      Column *column = &self->columns[i];
      guint position = column->selection != NULL
                           ? gtk_single_selection_get_selected (column->selection)
                           : GTK_INVALID_LIST_POSITION;

      if (position != GTK_INVALID_LIST_POSITION && focus_column (column, position))
        return;
    }
  for (guint i = 0; i < SM_N_WORK_ORDER_STAGES; i++)
    if (focus_column (&self->columns[i], 0))
      return;
}

static void
activated_cb (Column *column)
{
  g_signal_emit (column->board, signals[SIGNAL_ACTIVATED], 0);
}

/* --- what is in it --- */

static void
show_count (Column *column)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (column->selection));
  g_autofree char *count = sm_text_count (n);
  g_autofree char *name
      = g_strdup_printf ("%s, %s", sm_work_order_stage_title (column->stage), count);

  gtk_label_set_text (GTK_LABEL (column->count), count);
  gtk_accessible_update_property (GTK_ACCESSIBLE (column->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_stack_set_visible_child_name (GTK_STACK (column->stack), n > 0 ? "cards" : "none");
}

static void
items_changed_cb (Column *column)
{
  show_count (column);
  if (!column->board->is_setting)
    select_chosen (column->board);
}

static gboolean
match_stage (const SmRow *row,
             gpointer     stage)
{
  return (guint) sm_work_order_stage (row) == GPOINTER_TO_UINT (stage);
}

static void
unset_model (Column *column)
{
  if (column->selection == NULL)
    return;
  g_signal_handlers_disconnect_by_data (column->selection, column);
  gtk_list_view_set_model (GTK_LIST_VIEW (column->view), NULL);
  g_clear_object (&column->selection);
}

static void
set_column_model (Column     *column,
                  GListModel *model)
{
  SmRowList *rows = sm_row_list_new (model, match_stage, GUINT_TO_POINTER (column->stage), NULL);

  unset_model (column);
  column->selection = gtk_single_selection_new (G_LIST_MODEL (rows));
  gtk_single_selection_set_autoselect (column->selection, FALSE);
  gtk_single_selection_set_can_unselect (column->selection, TRUE);
  gtk_single_selection_set_selected (column->selection, GTK_INVALID_LIST_POSITION);
  gtk_list_view_set_model (GTK_LIST_VIEW (column->view), GTK_SELECTION_MODEL (column->selection));
  g_signal_connect_swapped (column->selection, "notify::selected", G_CALLBACK (selected_cb),
                            column);
  g_signal_connect_swapped (column->selection, "items-changed", G_CALLBACK (items_changed_cb),
                            column);
  show_count (column);
}

/** sm_work_order_board_set_model: @model: of SmItem, work orders in the order in which they press */
void
sm_work_order_board_set_model (SmWorkOrderBoard *self,
                               GListModel       *model)
{
  g_return_if_fail (SM_IS_WORK_ORDER_BOARD (self));

  for (guint i = 0; i < SM_N_WORK_ORDER_STAGES; i++)
    set_column_model (&self->columns[i], model);
  select_chosen (self);
}

guint
sm_work_order_board_count (SmWorkOrderBoard *self,
                           guint             stage)
{
  g_return_val_if_fail (SM_IS_WORK_ORDER_BOARD (self) && stage < SM_N_WORK_ORDER_STAGES, 0);

  return self->columns[stage].selection != NULL
             ? g_list_model_get_n_items (G_LIST_MODEL (self->columns[stage].selection)) : 0;
}

/** sm_work_order_board_refresh: Each second: the clocks of the cards in sight go on. */
void
sm_work_order_board_refresh (SmWorkOrderBoard *self)
{
  g_return_if_fail (SM_IS_WORK_ORDER_BOARD (self));

  for (guint i = 0; i < self->cards->len; i++)
    sm_work_order_card_refresh (self->cards->pdata[i]);
}

/* --- making --- */

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *cell,
          SmWorkOrderBoard   *self)
{
  gtk_list_item_set_child (cell, sm_work_order_card_new (self->ops));
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *cell,
         SmWorkOrderBoard   *self)
{
  SmWorkOrderCard *card = SM_WORK_ORDER_CARD (gtk_list_item_get_child (cell));

  sm_work_order_card_bind (card, gtk_list_item_get_item (cell));
  g_ptr_array_add (self->cards, card);
}

static void
unbind_cb (GtkListItemFactory *factory,
           GtkListItem        *cell,
           SmWorkOrderBoard   *self)
{
  SmWorkOrderCard *card = SM_WORK_ORDER_CARD (gtk_list_item_get_child (cell));

  g_ptr_array_remove_fast (self->cards, card);
  sm_work_order_card_bind (card, NULL);
}

static GtkWidget *
make_view (Column *column)
{
  SmWorkOrderBoard *self = column->board;
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, 0);
  column->view = gtk_list_view_new (NULL, g_steal_pointer (&factory));
  gtk_widget_add_css_class (column->view, "order-cards");
  g_signal_connect_swapped (column->view, "activate", G_CALLBACK (activated_cb), column);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), column);
  gtk_widget_add_controller (column->view, keys);
  return column->view;
}

static GtkWidget *
make_head (Column *column)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  column->title = g_object_new (GTK_TYPE_LABEL, "label", sm_work_order_stage_title (column->stage),
                                "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  column->count = gtk_label_new ("");
  gtk_widget_add_css_class (head, "order-column-head");
  gtk_widget_add_css_class (column->title, "row-title");
  gtk_widget_add_css_class (column->count, "figure");
  gtk_box_append (GTK_BOX (head), column->title);
  gtk_box_append (GTK_BOX (head), column->count);
  return head;
}

static GtkWidget *
make_column (Column *column)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *none = g_object_new (GTK_TYPE_LABEL, "label", C_ ("work orders", "none"), "valign",
                                  GTK_ALIGN_START, NULL);

  gtk_widget_add_css_class (none, "order-none");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), make_view (column));
  column->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (column->stack), none, "none");
  gtk_stack_add_named (GTK_STACK (column->stack), scroller, "cards");
  gtk_widget_set_vexpand (column->stack, TRUE);
  gtk_widget_add_css_class (box, "order-column");
  gtk_widget_set_size_request (box, COLUMN_WIDTH, -1);
  gtk_box_append (GTK_BOX (box), make_head (column));
  gtk_box_append (GTK_BOX (box), column->stack);
  return box;
}

static void
sm_work_order_board_dispose (GObject *object)
{
  SmWorkOrderBoard *self = SM_WORK_ORDER_BOARD (object);

  for (guint i = 0; self->child != NULL && i < SM_N_WORK_ORDER_STAGES; i++)
    unset_model (&self->columns[i]);
  g_clear_pointer (&self->child, gtk_widget_unparent);
  g_clear_pointer (&self->cards, g_ptr_array_unref);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_work_order_board_parent_class)->dispose (object);
}

static void
sm_work_order_board_class_init (SmWorkOrderBoardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_work_order_board_dispose;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", SM_TYPE_WORK_ORDER_BOARD, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", SM_TYPE_WORK_ORDER_BOARD,
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
sm_work_order_board_init (SmWorkOrderBoard *self)
{
  self->cards = g_ptr_array_new ();
}

/** sm_work_order_board_new: Returns: (transfer floating): a board without orders */
GtkWidget *
sm_work_order_board_new (SmOps *ops)
{
  SmWorkOrderBoard *self = g_object_new (SM_TYPE_WORK_ORDER_BOARD, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->ops = g_object_ref (ops);
  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  gtk_widget_add_css_class (box, "order-board");
  for (guint i = 0; i < SM_N_WORK_ORDER_STAGES; i++)
    {
      self->columns[i].board = self;
      self->columns[i].stage = i;
      gtk_box_append (GTK_BOX (box), make_column (&self->columns[i]));
    }
  self->child = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->child), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->child), box);
  gtk_widget_set_parent (self->child, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
