/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-order-calendar.h"

#include "sm-engineer-lane.h"
#include "sm-engineer-week.h"
#include "sm-keys.h"
#include "sm-moment.h"
#include "sm-style.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-turns.h"
#include "sm-wrap-box.h"

#include <glib/gi18n-lib.h>

#define NAME_CHARS 16
#define HOURS 24
#define DAYS 7
/* What only time changes is shown anew with so many beats. */
#define SHOW_EVERY 5

struct _SmWorkOrderCalendar
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *turns; /* SmTurns: to another week, or day */
  GtkWidget *head;  /* of the lines: the days, or the hours */
  GtkWidget *none;
  GtkWidget *view;
  GtkSingleSelection *selection;

  SmOps *ops;
  SmEngineerWeek *week;
  SmEngineerSpan span;
  gint64 marks[HOURS + 2];
  gboolean is_day; /* a day, hour by hour */
  guint beats;
  gboolean is_choosing; /* we, not a person */
};

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmWorkOrderCalendar, sm_work_order_calendar, GTK_TYPE_WIDGET)

/* --- the span --- */

static GTimeZone *
get_zone (SmWorkOrderCalendar *self)
{
  return sm_status_get_zone (sm_ops_get_status (self->ops));
}

static gint64
get_now (SmWorkOrderCalendar *self)
{
  return sm_clock_now (sm_status_get_clock (sm_ops_get_status (self->ops)));
}

/* From Monday on: what was done is looked at as much as what is to come.  A day may have
 * another length than 24 hours. */
static void
find_marks (SmWorkOrderCalendar *self)
{
  int offset = sm_turns_get_offset (SM_TURNS (self->turns));
  g_autoptr (GDateTime) midnight = sm_moment_midnight (get_zone (self), get_now (self));
  g_autoptr (GDateTime) first
      = g_date_time_add_days (midnight, self->is_day ? offset
                                                     : offset * DAYS + 1
                                                           - g_date_time_get_day_of_week (midnight));
  g_autoptr (GDateTime) last = g_date_time_add_days (first, self->is_day ? 1 : DAYS);

  self->span.n_marks = self->is_day ? HOURS : DAYS;
  for (guint i = 0; i < self->span.n_marks; i++)
    {
      g_autoptr (GDateTime) mark = self->is_day ? g_date_time_add_hours (first, (int) i)
                                                : g_date_time_add_days (first, (int) i);

      self->marks[i] = g_date_time_to_unix (mark) * SM_SECOND;
    }
  self->marks[self->span.n_marks] = g_date_time_to_unix (last) * SM_SECOND;
  self->span.marks = self->marks;
  self->span.now = get_now (self);
}

static char *
describe_mark (SmWorkOrderCalendar *self,
               guint                mark,
               gboolean             is_day)
{
  g_autoptr (GDateTime) moment = NULL;

  if (is_day)
    return sm_moment_weekday (get_zone (self), self->marks[mark]);
  moment = sm_moment_local (get_zone (self), self->marks[mark]);
  return g_date_time_format (moment, "%H");
}

static void
show_head (SmWorkOrderCalendar *self)
{
  g_autofree char *first = sm_moment_day (get_zone (self), self->marks[0]);
  g_autofree char *last = sm_moment_day (get_zone (self), self->marks[self->span.n_marks - 1]);
  g_autofree char *title = self->is_day ? g_strdup (first)
                                        : g_strdup_printf ("%s – %s", first, last);
  GtkWidget *child;

  sm_turns_set_title (SM_TURNS (self->turns), title);
  while ((child = gtk_widget_get_first_child (self->head)) != NULL)
    gtk_box_remove (GTK_BOX (self->head), child);
  for (guint i = 0; i < self->span.n_marks; i++)
    {
      g_autofree char *text = describe_mark (self, i, !self->is_day);
      GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "ellipsize",
                                       PANGO_ELLIPSIZE_END, "hexpand", TRUE, "xalign",
                                       self->is_day ? 0.0 : 0.5, NULL);
      gboolean is_now
          = self->span.now >= self->marks[i] && self->span.now < self->marks[i + 1];

      gtk_widget_add_css_class (label, is_now ? "heading" : "row-subtitle");
      gtk_box_append (GTK_BOX (self->head), label);
    }
}

/* --- what is chosen --- */

