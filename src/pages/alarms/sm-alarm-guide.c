/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-guide.h"

#include "sm-alarm-section.h"
#include "sm-alarm-words.h"
#include "sm-causes.h"
#include "sm-facts.h"
#include "sm-ops-guides.h"
#include "sm-style.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-toast-errors.h"

#include <glib/gi18n-lib.h>

#define MOST_CAUSES 4
/* Less likely than that is not said; nor more signs of one. */
#define LEAST_LIKELY 0.05
#define MOST_SIGNS 3

struct _SmAlarmGuide
{
  GtkWidget parent_instance;

  GtkWidget *box;
  SmFacts *facts;
  GtkWidget *facts_section;
  GtkWidget *edit_button;
  guint turn; /* of the catalogue that is shown */
  GtkWidget *causes_box;
  GtkWidget *causes_section;
  GtkWidget *steps_box;
  GtkWidget *steps_section;
  GtkWidget *problem_label;

  SmOps *ops;
  SmRow *alarm; /* (nullable): that is shown */
  GCancellable *cancellable;
  gboolean is_showing; /* the checks are set, and nobody clicked */
};

G_DEFINE_FINAL_TYPE (SmAlarmGuide, sm_alarm_guide, GTK_TYPE_WIDGET)

static void
forget (SmAlarmGuide *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->alarm, sm_row_unref);
}

static void
sm_alarm_guide_dispose (GObject *object)
{
  SmAlarmGuide *self = SM_ALARM_GUIDE (object);

  forget (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_alarm_guide_parent_class)->dispose (object);
}

static void edit_action (GtkWidget *widget, const char *name, GVariant *parameter);

static void
sm_alarm_guide_class_init (SmAlarmGuideClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_alarm_guide_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "alarms.edit-guide", NULL,
                                   edit_action);
}

static GtkWidget *
make_facts (SmAlarmGuide *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->facts = SM_FACTS (sm_facts_new ());
  self->edit_button = gtk_button_new_with_mnemonic (_("_Edit what to do…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->edit_button), "alarms.edit-guide");
  gtk_widget_set_halign (self->edit_button, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->facts));
  gtk_box_append (GTK_BOX (box), self->edit_button);
  return box;
}

static void
sm_alarm_guide_init (SmAlarmGuide *self)
{
  GtkWidget *steps = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->box, "alarm-sections");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->steps_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  self->problem_label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "visible", FALSE,
                                      "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, NULL);
  gtk_widget_add_css_class (self->problem_label, "problem");
  gtk_box_append (GTK_BOX (steps), self->steps_box);
  gtk_box_append (GTK_BOX (steps), self->problem_label);
  self->steps_section = sm_alarm_section_new (_("What to do"), steps);
  self->facts_section = sm_alarm_section_new (_("About such faults"), make_facts (self));
  self->causes_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  self->causes_section = sm_alarm_section_new (_("Likely cause of this one"), self->causes_box);
  gtk_box_append (GTK_BOX (self->box), self->causes_section);
  gtk_box_append (GTK_BOX (self->box), self->steps_section);
  gtk_box_append (GTK_BOX (self->box), self->facts_section);
}

GtkWidget *
sm_alarm_guide_new (SmOps *ops)
{
  SmAlarmGuide *self = g_object_new (SM_TYPE_ALARM_GUIDE, NULL);

  self->ops = g_object_ref (ops);
  return GTK_WIDGET (self);
}

static void show_steps (SmAlarmGuide *self, GPtrArray *steps);
static void ask_steps (SmAlarmGuide *self);

static void
show_problem (SmAlarmGuide *self,
              const GError *error)
{
  g_autofree char *sentence = error != NULL ? sm_error_sentence (error) : NULL;

  gtk_label_set_text (GTK_LABEL (self->problem_label), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->problem_label, sentence != NULL);
}

static void
ticked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SmAlarmGuide) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) steps = sm_ops_tick_step_finish (SM_OPS (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->alarm == NULL)
    return;
  show_problem (self, error);
  /* What was not taken is shown as it is with the service. */
  if (steps != NULL)
    show_steps (self, steps);
  else
    ask_steps (self);
}

