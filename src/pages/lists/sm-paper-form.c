/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-paper-form.h"

#include "sm-i18n.h"
#include "sm-moment.h"
#include "sm-paper-lists.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* Asks for the fields of an inspection, an incident, a certificate and so on, as domain/sm-paper
 * has them: of a new one, or what may be changed of one that is there. */

#define MOST_HITS 20
#define MOST_FIELDS 24
#define LEVELS 4
#define EVERY_DAYS "every_days"

typedef struct
{
  const SmPaperField *about;
  const SmField *field;
  GtkWidget *row;
  gboolean is_needed;
  SmNounId names;   /* what is looked for by what is typed; SM_N_NOUNS: nothing */
  gint64 found_id;  /* what was found; 0: nothing */
} Line;

typedef struct
{
  AdwMessageDialog *dialog; /* borrowed: the form goes with it */
  SmOps *ops;
  const SmPaper *paper;
  SmRow *seen;              /* (nullable): a new one */
  SmPaperAnswer answer;
  GObject *user;
  Line lines[MOST_FIELDS];
  guint n_lines;
  GPtrArray *templates;     /* of SmRow: those from files, as they stand behind the built-in ones */
  GtkWidget *told;
} Form;

static void
form_free (gpointer  data,
           GClosure *closure)
{
  Form *form = data;

  g_object_unref (form->ops);
  g_clear_pointer (&form->seen, sm_row_unref);
  g_ptr_array_unref (form->templates);
  g_object_unref (form->user);
  g_free (form);
}

static char *
dup_text (GtkWidget *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
}

static GTimeZone *
get_zone (Form *form)
{
  return sm_status_get_zone (sm_ops_get_status (form->ops));
}

static gboolean
is_place (const Line *line)
{
  return line->names != SM_N_NOUNS;
}

/* Of a level a person chooses; other numbers are typed. */
static gboolean
is_choice (const Line *line)
{
  return line->field->kind == SM_KIND_ENUM || g_str_equal (line->field->name, "level");
}

/* --- what is said --- */

static gboolean
is_asked (const Form         *form,
          const SmPaperField *about)
{
  const SmField *field = &sm_noun_get (form->paper->noun)->fields[about->field];

  /* It goes with the template that is chosen. */
  if (g_str_equal (field->name, "template_id"))
    return FALSE;
  if (form->seen == NULL)
    return about->creation != SM_PAPER_NEVER;
  if (g_str_equal (field->name, EVERY_DAYS) && !sm_ops_may (form->ops, SM_PAPER_PLAN))
    return FALSE;
  return about->is_changeable && !g_str_equal (field->name, "state")
         && !g_str_equal (field->name, "end_reason");
}

static gboolean
take_number (const Line *line,
             const char *text,
             SmRow      *row)
{
  gboolean is_days = g_str_equal (line->field->name, EVERY_DAYS);
  gint64 most = is_days ? SM_INSPECTION_MOST_DAYS : G_MAXINT32, number;

  if (!g_ascii_string_to_signed (text, 10, is_days, most, &number, NULL))
    return FALSE;
  sm_row_set_int (row, line->about->field, number);
  return TRUE;
}

static gboolean
is_template (const Line *line)
{
  return line->field->slugs == sm_inspection_templates;
}

static void
take_template (const Form *form,
               guint       own,
               SmRow      *row)
{
  sm_row_set_text (row, SM_INSPECTION_TEMPLATE,
                   sm_inspection_templates[SM_INSPECTION_TEMPLATE_OWN]);
  sm_row_set_int (row, SM_INSPECTION_TEMPLATE_ID, sm_row_get_id (form->templates->pdata[own]));
}

static void
take_choice (const Form *form,
             const Line *line,
             SmRow      *row)
{
  guint chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (line->row));

  if (is_template (line) && chosen >= SM_INSPECTION_TEMPLATE_OWN)
    take_template (form, chosen - SM_INSPECTION_TEMPLATE_OWN, row);
  else if (line->field->kind == SM_KIND_INT)
    sm_row_set_int (row, line->about->field, (gint64) chosen + 1);
  else if (line->is_needed)
    sm_row_set_text (row, line->about->field, line->field->slugs[chosen]);
  else if (chosen > 0)
    sm_row_set_text (row, line->about->field, line->field->slugs[chosen - 1]);
}

