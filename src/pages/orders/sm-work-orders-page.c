/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-orders-page.h"

#include "sm-keys.h"
#include "sm-map-keys.h"
#include "sm-style.h"
#include "sm-text.h"
#include "sm-ticker.h"
#include "sm-toast-errors.h"
#include "sm-truck-list.h"
#include "sm-work-order-acts.h"
#include "sm-work-order-assign-all.h"
#include "sm-work-order-wish-dialog.h"
#include "sm-work-order-words.h"
#include "sm-wrap-box.h"

#include <glib/gi18n-lib.h>

#define VIEW_KEY "work_orders.view"
#define CHOSEN_KEY "chosen"
#define PANEL_WIDTH 400
/* Narrower than that, the panel is below the orders and not beside them. */
#define BESIDE_WIDTH 1050
#define PANEL_HEIGHT 280

struct _SmWorkOrdersPage
{
  SmPage parent_instance;

  SmOps *ops;
  SmViewState *state; /* (nullable) */
  GtkStack *stack;
  SmWorkOrderPanel *panel;
  GtkPaned *paned;
  GtkWidget *new_button;
  GtkWidget *assign_button;
  SmTicker *ticker; /* while mapped */
  guint turn_source;
  int width;
  gint64 wanted_id; /* to be chosen as soon as it is there; 0: none */
  char *wanted_number; /* (nullable): likewise */
};

G_DEFINE_FINAL_TYPE (SmWorkOrdersPage, sm_work_orders_page, SM_TYPE_PAGE)

/* --- what is shown --- */

/** sm_work_orders_page_get_view: Returns: (transfer none): the one that is shown */
SmWorkOrderView *
sm_work_orders_page_get_view (SmWorkOrdersPage *self)
{
  g_return_val_if_fail (SM_IS_WORK_ORDERS_PAGE (self), NULL);

  return SM_WORK_ORDER_VIEW (gtk_stack_get_visible_child (self->stack));
}

SmWorkOrderPanel *
sm_work_orders_page_get_panel (SmWorkOrdersPage *self)
{
  g_return_val_if_fail (SM_IS_WORK_ORDERS_PAGE (self), NULL);

  return self->panel;
}

static SmItem *
get_chosen (SmWorkOrdersPage *self)
{
  return sm_work_order_view_get_chosen (sm_work_orders_page_get_view (self));
}

/* @refusal: (nullable): why @button does nothing now */
static void
show_refusal (SmWorkOrdersPage *self,
              GtkWidget        *button,
              const char       *action,
              const char       *refusal)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), action, refusal == NULL);
  sm_style_set_tooltip (button, refusal);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  refusal != NULL ? refusal : "", -1);
}

static void
show_acts (SmWorkOrdersPage *self)
{
  SmItem *chosen = get_chosen (self);
  gboolean may_assign = sm_ops_may (self->ops, "work_order.assign");
  gboolean is_offline
      = sm_status_get_state (sm_ops_get_status (self->ops)) == SM_STATUS_OFFLINE;

  show_refusal (self, self->new_button, "workorders.new", sm_work_order_wish_refusal (self->ops));
  show_refusal (self, self->assign_button, "workorders.assign-all",
                !may_assign  ? sm_slug_what ("permission-missing")
                : is_offline ? sm_slug_what ("server-unreachable") : NULL);
  gtk_widget_set_visible (self->assign_button, may_assign);
  for (guint i = 0; i < sm_n_work_order_verbs; i++)
    gtk_widget_action_set_enabled (
        GTK_WIDGET (self), sm_work_order_verbs[i].action,
        sm_work_order_verb_refusal (self->ops, sm_work_order_verbs[i].event, chosen) == NULL);
}

static void
chosen_cb (SmWorkOrdersPage *self)
{
  if (self->panel == NULL || gtk_stack_get_visible_child (self->stack) == NULL)
    return;
  sm_work_order_panel_show (self->panel, get_chosen (self));
  show_acts (self);
}

/* The one that a link names is chosen when its row has come. */
static void
choose_wanted (SmWorkOrdersPage *self)
{
  if (self->wanted_number != NULL)
    {
      SmItem *item = sm_ops_find_work_order (self->ops, self->wanted_number);

      self->wanted_id = item != NULL ? sm_item_get_id (item) : 0;
    }
  if (self->wanted_id == 0
      || !sm_work_order_view_choose (sm_work_orders_page_get_view (self), self->wanted_id))
    return;
  self->wanted_id = 0;
  g_clear_pointer (&self->wanted_number, g_free);
  chosen_cb (self);
}