static void
toggled_cb (GtkCheckButton *check,
            SmAlarmGuide   *self)
{
  if (self->is_showing || self->alarm == NULL)
    return;
  sm_ops_tick_step_async (self->ops, sm_row_get_id (self->alarm),
                          g_object_get_data (G_OBJECT (check), "sm-step"),
                          gtk_check_button_get_active (check), NULL, self->cancellable, ticked_cb,
                          g_object_ref (self));
}

/* Who did it and when stands below it. */
static void
add_step (SmAlarmGuide      *self,
          const SmGuideStep *step)
{
  g_autofree char *text = sm_text_clean (sm_guide_step_get_text (step));
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), step->is_done);
  gtk_widget_set_sensitive (check, sm_ops_may (self->ops, "alarm.step"));
  gtk_widget_set_valign (check, GTK_ALIGN_START);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  label, NULL, -1);
  g_object_set_data_full (G_OBJECT (check), "sm-step", g_strdup (step->id), g_free);
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, 0);
  gtk_box_append (GTK_BOX (line), check);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (self->steps_box), line);
  if (step->at != 0 && step->person != NULL)
    {
      g_autofree char *moment = sm_alarm_words_moment (self->ops, step->at);
      g_autofree char *person = sm_text_clean (step->person);
      g_autofree char *words = g_strdup_printf ("%s · %s", moment, person);

      gtk_box_append (GTK_BOX (self->steps_box), sm_alarm_line_new (words, step->note));
    }
}

static void
show_steps (SmAlarmGuide *self,
            GPtrArray    *steps)
{
  self->is_showing = TRUE;
  sm_alarm_lines_clear (self->steps_box);
  for (guint i = 0; i < steps->len; i++)
    add_step (self, steps->pdata[i]);
  self->is_showing = FALSE;
  gtk_widget_set_visible (self->steps_section, steps->len > 0);
}

static void
steps_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SmAlarmGuide) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) steps = sm_ops_load_steps_finish (SM_OPS (source), result, &error);

  if (steps != NULL && self->alarm != NULL)
    show_steps (self, steps);
}

static void
ask_steps (SmAlarmGuide *self)
{
  sm_ops_load_steps_async (self->ops, sm_row_get_id (self->alarm), self->cancellable, steps_cb,
                           g_object_ref (self));
}

static char *
describe_causes (const SmFaultGuide *guide)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (guide->causes->len, MOST_CAUSES); i++)
    {
      const SmGuideLine *cause = guide->causes->pdata[i];

      /* Translators: a probable cause, and how much of all such faults it was */
      g_string_append_printf (text, _("%s%s, %d %%"), i > 0 ? " · " : "",
                              sm_guide_line_get_text (cause), (int) (cause->weight * 100 + 0.5));
    }
  return g_string_free (text, FALSE);
}

static void
show_guide (SmAlarmGuide *self)
{
  const SmFaultGuide *guide
      = sm_ops_get_fault_code (self->ops, sm_row_get_text (self->alarm, SM_ALARM_CODE));
  g_autofree char *causes = guide != NULL ? describe_causes (guide) : NULL;
  g_autofree char *respond
      = guide != NULL && guide->respond_s > 0 ? sm_time_age (guide->respond_s * SM_SECOND) : NULL;
  const SmFact facts[] = {
    { _("What follows"), guide != NULL ? sm_fault_guide_get_consequence (guide) : NULL, 0 },
    { _("Mostly from"), causes, 0 },
    { _("Begin within"), respond, 0 },
  };

  self->turn = sm_ops_get_fault_codes_turn (self->ops);
  gtk_widget_set_visible (self->facts_section, guide != NULL);
  if (guide != NULL)
    sm_facts_set (self->facts, facts, G_N_ELEMENTS (facts));
}