/* Returns: FALSE for what cannot be understood, or is missing */
static gboolean
take_line (Form  *form,
           Line  *line,
           SmRow *row)
{
  g_autofree char *text = is_choice (line) ? NULL : dup_text (line->row);
  gint64 moment;

  if (is_choice (line))
    {
      take_choice (form, line, row);
      return TRUE;
    }
  if (text[0] == '\0')
    return !line->is_needed;
  if (is_place (line))
    {
      sm_row_set_int (row, line->about->field, line->found_id);
      return line->found_id != 0;
    }
  if (line->field->kind == SM_KIND_INT)
    return take_number (line, text, row);
  if (line->field->kind == SM_KIND_TIME)
    {
      if (!sm_moment_parse (get_zone (form), text, &moment))
        return FALSE;
      sm_row_set_int (row, line->about->field, moment);
      return TRUE;
    }
  if (line->field->kind == SM_KIND_NAME)
    sm_row_take_text (row, line->about->field,
                      g_str_has_prefix (sm_i18n_language (), "zh") ? sm_name_new (NULL, text)
                                                                   : sm_name_new (text, NULL));
  else
    sm_row_set_text (row, line->about->field, text);
  return g_utf8_strlen (text, -1) <= line->about->max_chars;
}

/* Returns: (transfer full) (nullable): what is wanted; NULL with @out_wrong: what is not right */
static SmRow *
take_all (Form  *form,
          Line **out_wrong)
{
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (form->paper->noun));

  /* What this person is not asked for stays. */
  for (guint i = 0; form->seen != NULL && i < form->paper->n_fields; i++)
    if (form->paper->fields[i].is_changeable && !is_asked (form, &form->paper->fields[i]))
      sm_row_copy_field (row, form->seen, form->paper->fields[i].field);
  for (guint i = 0; i < form->n_lines; i++)
    if (!take_line (form, &form->lines[i], row))
      {
        *out_wrong = &form->lines[i];
        return NULL;
      }
  return g_steal_pointer (&row);
}

/* --- saying it --- */

/* The first of what was found that it can be about. */
static char *
find_place (Form *form,
            Line *line)
{
  g_autofree char *text = dup_text (line->row);
  g_autoptr (GPtrArray) hits = NULL;

  line->found_id = 0;
  hits = text[0] != '\0' ? sm_directory_search (sm_ops_get_directory (form->ops), text,
                                                sm_i18n_language (), MOST_HITS)
                         : NULL;
  for (guint i = 0; hits != NULL && i < hits->len; i++)
    {
      const SmHit *hit = hits->pdata[i];

      if (hit->noun->id != line->names)
        continue;
      line->found_id = hit->id;
      return g_strdup_printf ("%s%s%s", hit->label, hit->detail[0] != '\0' ? " · " : "",
                              hit->detail);
    }
  switch (line->names)
    {
    case SM_NOUN_ENGINEER:
      return g_strdup (_("Type the name of an engineer."));
    case SM_NOUN_VEHICLE:
      return g_strdup (_("Type the number plate of a vehicle."));
    case SM_NOUN_SERVICE_POINT:
      return g_strdup (_("Type the name of a service point."));
    default:
      return g_strdup (_("Type the name or number of a station."));
    }
}

static char *
describe_wrong (const Line *line)
{
  if (line->field->kind == SM_KIND_TIME)
    return g_strdup_printf (_("%s: a date, or a date and a time, as in 2025-06-16 22:00."),
                            adw_preferences_row_get_title (ADW_PREFERENCES_ROW (line->row)));
  /* Translators: %s is what is asked for, as "What happened" */
  return g_strdup_printf (_("%s is missing, or cannot be understood."),
                          adw_preferences_row_get_title (ADW_PREFERENCES_ROW (line->row)));
}

/* Returns: (transfer full) (nullable): what was found, a line each */
static char *
find_places (Form *form)
{
  GString *told = g_string_new (NULL);

  for (guint i = 0; i < form->n_lines; i++)
    {
      Line *line = &form->lines[i];
      g_autofree char *text = is_place (line) ? dup_text (line->row) : NULL;
      g_autofree char *words = text != NULL ? find_place (form, line) : NULL;

      if (words != NULL && (line->is_needed || text[0] != '\0'))
        g_string_append_printf (told, "%s%s", told->len > 0 ? "\n" : "", words);
    }
  return g_string_free (told, told->len == 0);
}

/* Nothing says how often any more. */
static gboolean
ends_series (const Form  *form,
             const SmRow *row)
{
  return form->paper->noun == SM_NOUN_INSPECTION && form->seen != NULL
         && !sm_row_is_null (form->seen, SM_INSPECTION_EVERY_DAYS)
         && sm_row_is_null (row, SM_INSPECTION_EVERY_DAYS);
}

