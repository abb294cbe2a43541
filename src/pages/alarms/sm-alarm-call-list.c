/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-call-list.h"

#include "sm-alarm-reason.h"
#include "sm-alarm-section.h"
#include "sm-alarm-words.h"
#include "sm-call.h"
#include "sm-style.h"
#include "sm-text.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

struct _SmAlarmCallList
{
  GtkWidget parent_instance;

  GtkWidget *box;
  SmOps *ops;
  SmRow *alarm;     /* (nullable): that is shown, as it is now */
  GPtrArray *lines; /* of Line, who is to be called first first */
};

G_DEFINE_FINAL_TYPE (SmAlarmCallList, sm_alarm_call_list, GTK_TYPE_WIDGET)

typedef struct
{
  char *who;
  char *number;
  GtkWidget *mark;       /* that this one is next, or was called */
  GtkWidget *buttons[2]; /* nobody answered, somebody did */
} Line;

static void
line_free (gpointer data)
{
  Line *line = data;

  g_free (line->who);
  g_free (line->number);
  g_free (line);
}

static void
sm_alarm_call_list_dispose (GObject *object)
{
  SmAlarmCallList *self = SM_ALARM_CALL_LIST (object);

  g_clear_pointer (&self->alarm, sm_row_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_alarm_call_list_parent_class)->dispose (object);
}

static void
sm_alarm_call_list_finalize (GObject *object)
{
  g_ptr_array_unref (SM_ALARM_CALL_LIST (object)->lines);

  G_OBJECT_CLASS (sm_alarm_call_list_parent_class)->finalize (object);
}

static void
sm_alarm_call_list_class_init (SmAlarmCallListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_alarm_call_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = sm_alarm_call_list_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
sm_alarm_call_list_init (SmAlarmCallList *self)
{
  self->lines = g_ptr_array_new_with_free_func (line_free);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
sm_alarm_call_list_new (SmOps *ops)
{
  SmAlarmCallList *self = g_object_new (SM_TYPE_ALARM_CALL_LIST, NULL);

  self->ops = g_object_ref (ops);
  return GTK_WIDGET (self);
}

/** sm_alarm_call_list_clear: Nobody is to be called. */
void
sm_alarm_call_list_clear (SmAlarmCallList *self)
{
  g_return_if_fail (SM_IS_ALARM_CALL_LIST (self));

  g_clear_pointer (&self->alarm, sm_row_unref);
  g_ptr_array_set_size (self->lines, 0);
  sm_alarm_lines_clear (self->box);
}

/* --- what was said --- */

static char *
describe_call (SmAlarmCallList *self,
               const SmCall *call)
{
  g_autofree char *moment = sm_alarm_words_moment (self->ops, call->at);
  g_autofree char *who = sm_text_clean (call->who);
  g_autofree char *number = sm_text_clean (call->number);
  g_autofree char *outcome = sm_text_clean (sm_word_of_slug (sm_call_outcomes, call->outcome));
  g_autofree char *person = sm_text_clean (call->person);

  return g_strdup_printf ("%s · %s %s · %s · %s", moment, who, number, outcome, person);
}

/* All calls to that number, the last one last.  Returns: (transfer full) (nullable) */
static char *
describe_called (SmAlarmCallList *self,
                 GPtrArray    *calls,
                 const Line   *line)
{
  g_autoptr (GString) said = g_string_new (NULL);

  for (guint i = 0; i < calls->len; i++)
    {
      const SmCall *call = calls->pdata[i];
      g_autofree char *words = NULL;

      if (g_strcmp0 (call->number, line->number) != 0)
        continue;
      words = describe_call (self, call);
      g_string_append_printf (said, "%s%s", said->len > 0 ? "\n" : "", words);
    }
  return said->len > 0 ? g_string_free (g_steal_pointer (&said), FALSE) : NULL;
}

/* Who was called says when, by whom and what came of it; the first who was not is next. */
static void
show_marks (SmAlarmCallList *self)
{
  gboolean has_next = FALSE;
  g_autoptr (GPtrArray) calls
      = sm_calls_read (self->alarm != NULL ? sm_row_get_text (self->alarm, SM_ALARM_CALLS) : NULL);
  const char *refusal = sm_ops_may (self->ops, "alarm.note") ? NULL
                        : sm_ops_get_person (self->ops) == NULL
                            ? _("Nobody is signed in") : _("Your role does not allow this");

  for (guint i = 0; i < self->lines->len; i++)
    {
      Line *line = self->lines->pdata[i];
      g_autofree char *said = describe_called (self, calls, line);
      gboolean is_next = said == NULL && !has_next;

      has_next |= is_next;
      gtk_label_set_text (GTK_LABEL (line->mark), said != NULL ? said : is_next ? _("Next to call")
                                                                               : "");
      gtk_widget_set_visible (line->mark, said != NULL || is_next);
      for (guint k = 0; k < G_N_ELEMENTS (line->buttons); k++)
        {
          gtk_widget_set_sensitive (line->buttons[k], refusal == NULL);
          sm_style_set_tooltip (line->buttons[k], refusal);
        }
    }
}

static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SmAlarmCallList) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!sm_ops_edit_finish (SM_OPS (source), result, &error))
    sm_alarm_complain (GTK_WIDGET (self), error);
}

