/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-order-panel.h"

#include "sm-facts.h"
#include "sm-level-badge.h"
#include "sm-link.h"
#include "sm-live-set.h"
#include "sm-ops-papers.h"
#include "sm-panel-section.h"
#include "sm-photo-strip.h"
#include "sm-style.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-truck-list.h"
#include "sm-work-order-acts.h"
#include "sm-work-order-clocks.h"
#include "sm-work-order-then.h"
#include "sm-work-order-timeline.h"
#include "sm-work-order-words.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

struct _SmWorkOrderPanel
{
  GtkWidget parent_instance;

  GtkStack *stack;
  SmLevelBadge *badge;
  GtkWidget *title_label;
  GtkWidget *place_label;
  GtkWidget *state_label;
  GtkWidget **buttons; /* as sm_work_order_verbs */
  GtkWidget *links;
  SmWorkOrderClocks *clocks;
  SmFacts *facts;
  SmFacts *work;
  SmFacts *then;
  GtkWidget *then_section;
  SmPhotoStrip *photos;
  SmTruckList *trucks;
  GtkWidget *trucks_section;
  SmWorkOrderTimeline *timeline;

  SmOps *ops;
  SmItem *item; /* (nullable): what is chosen */
  SmRow *shown; /* (nullable): as it is shown */
};

G_DEFINE_FINAL_TYPE (SmWorkOrderPanel, sm_work_order_panel, GTK_TYPE_WIDGET)

static void
sm_work_order_panel_dispose (GObject *object)
{
  SmWorkOrderPanel *self = SM_WORK_ORDER_PANEL (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, sm_work_order_panel_refresh, self);
  g_clear_object (&self->item);
  g_clear_pointer (&self->shown, sm_row_unref);
  g_clear_pointer (&self->buttons, g_free);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_work_order_panel_parent_class)->dispose (object);
}

static void
sm_work_order_panel_class_init (SmWorkOrderPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_work_order_panel_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "order-panel");
}

static void
sm_work_order_panel_init (SmWorkOrderPanel *self)
{
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->stack), GTK_WIDGET (self));
}

/* --- making --- */

static GtkWidget *
make_label (const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                                   PANGO_WRAP_WORD_CHAR, "hexpand", TRUE, NULL);

  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_head (SmWorkOrderPanel *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->badge = SM_LEVEL_BADGE (sm_level_badge_new (0));
  gtk_widget_set_valign (GTK_WIDGET (self->badge), GTK_ALIGN_START);
  gtk_widget_add_css_class (GTK_WIDGET (self->badge), "large");
  self->title_label = make_label ("panel-title");
  self->place_label = make_label ("panel-subtitle");
  self->state_label = make_label ("alarm-state");
  gtk_box_append (GTK_BOX (words), self->title_label);
  gtk_box_append (GTK_BOX (words), self->place_label);
  gtk_box_append (GTK_BOX (words), self->state_label);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->badge));
  gtk_box_append (GTK_BOX (head), words);
  return head;
}

static GtkWidget *
make_button (const SmWorkOrderVerb *verb)
{
  /* Translators: a button: what it does, and the key for it */
  g_autofree char *label
      = g_strdup_printf (_("%s (%s)"), sm_work_order_verb_title (verb), verb->key);
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), verb->action);
  gtk_widget_add_css_class (button, "small");
  return button;
}

static GtkWidget *
make_buttons (SmWorkOrderPanel *self)
{
  GtkWidget *box = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (box), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (box), sm_n_work_order_verbs);
  gtk_widget_add_css_class (box, "alarm-acts");
  self->buttons = g_new0 (GtkWidget *, sm_n_work_order_verbs);
  for (guint i = 0; i < sm_n_work_order_verbs; i++)
    {
      GtkWidget *child = gtk_flow_box_child_new ();

      self->buttons[i] = make_button (&sm_work_order_verbs[i]);
      gtk_widget_set_focusable (child, FALSE);
      gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), self->buttons[i]);
      /* The box holds whoever comes by Tab before one that takes no focus. */
      g_object_bind_property (self->buttons[i], "sensitive", child, "sensitive",
                              G_BINDING_SYNC_CREATE);
      gtk_flow_box_append (GTK_FLOW_BOX (box), child);
    }
  return box;
}

