/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-panel.h"

#include "sm-age-label.h"
#include "sm-alarm-acts.h"
#include "sm-alarm-around.h"
#include "sm-alarm-commands.h"
#include "sm-alarm-effect.h"
#include "sm-alarm-guide.h"
#include "sm-alarm-order.h"
#include "sm-alarm-pack.h"
#include "sm-alarm-section.h"
#include "sm-alarm-timeline.h"
#include "sm-alarm-what-if.h"
#include "sm-alarm-words.h"
#include "sm-facts.h"
#include "sm-fault-code.h"
#include "sm-fault-row.h"
#include "sm-level-badge.h"
#include "sm-style.h"
#include "sm-ops-desks.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-window.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

struct _SmAlarmPanel
{
  GtkWidget parent_instance;

  GtkStack *stack;
  SmLevelBadge *badge;
  GtkWidget *title_label;
  GtkWidget *place_label;
  GtkWidget *state_label;
  SmAgeLabel *age;
  GtkWidget *buttons[SM_N_ALARM_ACTS];
  GtkWidget *links;
  GtkWidget *what_if;
  SmFacts *facts;
  SmFacts *effects;
  SmAlarmTimeline *timeline;
  SmAlarmGuide *guide;
  SmAlarmCommands *commands;
  SmAlarmPack *pack;
  SmAlarmOrder *order;
  SmAlarmAround *around;
  GtkWidget *sections;

  SmOps *ops;
  GPtrArray *items; /* of SmItem: what is chosen */
  SmRow *shown;     /* (nullable): the one that is shown, as it is shown */
};

G_DEFINE_FINAL_TYPE (SmAlarmPanel, sm_alarm_panel, GTK_TYPE_WIDGET)

static void
sm_alarm_panel_dispose (GObject *object)
{
  SmAlarmPanel *self = SM_ALARM_PANEL (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->stack = NULL;
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->shown, sm_row_unref);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_alarm_panel_parent_class)->dispose (object);
}

static void
sm_alarm_panel_class_init (SmAlarmPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_alarm_panel_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "alarm-panel");
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
make_head (SmAlarmPanel *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->badge = SM_LEVEL_BADGE (sm_level_badge_new (0));
  gtk_widget_set_valign (GTK_WIDGET (self->badge), GTK_ALIGN_START);
  gtk_widget_add_css_class (GTK_WIDGET (self->badge), "large");
  self->title_label = make_label ("panel-title");
  self->place_label = make_label ("panel-subtitle");
  self->state_label = make_label ("alarm-state");
  self->age = SM_AGE_LABEL (sm_age_label_new ());
  gtk_box_append (GTK_BOX (line), self->state_label);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->age));
  gtk_box_append (GTK_BOX (words), self->title_label);
  gtk_box_append (GTK_BOX (words), self->place_label);
  gtk_box_append (GTK_BOX (words), line);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->badge));
  gtk_box_append (GTK_BOX (head), words);
  return head;
}

static GtkWidget *
make_button (SmAlarmAct act)
{
  /* Translators: a button: what it does, and the key for it */
  g_autofree char *label = g_strdup_printf (_("%s (%s)"), sm_alarm_act_title (act),
                                            sm_alarm_act_key (act));
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), sm_alarm_act_action (act));
  gtk_widget_add_css_class (button, "small");
  if (act == SM_ALARM_ACT_ACKNOWLEDGE)
    gtk_widget_add_css_class (button, "suggested-action");
  return button;
}

static GtkWidget *
make_buttons (SmAlarmPanel *self)
{
  GtkWidget *box = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (box), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (box), SM_N_ALARM_ACTS);
  gtk_widget_add_css_class (box, "alarm-acts");
  for (SmAlarmAct act = 0; act < SM_N_ALARM_ACTS; act++)
    {
      GtkWidget *child = gtk_flow_box_child_new ();

      self->buttons[act] = make_button (act);
      gtk_widget_set_focusable (child, FALSE);
      gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), self->buttons[act]);
      /* The box holds whoever comes by Tab before one that takes no focus. */
      g_object_bind_property (self->buttons[act], "sensitive", child, "sensitive",
                              G_BINDING_SYNC_CREATE);
      gtk_flow_box_append (GTK_FLOW_BOX (box), child);
    }
  return box;
}

