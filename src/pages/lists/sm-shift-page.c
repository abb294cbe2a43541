/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-shift-page-private.h"

#include "sm-shift-cards.h"
#include "sm-shift-lists.h"
#include "sm-ticker.h"
#include "sm-time.h"

#include <glib/gi18n-lib.h>

static const SmListSpec *const specs[] = { &sm_roster_list, &sm_handover_list, &sm_desk_list };
G_STATIC_ASSERT (G_N_ELEMENTS (specs) == SM_SHIFT_N_LISTS);
#define ROSTER 0
#define DESKS 2
#define WEEK "week"

G_DEFINE_FINAL_TYPE (SmShiftPage, sm_shift_page, SM_TYPE_PAGE)

static void refresh (SmShiftPage *self);

/* --- what there is --- */

/** sm_shift_page_get_desk: Returns: (transfer none) (nullable): the one that is shown */
SmRow *
sm_shift_page_get_desk (SmShiftPage *self)
{
  SmItem *item = self->desk_id != 0 ? sm_ops_find_desk (self->ops, self->desk_id) : NULL;

  return item != NULL ? sm_item_get_row (item) : NULL;
}

/**
 * sm_shift_page_find_handover:
 *
 * Returns: (transfer full) (nullable): the newest of this desk, as the service has it
 */
SmRow *
sm_shift_page_find_handover (SmShiftPage *self)
{
  GListModel *handovers = sm_ops_get_handovers (self->ops);

  for (guint i = g_list_model_get_n_items (handovers); i-- > 0;)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (handovers, i);
      SmRow *row = sm_item_get_row (item);

      if (sm_row_get_int (row, SM_HANDOVER_DESK_ID) == self->desk_id)
        return sm_row_ref (row);
    }
  return NULL;
}

/** sm_shift_page_now: Returns: the time of the network */
gint64
sm_shift_page_now (SmShiftPage *self)
{
  return sm_clock_now (sm_status_get_clock (sm_ops_get_status (self->ops)));
}

/** sm_shift_page_is_offline: Whether the service cannot be asked. */
gboolean
sm_shift_page_is_offline (SmShiftPage *self)
{
  return sm_status_get_state (sm_ops_get_status (self->ops)) == SM_STATUS_OFFLINE;
}

static gboolean
is_shown (SmShiftPage *self,
          const char  *view)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), view) == 0;
}

static SmRow *
get_selected (SmShiftPage *self,
              guint        list)
{
  SmItem *item = is_shown (self, specs[list]->name)
                     ? sm_table_get_selected (sm_list_view_get_table (self->lists[list])) : NULL;

  return item != NULL ? sm_item_get_row (item) : NULL;
}

/** sm_shift_page_get_listed: Returns: (transfer none) (nullable): what is selected in the roster */
SmRow *
sm_shift_page_get_listed (SmShiftPage *self)
{
  return is_shown (self, WEEK) ? sm_roster_week_get_selected (self->week)
                               : get_selected (self, ROSTER);
}

/** sm_shift_page_get_meant: Returns: (transfer none) (nullable): the desk that is selected, else shown */
SmRow *
sm_shift_page_get_meant (SmShiftPage *self)
{
  SmRow *selected = get_selected (self, DESKS);

  return selected != NULL ? selected : sm_shift_page_get_desk (self);
}

/* Returns: (transfer full): of SmRow */
static GPtrArray *
list_roster (SmShiftPage *self)
{
  GListModel *roster = sm_ops_get_roster (self->ops);
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);

  for (guint i = 0; i < g_list_model_get_n_items (roster); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (roster, i);

      g_ptr_array_add (rows, sm_row_ref (sm_item_get_row (item)));
    }
  return rows;
}

/** sm_shift_page_find_gaps: Returns: (transfer full): of SmRosterGap, in the next days */
GArray *
sm_shift_page_find_gaps (SmShiftPage *self)
{
  g_autoptr (GPtrArray) roster = list_roster (self);
  gint64 begin = sm_shift_page_now (self);

  return sm_roster_find_gaps (roster, self->desk_id, begin, begin + SM_ROSTER_AHEAD);
}