static GtkWidget *
make_hint (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "label", _("No work order is selected"), "wrap",
                                   TRUE, NULL);
  GtkWidget *detail
      = g_object_new (GTK_TYPE_LABEL, "label", _("Choose one with the arrow keys or a click."),
                      "wrap", TRUE, "justify", GTK_JUSTIFY_CENTER, "max-width-chars", 36, NULL);

  gtk_widget_add_css_class (box, "empty");
  gtk_widget_add_css_class (title, "empty-title");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), detail);
  return box;
}

static GtkWidget *
make_sections (SmWorkOrderPanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (box, "panel-sections");
  self->clocks = SM_WORK_ORDER_CLOCKS (sm_work_order_clocks_new (self->ops));
  gtk_box_append (GTK_BOX (box),
                  sm_panel_section_new (_("Clocks"), GTK_WIDGET (self->clocks)));
  self->links = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_append (GTK_BOX (box), self->links);
  self->facts = SM_FACTS (sm_facts_new ());
  gtk_box_append (GTK_BOX (box),
                  sm_panel_section_new (_("What is known"), GTK_WIDGET (self->facts)));
  self->work = SM_FACTS (sm_facts_new ());
  gtk_box_append (GTK_BOX (box),
                  sm_panel_section_new (_("What is done about it"), GTK_WIDGET (self->work)));
  self->trucks = SM_TRUCK_LIST (sm_truck_list_new (self->ops));
  self->trucks_section
      = sm_panel_section_new (_("Trucks on the way there"), GTK_WIDGET (self->trucks));
  gtk_box_append (GTK_BOX (box), self->trucks_section);
  self->photos = SM_PHOTO_STRIP (sm_photo_strip_new (self->ops));
  gtk_box_append (GTK_BOX (box), sm_panel_section_new (_("Photos"), GTK_WIDGET (self->photos)));
  self->then = SM_FACTS (sm_facts_new ());
  self->then_section
      = sm_panel_section_new (_("What it was like when it was opened"), GTK_WIDGET (self->then));
  gtk_box_append (GTK_BOX (box), self->then_section);
  self->timeline = SM_WORK_ORDER_TIMELINE (sm_work_order_timeline_new (self->ops));
  gtk_box_append (GTK_BOX (box),
                  sm_panel_section_new (_("What happened to it"), GTK_WIDGET (self->timeline)));
  return box;
}

/** sm_work_order_panel_new: Returns: (transfer floating): nothing is chosen */
GtkWidget *
sm_work_order_panel_new (SmOps *ops)
{
  SmWorkOrderPanel *self = g_object_new (SM_TYPE_WORK_ORDER_PANEL, NULL);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->ops = g_object_ref (ops);
  gtk_widget_add_css_class (head, "alarm-head");
  gtk_box_append (GTK_BOX (head), make_head (self));
  gtk_box_append (GTK_BOX (head), make_buttons (self));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), make_sections (self));
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("The selected work order"), -1);
  gtk_box_append (GTK_BOX (content), head);
  gtk_box_append (GTK_BOX (content), scroller);
  gtk_stack_add_named (self->stack, make_hint (), "none");
  gtk_stack_add_named (self->stack, content, "order");
  return GTK_WIDGET (self);
}

/* --- showing --- */

static void
add_link (SmWorkOrderPanel *self,
          const char       *words,
          const char       *link)
{
  GtkWidget *button = gtk_button_new_with_label (words);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "page.open");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", link);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "small");
  gtk_box_append (GTK_BOX (self->links), button);
}

static void
add_thing_link (SmWorkOrderPanel *self,
                const char       *words,
                const char       *page,
                const char       *name)
{
  g_autofree char *link = name != NULL ? sm_link_text (page, name, NULL) : NULL;

  if (link != NULL)
    add_link (self, words, link);
}

/* It comes again and again: there stands why. */
static void
add_problem_link (SmWorkOrderPanel *self,
                  const SmRow      *row)
{
  SmLiveSet *problems = SM_LIVE_SET (sm_ops_get_papers (self->ops, SM_NOUN_PROBLEM_RECORD));
  SmItem *problem = sm_live_set_find (problems, sm_row_get_int (row, SM_WORK_ORDER_PROBLEM_ID));
  g_autofree char *link = NULL;

  if (problem == NULL)
    return;
  link = sm_link_text ("problems", NULL, "text",
                       sm_row_get_text (sm_item_get_row (problem), SM_PROBLEM_NUMBER), NULL);
  add_link (self, _("Problem"), link);
}

