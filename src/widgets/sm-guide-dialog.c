/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-guide-dialog.h"

#include "sm-guide-edit.h"
#include "sm-guide-lines.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-toast-errors.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

#define WIDTH 720
#define HEIGHT 780

struct _SmGuideDialog
{
  AdwWindow parent_instance;

  SmFaultGuide *seen;  /* as the service has it, as far as is known here */
  SmFaultGuide *least; /* (nullable): as it comes */
  char *contest;       /* (nullable): who changed what of it meanwhile, in words */
  GArray *times;        /* of gint64, seconds */
  GArray *commands;     /* of guint: SmCommandKind, or %SM_ENUM_UNKNOWN for none */
  GtkWidget *problem, *problem_box, *theirs_button;
  GtkWidget *level, *time, *consequence, *consequence_zh, *command;
  GtkWidget *switches[SM_N_COMMAND_KINDS];
  SmGuideLines *causes, *steps;
  GtkWidget *save, *reset;
};

G_DEFINE_FINAL_TYPE (SmGuideDialog, sm_guide_dialog, ADW_TYPE_WINDOW)

static guint save_signal;

static const gint64 usual_times[] = { 60,   120,   300,   600,   900,    1800,
                                      3600, 14400, 28800, 86400, 604800, 2592000 };

/* --- what is chosen --- */

static guint
selected (GtkWidget *combo)
{
  return adw_combo_row_get_selected (ADW_COMBO_ROW (combo));
}

static char *
dup_text (GtkWidget *entry)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

/* Returns: (transfer full): what would be saved */
static SmFaultGuide *
dup_wanted (SmGuideDialog *self)
{
  SmFaultGuide *guide = sm_fault_guide_copy (self->seen);

  g_free (guide->consequence_text);
  g_free (guide->consequence_zh);
  guide->consequence_text = dup_text (self->consequence);
  guide->consequence_zh = dup_text (self->consequence_zh);
  guide->level = (int) selected (self->level) + 1;
  guide->respond_s = g_array_index (self->times, gint64, selected (self->time));
  guide->command = g_array_index (self->commands, guint, selected (self->command));
  guide->forbids = 0;
  for (guint kind = 0; kind < SM_N_COMMAND_KINDS; kind++)
    if (gtk_switch_get_active (GTK_SWITCH (self->switches[kind])))
      guide->forbids |= 1u << kind;
  g_ptr_array_unref (guide->causes);
  g_ptr_array_unref (guide->steps);
  guide->causes = sm_guide_lines_dup (self->causes);
  guide->steps = sm_guide_lines_dup (self->steps);
  return guide;
}

static void
show_problem (SmGuideDialog *self,
              const char    *words)
{
  gtk_label_set_text (GTK_LABEL (self->problem), words != NULL ? words : "");
  gtk_widget_set_visible (self->problem_box, words != NULL);
}

/* Said while it is written, as the service would say it. */
static void
check (SmGuideDialog *self)
{
  g_autoptr (SmFaultGuide) wanted = dup_wanted (self);
  g_autoptr (GError) error = NULL;
  gboolean is_sound = sm_fault_guide_check (wanted, &error);
  g_autofree char *sentence = is_sound ? NULL : sm_error_sentence (error);

  show_problem (self, sentence != NULL ? sentence : self->contest);
  gtk_widget_set_sensitive (self->save, is_sound && sm_guide_edit_diff (wanted, self->seen) != 0);
  gtk_widget_set_sensitive (self->reset, self->least != NULL
                                             && sm_guide_edit_diff (wanted, self->least) != 0);
}

static void
save (SmGuideDialog *self)
{
  g_autoptr (SmFaultGuide) wanted = NULL;

  if (!gtk_widget_get_sensitive (self->save))
    return;
  wanted = dup_wanted (self);
  gtk_widget_set_sensitive (self->save, FALSE);
  gtk_widget_set_visible (self->theirs_button, FALSE);
  g_clear_pointer (&self->contest, g_free);
  show_problem (self, NULL);
  g_signal_emit (self, save_signal, 0, wanted);
}

/* --- showing a guide --- */