static void
check_cb (Form *form)
{
  g_autofree char *told = find_places (form);
  g_autoptr (SmRow) row = NULL;
  Line *wrong = NULL;

  row = take_all (form, &wrong);
  if (row == NULL && !(is_place (wrong) && told != NULL))
    {
      g_free (told);
      told = describe_wrong (wrong);
    }
  if (row != NULL && told == NULL && ends_series (form, row))
    told = g_strdup (_("No further one is planned after it."));
  gtk_label_set_text (GTK_LABEL (form->told), told != NULL ? told : "");
  adw_message_dialog_set_response_enabled (form->dialog, "do", row != NULL);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Form             *form)
{
  Line *wrong;
  g_autoptr (SmRow) row = g_str_equal (response, "do") ? take_all (form, &wrong) : NULL;

  if (row != NULL)
    form->answer (form->user, form->seen, row);
}

/* --- making it --- */

/* Behind those that the program comes with, which need no file. */
static void
append_templates (const Form    *form,
                  GtkStringList *words)
{
  for (guint i = 0; i < form->templates->len; i++)
    {
      const SmRow *row = form->templates->pdata[i];
      g_autofree char *name = sm_paper_template_name (row);
      g_autofree char *text = g_strdup_printf (
          "%s · %s", name,
          sm_word_of_slug (sm_station_kinds, sm_row_get_text (row, SM_CHECKLIST_STATION_KIND)));

      gtk_string_list_append (words, text);
    }
}

static GtkWidget *
make_choice (const Form *form,
             const Line *line)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  if (line->field->kind == SM_KIND_INT)
    for (guint level = 1; level <= LEVELS; level++)
      {
        g_autofree char *digits = g_strdup_printf ("%u", level);

        gtk_string_list_append (words, digits);
      }
  else if (!line->is_needed)
    gtk_string_list_append (words, "–");
  for (guint i = 0; line->field->slugs != NULL && line->field->slugs[i] != NULL; i++)
    if (!is_template (line) || i != SM_INSPECTION_TEMPLATE_OWN)
      gtk_string_list_append (words, sm_word_of_slug (line->field->slugs, line->field->slugs[i]));
  if (is_template (line))
    append_templates (form, words);
  return g_object_new (ADW_TYPE_COMBO_ROW, "model", words, NULL);
}

static void
fill_choice (const Form *form,
             const Line *line)
{
  guint value = SM_ENUM_UNKNOWN;

  if (form->seen != NULL && line->field->kind == SM_KIND_ENUM)
    value = sm_row_get_enum (form->seen, line->about->field);
  if (value != SM_ENUM_UNKNOWN)
    adw_combo_row_set_selected (ADW_COMBO_ROW (line->row), value + !line->is_needed);
  else if (line->field->kind == SM_KIND_INT)
    adw_combo_row_set_selected (ADW_COMBO_ROW (line->row), LEVELS - 2);
}

static char *
first_text (Form       *form,
            const Line *line)
{
  gint64 now = sm_clock_now (sm_status_get_clock (sm_ops_get_status (form->ops)));

  if (form->seen == NULL)
    return line->field->kind == SM_KIND_TIME && line->is_needed
               ? sm_moment_format (get_zone (form), now) : NULL;
  if (sm_row_is_null (form->seen, line->about->field))
    return NULL;
  if (line->field->kind == SM_KIND_TIME)
    return sm_moment_format (get_zone (form), sm_row_get_int (form->seen, line->about->field));
  if (line->field->kind == SM_KIND_INT)
    return g_strdup_printf ("%" G_GINT64_FORMAT,
                            sm_row_get_int (form->seen, line->about->field));
  return g_strdup (sm_row_get_text (form->seen, line->about->field));
}

/* Of the note below a score: what it is, beside which of the six it is of. */
static char *
title_of (const Form *form,
          const Line *line)
{
  const char *title = sm_paper_field_title (form->paper, line->about->field);

  if (!g_str_has_suffix (line->field->name, "_note"))
    return g_strdup (title);
  /* Translators: what was found there; %s is where, as in "Note: shine" */
  return g_strdup_printf (_("Note: %s"), title);
}

static void
describe_part (const Form *form,
               const Line *line)
{
  guint part = (line->about->field - SM_INSPECTION_SORT_SCORE) / 2;
  g_autofree char *words = NULL;

  if (form->paper->noun != SM_NOUN_INSPECTION || form->seen == NULL
      || !g_str_has_suffix (line->field->name, "_score"))
    return;
  words = sm_paper_check_words (form->ops, form->seen, part);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line->row), words);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (line->row), 0);
}

static void
add_line (Form               *form,
          GtkWidget          *list,
          const SmPaperField *about)
{
  Line *line = &form->lines[form->n_lines++];
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  line->about = about;
  line->field = &sm_noun_get (form->paper->noun)->fields[about->field];
  line->names = sm_paper_field_noun (form->paper, about->field);
  line->is_needed = form->seen == NULL ? about->creation == SM_PAPER_REQUIRED
                                       : (line->field->kind == SM_KIND_TIME
                                          || line->field->kind == SM_KIND_INT)
                                             && (line->field->flags & SM_FIELD_REQUIRED);
  line->row = is_choice (line) ? make_choice (form, line) : adw_entry_row_new ();
  title = title_of (form, line);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line->row), title);
  describe_part (form, line);
  gtk_list_box_append (GTK_LIST_BOX (list), line->row);
  if (is_choice (line))
    {
      fill_choice (form, line);
      return;
    }
  text = first_text (form, line);
  gtk_editable_set_text (GTK_EDITABLE (line->row), text != NULL ? text : "");
  g_signal_connect_swapped (line->row, "changed", G_CALLBACK (check_cb), form);
}