/* What it came from, or, where nobody complained yet, that somebody does. */
static void
add_complaint_link (SmWorkOrderPanel *self,
                    const SmRow      *row)
{
  GListModel *complaints = sm_ops_get_papers (self->ops, SM_NOUN_COMPLAINT);
  const char *number = sm_row_get_text (row, SM_WORK_ORDER_NUMBER);
  g_autofree char *link = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (complaints); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (complaints, i);
      const SmRow *complaint = sm_item_get_row (item);

      if (sm_row_get_int (complaint, SM_COMPLAINT_WORK_ORDER_ID) != sm_row_get_id (row)
          && g_strcmp0 (sm_row_get_text (complaint, SM_COMPLAINT_ORDER_NUMBER), number) != 0)
        continue;
      g_free (link);
      link = sm_link_text ("complaints", NULL, "text",
                           sm_row_get_text (complaint, SM_COMPLAINT_NUMBER), NULL);
    }
  if (link != NULL)
    {
      add_link (self, _("Complaint"), link);
      return;
    }
  if (sm_row_is_null (row, SM_WORK_ORDER_STATION_ID)
      || !sm_ops_may (self->ops, SM_PAPER_RECEIVE))
    return;
  link = sm_link_text ("complaints", NULL, "about", number, NULL);
  add_link (self, _("Complaint…"), link);
}

static void
show_links (SmWorkOrderPanel *self,
            const SmRow      *row)
{
  SmDirectory *directory = sm_ops_get_directory (self->ops);
  gint64 id = sm_row_get_int (row, SM_WORK_ORDER_STATION_ID);
  const SmRow *station = sm_directory_find_row (directory, SM_NOUN_STATION, id);
  const SmVehicleRecord *vehicle
      = sm_directory_find_vehicle (directory, sm_row_get_int (row, SM_WORK_ORDER_VEHICLE_ID));
  const SmPackRecord *pack
      = sm_directory_find_pack (directory, sm_row_get_int (row, SM_WORK_ORDER_BATTERY_ID));
  g_autofree char *alarm = g_strdup_printf ("%" G_GINT64_FORMAT,
                                            sm_row_get_int (row, SM_WORK_ORDER_ALARM_ID));

  sm_panel_lines_clear (self->links);
  if (!sm_row_is_null (row, SM_WORK_ORDER_ALARM_ID))
    {
      g_autofree char *link = sm_link_text ("alarms", NULL, "chosen", alarm, NULL);

      add_link (self, _("Alarm"), link);
    }
  if (station != NULL)
    add_thing_link (self, _("Station"), "station", sm_row_get_text (station, SM_STATION_SN));
  add_thing_link (self, _("Vehicle"), "vehicle", vehicle != NULL ? vehicle->plate : NULL);
  add_thing_link (self, _("Battery"), "battery", pack != NULL ? pack->sn : NULL);
  add_problem_link (self, row);
  add_complaint_link (self, row);
}

static char *
dup_text (const SmRow *row,
          guint        field)
{
  g_autofree char *text = sm_text_clean (sm_row_get_text (row, field));

  return text[0] != '\0' ? g_steal_pointer (&text) : NULL;
}

static char *
dup_moment (SmWorkOrderPanel *self,
            const SmRow      *row,
            guint             field)
{
  return sm_row_is_null (row, field) ? NULL
                                     : sm_work_order_moment (self->ops, sm_row_get_int (row, field));
}

/* Nothing is said of what did not happen. */
static char *
dup_count (const SmRow *row,
           guint        field,
           gint64       from)
{
  return !sm_row_is_null (row, field) && sm_row_get_int (row, field) >= from
             ? sm_text_count (sm_row_get_int (row, field)) : NULL;
}

static const char *
word_of (const SmRow *row,
         guint        field)
{
  return sm_row_is_null (row, field)
             ? NULL
             : sm_word_of_slug (sm_noun_get (SM_NOUN_WORK_ORDER)->fields[field].slugs,
                                sm_row_get_text (row, field));
}