/* --- showing it --- */

static void
empty (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
show_gaps (SmShiftPage *self)
{
  g_autoptr (GArray) gaps = sm_shift_page_find_gaps (self);
  g_autofree char *title = NULL;
  g_autofree char *detail = NULL;

  if (gaps->len > 0 && self->desk_id != 0)
    {
      const SmRosterGap *first = &g_array_index (gaps, SmRosterGap, 0);
      g_autofree char *from = sm_shift_when (self->ops, first->from);
      g_autofree char *to = sm_shift_when (self->ops, first->to);

      title = g_strdup_printf (
          ngettext ("The roster of the next 7 days has %u gap.",
                    "The roster of the next 7 days has %u gaps.", gaps->len), gaps->len);
      /* Translators: two moments */
      detail = g_strdup_printf (_("The first one is from %s to %s."), from, to);
    }
  sm_status_banner_set (self->gap_banner, title, detail);
}

static void
show_handover (SmShiftPage *self,
               SmRow       *handover)
{
  g_autoptr (SmRow) shown = handover != NULL ? sm_ops_cover_row (self->ops, handover) : NULL;

  empty (self->sheet);
  if (shown != NULL)
    {
      gtk_box_append (GTK_BOX (self->sheet),
                      sm_handover_card_new (self->ops, shown, shown != handover));
      return;
    }
  gtk_box_append (GTK_BOX (self->sheet),
                  g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", "system-users-symbolic", "title",
                                _("This desk has not been handed over yet"), "description",
                                _("Who has it begins a handover; it writes itself, and both sign."),
                                NULL));
}

static void
absence_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SmShiftPage) self = user_data;
  g_autoptr (GPtrArray) rows = sm_ops_load_absence_finish (SM_OPS (source), result, NULL);

  if (rows == NULL)
    return;
  g_clear_pointer (&self->absence, g_ptr_array_unref);
  self->absence = g_steal_pointer (&rows);
  g_clear_pointer (&self->shown, g_free);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
}

static void
load_absence (SmShiftPage *self,
              const SmRow *desk)
{
  gboolean is_away = !sm_row_is_null (desk, SM_DESK_AWAY_SINCE);
  gint64 from = sm_row_get_int (desk, is_away ? SM_DESK_AWAY_SINCE : SM_DESK_LAST_AWAY_FROM);
  gint64 to = is_away ? G_MAXINT64 : sm_row_get_int (desk, SM_DESK_LAST_AWAY_TO);
  gint64 seq = sm_row_get_int (desk, SM_ROW_SEQ) + self->desk_id * 1000003
               + (is_away ? (gint64) g_list_model_get_n_items (sm_ops_get_alarms (self->ops)) : 0);

  if ((self->absence_from == from && self->absence_to == to && self->absence_seq == seq)
      || from == SM_UNKNOWN)
    return;
  self->absence_from = from;
  self->absence_to = to;
  self->absence_seq = seq;
  sm_ops_load_absence_async (self->ops, self->desk_id, from, to, self->cancellable, absence_cb,
                             g_object_ref (self));
}

static void
show_desk (SmShiftPage *self)
{
  SmRow *desk = sm_shift_page_get_desk (self);
  g_autoptr (GPtrArray) roster = list_roster (self);

  empty (self->desk_box);
  if (desk == NULL)
    return;
  gtk_box_append (GTK_BOX (self->desk_box), sm_desk_card_new (self->ops, desk));
  gtk_box_append (GTK_BOX (self->desk_box),
                  sm_roster_card_new (self->ops, self->desk_id, roster, sm_shift_page_now (self)));
  if (sm_row_is_null (desk, SM_DESK_AWAY_SINCE) && sm_row_is_null (desk, SM_DESK_LAST_AWAY_FROM))
    return;
  if (self->absence != NULL)
    gtk_box_append (GTK_BOX (self->desk_box),
                    sm_absence_card_new (self->ops, desk, self->absence));
  load_absence (self, desk);
}