static GtkWidget *
make_hint (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "label", _("No alarm is selected"), "wrap", TRUE,
                                   NULL);
  GtkWidget *detail = g_object_new (
      GTK_TYPE_LABEL, "label",
      _("Choose one with the arrow keys or a click, several with Shift or Control."), "wrap", TRUE,
      "justify", GTK_JUSTIFY_CENTER, "max-width-chars", 36, NULL);

  gtk_widget_add_css_class (box, "empty");
  gtk_widget_add_css_class (title, "empty-title");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), detail);
  return box;
}

static void
what_if_cb (SmAlarmPanel *self)
{
  const SmRow *limit = self->shown != NULL ? sm_alarm_what_if_find (self->ops, self->shown) : NULL;

  if (limit != NULL)
    sm_alarm_what_if_ask (GTK_WIDGET (self), self->ops, limit);
}

static GtkWidget *
make_what_if (SmAlarmPanel *self)
{
  GtkWidget *button = gtk_button_new_with_label (_("Another limit…"));

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "small");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (what_if_cb), self);
  return button;
}

static void
make_sections (SmAlarmPanel *self)
{
  GtkBox *box = GTK_BOX (self->sections);

  self->links = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_append (box, self->links);
  self->what_if = make_what_if (self);
  gtk_box_append (box, self->what_if);
  self->facts = SM_FACTS (sm_facts_new ());
  gtk_box_append (box, sm_alarm_section_new (_("What is known"), GTK_WIDGET (self->facts)));
  self->effects = SM_FACTS (sm_facts_new ());
  gtk_box_append (box, sm_alarm_section_new (_("Risk and effect"), GTK_WIDGET (self->effects)));
  self->guide = SM_ALARM_GUIDE (sm_alarm_guide_new (self->ops));
  gtk_box_append (box, GTK_WIDGET (self->guide));
  self->order = SM_ALARM_ORDER (sm_alarm_order_new (self->ops));
  gtk_box_append (box, GTK_WIDGET (self->order));
  self->pack = SM_ALARM_PACK (sm_alarm_pack_new (self->ops));
  gtk_box_append (box, GTK_WIDGET (self->pack));
  self->commands = SM_ALARM_COMMANDS (sm_alarm_commands_new (self->ops));
  gtk_box_append (box, GTK_WIDGET (self->commands));
  self->around = SM_ALARM_AROUND (sm_alarm_around_new (self->ops));
  gtk_box_append (box, GTK_WIDGET (self->around));
  self->timeline = SM_ALARM_TIMELINE (sm_alarm_timeline_new (self->ops));
  gtk_box_append (box,
                  sm_alarm_section_new (_("What became of it"), GTK_WIDGET (self->timeline)));
}

static void
sm_alarm_panel_init (SmAlarmPanel *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->stack), GTK_WIDGET (self));
}

static void
make_widgets (SmAlarmPanel *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  gtk_widget_add_css_class (head, "alarm-head");
  gtk_box_append (GTK_BOX (head), make_head (self));
  gtk_box_append (GTK_BOX (head), make_buttons (self));
  self->sections = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->sections, "panel-sections");
  make_sections (self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->sections);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (content), head);
  gtk_box_append (GTK_BOX (content), scroller);
  gtk_stack_add_named (self->stack, make_hint (), "none");
  gtk_stack_add_named (self->stack, content, "alarm");
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("The selected alarm"), -1);
}

GtkWidget *
sm_alarm_panel_new (SmOps *ops)
{
  SmAlarmPanel *self = g_object_new (SM_TYPE_ALARM_PANEL, NULL);

  self->ops = g_object_ref (ops);
  make_widgets (self);
  return GTK_WIDGET (self);
}

/* --- showing --- */