static void
show_facts (SmWorkOrderPanel *self,
            const SmRow      *row)
{
  g_autofree char *description = dup_text (row, SM_WORK_ORDER_DESCRIPTION);
  g_autofree char *first = dup_moment (self, row, SM_WORK_ORDER_FIRST_SIGN_AT);
  g_autofree char *created = dup_moment (self, row, SM_WORK_ORDER_CREATED_AT);
  g_autofree char *by = dup_text (row, SM_WORK_ORDER_CREATED_BY);
  g_autofree char *reporter = dup_text (row, SM_WORK_ORDER_REPORTED_BY);
  g_autofree char *alarms = dup_count (row, SM_WORK_ORDER_ALARM_COUNT, 2);
  g_autofree char *voids = dup_count (row, SM_WORK_ORDER_RESTORE_VOIDS, 1);
  g_autofree char *urges = dup_count (row, SM_WORK_ORDER_URGES, 1);
  g_autofree char *escalated = dup_text (row, SM_WORK_ORDER_ESCALATED_TO);
  g_autofree char *forecast = dup_moment (self, row, SM_WORK_ORDER_FORECAST_AT);
  g_autofree char *note = dup_text (row, SM_WORK_ORDER_NOTE);
  const SmFact facts[] = {
    { _("Number"), sm_row_get_text (row, SM_WORK_ORDER_NUMBER), 0 },
    { _("Kind"), word_of (row, SM_WORK_ORDER_KIND), 0 },
    { _("Reported by way of"), word_of (row, SM_WORK_ORDER_SOURCE), 0 },
    { _("Reported by"), reporter, 0 },
    { _("What is said"), description, 0 },
    { _("First sign"), first, 0 },
    { _("Opened"), created, 0 },
    { _("Opened by"), by, 0 },
    { _("Alarms"), alarms, 0 },
    { _("Came again"), voids, 0 },
    { _("Urged"), urges, 0 },
    { _("Escalated to"), escalated, 0 },
    { _("Certificate needed"), word_of (row, SM_WORK_ORDER_CERTIFICATE), 0 },
    { _("Expected to serve again"), forecast, 0 },
    { _("Note"), note, 0 },
  };

  sm_facts_set (self->facts, facts, G_N_ELEMENTS (facts));
}

static void
show_work (SmWorkOrderPanel *self,
           const SmRow      *row)
{
  g_autofree char *who = sm_work_order_who (self->ops, row);
  g_autofree char *assigned_by = dup_text (row, SM_WORK_ORDER_ASSIGNED_BY);
  g_autofree char *refused = dup_text (row, SM_WORK_ORDER_REFUSE_REASON);
  g_autofree char *refused_by = dup_text (row, SM_WORK_ORDER_REFUSED_BY);
  g_autofree char *eta = dup_moment (self, row, SM_WORK_ORDER_ETA);
  g_autofree char *arrived = dup_moment (self, row, SM_WORK_ORDER_ARRIVED_AT);
  g_autofree char *held = dup_text (row, SM_WORK_ORDER_HOLD_REASON);
  g_autofree char *cause = dup_text (row, SM_WORK_ORDER_CAUSE);
  g_autofree char *action = dup_text (row, SM_WORK_ORDER_ACTION);
  g_autofree char *follow_up = dup_moment (self, row, SM_WORK_ORDER_FOLLOW_UP_AT);
  g_autofree char *proof = dup_text (row, SM_WORK_ORDER_RESTORE_PROOF);
  g_autofree char *rejected = dup_text (row, SM_WORK_ORDER_REJECT_REASON);
  g_autofree char *confirmed = dup_text (row, SM_WORK_ORDER_CONFIRMED_BY);
  g_autofree char *cancelled = dup_text (row, SM_WORK_ORDER_CANCEL_REASON);
  const SmFact facts[] = {
    { _("Who has it"), who, 0 },
    { _("Assigned by"), assigned_by, 0 },
    { _("Refused by"), refused_by, 0 },
    { _("Why refused"), refused, 0 },
    { _("Expected there"), eta, 0 },
    { _("On site"), arrived, 0 },
    { _("Why on hold"), held, 0 },
    { _("Cause"), cause, 0 },
    { _("What was done"), action, 0 },
    { _("Repair"), word_of (row, SM_WORK_ORDER_FIX), 0 },
    { _("Follow-up"), follow_up, 0 },
    { _("Proof"), proof, 0 },
    { _("Why rejected"), rejected, 0 },
    { _("Confirmed by"), confirmed, 0 },
    { _("Why called off"), cancelled, 0 },
  };

  sm_facts_set (self->work, facts, G_N_ELEMENTS (facts));
}

/* What goes with its state; why it cannot be done is said to who looks and to who hears. */
static void
show_buttons (SmWorkOrderPanel *self)
{
  SmWorkOrderEvent forward = sm_work_order_verb_forward (self->item);

  for (guint i = 0; i < sm_n_work_order_verbs; i++)
    {
      SmWorkOrderEvent event = sm_work_order_verbs[i].event;
      const char *refusal = sm_work_order_verb_refusal (self->ops, event, self->item);

      gtk_widget_set_visible (gtk_widget_get_parent (self->buttons[i]),
                              sm_work_order_verb_is_shown (event, self->item));
      sm_style_set_class (self->buttons[i], "suggested-action", event == forward);
      sm_style_set_tooltip (self->buttons[i], refusal);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->buttons[i]),
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      refusal != NULL ? refusal : "", -1);
    }
}