/* How many are open stands beside the title, as soon as that is known. */
static void
show_counts (SmWorkOrdersPage *self)
{
  SmStatusState state = sm_status_get_state (sm_ops_get_status (self->ops));
  gboolean is_known = state != SM_STATUS_STARTING && state != SM_STATUS_LOADING;
  g_autofree char *count
      = is_known ? sm_text_count (g_list_model_get_n_items (sm_ops_get_work_orders (self->ops)))
                 : g_strdup ("–");

  for (guint i = 0; i < sm_n_work_order_views; i++)
    {
      const SmWorkOrderViewSpec *spec = &sm_work_order_views[i];
      GtkWidget *view = gtk_stack_get_child_by_name (self->stack, spec->name);
      GtkStackPage *page = gtk_stack_get_page (self->stack, view);
      const char *word = g_dpgettext2 (NULL, "work orders", spec->title);
      g_autofree char *title = spec->is_history || spec->is_calendar
                                    ? g_strdup (word)
                                    : g_strdup_printf ("%s  %s", word, count);

      if (g_strcmp0 (gtk_stack_page_get_title (page), title) != 0)
        gtk_stack_page_set_title (page, title);
    }
}

static void
refresh (SmWorkOrdersPage *self)
{
  sm_work_order_view_refresh (sm_work_orders_page_get_view (self));
  choose_wanted (self);
  chosen_cb (self);
  show_counts (self);
}

static void
tick_cb (gpointer listener)
{
  refresh (listener);
}

static void
shown_cb (SmWorkOrdersPage *self)
{
  if (self->panel == NULL || gtk_stack_get_visible_child (self->stack) == NULL)
    return;
  if (self->state != NULL)
    sm_view_state_set (self->state, VIEW_KEY, gtk_stack_get_visible_child_name (self->stack));
  refresh (self);
}

static void
activated_cb (SmWorkOrdersPage *self)
{
  sm_work_order_panel_focus (self->panel);
}

/* --- beside, or below --- */

static gboolean
turn_cb (gpointer user_data)
{
  SmWorkOrdersPage *self = user_data;
  gboolean is_beside = self->width >= BESIDE_WIDTH;

  self->turn_source = 0;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->paned),
                                  is_beside ? GTK_ORIENTATION_HORIZONTAL
                                            : GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_size_request (GTK_WIDGET (self->panel), is_beside ? PANEL_WIDTH : -1,
                               is_beside ? -1 : PANEL_HEIGHT);
  return G_SOURCE_REMOVE;
}

static void
resized_cb (SmWorkOrdersPage *self,
            int               width,
            int               height)
{
  gboolean was_beside = self->width >= BESIDE_WIDTH;

  self->width = width;
  /* Not within a layout, which it changes. */
  if ((width >= BESIDE_WIDTH) != was_beside && self->turn_source == 0)
    {
      self->turn_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, turn_cb, self, NULL);
      g_source_set_name_by_id (self->turn_source, "sm_work_orders_page turn");
    }
}

/* Of no height: a page has a layout manager, and only this is told how wide it is. */
static GtkWidget *
make_measure (SmWorkOrdersPage *self)
{
  GtkWidget *area = g_object_new (GTK_TYPE_DRAWING_AREA, "hexpand", TRUE, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  g_signal_connect_object (area, "resize", G_CALLBACK (resized_cb), self, G_CONNECT_SWAPPED);
  return area;
}

/* --- links --- */

/** sm_work_orders_page_has_view: Whether links to @name are shown here. */
gboolean
sm_work_orders_page_has_view (const char *name)
{
  for (guint i = 0; i < sm_n_work_order_views; i++)
    if (g_str_equal (sm_work_order_views[i].name, name))
      return TRUE;
  return FALSE;
}

/* One order is shown among all that are open, so that it is there whatever was filtered. */
static gboolean
show_one (SmWorkOrdersPage *self,
          const char       *number)
{
  g_autoptr (SmLink) all = NULL;

  self->wanted_id = 0;
  g_free (self->wanted_number);
  self->wanted_number = g_strdup (number);
  if (sm_work_order_views[0].is_board
      && g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), sm_work_order_views[0].name) != 0)
    gtk_stack_set_visible_child_name (self->stack, SM_WORK_ORDERS_PAGE_NAME);
  all = sm_link_new (gtk_stack_get_visible_child_name (self->stack), NULL);
  sm_work_order_view_show_link (sm_work_orders_page_get_view (self), all);
  choose_wanted (self);
  return TRUE;
}