static GtkWidget *
make_content (Form *form)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_size_request (list, 520, -1);
  form->told = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0, "wrap-mode",
                             PANGO_WRAP_WORD_CHAR, NULL);
  for (guint i = 0; i < form->paper->n_fields && form->n_lines < MOST_FIELDS; i++)
    if (is_asked (form, &form->paper->fields[i]))
      add_line (form, list, &form->paper->fields[i]);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 560);
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_box_append (GTK_BOX (box), form->told);
  return box;
}

/* Returns: (transfer full): of SmRow: what can be chosen, from files */
static GPtrArray *
list_templates (SmOps *ops)
{
  GPtrArray *all = sm_directory_get_rows (sm_ops_get_directory (ops), SM_NOUN_CHECKLIST);
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);

  for (guint i = 0; all != NULL && i < all->len; i++)
    if (sm_row_is_null (all->pdata[i], SM_CHECKLIST_REMOVED_AT))
      g_ptr_array_add (found, sm_row_ref (all->pdata[i]));
  return found;
}

/**
 * sm_paper_form_ask:
 * @seen: (nullable): what is to be changed, as it is shown; NULL: a new one
 * @answer: called with what is wanted: every field that was asked for; others are as in @seen
 * @user: (type GObject): kept until then
 *
 * Returns: (transfer none): the dialog, which is shown
 */
GtkWidget *
sm_paper_form_ask (GtkWidget     *parent,
                   SmOps         *ops,
                   const SmPaper *paper,
                   SmRow         *seen,
                   const char    *heading,
                   SmPaperAnswer  answer,
                   gpointer       user)
{
  Form *form = g_new0 (Form, 1);
  GtkRoot *root = gtk_widget_get_root (parent);

  form->ops = g_object_ref (ops);
  form->paper = paper;
  form->templates = list_templates (ops);
  form->seen = seen != NULL ? sm_row_ref (seen) : NULL;
  form->answer = answer;
  form->user = g_object_ref (user);
  form->dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, NULL));
  adw_message_dialog_add_responses (form->dialog, "cancel", C_ ("action", "_Cancel"), "do",
                                    C_ ("action", "_Save"), NULL);
  adw_message_dialog_set_close_response (form->dialog, "cancel");
  adw_message_dialog_set_default_response (form->dialog, "do");
  adw_message_dialog_set_response_appearance (form->dialog, "do", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_extra_child (form->dialog, make_content (form));
  check_cb (form);
  g_signal_connect_data (form->dialog, "response", G_CALLBACK (response_cb), form, form_free, 0);
  g_object_set_data (G_OBJECT (form->dialog), "form", form); /* which goes with it */
  gtk_window_present (GTK_WINDOW (form->dialog));
  gtk_widget_grab_focus (form->lines[0].row);
  return GTK_WIDGET (form->dialog);
}

/* By what it is found, and nothing else is. */
static char *
dup_key (Form   *form,
         Line   *line,
         gint64  id)
{
  SmDirectory *directory = sm_ops_get_directory (form->ops);
  const SmRow *station
      = line->names == SM_NOUN_STATION ? sm_directory_find_row (directory, line->names, id) : NULL;

  return station != NULL
             ? g_strdup (sm_row_get_text (station, SM_STATION_SN))
             : sm_directory_dup_label (directory, line->names, id, sm_i18n_language ());
}

/** sm_paper_form_fill: @dialog: of something new; @first: what of it is known already */
void
sm_paper_form_fill (GtkWidget   *dialog,
                    const SmRow *first)
{
  Form *form = g_object_get_data (G_OBJECT (dialog), "form");

  g_return_if_fail (form != NULL);

  for (guint i = 0; i < form->n_lines; i++)
    {
      Line *line = &form->lines[i];
      g_autofree char *text = NULL;

      if (is_choice (line) || sm_row_is_null (first, line->about->field))
        continue;
      if (is_place (line))
        text = dup_key (form, line, sm_row_get_int (first, line->about->field));
      else if (sm_kind_is_text (line->field->kind))
        text = g_strdup (sm_row_get_text (first, line->about->field));
      if (text != NULL)
        gtk_editable_set_text (GTK_EDITABLE (line->row), text);
    }
}