/** sm_alarm_guide_refresh: Each second: whether it can be edited, and what somebody changed. */
void
sm_alarm_guide_refresh (SmAlarmGuide *self)
{
  gboolean may, is_away;

  g_return_if_fail (SM_IS_ALARM_GUIDE (self));

  may = sm_ops_may (self->ops, "fault_code.edit");
  is_away = sm_status_get_state (sm_ops_get_status (self->ops)) == SM_STATUS_OFFLINE;
  gtk_widget_set_visible (self->edit_button, may);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "alarms.edit-guide",
                                 self->alarm != NULL && may && !is_away);
  sm_style_set_tooltip (self->edit_button,
                        is_away ? _("This needs the service, which cannot be reached") : NULL);
  if (self->alarm == NULL || self->turn == sm_ops_get_fault_codes_turn (self->ops))
    return;
  show_guide (self);
  ask_steps (self);
}

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SmAlarmGuide *self = SM_ALARM_GUIDE (widget);

  if (self->alarm != NULL)
    gtk_widget_activate_action (widget, "win.edit-guide", "s",
                                sm_row_get_text (self->alarm, SM_ALARM_CODE));
}

static void
guides_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SmAlarmGuide) self = user_data;

  if (sm_ops_load_fault_codes_finish (SM_OPS (source), result, NULL) && self->alarm != NULL)
    show_guide (self);
}

/* What was measured, and what it speaks against. */
static char *
describe_signs (const SmCauseFound *found)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (found->evidence->len, MOST_SIGNS); i++)
    {
      const SmCauseEvidence *sign = found->evidence->pdata[i];
      g_autofree char *value = sm_text_measure (sign->value, 1, sign->unit);
      g_autofree char *words
          = g_strdup_printf ("%s %s", sm_word_of_sign (sign->kind), value);

      if (text->len > 0)
        g_string_append (text, " · ");
      if (sign->is_for)
        g_string_append (text, words);
      else
        /* Translators: %s is what was measured and speaks against a cause */
        g_string_append_printf (text, _("against it: %s"), words);
    }
  return g_string_free (text, FALSE);
}

static void
causes_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SmAlarmGuide) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) causes = sm_ops_load_diagnosis_finish (SM_OPS (source), result, &error);
  guint n = 0;

  if (causes == NULL || self->alarm == NULL)
    return;
  sm_alarm_lines_clear (self->causes_box);
  for (guint i = 0; i < causes->len && n < MOST_CAUSES; i++)
    {
      const SmCauseFound *found = causes->pdata[i];
      g_autofree char *words = NULL;
      g_autofree char *signs = NULL;

      if (found->probability < LEAST_LIKELY)
        continue;
      /* Translators: a probable cause, and how likely it is */
      words = g_strdup_printf (_("%s, %d %%"), sm_word_of_cause (found->cause),
                               (int) (found->probability * 100 + 0.5));
      signs = describe_signs (found);
      gtk_box_append (GTK_BOX (self->causes_box), sm_alarm_line_new (words, signs));
      n++;
    }
  gtk_widget_set_visible (self->causes_section, n > 0);
}

/** sm_alarm_guide_show: @alarm: (nullable): whose; the same again asks nothing */
void
sm_alarm_guide_show (SmAlarmGuide *self,
                     SmRow        *alarm)
{
  g_return_if_fail (SM_IS_ALARM_GUIDE (self));

  if (alarm != NULL && self->alarm != NULL
      && sm_row_get_id (alarm) == sm_row_get_id (self->alarm))
    return;
  forget (self);
  show_problem (self, NULL);
  gtk_widget_set_visible (self->causes_section, FALSE);
  gtk_widget_set_visible (self->steps_section, FALSE);
  gtk_widget_set_visible (self->facts_section, FALSE);
  if (alarm == NULL)
    return;
  self->alarm = sm_row_ref (alarm);
  self->cancellable = g_cancellable_new ();
  show_guide (self);
  sm_ops_load_fault_codes_async (self->ops, self->cancellable, guides_cb, g_object_ref (self));
  sm_ops_load_diagnosis_async (self->ops, sm_row_get_id (alarm), self->cancellable, causes_cb,
                               g_object_ref (self));
  ask_steps (self);
}