static void
select_in (GtkWidget *combo,
           GArray    *values,
           gsize      size,
           gint64     wanted)
{
  for (guint i = 0; i < values->len; i++)
    {
      gint64 value = size == sizeof (gint64) ? g_array_index (values, gint64, i)
                                             : (gint64) g_array_index (values, guint, i);

      if (value == wanted)
        adw_combo_row_set_selected (ADW_COMBO_ROW (combo), i);
    }
}

/* One that is not among the usual ones. */
static void
ensure_time (SmGuideDialog *self,
             gint64         time)
{
  GtkStringList *words = GTK_STRING_LIST (adw_combo_row_get_model (ADW_COMBO_ROW (self->time)));
  g_autofree char *text = sm_time_age (time * SM_SECOND);

  for (guint i = 0; i < self->times->len; i++)
    if (g_array_index (self->times, gint64, i) == time)
      return;
  g_array_append_val (self->times, time);
  gtk_string_list_append (words, text);
}

static void
show_guide (SmGuideDialog      *self,
            const SmFaultGuide *guide)
{
  const GPtrArray *fixed = guide->is_safety && self->least != NULL ? self->least->steps : NULL;

  adw_combo_row_set_selected (ADW_COMBO_ROW (self->level), (guint) CLAMP (guide->level, 1, 4) - 1);
  ensure_time (self, guide->respond_s);
  select_in (self->time, self->times, sizeof (gint64), guide->respond_s);
  select_in (self->command, self->commands, sizeof (guint), guide->command);
  gtk_editable_set_text (GTK_EDITABLE (self->consequence),
                         guide->consequence_text != NULL ? guide->consequence_text : "");
  gtk_editable_set_text (GTK_EDITABLE (self->consequence_zh),
                         guide->consequence_zh != NULL ? guide->consequence_zh : "");
  for (guint kind = 0; kind < SM_N_COMMAND_KINDS; kind++)
    gtk_switch_set_active (GTK_SWITCH (self->switches[kind]), (guide->forbids >> kind) & 1);
  sm_guide_lines_set (self->causes, guide->causes, NULL);
  sm_guide_lines_set (self->steps, guide->steps, fixed);
  check (self);
}

static void
reset_cb (SmGuideDialog *self)
{
  show_guide (self, self->least);
}

/* What is theirs is shown; what was written here is gone. */
static void
theirs_cb (SmGuideDialog *self)
{
  g_clear_pointer (&self->contest, g_free);
  gtk_widget_set_visible (self->theirs_button, FALSE);
  show_guide (self, self->seen);
}

/* --- making it --- */

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  gint64 one = *(const gint64 *) a, other = *(const gint64 *) b;

  return (one > other) - (one < other);
}

/* What is set now, and the usual ones; of a danger, none that puts it off. */
static GArray *
list_times (const SmFaultGuide *guide,
            const SmFaultGuide *least)
{
  GArray *times = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (times, guide->respond_s);
  if (least->respond_s != guide->respond_s)
    g_array_append_val (times, least->respond_s);
  for (gsize i = 0; i < G_N_ELEMENTS (usual_times); i++)
    if (usual_times[i] != guide->respond_s && usual_times[i] != least->respond_s
        && !(guide->is_safety && usual_times[i] > least->respond_s))
      g_array_append_val (times, usual_times[i]);
  g_array_sort (times, compare_times);
  return times;
}

/* None, and whatever there is; of a danger, what the catalogue comes with alone. */
static GArray *
list_commands (const SmFaultGuide *guide,
               const SmFaultGuide *least)
{
  GArray *commands = g_array_new (FALSE, FALSE, sizeof (guint));
  guint none = SM_ENUM_UNKNOWN;

  g_array_append_val (commands, none);
  for (guint kind = 0; kind < SM_N_COMMAND_KINDS; kind++)
    if (!guide->is_safety || kind == least->command)
      g_array_append_val (commands, kind);
  return commands;
}

static GtkWidget *
make_combo (SmGuideDialog *self,
            const char    *title,
            GtkStringList *words)
{
  GtkWidget *combo = g_object_new (ADW_TYPE_COMBO_ROW, "title", title, "model", words, NULL);

  g_signal_connect_object (combo, "notify::selected", G_CALLBACK (check), self, G_CONNECT_SWAPPED);
  return combo;
}