/* The way to what it is about; each is a link of the application. */
static void
add_link (SmAlarmPanel *self,
          const char   *words,
          const char   *link)
{
  GtkWidget *button = gtk_button_new_with_label (words);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "page.open");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", link);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "small");
  gtk_box_append (GTK_BOX (self->links), button);
}

static void
add_thing_link (SmAlarmPanel *self,
                const char   *words,
                SmNounId      noun,
                const char   *page,
                gint64        id)
{
  g_autofree char *name = NULL;
  g_autofree char *link = NULL;
  SmDirectory *directory = sm_ops_get_directory (self->ops);

  if (id == 0 || id == SM_UNKNOWN)
    return;
  if (noun == SM_NOUN_VEHICLE && sm_directory_find_vehicle (directory, id) != NULL)
    name = g_strdup (sm_directory_find_vehicle (directory, id)->plate);
  else if (noun == SM_NOUN_BATTERY && sm_directory_find_pack (directory, id) != NULL)
    name = g_strdup (sm_directory_find_pack (directory, id)->sn);
  if (name == NULL)
    return;
  link = sm_link_text (page, name, NULL);
  if (link != NULL)
    add_link (self, words, link);
}

/* So much before it was raised and after it is gone through. */
#define REPLAY_SPAN (30 * SM_MINUTE)

static void
add_replay_link (SmAlarmPanel *self,
                 const SmRow  *row)
{
  gboolean is_vehicle = !sm_row_is_null (row, SM_ALARM_VEHICLE_ID);
  gint64 raised_at = sm_row_get_int (row, SM_ALARM_RAISED_AT);
  gint64 now = sm_clock_now (sm_status_get_clock (sm_ops_get_status (self->ops)));
  g_autofree char *id = g_strdup_printf (
      "%" G_GINT64_FORMAT,
      sm_row_get_int (row, is_vehicle ? SM_ALARM_VEHICLE_ID : SM_ALARM_STATION_ID));
  g_autofree char *from = sm_time_to_rfc3339 (raised_at - REPLAY_SPAN);
  g_autofree char *to = sm_time_to_rfc3339 (MAX (MIN (raised_at + REPLAY_SPAN, now), raised_at));
  g_autofree char *at = sm_time_to_rfc3339 (raised_at);
  g_autofree char *link = NULL;

  if (!is_vehicle && sm_row_is_null (row, SM_ALARM_STATION_ID))
    return;
  link = sm_link_text ("replay", NULL, "of", is_vehicle ? "vehicle" : "station", "id", id, "from",
                       from, "to", to, "at", at, NULL);
  if (link != NULL)
    add_link (self, _("Replay"), link);
}

/* The maintenance window by which it is expected, or of which it is. */
static void
add_window_link (SmAlarmPanel *self,
                 const SmRow  *row)
{
  gint64 id = SM_UNKNOWN;
  g_autofree char *link = NULL;

  sm_expected_parse (sm_row_get_text (row, SM_ALARM_SUPPRESSED_BY), &id);
  if (id == SM_UNKNOWN
      && g_strcmp0 (sm_row_get_text (row, SM_ALARM_SOURCE_NOUN), "maintenance_window") == 0)
    id = sm_row_get_int (row, SM_ALARM_SOURCE_ID);
  if (id == SM_UNKNOWN)
    return;
  link = g_strdup_printf ("stationmaster:maintenance_windows?id=%" G_GINT64_FORMAT, id);
  add_link (self, _("Maintenance window"), link);
}

static void
show_links (SmAlarmPanel *self,
            const SmRow  *row)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, sm_row_get_id (row));
  g_autofree char *link = sm_link_text ("alarm", id, NULL);
  const SmRow *station = sm_alarm_find_station (self->ops, row);

  sm_alarm_lines_clear (self->links);
  if (link != NULL)
    add_link (self, _("On the map"), link);
  if (station != NULL)
    {
      g_autofree char *to
          = sm_link_text ("station", sm_row_get_text (station, SM_STATION_SN), NULL);

      if (to != NULL)
        add_link (self, _("Station"), to);
    }
  add_window_link (self, row);
  add_thing_link (self, _("Vehicle"), SM_NOUN_VEHICLE, "vehicle",
                  sm_row_is_null (row, SM_ALARM_VEHICLE_ID)
                      ? 0 : sm_row_get_int (row, SM_ALARM_VEHICLE_ID));
  add_thing_link (self, _("Battery"), SM_NOUN_BATTERY, "battery",
                  sm_row_is_null (row, SM_ALARM_BATTERY_ID)
                      ? 0 : sm_row_get_int (row, SM_ALARM_BATTERY_ID));
  add_replay_link (self, row);
  gtk_widget_set_visible (self->what_if, sm_alarm_what_if_find (self->ops, row) != NULL);
}