static void
note_call (SmAlarmCallList *self,
           const Line   *line,
           gboolean      was_answered)
{
  sm_ops_note_call_async (self->ops, self->alarm, line->who, line->number,
                          was_answered ? "answered" : "no_answer", NULL, noted_cb,
                          g_object_ref (self));
}

static void
clicked_cb (GtkButton    *button,
            SmAlarmCallList *self)
{
  for (guint i = 0; self->alarm != NULL && i < self->lines->len; i++)
    {
      const Line *line = self->lines->pdata[i];

      for (guint k = 0; k < G_N_ELEMENTS (line->buttons); k++)
        if (line->buttons[k] == GTK_WIDGET (button))
          {
            note_call (self, line, k == 1);
            return;
          }
    }
}

/* --- who --- */

/* A number that can be called is a link; another is only shown. */
static GtkWidget *
make_number (const Line *line)
{
  g_autofree char *words = g_strdup_printf ("%s  %s", line->who, line->number);
  g_autofree char *uri = sm_text_phone_uri (line->number);
  GtkWidget *link = uri != NULL
                        ? gtk_link_button_new_with_label (uri, words)
                        : g_object_new (GTK_TYPE_LABEL, "label", words, "selectable", TRUE, NULL);

  gtk_widget_set_halign (link, GTK_ALIGN_START);
  gtk_widget_set_hexpand (link, TRUE);
  gtk_widget_add_css_class (link, "call");
  return link;
}

static GtkWidget *
make_button (SmAlarmCallList *self,
             const Line   *line,
             const char   *words)
{
  GtkWidget *button = gtk_button_new_with_label (words);
  /* Translators: what came of a call, and whom it was to, as it is read out */
  g_autofree char *name = g_strdup_printf (_("%s: %s"), line->who, words);

  gtk_widget_add_css_class (button, "small");
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, 0);
  return button;
}

/** sm_alarm_call_list_add: One more to call, when those before do not answer. */
void
sm_alarm_call_list_add (SmAlarmCallList *self,
                    const char   *who,
                    const char   *number)
{
  Line *line = g_new0 (Line, 1);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  g_return_if_fail (SM_IS_ALARM_CALL_LIST (self));

  line->who = sm_text_clean (who);
  line->number = g_strstrip (sm_text_clean (number));
  if (line->number[0] == '\0')
    {
      line_free (line);
      g_object_unref (g_object_ref_sink (row));
      return;
    }
  gtk_box_append (GTK_BOX (row), make_number (line));
  line->buttons[0] = make_button (self, line, _("No answer"));
  line->buttons[1] = make_button (self, line, _("Answered"));
  gtk_box_append (GTK_BOX (row), line->buttons[0]);
  gtk_box_append (GTK_BOX (row), line->buttons[1]);
  line->mark = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                             PANGO_WRAP_WORD_CHAR, NULL);
  gtk_widget_add_css_class (line->mark, "row-subtitle");
  gtk_box_append (GTK_BOX (self->box), row);
  gtk_box_append (GTK_BOX (self->box), line->mark);
  g_ptr_array_add (self->lines, line);
  show_marks (self);
}

/** sm_alarm_call_list_show: @alarm: as it is now: it carries who was called */
void
sm_alarm_call_list_show (SmAlarmCallList *self,
                     SmRow        *alarm)
{
  g_return_if_fail (SM_IS_ALARM_CALL_LIST (self) && alarm != NULL);

  if (self->alarm != alarm)
    {
      g_clear_pointer (&self->alarm, sm_row_unref);
      self->alarm = sm_row_ref (alarm);
    }
  show_marks (self);
}