static GtkWidget *
make_level (SmGuideDialog *self)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  const SmFaultCode *code = sm_fault_code_find (self->seen->code);
  gboolean is_of_limit = code != NULL && code->origin == SM_FAULT_OF_LIMIT;

  for (int level = 1; level <= 4; level++)
    {
      g_autofree char *text = g_strdup_printf ("%d · %s", level, sm_word_of_level (level));

      /* Of a danger there is none behind its own. */
      if (!self->seen->is_safety || self->least == NULL || level <= self->least->level)
        gtk_string_list_append (words, text);
    }
  self->level = make_combo (self, _("Level"), words);
  gtk_widget_set_sensitive (self->level, !is_of_limit);
  if (is_of_limit)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->level),
                                 _("The level of this comes from its limits."));
  return self->level;
}

static GtkWidget *
make_time (SmGuideDialog *self)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->times->len; i++)
    {
      g_autofree char *text = sm_time_age (g_array_index (self->times, gint64, i) * SM_SECOND);

      gtk_string_list_append (words, text);
    }
  self->time = make_combo (self, _("Begin within"), words);
  return self->time;
}

static GtkWidget *
make_command (SmGuideDialog *self)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->commands->len; i++)
    {
      guint kind = g_array_index (self->commands, guint, i);

      gtk_string_list_append (words, kind < SM_N_COMMAND_KINDS
                                         ? sm_word_of_slug (sm_command_kinds,
                                                            sm_command_kinds[kind])
                                         /* Translators: no command */
                                         : C_ ("command", "none"));
    }
  self->command = make_combo (self, _("May be tried"), words);
  return self->command;
}

static GtkWidget *
make_entry (SmGuideDialog *self,
            const char    *title)
{
  GtkWidget *entry = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), title);
  g_signal_connect_object (entry, "changed", G_CALLBACK (check), self, G_CONNECT_SWAPPED);
  return entry;
}

/* What the catalogue forbids of a danger stays forbidden; to stop never is. */
static GtkWidget *
make_switch (SmGuideDialog *self,
             guint          kind)
{
  GtkWidget *row = adw_action_row_new ();
  gboolean is_kept = self->seen->is_safety && self->least != NULL
                     && ((self->least->forbids >> kind) & 1);

  self->switches[kind] = gtk_switch_new ();
  gtk_widget_set_valign (self->switches[kind], GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 sm_word_of_slug (sm_command_kinds, sm_command_kinds[kind]));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->switches[kind]);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->switches[kind]);
  gtk_widget_set_sensitive (row, !is_kept && kind != SM_COMMAND_KIND_STOP);
  if (is_kept)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("It belongs to a danger and stays"));
  else if (kind == SM_COMMAND_KIND_STOP)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("To stop is never forbidden."));
  g_signal_connect_object (self->switches[kind], "notify::active", G_CALLBACK (check), self,
                           G_CONNECT_SWAPPED);
  return row;
}

static GtkWidget *
make_group (const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  return group;
}

static GtkWidget *
make_facts (SmGuideDialog *self)
{
  GtkWidget *group = make_group (_("How bad, and what follows"));
  g_autoptr (SmFaultGuide) bare = sm_fault_guide_copy (self->seen);
  g_autofree char *ours = NULL;

  g_clear_pointer (&bare->consequence_text, g_free);
  g_clear_pointer (&bare->consequence_zh, g_free);
  /* Translators: %s is what the catalogue itself says */
  ours = g_markup_printf_escaped (_("Where nothing is written: %s"),
                                  sm_fault_guide_get_consequence (bare));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), ours);
  self->consequence = make_entry (self, _("What follows, in English or any language"));
  self->consequence_zh = make_entry (self, _("What follows, in Chinese"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_level (self));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_time (self));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->consequence);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->consequence_zh);
  return group;
}