static void
show_facts (SmAlarmPanel *self,
            const SmRow  *row)
{
  g_autofree char *value = sm_alarm_words_value (row, SM_ALARM_VALUE);
  g_autofree char *limit = sm_alarm_words_value (row, SM_ALARM_LIMIT_VALUE);
  g_autofree char *since
      = sm_alarm_words_moment (self->ops, sm_row_get_int (row, SM_ALARM_RAISED_AT));
  g_autofree char *count = sm_text_count (sm_row_get_int (row, SM_ALARM_COUNT));
  g_autofree char *answers = sm_text_clean (sm_ops_get_owner (self->ops, row));
  g_autofree char *owner = answers[0] != '\0' ? g_strdup (answers) : NULL;
  g_autofree char *acked = sm_fault_is_unacked (row) ? g_strdup (_("nobody yet"))
                                                     : sm_fault_owner (row);
  g_autofree char *step = sm_alarm_words_step (row);
  g_autofree char *shelved = sm_alarm_words_shelved (self->ops, row);
  g_autofree char *out = sm_alarm_words_out (self->ops, row);
  g_autofree char *suppressed = sm_word_of_expected (sm_row_get_text (row, SM_ALARM_SUPPRESSED_BY));
  const SmField *watched = sm_alarm_watched_field (row);
  const SmFact facts[] = {
    { _("Shelved"), shelved, 0 },
    { _("Out of service"), out, 0 },
    { _("Approved by"), sm_row_get_text (row, SM_ALARM_OUT_OF_SERVICE_APPROVED_BY), 0 },
    { _("Suppressed"), suppressed, 0 },
    { watched != NULL ? sm_alarm_words_field (watched->name) : _("Value"), value, 0 },
    { _("Limit"), limit, 0 },
    { _("Since"), since, 0 },
    { _("Times"), sm_row_get_int (row, SM_ALARM_COUNT) > 1 ? count : NULL, 0 },
    { _("While"), sm_word_of_situation (sm_row_get_text (row, SM_ALARM_SITUATION)), 0 },
    { _("Belongs to"), owner, 0 },
    { _("Acknowledged"), acked, 0 },
    { _("Next step"), step, 0 },
    { _("Note"), sm_row_get_text (row, SM_ALARM_NOTE), 0 },
    { _("The device's code"), sm_row_get_text (row, SM_ALARM_SENDER_CODE), 0 },
    { _("The device's words"), sm_row_get_text (row, SM_ALARM_SENDER_TEXT), 0 },
  };

  sm_facts_set (self->facts, facts, G_N_ELEMENTS (facts));
}

/* The product and what it is made of, so that nobody has to believe it. */
static char *
describe_risk (const SmRow *row)
{
  const SmFaultCode *code = sm_fault_code_find (sm_row_get_text (row, SM_ALARM_CODE));
  const char *situation
      = sm_word_of_situation (sm_row_get_text (row, SM_ALARM_SITUATION));
  g_autofree char *risk = NULL;
  g_autofree char *weight = NULL;

  if (sm_row_is_null (row, SM_ALARM_RISK))
    return NULL;
  risk = sm_text_measure (sm_row_get_real (row, SM_ALARM_RISK), 1, NULL);
  weight = sm_text_measure (code != NULL ? code->weight : 1, 1, NULL);
  /* Translators: a product and its factors, as in "60: level 1, kind of thing 3, driving" */
  return g_strdup_printf (_("%s: level %d, kind of thing %s, %s"), risk,
                          (int) sm_row_get_int (row, SM_ALARM_LEVEL), weight,
                          situation != NULL ? situation : _("situation unknown"));
}