static void
show_week (SmShiftPage *self)
{
  g_autoptr (GPtrArray) roster = list_roster (self);

  sm_roster_week_show (self->week, self->desk_id, roster, sm_shift_page_now (self));
}

/* Where nobody chose one: whoever has one sees that, everybody else the main desk. */
static gint64
find_own (SmShiftPage *self)
{
  GListModel *desks = sm_ops_get_desks (self->ops);
  gint64 first = 0;

  for (guint i = 0; i < g_list_model_get_n_items (desks); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (desks, i);

      if (sm_ops_is_person (self->ops, sm_row_get_text (sm_item_get_row (item), SM_DESK_HOLDER)))
        return sm_item_get_id (item);
      if (first == 0)
        first = sm_item_get_id (item);
    }
  return first;
}

static void
choose_cb (SmShiftPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->chooser);

  if (selected >= self->desk_ids->len
      || g_array_index (self->desk_ids, gint64, selected) == self->desk_id)
    return;
  self->desk_id = g_array_index (self->desk_ids, gint64, selected);
  self->is_chosen = TRUE;
  g_clear_pointer (&self->absence, g_ptr_array_unref);
  refresh (self);
}

static void
fill_chooser (SmShiftPage *self)
{
  GListModel *desks = sm_ops_get_desks (self->ops);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = GTK_INVALID_LIST_POSITION;

  g_array_set_size (self->desk_ids, 0);
  for (guint i = 0; i < g_list_model_get_n_items (desks); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (desks, i);
      gint64 id = sm_item_get_id (item);
      g_autofree char *name = sm_shift_desk_name (self->ops, id);

      gtk_string_list_append (names, name);
      g_array_append_val (self->desk_ids, id);
      if (id == self->desk_id)
        selected = i;
    }
  g_signal_handlers_block_by_func (self->chooser, choose_cb, self);
  gtk_drop_down_set_model (self->chooser, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->chooser, selected);
  g_signal_handlers_unblock_by_func (self->chooser, choose_cb, self);
}

/* Everything that the cards are made of: they are made anew when this is another. */
static char *
describe (SmShiftPage *self,
          const SmRow *handover)
{
  const SmRow *desk = sm_shift_page_get_desk (self);
  GListModel *roster = sm_ops_get_roster (self->ops);
  const char *person = sm_ops_get_person (self->ops);

  return g_strdup_printf (
      "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u %u %u %u %s %d %"
      G_GINT64_FORMAT,
      self->desk_id, desk != NULL ? sm_row_get_int (desk, SM_ROW_SEQ) : 0,
      handover != NULL ? sm_row_get_int (handover, SM_ROW_SEQ) : 0,
      g_list_model_get_n_items (sm_ops_get_desks (self->ops)), g_list_model_get_n_items (roster),
      g_list_model_get_n_items (sm_ops_get_pending (self->ops)),
      g_list_model_get_n_items (sm_ops_get_alarms (self->ops)), person != NULL ? person : "",
      sm_shift_page_is_offline (self), sm_shift_page_now (self) / SM_MINUTE);
}

static void
refresh (SmShiftPage *self)
{
  g_autoptr (SmRow) handover = NULL;
  g_autofree char *wanted = NULL;

  if (!self->is_chosen || sm_shift_page_get_desk (self) == NULL)
    self->desk_id = find_own (self);
  handover = sm_shift_page_find_handover (self);
  sm_shift_acts_allow (self, handover);
  wanted = describe (self, handover);
  if (g_strcmp0 (wanted, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&wanted);
  fill_chooser (self);
  show_gaps (self);
  show_week (self);
  show_desk (self);
  show_handover (self, handover);
}

static void
sitters_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SmShiftPage) self = user_data;
  GPtrArray *sitters = sm_ops_load_sitters_finish (SM_OPS (source), result, NULL);

  self->asks_sitters = FALSE;
  if (sitters == NULL)
    return;
  g_clear_pointer (&self->sitters, g_ptr_array_unref);
  self->sitters = sitters;
}

