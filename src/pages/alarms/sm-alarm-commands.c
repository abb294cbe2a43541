/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-commands.h"

#include "sm-alarm-command-dialog.h"
#include "sm-alarm-reason.h"
#include "sm-alarm-section.h"
#include "sm-alarm-targets.h"
#include "sm-alarm-words.h"
#include "sm-facts.h"
#include "sm-ops-guides.h"
#include "sm-style.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

#define MOST_COMMANDS 6
/* What is read of the place is so fresh at least; what runs is read each time. */
#define FRESH_US (5 * G_TIME_SPAN_SECOND)

struct _SmAlarmCommands
{
  GtkWidget parent_instance;

  GtkWidget *box;
  SmFacts *facts;
  GtkWidget *button;
  GtkWidget *problem_label;
  GtkWidget *lines;

  SmOps *ops;
  SmRow *alarm;              /* (nullable): that is shown */
  SmStationView *view;       /* (nullable): where it is */
  GPtrArray *choices;        /* (nullable): of SmAlarmChoice */
  GPtrArray *commands;       /* of SmRow, newest first */
  GPtrArray *coming;         /* (nullable): likewise, while they are read */
  guint n_left;              /* reads that are under way */
  gint64 read_at;            /* monotonic */
  GCancellable *cancellable; /* of what is asked for the alarm */
};

G_DEFINE_FINAL_TYPE (SmAlarmCommands, sm_alarm_commands, GTK_TYPE_WIDGET)

static void
forget (SmAlarmCommands *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->alarm, sm_row_unref);
  g_clear_pointer (&self->view, sm_station_view_free);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_pointer (&self->coming, g_ptr_array_unref);
  g_ptr_array_set_size (self->commands, 0);
  self->n_left = 0;
  self->read_at = 0;
}

static void
sm_alarm_commands_dispose (GObject *object)
{
  SmAlarmCommands *self = SM_ALARM_COMMANDS (object);

  forget (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_alarm_commands_parent_class)->dispose (object);
}

static void
sm_alarm_commands_finalize (GObject *object)
{
  g_ptr_array_unref (SM_ALARM_COMMANDS (object)->commands);

  G_OBJECT_CLASS (sm_alarm_commands_parent_class)->finalize (object);
}

/* --- what was asked before --- */

static void
append_stage (SmAlarmCommands *self,
              GString         *text,
              const SmRow     *command,
              guint            field,
              const char      *word)
{
  g_autofree char *moment = NULL;

  if (sm_row_is_null (command, field))
    return;
  moment = sm_alarm_words_moment (self->ops, sm_row_get_int (command, field));
  /* The day is that of the alarm, or stands in the first of them. */
  g_string_append_printf (text, "%s%s %s", text->len > 0 ? " · " : "", word,
                          text->len > 0 && strlen (moment) > 11 ? moment + 11 : moment);
}

static const char *
word_of_state (SmCommandState state)
{
  return sm_word_of_slug (sm_command_states, sm_command_states[state]);
}

static void
append_text (GString    *text,
             const char *words)
{
  g_autofree char *clean = sm_text_clean (words);

  if (clean[0] != '\0')
    g_string_append_printf (text, " · %s", clean);
}

/* Each stage with its time, who asked and why, and what the equipment said. */
static char *
describe_stages (SmAlarmCommands *self,
                 const SmRow     *command)
{
  GString *text = g_string_new (NULL);
  const char *outcome = sm_row_get_text (command, SM_COMMAND_OUTCOME);

  append_stage (self, text, command, SM_COMMAND_REQUESTED_AT,
                word_of_state (SM_COMMAND_STATE_REQUESTED));
  append_stage (self, text, command, SM_COMMAND_SENT_AT, word_of_state (SM_COMMAND_STATE_SENT));
  append_stage (self, text, command, SM_COMMAND_ACCEPTED_AT,
                word_of_state (SM_COMMAND_STATE_ACCEPTED));
  append_stage (self, text, command, SM_COMMAND_ENDED_AT,
                sm_word_of_slug (sm_command_states, sm_row_get_text (command, SM_COMMAND_STATE)));
  if (outcome != NULL)
    append_text (text, sm_word_of_slug (sm_command_outcomes, outcome));
  append_text (text, sm_row_get_text (command, SM_COMMAND_ANSWER));
  append_text (text, sm_row_get_text (command, SM_COMMAND_REQUESTED_BY));
  append_text (text, sm_row_get_text (command, SM_COMMAND_REASON));
  return g_string_free (text, FALSE);
}