static gboolean
sm_work_orders_page_show_link (SmPage       *page,
                               const SmLink *link)
{
  SmWorkOrdersPage *self = SM_WORK_ORDERS_PAGE (page);
  const char *name = sm_link_get_page (link);
  const char *chosen = sm_link_get (link, CHOSEN_KEY);
  g_autoptr (SmLink) rest = sm_link_copy (link);

  if (sm_link_get_name (link) != NULL && g_str_equal (name, SM_WORK_ORDER_LINK))
    return show_one (self, sm_link_get_name (link));
  if (sm_link_get_name (link) != NULL || !sm_work_orders_page_has_view (name))
    return FALSE;
  sm_link_set (rest, CHOSEN_KEY, NULL);
  if (chosen == NULL
      || !g_ascii_string_to_signed (chosen, 10, 1, G_MAXINT64, &self->wanted_id, NULL))
    self->wanted_id = 0;
  g_clear_pointer (&self->wanted_number, g_free);
  gtk_stack_set_visible_child_name (self->stack, name);
  sm_work_order_view_show_link (sm_work_orders_page_get_view (self), rest);
  choose_wanted (self);
  return TRUE;
}

static char *
sm_work_orders_page_dup_link (SmPage *page)
{
  return sm_work_order_view_dup_link (sm_work_orders_page_get_view (SM_WORK_ORDERS_PAGE (page)));
}

static const char *
sm_work_orders_page_describe_missing (SmPage *page)
{
  SmWorkOrdersPage *self = SM_WORK_ORDERS_PAGE (page);
  SmStatusState state = sm_status_get_state (sm_ops_get_status (self->ops));

  if (state == SM_STATUS_STARTING)
    return "an answer of the service";
  if (state == SM_STATUS_LOADING)
    return "the first load of the network";
  return sm_work_order_view_describe_missing (sm_work_orders_page_get_view (self));
}

/* --- acts --- */

static void
verb_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SmWorkOrdersPage *self = SM_WORK_ORDERS_PAGE (widget);

  for (guint i = 0; i < sm_n_work_order_verbs; i++)
    if (g_str_equal (sm_work_order_verbs[i].action, name))
      sm_work_order_verb_do (widget, self->ops, sm_work_order_verbs[i].event, get_chosen (self));
  refresh (self);
}

/* A card to the next column, or back. */
static void
move_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SmWorkOrdersPage *self = SM_WORK_ORDERS_PAGE (widget);
  SmItem *chosen = get_chosen (self);

  sm_work_order_verb_do (widget, self->ops,
                         g_str_equal (name, "workorders.forward")
                             ? sm_work_order_verb_forward (chosen)
                             : sm_work_order_verb_back (chosen),
                         chosen);
  refresh (self);
}

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  sm_work_order_wish_ask (widget, SM_WORK_ORDERS_PAGE (widget)->ops, SM_N_NOUNS, 0);
}

static void
assign_all_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  sm_work_order_assign_all (widget, SM_WORK_ORDERS_PAGE (widget)->ops);
}

static void
find_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  sm_work_order_view_find (sm_work_orders_page_get_view (SM_WORK_ORDERS_PAGE (widget)));
}

static void
rows_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  sm_work_order_view_grab (sm_work_orders_page_get_view (SM_WORK_ORDERS_PAGE (widget)));
}

static void
trucks_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  sm_work_order_panel_focus_trucks (SM_WORK_ORDERS_PAGE (widget)->panel);
}

/* --- a page --- */

static void
sm_work_orders_page_map (GtkWidget *widget)
{
  SmWorkOrdersPage *self = SM_WORK_ORDERS_PAGE (widget);

  GTK_WIDGET_CLASS (sm_work_orders_page_parent_class)->map (widget);
  self->ticker = g_object_ref (sm_ticker_for_display (gtk_widget_get_display (widget)));
  sm_ticker_listen (self->ticker, tick_cb, self);
  refresh (self);
}

static void
sm_work_orders_page_unmap (GtkWidget *widget)
{
  SmWorkOrdersPage *self = SM_WORK_ORDERS_PAGE (widget);

  sm_ticker_leave (self->ticker, tick_cb, self);
  g_clear_object (&self->ticker);
  GTK_WIDGET_CLASS (sm_work_orders_page_parent_class)->unmap (widget);
}