/* The page may be there before somebody is signed in, and before the service is. */
static void
load_sitters (SmShiftPage *self)
{
  if (self->asks_sitters
      || sm_status_get_state (sm_ops_get_status (self->ops)) != SM_STATUS_LIVE)
    return;
  self->asks_sitters = TRUE;
  sm_ops_load_sitters_async (self->ops, self->cancellable, sitters_cb, g_object_ref (self));
}

static void
tick (gpointer user_data)
{
  SmShiftPage *self = user_data;

  if (self->sitters == NULL)
    load_sitters (self);
  refresh (self);
}

static void
sm_shift_page_map (GtkWidget *widget)
{
  SmShiftPage *self = SM_SHIFT_PAGE (widget);

  GTK_WIDGET_CLASS (sm_shift_page_parent_class)->map (widget);
  load_sitters (self);
  refresh (self);
  sm_ticker_listen (sm_ticker_for_display (gtk_widget_get_display (widget)), tick, self);
}

static void
sm_shift_page_unmap (GtkWidget *widget)
{
  sm_ticker_leave (sm_ticker_for_display (gtk_widget_get_display (widget)), tick, widget);
  GTK_WIDGET_CLASS (sm_shift_page_parent_class)->unmap (widget);
}

/* --- the page --- */

/** sm_shift_page_has_view: Whether links to @name are shown here. */
gboolean
sm_shift_page_has_view (const char *name)
{
  if (g_str_equal (name, "shift") || g_str_equal (name, WEEK))
    return TRUE;
  for (guint i = 0; i < SM_SHIFT_N_LISTS; i++)
    if (g_str_equal (specs[i]->name, name))
      return TRUE;
  return FALSE;
}

static SmListView *
find_list (SmShiftPage *self,
           const char  *name)
{
  for (guint i = 0; i < SM_SHIFT_N_LISTS; i++)
    if (g_strcmp0 (specs[i]->name, name) == 0)
      return self->lists[i];
  return NULL;
}

static gboolean
sm_shift_page_show_link (SmPage       *page,
                         const SmLink *link)
{
  SmShiftPage *self = SM_SHIFT_PAGE (page);
  SmListView *list = find_list (self, sm_link_get_page (link));

  if (!sm_shift_page_has_view (sm_link_get_page (link)))
    return FALSE;
  if (list != NULL)
    sm_list_view_show_link (list, link);
  gtk_stack_set_visible_child_name (self->stack, sm_link_get_page (link));
  return TRUE;
}

static char *
sm_shift_page_dup_link (SmPage *page)
{
  SmShiftPage *self = SM_SHIFT_PAGE (page);
  SmListView *list = find_list (self, gtk_stack_get_visible_child_name (self->stack));

  return list != NULL ? sm_list_view_dup_link (list)
                      : g_strconcat (SM_LINK_SCHEME,
                                     gtk_stack_get_visible_child_name (self->stack), NULL);
}

static const char *
sm_shift_page_describe_missing (SmPage *page)
{
  SmShiftPage *self = SM_SHIFT_PAGE (page);

  return sm_shift_page_get_desk (self) == NULL ? "desks" : NULL;
}

static gboolean
sm_shift_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SM_SHIFT_PAGE (widget)->chooser));
}

static void
sm_shift_page_dispose (GObject *object)
{
  SmShiftPage *self = SM_SHIFT_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->ops);
  g_clear_pointer (&self->sitters, g_ptr_array_unref);
  g_clear_pointer (&self->absence, g_ptr_array_unref);
  g_clear_pointer (&self->desk_ids, g_array_unref);
  g_clear_pointer (&self->shown, g_free);

  G_OBJECT_CLASS (sm_shift_page_parent_class)->dispose (object);
}