static const char *
name_of (SmAlarmCommands *self,
         const SmRow     *command)
{
  for (guint i = 0; self->choices != NULL && i < self->choices->len; i++)
    {
      const SmAlarmChoice *choice = self->choices->pdata[i];

      if (sm_row_get_id (choice->target) == sm_row_get_int (command, SM_COMMAND_TARGET_ID)
          && g_strcmp0 (sm_row_get_noun (choice->target)->name,
                        sm_row_get_text (command, SM_COMMAND_TARGET_NOUN)) == 0)
        return choice->name;
    }
  return "–";
}

static void
show_lines (SmAlarmCommands *self)
{
  sm_alarm_lines_clear (self->lines);
  for (guint i = 0; i < MIN (self->commands->len, MOST_COMMANDS); i++)
    {
      const SmRow *command = self->commands->pdata[i];
      const char *kind
          = sm_row_is_null (command, SM_COMMAND_AVAILABILITY)
                ? sm_word_of_slug (sm_command_kinds, sm_row_get_text (command, SM_COMMAND_KIND))
                : sm_word_of_slug (sm_availabilities,
                                   sm_row_get_text (command, SM_COMMAND_AVAILABILITY));
      g_autofree char *title = g_strdup_printf (
          "%s · %s · %s", name_of (self, command), kind,
          sm_word_of_slug (sm_command_states, sm_row_get_text (command, SM_COMMAND_STATE)));
      g_autofree char *stages = describe_stages (self, command);

      gtk_box_append (GTK_BOX (self->lines), sm_alarm_line_new (title, stages));
    }
  gtk_widget_set_visible (self->lines, self->commands->len > 0);
}

/* --- what may be done --- */

static char *
describe_forbidden (const SmFaultGuide *guide)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (guint kind = 0; kind < SM_N_COMMAND_KINDS; kind++)
    if ((guide->forbids & (1u << kind)) != 0)
      g_ptr_array_add (words, (gpointer) sm_word_of_slug (sm_command_kinds,
                                                          sm_command_kinds[kind]));
  g_ptr_array_add (words, NULL);
  return words->len > 1 ? g_strjoinv (" · ", (char **) words->pdata) : NULL;
}

static void
show_guide (SmAlarmCommands *self)
{
  const SmFaultGuide *guide
      = sm_ops_get_fault_code (self->ops, sm_row_get_text (self->alarm, SM_ALARM_CODE));
  g_autofree char *forbidden = guide != NULL ? describe_forbidden (guide) : NULL;
  g_autofree char *may = NULL;

  if (guide != NULL && guide->command < SM_N_COMMAND_KINDS)
    /* Translators: a command that may be tried, and when */
    may = g_strdup_printf (_("%s, %s"),
                           sm_word_of_slug (sm_command_kinds, sm_command_kinds[guide->command]),
                           sm_command_condition (guide->command));
  {
    const SmFact facts[] = {
      { _("May be tried"), may, 0 },
      { _("Must not be tried"), forbidden, 0 },
    };

    sm_facts_set (self->facts, facts, G_N_ELEMENTS (facts));
  }
  gtk_widget_set_visible (GTK_WIDGET (self->facts), may != NULL || forbidden != NULL);
}

/* Returns: (transfer full) (nullable): why nothing at all can be asked now */
static char *
find_obstacle (SmAlarmCommands *self)
{
  g_autofree char *first = NULL;
  g_autoptr (GPtrArray) near = NULL;

  if (self->choices == NULL || self->choices->len == 0)
    return g_strdup (_("Nothing at the place of this alarm takes a command"));
  near = sm_alarm_choices_near (self->ops, self->view);
  for (guint i = 0; i < self->choices->len; i++)
    {
      g_autofree char *why = sm_alarm_choice_refusal (self->choices->pdata[i], self->ops,
                                                      self->view, near, self->commands);

      if (why == NULL)
        return NULL;
      if (first == NULL)
        first = g_steal_pointer (&why);
    }
  return g_steal_pointer (&first);
}