static void
sm_work_orders_page_dispose (GObject *object)
{
  SmWorkOrdersPage *self = SM_WORK_ORDERS_PAGE (object);

  self->panel = NULL;
  g_clear_handle_id (&self->turn_source, g_source_remove);
  g_clear_object (&self->ops);
  g_clear_object (&self->state);
  g_clear_pointer (&self->wanted_number, g_free);

  G_OBJECT_CLASS (sm_work_orders_page_parent_class)->dispose (object);
}

static void
install_verbs (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "workorders.assign", NULL, verb_action);
  gtk_widget_class_install_action (widget_class, "workorders.accept", NULL, verb_action);
  gtk_widget_class_install_action (widget_class, "workorders.speak", NULL, verb_action);
  gtk_widget_class_install_action (widget_class, "workorders.refuse", NULL, verb_action);
  gtk_widget_class_install_action (widget_class, "workorders.travel", NULL, verb_action);
  gtk_widget_class_install_action (widget_class, "workorders.arrive", NULL, verb_action);
  gtk_widget_class_install_action (widget_class, "workorders.start", NULL, verb_action);
  gtk_widget_class_install_action (widget_class, "workorders.resume", NULL, verb_action);
  gtk_widget_class_install_action (widget_class, "workorders.complete", NULL, verb_action);
  gtk_widget_class_install_action (widget_class, "workorders.confirm", NULL, verb_action);
  gtk_widget_class_install_action (widget_class, "workorders.reject", NULL, verb_action);
  gtk_widget_class_install_action (widget_class, "workorders.follow-up", NULL, verb_action);
  gtk_widget_class_install_action (widget_class, "workorders.hold", NULL, verb_action);
  gtk_widget_class_install_action (widget_class, "workorders.use-part", NULL, verb_action);
  gtk_widget_class_install_action (widget_class, "workorders.note", NULL, verb_action);
  gtk_widget_class_install_action (widget_class, "workorders.urge", NULL, verb_action);
  gtk_widget_class_install_action (widget_class, "workorders.pin", NULL, verb_action);
  gtk_widget_class_install_action (widget_class, "workorders.unpin", NULL, verb_action);
  gtk_widget_class_install_action (widget_class, "workorders.cancel", NULL, verb_action);
}

/* Wherever in the window the focus is; what is typed into a field stays in the field. */
static const SmKey everywhere[] = {
  { "<Control>Right", "workorders.forward", N_ ("On to the next state, or back") },
  { "<Control>Left", "workorders.back", NULL },
  { "<Control>n", "workorders.new", N_ ("New work order") },
  { "<Control><Shift>a", "workorders.assign-all", N_ ("Assign all") },
};
static const SmKey inside[] = {
  { "<Control>f", "workorders.find", N_ ("Find in the list") },
  { "<Control>l", "workorders.rows", N_ ("Go to the rows") },
  { "<Control>t", "workorders.trucks", N_ ("Go to the trucks on their way there") },
};

static void
list_global (GArray *list)
{
  for (guint i = 0; i < sm_n_work_order_verbs; i++)
    {
      const SmWorkOrderVerb *verb = &sm_work_order_verbs[i];
      SmKey key = { verb->accel, verb->action, sm_work_order_verb_title (verb) };

      g_array_append_val (list, key);
    }
  g_array_append_vals (list, everywhere, G_N_ELEMENTS (everywhere));
}