static SmEngineerLine *
get_line (SmWorkOrderCalendar *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

static void
choose (SmWorkOrderCalendar *self,
        gint64               order_id)
{
  if (self->span.chosen_id == order_id)
    return;
  self->span.chosen_id = order_id;
  for (GtkWidget *row = gtk_widget_get_first_child (self->view); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *box = gtk_widget_get_first_child (row);

      if (box != NULL && gtk_widget_get_last_child (box) != NULL)
        gtk_widget_queue_draw (gtk_widget_get_last_child (box));
    }
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

/** sm_work_order_calendar_get_chosen: Returns: (transfer none) (nullable): the order */
SmItem *
sm_work_order_calendar_get_chosen (SmWorkOrderCalendar *self)
{
  g_return_val_if_fail (SM_IS_WORK_ORDER_CALENDAR (self), NULL);

  return self->span.chosen_id != 0
             ? sm_engineer_week_find_order (self->week, self->span.chosen_id) : NULL;
}

/** sm_work_order_calendar_choose: Returns: whether that one is in sight */
gboolean
sm_work_order_calendar_choose (SmWorkOrderCalendar *self,
                               gint64               order_id)
{
  GListModel *lines = sm_engineer_week_get_lines (self->week);

  g_return_val_if_fail (SM_IS_WORK_ORDER_CALENDAR (self), FALSE);

  for (guint i = 0; i < g_list_model_get_n_items (lines); i++)
    {
      g_autoptr (SmEngineerLine) line = g_list_model_get_item (lines, i);

      if (sm_engineer_line_find (line, order_id) < 0)
        continue;
      self->is_choosing = TRUE;
      gtk_single_selection_set_selected (self->selection, i);
      self->is_choosing = FALSE;
      choose (self, order_id);
      return TRUE;
    }
  return FALSE;
}

/* Of another engineer: the order that is nearest to now. */
static void
selected_cb (SmWorkOrderCalendar *self)
{
  SmEngineerLine *line = get_line (self);
  gint64 best = 0, best_us = G_MAXINT64;

  if (self->is_choosing || line == NULL || sm_engineer_line_find (line, self->span.chosen_id) >= 0)
    return;
  for (guint i = 0; i < line->blocks->len; i++)
    {
      const SmEngineerBlock *block = &g_array_index (line->blocks, SmEngineerBlock, i);
      gint64 us = MAX (MAX (block->from - self->span.now, self->span.now - block->to), 0);

      if (us >= best_us)
        continue;
      best_us = us;
      best = block->order_id;
    }
  choose (self, best);
}

static void
step (SmWorkOrderCalendar *self,
      int                  by)
{
  SmEngineerLine *line = get_line (self);
  int index = line != NULL ? sm_engineer_line_find (line, self->span.chosen_id) : -1;
  int next = index < 0 ? 0 : index + by;

  if (line != NULL && next >= 0 && next < (int) line->blocks->len)
    choose (self, g_array_index (line->blocks, SmEngineerBlock, next).order_id);
}

static void
pressed_cb (SmWorkOrderCalendar *self,
            gint64               order_id)
{
  sm_work_order_calendar_choose (self, order_id);
}

static void
activated_cb (SmWorkOrderCalendar *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

/* --- a line --- */

/* What is drawn is read out: who, and each of their orders by its time. */
static void
tell (SmWorkOrderCalendar *self,
      GtkWidget           *box,
      SmEngineerLine      *line)
{
  g_autofree char *words = sm_engineer_week_describe (self->week, line);
  g_autofree char *whole = g_strdup_printf ("%s, %s; %s", line->name, line->detail, words);

  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, whole, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_last_child (box)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
show_line (GtkListItem *cell)
{
  GtkWidget *box = gtk_list_item_get_child (cell);
  GtkWidget *texts = gtk_widget_get_first_child (box);
  SmEngineerLine *line = gtk_list_item_get_item (cell);
  SmWorkOrderCalendar *self = g_object_get_data (G_OBJECT (cell), "calendar");

  if (line == NULL)
    return;
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (texts)), line->name);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (texts)), line->detail);
  tell (self, box, line);
}