static GtkWidget *
make_commands (SmGuideDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *tried = make_group (_("Command from afar"));
  GtkWidget *forbidden = make_group (_("Must not be tried while it lasts"));

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (tried), make_command (self));
  for (guint kind = 0; kind < SM_N_COMMAND_KINDS; kind++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (forbidden), make_switch (self, kind));
  gtk_box_append (GTK_BOX (box), tried);
  gtk_box_append (GTK_BOX (box), forbidden);
  return box;
}

static GtkWidget *
make_problem (SmGuideDialog *self)
{
  self->problem_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->problem = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "hexpand", TRUE,
                                "wrap-mode", PANGO_WRAP_WORD_CHAR, "accessible-role",
                                GTK_ACCESSIBLE_ROLE_ALERT, NULL);
  self->theirs_button = gtk_button_new_with_mnemonic (_("Take _theirs"));
  gtk_widget_set_valign (self->theirs_button, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->theirs_button, FALSE);
  g_signal_connect_object (self->theirs_button, "clicked", G_CALLBACK (theirs_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (self->problem, "problem");
  gtk_widget_add_css_class (self->problem_box, "guide-problem");
  gtk_widget_set_visible (self->problem_box, FALSE);
  gtk_box_append (GTK_BOX (self->problem_box), self->problem);
  gtk_box_append (GTK_BOX (self->problem_box), self->theirs_button);
  return self->problem_box;
}

static GtkWidget *
make_bar (SmGuideDialog *self,
          const char    *title)
{
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (C_ ("action", "_Cancel"));
  GtkWidget *words = adw_window_title_new (_("What to do about such faults"), title);

  self->save = gtk_button_new_with_mnemonic (C_ ("action", "_Save"));
  gtk_widget_add_css_class (self->save, "suggested-action");
  self->reset = gtk_button_new_with_mnemonic (_("As it _comes"));
  gtk_widget_set_tooltip_text (self->reset, _("Everything as the catalogue comes with it; "
                                              "nothing is saved yet"));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (bar), words);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), self->save);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), self->reset);
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (gtk_window_close), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->save, "clicked", G_CALLBACK (save), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reset, "clicked", G_CALLBACK (reset_cb), self, G_CONNECT_SWAPPED);
  return bar;
}