static void
sm_work_orders_page_class_init (SmWorkOrdersPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  SmPageClass *page_class = SM_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_work_orders_page_dispose;
  widget_class->map = sm_work_orders_page_map;
  widget_class->unmap = sm_work_orders_page_unmap;
  page_class->show_link = sm_work_orders_page_show_link;
  page_class->dup_link = sm_work_orders_page_dup_link;
  page_class->describe_missing = sm_work_orders_page_describe_missing;
  install_verbs (widget_class);
  gtk_widget_class_install_action (widget_class, "workorders.forward", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "workorders.back", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "workorders.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "workorders.assign-all", NULL, assign_all_action);
  gtk_widget_class_install_action (widget_class, "workorders.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "workorders.rows", NULL, rows_action);
  gtk_widget_class_install_action (widget_class, "workorders.trucks", NULL, trucks_action);
  sm_keys_add_class (widget_class, inside, G_N_ELEMENTS (inside));
}

/** sm_work_orders_page_list_keys: @list: gets the keys of the page */
void
sm_work_orders_page_list_keys (GArray *list)
{
  list_global (list);
  g_array_append_vals (list, inside, G_N_ELEMENTS (inside));
  sm_map_keys_list (list);
  sm_work_order_calendar_list_keys (list);
  sm_truck_list_list_keys (list);
}

static void
sm_work_orders_page_init (SmWorkOrdersPage *self)
{
  self->stack = GTK_STACK (gtk_stack_new ());
}

/* --- making --- */

static void
add_views (SmWorkOrdersPage *self)
{
  const char *last = self->state != NULL ? sm_view_state_get (self->state, VIEW_KEY) : NULL;

  for (guint i = 0; i < sm_n_work_order_views; i++)
    {
      const SmWorkOrderViewSpec *spec = &sm_work_order_views[i];
      GtkWidget *view = sm_work_order_view_new (self->ops, self->state, spec);

      g_signal_connect_object (view, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (view, "activated", G_CALLBACK (activated_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_stack_add_titled (self->stack, view, spec->name,
                            g_dpgettext2 (NULL, "work orders", spec->title));
    }
  if (last != NULL && sm_work_orders_page_has_view (last))
    gtk_stack_set_visible_child_name (self->stack, last);
  g_signal_connect_object (self->stack, "notify::visible-child", G_CALLBACK (shown_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
problems_cb (SmWorkOrdersPage *self)
{
  sm_page_emit_open (SM_PAGE (self), SM_LINK_SCHEME "problems");
}

/* What comes again and again. */
static GtkWidget *
make_problems_button (SmWorkOrdersPage *self)
{
  GtkWidget *button = gtk_button_new_with_label (_("Problems"));

  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", G_CALLBACK (problems_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
make_head (SmWorkOrdersPage *self)
{
  GtkWidget *head = sm_wrap_box_new (10);
  GtkWidget *switcher = gtk_stack_switcher_new ();
  GtkWidget *acts = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  gtk_widget_add_css_class (head, "alarms-head");
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), self->stack);
  self->new_button = gtk_button_new_with_label (_("New… (Ctrl+N)"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->new_button), "workorders.new");
  self->assign_button = gtk_button_new_with_label (_("Assign all… (Ctrl+Shift+A)"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->assign_button), "workorders.assign-all");
  gtk_box_append (GTK_BOX (acts), self->assign_button);
  gtk_box_append (GTK_BOX (acts), self->new_button);
  gtk_widget_set_hexpand (acts, TRUE);
  gtk_widget_set_halign (acts, GTK_ALIGN_END);
  sm_wrap_box_append (SM_WRAP_BOX (head), switcher);
  sm_wrap_box_append (SM_WRAP_BOX (head), make_problems_button (self));
  sm_wrap_box_append (SM_WRAP_BOX (head), acts);
  return head;
}

static GtkWidget *
make_lists (SmWorkOrdersPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), make_head (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  return box;
}

static GtkWidget *
make_paned (SmWorkOrdersPage *self)
{
  GtkWidget *lists = make_lists (self);
  GtkWidget *panel = sm_work_order_panel_new (self->ops);

  gtk_widget_add_css_class (panel, "alarm-column");
  self->panel = SM_WORK_ORDER_PANEL (panel);
  self->paned = GTK_PANED (gtk_paned_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_paned_set_start_child (self->paned, lists);
  gtk_paned_set_end_child (self->paned, panel);
  gtk_paned_set_resize_end_child (self->paned, FALSE);
  gtk_paned_set_shrink_end_child (self->paned, FALSE);
  gtk_paned_set_shrink_start_child (self->paned, TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->paned), TRUE);
  self->width = BESIDE_WIDTH;
  turn_cb (self);
  return GTK_WIDGET (self->paned);
}

static void
add_keys (SmWorkOrdersPage *self)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (SmKey));

  list_global (list);
  sm_keys_add (GTK_WIDGET (self), GTK_SHORTCUT_SCOPE_GLOBAL, (const SmKey *) list->data, list->len);
}

/** sm_work_orders_page_new: @state: (nullable): where the views remember how they are shown */
GtkWidget *
sm_work_orders_page_new (SmOps       *ops,
                         SmViewState *state,
                         const char  *title)
{
  SmWorkOrdersPage *self = g_object_new (SM_TYPE_WORK_ORDERS_PAGE, "title", title, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->ops = g_object_ref (ops);
  self->state = state != NULL ? g_object_ref (state) : NULL;
  add_views (self);
  gtk_box_append (GTK_BOX (box), make_measure (self));
  gtk_box_append (GTK_BOX (box), make_paned (self));
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (sm_ops_get_work_orders (ops), "items-changed", G_CALLBACK (show_counts),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (ops, "notify::person", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  add_keys (self);
  shown_cb (self);
  return GTK_WIDGET (self);
}