static void
setup_cb (GtkListItemFactory  *factory,
          GtkListItem         *cell,
          SmWorkOrderCalendar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *lane = sm_engineer_lane_new (&self->span);

  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "width-chars", NAME_CHARS,
                                       "max-width-chars", NAME_CHARS, "ellipsize",
                                       PANGO_ELLIPSIZE_END, NULL);

      gtk_widget_add_css_class (label, i == 0 ? "heading" : "row-subtitle");
      gtk_box_append (GTK_BOX (texts), label);
    }
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (box, "roster-line");
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), lane);
  g_signal_connect_object (lane, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  g_object_set_data (G_OBJECT (cell), "calendar", self);
  gtk_list_item_set_child (cell, box);
}

static void
bind_cb (GtkListItemFactory  *factory,
         GtkListItem         *cell,
         SmWorkOrderCalendar *self)
{
  SmEngineerLine *line = gtk_list_item_get_item (cell);

  sm_engineer_lane_show (SM_ENGINEER_LANE (gtk_widget_get_last_child (
                             gtk_list_item_get_child (cell))),
                         line);
  g_signal_connect_object (line, "changed", G_CALLBACK (show_line), cell, G_CONNECT_SWAPPED);
  show_line (cell);
}

static void
unbind_cb (GtkListItemFactory  *factory,
           GtkListItem         *cell,
           SmWorkOrderCalendar *self)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (cell), show_line, cell);
  sm_engineer_lane_show (SM_ENGINEER_LANE (gtk_widget_get_last_child (
                             gtk_list_item_get_child (cell))),
                         NULL);
}

/* --- bringing it up to date --- */

/* The lines are in another order now: who is chosen is in sight, or who comes first. */
static void
scroll (SmWorkOrderCalendar *self)
{
  guint position = gtk_single_selection_get_selected (self->selection);

  gtk_widget_activate_action (self->view, "list.scroll-to-item", "u",
                              position != GTK_INVALID_LIST_POSITION ? position : 0);
}

static void
show (SmWorkOrderCalendar *self)
{
  gint64 before = self->span.marks != NULL ? self->marks[0] : 0;
  guint n_before = self->span.n_marks;

  find_marks (self);
  if (self->marks[0] != before || self->span.n_marks != n_before)
    show_head (self);
  if (sm_engineer_week_show (self->week, self->marks[0], self->marks[self->span.n_marks],
                             self->span.now))
    scroll (self);
  gtk_widget_set_visible (self->none,
                          g_list_model_get_n_items (sm_engineer_week_get_lines (self->week)) == 0);
}

/** sm_work_order_calendar_refresh: Each second. */
void
sm_work_order_calendar_refresh (SmWorkOrderCalendar *self)
{
  g_return_if_fail (SM_IS_WORK_ORDER_CALENDAR (self));

  if (gtk_widget_get_mapped (GTK_WIDGET (self))
      && (self->beats++ % SHOW_EVERY == 0 || sm_engineer_week_is_old (self->week)))
    show (self);
}

gboolean
sm_work_order_calendar_is_loading (SmWorkOrderCalendar *self)
{
  return sm_engineer_week_is_loading (self->week) || sm_engineer_week_is_old (self->week);
}

/** sm_work_order_calendar_get_lines: Returns: (transfer none): of SmEngineerLine */
GListModel *
sm_work_order_calendar_get_lines (SmWorkOrderCalendar *self)
{
  return sm_engineer_week_get_lines (self->week);
}

/** sm_work_order_calendar_grab: Puts the focus on the lines. */
void
sm_work_order_calendar_grab (SmWorkOrderCalendar *self)
{
  gtk_widget_child_focus (self->view, GTK_DIR_TAB_FORWARD);
}

/* --- another span --- */

static void
day_cb (SmWorkOrderCalendar *self,
        GtkToggleButton     *button)
{
  self->is_day = gtk_toggle_button_get_active (button);
  sm_turns_go (SM_TURNS (self->turns), 0);
}

static const SmKey keys[] = {
  { "Page_Up", NULL, N_ ("Calendar: the week before, or after") },
  { "Page_Down", NULL, NULL },
  { "Left", NULL, N_ ("Calendar: the order before, or after") },
  { "Right", NULL, NULL },
};

static gboolean
key_cb (GtkWidget *widget,
        GVariant  *args,
        gpointer   user_data)
{
  SmWorkOrderCalendar *self = SM_WORK_ORDER_CALENDAR (widget);
  SmTurns *turns = SM_TURNS (self->turns);
  guint key = g_variant_get_uint32 (args);

  if (key < 2)
    sm_turns_go (turns, sm_turns_get_offset (turns) + (key == 0 ? -1 : 1));
  else
    step (self, key == 2 ? -1 : 1);
  return TRUE;
}