static void
sm_shift_page_class_init (SmShiftPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  SmPageClass *page_class = SM_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_shift_page_dispose;
  widget_class->grab_focus = sm_shift_page_grab_focus;
  widget_class->map = sm_shift_page_map;
  widget_class->unmap = sm_shift_page_unmap;
  page_class->show_link = sm_shift_page_show_link;
  page_class->dup_link = sm_shift_page_dup_link;
  page_class->describe_missing = sm_shift_page_describe_missing;
  sm_shift_acts_install (widget_class);
}

static void
sm_shift_page_init (SmShiftPage *self)
{
  self->cancellable = g_cancellable_new ();
  self->desk_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
}

static GtkWidget *
make_head (SmShiftPage *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = gtk_label_new (sm_page_get_title (SM_PAGE (self)));
  GtkWidget *switcher = gtk_stack_switcher_new ();

  gtk_widget_add_css_class (title, "panel-title");
  gtk_widget_add_css_class (head, "pending-head");
  self->chooser = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->chooser), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Desk"), -1);
  g_signal_connect_swapped (self->chooser, "notify::selected", G_CALLBACK (choose_cb), self);
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), self->stack);
  gtk_widget_set_hexpand (switcher, TRUE);
  gtk_widget_set_halign (switcher, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->chooser));
  gtk_box_append (GTK_BOX (head), switcher);
  return head;
}

static GtkWidget *
make_scrolled (GtkWidget *child)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), child);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static GtkWidget *
make_column (GtkWidget **box)
{
  GtkWidget *scrolled;

  *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  gtk_widget_set_margin_start (*box, 12);
  gtk_widget_set_margin_end (*box, 12);
  gtk_widget_set_margin_bottom (*box, 12);
  scrolled = make_scrolled (*box);
  gtk_widget_set_hexpand (scrolled, TRUE);
  return scrolled;
}

static GtkWidget *
make_shift (SmShiftPage *self)
{
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_box_set_homogeneous (GTK_BOX (columns), TRUE);
  gtk_box_append (GTK_BOX (columns), make_column (&self->desk_box));
  gtk_box_append (GTK_BOX (columns), make_column (&self->sheet));
  return columns;
}

/* Another one is meant: what can be done to it is known at once. */
static void
allow (SmShiftPage *self)
{
  g_autoptr (SmRow) handover = sm_shift_page_find_handover (self);

  if (sm_shift_page_get_desk (self) != NULL)
    sm_shift_acts_allow (self, handover);
}

static void
add_parts (SmShiftPage *self,
           SmViewState *state)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_titled (self->stack, make_shift (self), "shift", _("Shift"));
  self->week = SM_ROSTER_WEEK (sm_roster_week_new (self->ops));
  g_signal_connect_object (self->week, "changed", G_CALLBACK (allow), self, G_CONNECT_SWAPPED);
  gtk_stack_add_titled (self->stack, GTK_WIDGET (self->week), WEEK, _("Week"));
  for (guint i = 0; i < SM_SHIFT_N_LISTS; i++)
    {
      self->lists[i] = SM_LIST_VIEW (sm_list_view_new (self->ops, state, specs[i]));
      gtk_stack_add_titled (self->stack, GTK_WIDGET (self->lists[i]), specs[i]->name,
                            _(specs[i]->title));
    }
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  self->gap_banner = SM_STATUS_BANNER (sm_status_banner_new ());
  self->problem_banner = SM_STATUS_BANNER (sm_status_banner_new ());
  gtk_box_append (GTK_BOX (box), make_head (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->problem_banner));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->gap_banner));
  gtk_box_append (GTK_BOX (box), sm_shift_acts_make_buttons (self));
  g_signal_connect_swapped (self->stack, "notify::visible-child-name",
                            G_CALLBACK (sm_shift_acts_show), self);
  sm_shift_acts_show (self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
sm_shift_page_new (SmOps       *ops,
                   SmViewState *state,
                   const char  *title)
{
  SmShiftPage *self = g_object_new (SM_TYPE_SHIFT_PAGE, "title", title, NULL);

  self->ops = g_object_ref (ops);
  add_parts (self, state);
  refresh (self);
  return GTK_WIDGET (self);
}