static void
show_button (SmAlarmCommands *self)
{
  g_autofree char *why = find_obstacle (self);

  gtk_widget_set_sensitive (self->button, why == NULL);
  gtk_label_set_text (GTK_LABEL (self->problem_label), why != NULL ? why : "");
  gtk_widget_set_visible (self->problem_label, why != NULL);
  gtk_widget_set_visible (self->button, self->choices != NULL && self->choices->len > 0);
}

/* --- reading --- */

static int
compare_newest (gconstpointer a,
                gconstpointer b)
{
  gint64 one = sm_row_get_id (*(SmRow *const *) a), other = sm_row_get_id (*(SmRow *const *) b);

  return (one < other) - (one > other);
}

static void
commands_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (SmAlarmCommands) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) commands
      = sm_ops_load_commands_finish (SM_OPS (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->coming == NULL)
    return;
  for (guint i = 0; commands != NULL && i < commands->len; i++)
    g_ptr_array_add (self->coming, sm_row_ref (commands->pdata[i]));
  if (--self->n_left > 0)
    return;
  g_ptr_array_unref (self->commands);
  self->commands = g_steal_pointer (&self->coming);
  g_ptr_array_sort (self->commands, compare_newest);
  show_lines (self);
  show_button (self);
}

/* Of each thing once: its choices stand one after the other, but for the wanted ones. */
static void
read_commands (SmAlarmCommands *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  self->coming = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  for (guint i = 0; i < self->choices->len; i++)
    {
      const SmAlarmChoice *choice = self->choices->pdata[i];

      if (!g_hash_table_add (seen, choice->target))
        continue;
      self->n_left++;
      sm_ops_load_commands_async (self->ops, sm_row_get_noun (choice->target),
                                  sm_row_get_id (choice->target), self->cancellable, commands_cb,
                                  g_object_ref (self));
    }
  if (self->n_left == 0)
    {
      g_clear_pointer (&self->coming, g_ptr_array_unref);
      show_button (self);
    }
}

static void
station_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SmAlarmCommands) self = user_data;
  g_autoptr (GError) error = NULL;
  SmStationView *view = sm_ops_load_station_finish (SM_OPS (source), result, &error);
  const SmFaultGuide *guide;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->alarm == NULL)
    {
      g_clear_pointer (&view, sm_station_view_free);
      return;
    }
  self->n_left--;
  if (view == NULL)
    return;
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_pointer (&self->view, sm_station_view_free);
  self->view = view;
  guide = sm_ops_get_fault_code (self->ops, sm_row_get_text (self->alarm, SM_ALARM_CODE));
  self->choices = sm_alarm_choices_new (self->alarm, view,
                                        guide != NULL ? guide->command : SM_ENUM_UNKNOWN);
  read_commands (self);
}

static gint64
find_station (const SmRow *alarm)
{
  if (g_strcmp0 (sm_row_get_text (alarm, SM_ALARM_SOURCE_NOUN), "station") == 0)
    return sm_row_get_int (alarm, SM_ALARM_SOURCE_ID);
  return sm_row_is_null (alarm, SM_ALARM_STATION_ID) ? 0
                                                     : sm_row_get_int (alarm, SM_ALARM_STATION_ID);
}

static void
read_place (SmAlarmCommands *self)
{
  gint64 station = find_station (self->alarm);

  if (station == 0)
    return;
  self->read_at = g_get_monotonic_time ();
  self->n_left++;
  sm_ops_load_station_async (self->ops, station, self->cancellable, station_cb,
                             g_object_ref (self));
}

/* --- asking --- */

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SmAlarmCommands) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) command = sm_ops_command_finish (SM_OPS (source), result, &error);

  /* A thing may be looked at meanwhile that is not its; but it must not go unsaid. */
  if (command == NULL)
    {
      sm_alarm_complain (GTK_WIDGET (self), error);
      return;
    }
  if (self->alarm == NULL
      || sm_row_get_int (command, SM_COMMAND_ALARM_ID) != sm_row_get_id (self->alarm))
    return;
  g_ptr_array_insert (self->commands, 0, sm_row_ref (command));
  show_lines (self);
  show_button (self);
}