/** sm_work_order_calendar_list_keys: @list: gets the keys of the calendar that are of it alone */
void
sm_work_order_calendar_list_keys (GArray *list)
{
  g_array_append_vals (list, keys, 2);
}

/* --- the widget --- */

static void
sm_work_order_calendar_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sm_work_order_calendar_parent_class)->map (widget);
  show (SM_WORK_ORDER_CALENDAR (widget));
}

static void
sm_work_order_calendar_dispose (GObject *object)
{
  SmWorkOrderCalendar *self = SM_WORK_ORDER_CALENDAR (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->week);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_work_order_calendar_parent_class)->dispose (object);
}

static void
sm_work_order_calendar_class_init (SmWorkOrderCalendarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_work_order_calendar_dispose;
  widget_class->map = sm_work_order_calendar_map;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", SM_TYPE_WORK_ORDER_CALENDAR, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", SM_TYPE_WORK_ORDER_CALENDAR,
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    sm_keys_add_func (widget_class, &keys[i], key_cb, g_variant_new_uint32 (i));
}

static void
sm_work_order_calendar_init (SmWorkOrderCalendar *self)
{
}

static GtkWidget *
make_tools (SmWorkOrderCalendar *self)
{
  GtkWidget *tools = sm_wrap_box_new (6);
  GtkWidget *day = gtk_toggle_button_new_with_label (_("Hour by hour"));
  GtkWidget *key = gtk_label_new (_("Filled: done · filled up to an edge: running · hollow: planned"));

  self->turns = sm_turns_new (_("Before (Page Up)"), _("After (Page Down)"), _("Now"));
  g_signal_connect_object (self->turns, "turned", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  sm_wrap_box_append (SM_WRAP_BOX (tools), self->turns);
  g_signal_connect_object (day, "toggled", G_CALLBACK (day_cb), self, G_CONNECT_SWAPPED);
  sm_wrap_box_append (SM_WRAP_BOX (tools), day);
  gtk_widget_add_css_class (key, "row-subtitle");
  gtk_widget_set_hexpand (key, TRUE);
  gtk_widget_set_halign (key, GTK_ALIGN_END);
  gtk_label_set_ellipsize (GTK_LABEL (key), PANGO_ELLIPSIZE_END);
  sm_wrap_box_append (SM_WRAP_BOX (tools), key);
  return tools;
}

/* As the lines are: a name, and what is along the time. */
static GtkWidget *
make_head (SmWorkOrderCalendar *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *name = g_object_new (GTK_TYPE_LABEL, "width-chars", NAME_CHARS, "max-width-chars",
                                  NAME_CHARS, NULL);

  gtk_widget_add_css_class (name, "heading");
  self->head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_set_homogeneous (GTK_BOX (self->head), TRUE);
  gtk_widget_set_hexpand (self->head, TRUE);
  gtk_widget_add_css_class (line, "calendar-head");
  gtk_box_append (GTK_BOX (line), name);
  gtk_box_append (GTK_BOX (line), self->head);
  return line;
}

static GtkWidget *
make_view (SmWorkOrderCalendar *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, 0);
  self->selection = gtk_single_selection_new (
      g_object_ref (sm_engineer_week_get_lines (self->week)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  self->view = gtk_list_view_new (g_object_ref (GTK_SELECTION_MODEL (self->selection)),
                                  g_steal_pointer (&factory));
  gtk_widget_add_css_class (self->view, "calendar-lines");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Calendar of engineers"), -1);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->view);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

/** sm_work_order_calendar_new: Returns: (transfer floating): the present week */
GtkWidget *
sm_work_order_calendar_new (SmOps *ops)
{
  SmWorkOrderCalendar *self = g_object_new (SM_TYPE_WORK_ORDER_CALENDAR, NULL);

  self->ops = g_object_ref (ops);
  self->week = sm_engineer_week_new (ops);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->box, "roster-week");
  gtk_box_append (GTK_BOX (self->box), make_tools (self));
  gtk_box_append (GTK_BOX (self->box), make_head (self));
  self->none = gtk_label_new (_("No engineer is known"));
  gtk_widget_add_css_class (self->none, "order-none");
  gtk_box_append (GTK_BOX (self->box), self->none);
  gtk_box_append (GTK_BOX (self->box), make_view (self));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