static GtkWidget *
make_hint (SmGuideDialog *self)
{
  GtkWidget *label = g_object_new (
      GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "label",
      self->seen->is_safety
          ? _("Everybody is guided by it. Of a danger nothing can be left out, put off, made less "
              "or allowed.")
          : _("Everybody is guided by it, and alarms are raised by it, from the moment it is "
              "saved."),
      NULL);

  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static void
make_content (SmGuideDialog *self,
              const char    *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *parts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  self->causes = SM_GUIDE_LINES (sm_guide_lines_new (TRUE));
  self->steps = SM_GUIDE_LINES (sm_guide_lines_new (FALSE));
  g_signal_connect_object (self->causes, "changed", G_CALLBACK (check), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->steps, "changed", G_CALLBACK (check), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (parts, "guide-parts");
  gtk_box_append (GTK_BOX (box), make_bar (self, title));
  gtk_box_append (GTK_BOX (box), make_problem (self));
  gtk_box_append (GTK_BOX (parts), make_hint (self));
  gtk_box_append (GTK_BOX (parts), make_facts (self));
  gtk_box_append (GTK_BOX (parts), GTK_WIDGET (self->steps));
  gtk_box_append (GTK_BOX (parts), GTK_WIDGET (self->causes));
  gtk_box_append (GTK_BOX (parts), make_commands (self));
  adw_clamp_set_child (ADW_CLAMP (clamp), parts);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_window_set_content (ADW_WINDOW (self), box);
}

/* --- the widget --- */

static gboolean
save_shortcut_cb (GtkWidget *widget,
                  GVariant  *arguments,
                  gpointer   user_data)
{
  save (SM_GUIDE_DIALOG (widget));
  return TRUE;
}

static void
sm_guide_dialog_finalize (GObject *object)
{
  SmGuideDialog *self = SM_GUIDE_DIALOG (object);

  g_clear_pointer (&self->seen, sm_fault_guide_free);
  g_clear_pointer (&self->contest, g_free);
  g_clear_pointer (&self->least, sm_fault_guide_free);
  g_clear_pointer (&self->times, g_array_unref);
  g_clear_pointer (&self->commands, g_array_unref);

  G_OBJECT_CLASS (sm_guide_dialog_parent_class)->finalize (object);
}

static void
sm_guide_dialog_class_init (SmGuideDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sm_guide_dialog_finalize;
  gtk_widget_class_add_binding (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, save_shortcut_cb, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  save_signal = g_signal_new ("save", SM_TYPE_GUIDE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
sm_guide_dialog_init (SmGuideDialog *self)
{
}

/**
 * sm_guide_dialog_new:
 * @guide: as it is now
 *
 * Returns: (transfer none): it, which belongs to GTK until it is closed
 */
SmGuideDialog *
sm_guide_dialog_new (GtkWidget          *owner,
                     const SmFaultGuide *guide)
{
  GtkRoot *root = gtk_widget_get_root (owner);
  SmGuideDialog *self = g_object_new (
      SM_TYPE_GUIDE_DIALOG, "modal", TRUE, "default-width", WIDTH, "default-height", HEIGHT,
      "transient-for", GTK_IS_WINDOW (root) ? root : NULL, "title",
      _("What to do about such faults"), NULL);
  g_autofree char *title = g_strdup_printf ("%s · %s", sm_word_of_alarm (guide->code), guide->code);

  self->seen = sm_fault_guide_copy (guide);
  self->least = sm_fault_guide_new (guide->code);
  self->times = list_times (guide, self->least != NULL ? self->least : guide);
  self->commands = list_commands (guide, self->least != NULL ? self->least : guide);
  make_content (self, title);
  show_guide (self, guide);
  return self;
}

/** sm_guide_dialog_get_seen: Returns: (transfer none): by which the person decided */
const SmFaultGuide *
sm_guide_dialog_get_seen (SmGuideDialog *self)
{
  g_return_val_if_fail (SM_IS_GUIDE_DIALOG (self), NULL);

  return self->seen;
}

/** sm_guide_dialog_refuse: It was not saved; what was written stays. */
void
sm_guide_dialog_refuse (SmGuideDialog *self,
                        const GError  *error)
{
  g_autofree char *sentence = sm_error_sentence (error);

  g_return_if_fail (SM_IS_GUIDE_DIALOG (self));

  check (self);
  show_problem (self, sentence);
}

/* "Level, What to do" */
static char *
describe_parts (guint parts)
{
  GString *text = g_string_new (NULL);

  for (guint bit = 0; (parts >> bit) != 0; bit++)
    if ((parts >> bit) & 1)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "",
                              sm_guide_part_words (1 << bit));
  return g_string_free (text, FALSE);
}

/**
 * sm_guide_dialog_contest:
 * @theirs: what somebody else made of it since this was shown
 *
 * The person decides: saves again, over theirs, or takes theirs.  What only they
 * changed is shown as it is now.
 */
void
sm_guide_dialog_contest (SmGuideDialog      *self,
                         const SmFaultGuide *theirs)
{
  g_autoptr (SmFaultGuide) wanted = NULL;
  g_autoptr (SmFaultGuide) merged = NULL;
  g_autofree char *parts = NULL;
  g_autofree char *who = NULL;

  g_return_if_fail (SM_IS_GUIDE_DIALOG (self));

  wanted = dup_wanted (self);
  merged = sm_fault_guide_copy (theirs);
  sm_guide_edit_take (merged, wanted, sm_guide_edit_diff (wanted, self->seen));
  parts = describe_parts (sm_guide_edit_diff (theirs, self->seen));
  who = sm_text_clean (theirs->edited_by != NULL ? theirs->edited_by : "");
  g_free (self->contest);
  /* Translators: first %s is a person, second what that person changed */
  self->contest = g_strdup_printf (_("%s has changed this in the meantime: %s. Save again to have "
                                     "yours instead."), who, parts);
  sm_fault_guide_free (self->seen);
  self->seen = sm_fault_guide_copy (theirs);
  gtk_widget_set_visible (self->theirs_button, TRUE);
  show_guide (self, merged);
}