static void
show_effects (SmAlarmPanel *self,
              const SmRow  *row)
{
  g_autofree char *risk = describe_risk (row);
  g_autofree char *effect = sm_alarm_words_effect (self->ops, row);
  const SmRow *station = sm_alarm_find_station (self->ops, row);
  const SmFact facts[] = {
    { _("Risk"), risk, 0 },
    { _("Effect"),
      effect[0] != '\0' ? effect : station != NULL ? _("nobody waits there") : _("not known"), 0 },
    { _("Service"),
      station != NULL
          ? sm_word_of_slug (sm_services, sm_row_get_text (station, SM_STATION_SERVICE)) : NULL, 0 },
  };

  sm_facts_set (self->effects, facts, G_N_ELEMENTS (facts));
}

/* Why a button cannot be pressed is said where it is, to the eye and to who hears it. */
static void
show_acts (SmAlarmPanel *self)
{
  for (SmAlarmAct act = 0; act < SM_N_ALARM_ACTS; act++)
    {
      const char *refusal = sm_alarm_act_refusal (self->ops, act, self->items);

      gtk_widget_set_visible (gtk_widget_get_parent (self->buttons[act]),
                              sm_alarm_act_applies (self->ops, act, self->items));
      sm_style_set_tooltip (self->buttons[act], refusal);
      if (refusal != NULL)
        gtk_accessible_update_property (GTK_ACCESSIBLE (self->buttons[act]),
                                        GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, refusal, -1);
      else
        gtk_accessible_reset_property (GTK_ACCESSIBLE (self->buttons[act]),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
    }
}

/* @alarm: (nullable) */
static void
show_parts (SmAlarmPanel *self,
            SmRow        *alarm)
{
  sm_alarm_timeline_show (self->timeline, alarm);
  sm_alarm_guide_show (self->guide, alarm);
  sm_alarm_pack_show (self->pack, alarm);
  sm_alarm_order_show (self->order, alarm);
  sm_alarm_commands_show (self->commands, alarm);
  sm_alarm_around_show (self->around, alarm);
}

static void
show_many (SmAlarmPanel *self)
{
  g_autofree char *title = g_strdup_printf (
      ngettext ("%u alarm is selected", "%u alarms are selected", self->items->len),
      self->items->len);
  guint level = 4;

  for (guint i = 0; i < self->items->len; i++)
    level = MIN (level, (guint) CLAMP (sm_row_get_int (sm_item_get_row (self->items->pdata[i]),
                                                       SM_ALARM_LEVEL), 1, 4));
  sm_level_badge_set_level (self->badge, level);
  gtk_label_set_text (GTK_LABEL (self->title_label), title);
  gtk_label_set_text (GTK_LABEL (self->place_label), _("What is done now is done to all of them."));
  gtk_label_set_text (GTK_LABEL (self->state_label), "");
  gtk_widget_set_visible (GTK_WIDGET (self->age), FALSE);
  g_clear_pointer (&self->shown, sm_row_unref);
  show_parts (self, NULL);
}

static void
show_head (SmAlarmPanel *self,
           SmItem       *item)
{
  const SmRow *row = sm_item_get_row (item);
  g_autofree char *title = sm_fault_title (row);
  g_autofree char *place = sm_fault_place (row, NULL);
  const SmFaultCode *code = sm_fault_code_find (sm_row_get_text (row, SM_ALARM_CODE));
  const char *state = sm_item_get_pending (item)
                          ? _("Pending: not yet with the service")
                          : sm_word_of_slug (sm_alarm_states,
                                             sm_row_get_text (row, SM_ALARM_STATE));
  g_autofree char *words = code != NULL && code->is_safety
                               ? g_strdup_printf ("%s · %s", state, _("safety code"))
                               : g_strdup (state);

  sm_level_badge_set_level (self->badge,
                            (guint) CLAMP (sm_row_get_int (row, SM_ALARM_LEVEL), 1, 4));
  gtk_label_set_text (GTK_LABEL (self->title_label), title);
  gtk_label_set_text (GTK_LABEL (self->place_label), place);
  gtk_label_set_text (GTK_LABEL (self->state_label), words);
  sm_age_label_set (self->age, sm_status_get_clock (sm_ops_get_status (self->ops)),
                    sm_row_get_int (row, SM_ALARM_RAISED_AT));
  gtk_widget_set_visible (GTK_WIDGET (self->age), TRUE);
}

static void
show_one (SmAlarmPanel *self,
          SmItem       *item)
{
  SmRow *row = sm_item_get_row (item);
  gboolean is_same = self->shown != NULL && sm_row_equal (self->shown, row);

  show_head (self, item);
  show_effects (self, row);
  if (is_same)
    return;
  if (self->shown == NULL || sm_row_get_id (self->shown) != sm_row_get_id (row))
    show_links (self, row);
  g_clear_pointer (&self->shown, sm_row_unref);
  self->shown = sm_row_ref (row);
  show_facts (self, row);
  show_parts (self, row);
}

/** sm_alarm_panel_refresh: Each second, and whenever a chosen one changed. */
void
sm_alarm_panel_refresh (SmAlarmPanel *self)
{
  SmItem *first;

  g_return_if_fail (SM_IS_ALARM_PANEL (self));

  gtk_stack_set_visible_child_name (self->stack, self->items->len > 0 ? "alarm" : "none");
  gtk_widget_set_visible (self->sections, self->items->len == 1);
  show_acts (self);
  sm_alarm_guide_refresh (self->guide);
  sm_alarm_pack_refresh (self->pack);
  sm_alarm_order_refresh (self->order);
  sm_alarm_commands_refresh (self->commands);
  sm_alarm_around_refresh (self->around);
  first = self->items->len == 1 ? self->items->pdata[0] : NULL;
  if (first != NULL && sm_item_get_row (first) != NULL)
    show_one (self, first);
  else if (self->items->len > 1)
    show_many (self);
  else
    {
      g_clear_pointer (&self->shown, sm_row_unref);
      show_parts (self, NULL);
    }
}

/** sm_alarm_panel_show: @items: of SmItem, what is chosen; none, one or several */
void
sm_alarm_panel_show (SmAlarmPanel *self,
                     GPtrArray    *items)
{
  g_return_if_fail (SM_IS_ALARM_PANEL (self));

  for (guint i = 0; i < self->items->len; i++)
    g_signal_handlers_disconnect_by_func (self->items->pdata[i], sm_alarm_panel_refresh, self);
  g_ptr_array_unref (self->items);
  self->items = g_ptr_array_ref (items);
  /* Of many, the second is soon enough. */
  for (guint i = 0; items->len <= 20 && i < items->len; i++)
    g_signal_connect_object (items->pdata[i], "notify", G_CALLBACK (sm_alarm_panel_refresh), self,
                             G_CONNECT_SWAPPED);
  sm_alarm_panel_refresh (self);
}

/** sm_alarm_panel_focus: Puts the focus on the first thing that can be done. */
void
sm_alarm_panel_focus (SmAlarmPanel *self)
{
  g_return_if_fail (SM_IS_ALARM_PANEL (self));

  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

/**
 * sm_alarm_panel_act:
 * @action: alarms.command, alarms.work-order, alarms.quarantine or alarms.end-quarantine
 *
 * Does what one of its parts can do, as its button does: nothing where that cannot be pressed.
 */
void
sm_alarm_panel_act (SmAlarmPanel *self,
                    const char   *action)
{
  g_return_if_fail (SM_IS_ALARM_PANEL (self));

  /* Each has it itself; asked of any other part, it would come back to the page. */
  gtk_widget_activate_action (g_str_equal (action, "alarms.command")      ? GTK_WIDGET (self->commands)
                              : g_str_equal (action, "alarms.work-order") ? GTK_WIDGET (self->order)
                                                                          : GTK_WIDGET (self->pack),
                              action, NULL);
}