static void
chosen_cb (const SmAlarmChoice *choice,
           const char          *reason,
           gint64               alarm_id,
           gpointer             user_data)
{
  SmAlarmCommands *self = user_data;
  g_autoptr (SmRow) command = sm_row_new (sm_noun_get (SM_NOUN_COMMAND));

  sm_row_set_text (command, SM_COMMAND_TARGET_NOUN, sm_row_get_noun (choice->target)->name);
  sm_row_set_int (command, SM_COMMAND_TARGET_ID, sm_row_get_id (choice->target));
  sm_row_set_text (command, SM_COMMAND_KIND, sm_command_kinds[choice->kind]);
  if (choice->availability != NULL)
    sm_row_set_text (command, SM_COMMAND_AVAILABILITY, choice->availability);
  sm_row_set_text (command, SM_COMMAND_REASON, reason);
  sm_row_set_int (command, SM_COMMAND_ALARM_ID, alarm_id);
  sm_ops_command_async (self->ops, command, NULL, asked_cb, g_object_ref (self));
}

static void
command_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  SmAlarmCommands *self = SM_ALARM_COMMANDS (widget);
  g_autofree char *why = self->alarm != NULL ? find_obstacle (self) : NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (GPtrArray) near = NULL;

  if (self->alarm == NULL || why != NULL)
    return;
  near = sm_alarm_choices_near (self->ops, self->view);
  refusals = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->choices->len; i++)
    g_ptr_array_add (refusals, sm_alarm_choice_refusal (self->choices->pdata[i], self->ops,
                                                        self->view, near, self->commands));
  sm_alarm_command_ask (widget, self->alarm, self->choices, refusals, chosen_cb);
}

/* --- making --- */

static void
sm_alarm_commands_class_init (SmAlarmCommandsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_alarm_commands_dispose;
  G_OBJECT_CLASS (klass)->finalize = sm_alarm_commands_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "alarms.command", NULL, command_action);
}

static void
sm_alarm_commands_init (SmAlarmCommands *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->commands = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  self->facts = SM_FACTS (sm_facts_new ());
  /* Translators: a button; it opens a dialog, and C is the key for it */
  self->button = gtk_button_new_with_label (_("Command… (C)"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "alarms.command");
  gtk_widget_add_css_class (self->button, "small");
  gtk_widget_set_halign (self->button, GTK_ALIGN_START);
  self->problem_label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                                      PANGO_WRAP_WORD_CHAR, "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->problem_label, "row-subtitle");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->problem_label, NULL,
                                  -1);
  self->lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->facts));
  gtk_box_append (GTK_BOX (content), self->button);
  gtk_box_append (GTK_BOX (content), self->problem_label);
  gtk_box_append (GTK_BOX (content), self->lines);
  self->box = sm_alarm_section_new (_("Commands from afar"), content);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
sm_alarm_commands_new (SmOps *ops)
{
  SmAlarmCommands *self = g_object_new (SM_TYPE_ALARM_COMMANDS, NULL);

  self->ops = g_object_ref (ops);
  return GTK_WIDGET (self);
}

/** sm_alarm_commands_show: @alarm: (nullable): whose; the same again reads nothing */
void
sm_alarm_commands_show (SmAlarmCommands *self,
                        SmRow           *alarm)
{
  g_return_if_fail (SM_IS_ALARM_COMMANDS (self));

  if (alarm != NULL && self->alarm != NULL
      && sm_row_get_id (alarm) == sm_row_get_id (self->alarm))
    return;
  forget (self);
  show_lines (self);
  if (alarm == NULL)
    return;
  self->alarm = sm_row_ref (alarm);
  self->cancellable = g_cancellable_new ();
  show_guide (self);
  show_button (self);
  read_place (self);
}

static gboolean
has_running (SmAlarmCommands *self)
{
  for (guint i = 0; i < MIN (self->commands->len, MOST_COMMANDS); i++)
    if (sm_row_get_enum (self->commands->pdata[i], SM_COMMAND_STATE) <= SM_COMMAND_STATE_ACCEPTED)
      return TRUE;
  return FALSE;
}

/** sm_alarm_commands_refresh: Each second: the stages of what runs, and whether more can be asked. */
void
sm_alarm_commands_refresh (SmAlarmCommands *self)
{
  g_return_if_fail (SM_IS_ALARM_COMMANDS (self));

  if (self->alarm == NULL)
    return;
  show_button (self);
  if (self->n_left == 0
      && (has_running (self) || g_get_monotonic_time () - self->read_at > FRESH_US))
    read_place (self);
}