/* Of whoever is told to go elsewhere while it lasts. */
static void
show_trucks (SmWorkOrderPanel *self,
             const SmRow      *row)
{
  gint64 station_id = row != NULL && !sm_work_order_is_over (row)
                          ? sm_row_get_int (row, SM_WORK_ORDER_STATION_ID) : SM_UNKNOWN;

  sm_truck_list_show (self->trucks, station_id);
  gtk_widget_set_visible (self->trucks_section, station_id != SM_UNKNOWN);
}

static void
show_head (SmWorkOrderPanel *self,
           const SmRow      *row)
{
  g_autofree char *title = sm_work_order_title (row);
  g_autofree char *place = sm_work_order_place (self->ops, row);

  sm_level_badge_set_level (self->badge, sm_work_order_level (row));
  gtk_label_set_text (GTK_LABEL (self->title_label), title);
  gtk_label_set_text (GTK_LABEL (self->place_label), place);
  gtk_label_set_text (GTK_LABEL (self->state_label),
                      sm_item_get_edited (self->item) ? _("Pending: not yet with the service")
                                                      : word_of (row, SM_WORK_ORDER_STATE));
}

/** sm_work_order_panel_refresh: Each second, and whenever the chosen one changed. */
void
sm_work_order_panel_refresh (SmWorkOrderPanel *self)
{
  SmRow *row;

  g_return_if_fail (SM_IS_WORK_ORDER_PANEL (self));

  row = self->item != NULL ? sm_item_get_row (self->item) : NULL;
  gtk_stack_set_visible_child_name (self->stack, row != NULL ? "order" : "none");
  if (row == NULL)
    {
      g_clear_pointer (&self->shown, sm_row_unref);
      sm_work_order_timeline_show (self->timeline, NULL);
      sm_photo_strip_show (self->photos, NULL);
      show_trucks (self, NULL);
      return;
    }
  show_head (self, row);
  show_buttons (self);
  sm_work_order_clocks_show (self->clocks, row);
  sm_photo_strip_show (self->photos, row);
  show_trucks (self, row);
  if (self->shown != NULL && sm_row_equal (self->shown, row))
    return;
  if (self->shown == NULL || sm_row_get_id (self->shown) != sm_row_get_id (row)
      || sm_row_get_int (self->shown, SM_WORK_ORDER_PROBLEM_ID)
             != sm_row_get_int (row, SM_WORK_ORDER_PROBLEM_ID))
    {
      show_links (self, row);
      gtk_widget_set_visible (self->then_section,
                              sm_work_order_then_show (self->then, self->ops, row));
    }
  g_clear_pointer (&self->shown, sm_row_unref);
  self->shown = sm_row_ref (row);
  show_facts (self, row);
  show_work (self, row);
  sm_work_order_timeline_show (self->timeline, row);
}

/** sm_work_order_panel_show: @item: (nullable): what is chosen */
void
sm_work_order_panel_show (SmWorkOrderPanel *self,
                          SmItem           *item)
{
  g_return_if_fail (SM_IS_WORK_ORDER_PANEL (self));

  if (item == self->item)
    {
      sm_work_order_panel_refresh (self);
      return;
    }
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, sm_work_order_panel_refresh, self);
  g_set_object (&self->item, item);
  if (item != NULL)
    g_signal_connect_object (item, "notify", G_CALLBACK (sm_work_order_panel_refresh), self,
                             G_CONNECT_SWAPPED);
  sm_work_order_panel_refresh (self);
}

/** sm_work_order_panel_focus: Puts the focus on the first thing that can be done. */
void
sm_work_order_panel_focus (SmWorkOrderPanel *self)
{
  g_return_if_fail (SM_IS_WORK_ORDER_PANEL (self));

  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

/** sm_work_order_panel_focus_trucks: Puts the focus on the trucks that are on their way there. */
void
sm_work_order_panel_focus_trucks (SmWorkOrderPanel *self)
{
  g_return_if_fail (SM_IS_WORK_ORDER_PANEL (self));

  if (gtk_widget_get_mapped (self->trucks_section))
    gtk_widget_child_focus (GTK_WIDGET (self->trucks), GTK_DIR_TAB_FORWARD);
}
