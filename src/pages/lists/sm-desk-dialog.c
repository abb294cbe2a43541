/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-desk-dialog.h"

#include "sm-edit.h"
#include "sm-i18n.h"
#include "sm-shift-lists.h"
#include "sm-text.h"

#include <glib/gi18n-lib.h>

/* What a desk is called and what it looks after, as it is to be. */

#define N_LEVELS 4
#define N_KINDS 9
#define MOST_HITS 20
#define MOST_NAME_CHARS 60

typedef struct
{
  AdwMessageDialog *dialog; /* borrowed: the question goes with it */
  SmOps *ops;
  SmRow *before;            /* (nullable): a new one */
  SmDeskAnswer answer;
  GObject *user;
  GtkWidget *names[2];
  GtkWidget *levels[N_LEVELS];
  GtkWidget *kinds[N_KINDS];
  GtkWidget *kinds_row;
  GtkWidget *areas_row;
  GtkWidget *find;          /* what area is looked for */
  GtkWidget *cover;
  GArray *areas;            /* of gint64: that were chosen */
  GPtrArray *area_rows;     /* of GtkWidget, one each */
  GArray *covers;           /* of gint64: as the choice has them; the first is nobody */
} Question;

static const char *const languages[] = { "en", "zh-CN" };

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  g_clear_pointer (&question->before, sm_row_unref);
  g_array_unref (question->areas);
  g_ptr_array_unref (question->area_rows);
  g_array_unref (question->covers);
  g_object_unref (question->ops);
  g_object_unref (question->user);
  g_free (question);
}

static char *
dup_entry (GtkWidget *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
}

/* --- what was chosen --- */

/* All of them is what is everywhere, and none says the same: null. */
static char *
join_checked (GtkWidget         **checks,
              const char *const  *words,
              guint               n)
{
  GString *text = g_string_new (NULL);
  guint n_checked = 0;

  for (guint i = 0; i < n; i++)
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (checks[i])))
      {
        g_string_append_printf (text, "%s%s", n_checked > 0 ? " " : "", words[i]);
        n_checked++;
      }
  if (n_checked > 0 && n_checked < n)
    return g_string_free (text, FALSE);
  g_string_free (text, TRUE);
  return NULL;
}

static char *
join_areas (const Question *question)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < question->areas->len; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "",
                            g_array_index (question->areas, gint64, i));
  return g_string_free (text, question->areas->len == 0);
}

static void
take_names (const Question *question,
            SmRow          *wanted)
{
  static const char *const fields[] = { "name/en", "name/zh-CN" };
  g_autoptr (GPtrArray) edits = sm_edits_new ();

  /* What it is called in further languages stays. */
  if (question->before != NULL)
    sm_row_copy_field (wanted, question->before, SM_DESK_NAME);
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *name = dup_entry (question->names[i]);

      sm_edits_add (edits, fields[i], NULL, name[0] != '\0' ? name : NULL);
    }
  sm_edits_lay_over (edits, wanted);
}

static SmRow *
make_wanted (const Question *question)
{
  static const char *const levels[N_LEVELS] = { "1", "2", "3", "4" };
  SmRow *wanted = sm_row_new (sm_noun_get (SM_NOUN_DESK));
  guint cover = adw_combo_row_get_selected (ADW_COMBO_ROW (question->cover));

  take_names (question, wanted);
  sm_row_take_text (wanted, SM_DESK_AREA_IDS, join_areas (question));
  sm_row_take_text (wanted, SM_DESK_KINDS,
                    join_checked ((GtkWidget **) question->kinds, sm_shift_kinds, N_KINDS));
  sm_row_take_text (wanted, SM_DESK_LEVELS,
                    join_checked ((GtkWidget **) question->levels, levels, N_LEVELS));
  if (cover > 0 && cover < question->covers->len)
    sm_row_set_int (wanted, SM_DESK_COVER_DESK_ID,
                    g_array_index (question->covers, gint64, cover));
  return wanted;
}

/* --- saying how it stands --- */

static void
show_kinds (Question *question)
{
  GString *text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < N_KINDS; i++)
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (question->kinds[i])))
      g_string_append_printf (text, "%s%s", n++ > 0 ? ", " : "",
                              sm_shift_kind_words (sm_shift_kinds[i]));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (question->kinds_row),
                                 n > 0 && n < N_KINDS ? text->str : C_ ("desk", "all"));
  g_string_free (text, TRUE);
}

static void
show_areas (Question *question)
{
  SmDirectory *directory = sm_ops_get_directory (question->ops);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < question->areas->len; i++)
    {
      g_autofree char *label
          = sm_directory_dup_label (directory, SM_NOUN_AREA,
                                    g_array_index (question->areas, gint64, i),
                                    sm_i18n_language ());
      g_autofree char *clean = sm_text_clean (label);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", clean);
    }
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (question->areas_row),
                                 question->areas->len > 0 ? text->str : C_ ("desk", "everywhere"));
  g_string_free (text, TRUE);
}

static void
check_cb (Question *question)
{
  gboolean has_name = FALSE, is_short = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *name = dup_entry (question->names[i]);

      has_name |= name[0] != '\0';
      is_short &= g_utf8_strlen (name, -1) <= MOST_NAME_CHARS;
    }
  adw_message_dialog_set_response_enabled (question->dialog, "do", has_name && is_short);
  show_kinds (question);
}

/* --- areas --- */

static void show_area_rows (Question *question);

static void
drop_area_cb (GtkButton *button,
              Question  *question)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "index"));

  if (index < question->areas->len)
    g_array_remove_index (question->areas, index);
  show_area_rows (question);
  gtk_widget_grab_focus (question->find);
}

static void
add_area_row (Question *question,
              guint     index)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic");
  g_autofree char *label = sm_directory_dup_label (
      sm_ops_get_directory (question->ops), SM_NOUN_AREA,
      g_array_index (question->areas, gint64, index), sm_i18n_language ());
  g_autofree char *clean = sm_text_clean (label);
  /* Translators: what a button does, as it is read out; %s is an area */
  g_autofree char *name = g_strdup_printf (_("Take away %s"), clean);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), clean);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (button), "index", GUINT_TO_POINTER (index));
  g_signal_connect (button, "clicked", G_CALLBACK (drop_area_cb), question);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (question->areas_row), row);
  g_ptr_array_add (question->area_rows, row);
}

static void
show_area_rows (Question *question)
{
  for (guint i = 0; i < question->area_rows->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (question->areas_row),
                             question->area_rows->pdata[i]);
  g_ptr_array_set_size (question->area_rows, 0);
  for (guint i = 0; i < question->areas->len; i++)
    add_area_row (question, i);
  show_areas (question);
}

static void
add_area (Question *question,
          gint64    id)
{
  for (guint i = 0; i < question->areas->len; i++)
    if (g_array_index (question->areas, gint64, i) == id)
      return;
  g_array_append_val (question->areas, id);
}

/* The first area that is found by what was typed. */
static void
find_area_cb (Question *question)
{
  g_autofree char *text = dup_entry (question->find);
  g_autoptr (GPtrArray) hits = NULL;

  if (text[0] == '\0')
    return;
  hits = sm_directory_search (sm_ops_get_directory (question->ops), text, sm_i18n_language (),
                              MOST_HITS);
  for (guint i = 0; i < hits->len; i++)
    {
      const SmHit *hit = hits->pdata[i];

      if (hit->noun->id != SM_NOUN_AREA)
        continue;
      add_area (question, hit->id);
      gtk_editable_set_text (GTK_EDITABLE (question->find), "");
      gtk_widget_remove_css_class (question->find, "error");
      show_area_rows (question);
      return;
    }
  gtk_widget_add_css_class (question->find, "error");
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (question->areas_row),
                                 _("There is no area of that name"));
}

/* --- making it --- */

static GtkWidget *
make_entry (Question   *question,
            const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (check_cb), question);
  return row;
}

static gboolean
lists (const SmRow *desk,
       guint        field,
       const char  *word)
{
  return desk != NULL && !sm_row_is_null (desk, field)
         && sm_desk_lists (sm_row_get_text (desk, field), word);
}

static GtkWidget *
make_levels (Question *question)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Levels"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("None of them: all"));
  for (guint i = 0; i < N_LEVELS; i++)
    {
      char word[2] = { (char) ('1' + i), '\0' };
      /* Translators: of an alarm; %s is a digit */
      g_autofree char *name = g_strdup_printf (_("Level %s"), word);

      question->levels[i] = gtk_check_button_new_with_label (word);
      gtk_accessible_update_property (GTK_ACCESSIBLE (question->levels[i]),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (question->levels[i]),
                                   lists (question->before, SM_DESK_LEVELS, word));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), question->levels[i]);
    }
  return row;
}

static GtkWidget *
make_kinds (Question *question)
{
  question->kinds_row = adw_expander_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (question->kinds_row), _("Kinds"));
  for (guint i = 0; i < N_KINDS; i++)
    {
      GtkWidget *row = adw_action_row_new ();

      question->kinds[i] = gtk_check_button_new ();
      gtk_widget_set_valign (question->kinds[i], GTK_ALIGN_CENTER);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (question->kinds[i]),
                                   lists (question->before, SM_DESK_KINDS, sm_shift_kinds[i]));
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                     sm_shift_kind_words (sm_shift_kinds[i]));
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), question->kinds[i]);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), question->kinds[i]);
      g_signal_connect_swapped (question->kinds[i], "toggled", G_CALLBACK (check_cb), question);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (question->kinds_row), row);
    }
  return question->kinds_row;
}

static GtkWidget *
make_areas (Question *question)
{
  const char *ids = question->before != NULL
                        ? sm_row_get_text (question->before, SM_DESK_AREA_IDS) : NULL;
  g_auto (GStrv) words = g_strsplit (ids != NULL ? ids : "", " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0')
      add_area (question, g_ascii_strtoll (words[i], NULL, 10));
  question->areas_row = adw_expander_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (question->areas_row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (question->areas_row), _("Areas"));
  question->find = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (question->find),
                                 _("Add an area: its name, then Enter"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (question->find), TRUE);
  g_signal_connect_swapped (question->find, "apply", G_CALLBACK (find_area_cb), question);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (question->areas_row), question->find);
  show_area_rows (question);
  return question->areas_row;
}

static GtkWidget *
make_cover (Question *question)
{
  GListModel *desks = sm_ops_get_desks (question->ops);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  gint64 before = question->before != NULL ? sm_row_get_id (question->before) : 0;
  gint64 nobody = 0, cover = question->before != NULL
                                 ? sm_row_get_int (question->before, SM_DESK_COVER_DESK_ID)
                                 : SM_UNKNOWN;
  guint selected = 0;

  gtk_string_list_append (names, C_ ("person", "nobody"));
  g_array_append_val (question->covers, nobody);
  for (guint i = 0; i < g_list_model_get_n_items (desks); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (desks, i);
      gint64 id = sm_item_get_id (item);
      g_autofree char *name = NULL;

      if (id == before)
        continue;
      name = sm_shift_desk_name (question->ops, id);
      if (id == cover)
        selected = question->covers->len;
      gtk_string_list_append (names, name);
      g_array_append_val (question->covers, id);
    }
  question->cover = g_object_new (ADW_TYPE_COMBO_ROW, "title", _("Covered while it is empty by"),
                                  "model", names, "selected", selected, NULL);
  return question->cover;
}

static GtkWidget *
make_content (Question *question)
{
  static const char *const titles[] = { N_ ("Name in English"), N_ ("Name in Chinese") };
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      static const char *const fields[] = { "name/en", "name/zh-CN" };
      g_autofree char *name = question->before != NULL
                                  ? sm_row_dup_part (question->before, fields[i]) : NULL;

      question->names[i] = make_entry (question, _(titles[i]));
      gtk_list_box_append (GTK_LIST_BOX (list), question->names[i]);
      g_signal_handlers_block_by_func (question->names[i], check_cb, question);
      gtk_editable_set_text (GTK_EDITABLE (question->names[i]), name != NULL ? name : "");
      g_signal_handlers_unblock_by_func (question->names[i], check_cb, question);
    }
  gtk_list_box_append (GTK_LIST_BOX (list), make_areas (question));
  gtk_list_box_append (GTK_LIST_BOX (list), make_kinds (question));
  gtk_list_box_append (GTK_LIST_BOX (list), make_levels (question));
  gtk_list_box_append (GTK_LIST_BOX (list), make_cover (question));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 520);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  gtk_widget_set_size_request (scrolled, 480, 330);
  return scrolled;
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Question         *question)
{
  g_autoptr (SmRow) wanted = NULL;

  if (!g_str_equal (response, "do"))
    return;
  wanted = make_wanted (question);
  question->answer (question->user, question->before != NULL ? sm_row_get_id (question->before) : 0,
                    question->before != NULL ? sm_row_get_int (question->before, SM_ROW_SEQ) : 0,
                    wanted);
}

/**
 * sm_desk_dialog_ask:
 * @desk: (nullable): the desk as it is; NULL: a new one
 * @user: a GObject, given to @answer
 *
 * Returns: (transfer none): the question, which is shown
 */
GtkWidget *
sm_desk_dialog_ask (GtkWidget    *parent,
                    SmOps        *ops,
                    SmRow        *desk,
                    SmDeskAnswer  answer,
                    gpointer      user)
{
  Question *question = g_new0 (Question, 1);
  GtkRoot *root = gtk_widget_get_root (parent);

  question->ops = g_object_ref (ops);
  question->before = desk != NULL ? sm_row_ref (desk) : NULL;
  question->answer = answer;
  question->user = g_object_ref (user);
  question->areas = g_array_new (FALSE, FALSE, sizeof (gint64));
  question->covers = g_array_new (FALSE, FALSE, sizeof (gint64));
  question->area_rows = g_ptr_array_new ();
  question->dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
      desk != NULL ? _("Change the desk") : _("Make a desk"),
      _("An alarm is of the desk that looks most closely after its area, kind and level; what no "
        "desk looks after is of the main desk.")));
  adw_message_dialog_add_responses (question->dialog, "cancel", C_ ("action", "_Cancel"), "do",
                                    desk != NULL ? C_ ("action", "_Save")
                                                 : C_ ("desk", "_Make"), NULL);
  adw_message_dialog_set_close_response (question->dialog, "cancel");
  adw_message_dialog_set_default_response (question->dialog, "do");
  adw_message_dialog_set_response_appearance (question->dialog, "do", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_extra_child (question->dialog, make_content (question));
  check_cb (question);
  g_signal_connect_data (question->dialog, "response", G_CALLBACK (response_cb), question,
                         question_free, 0);
  gtk_window_present (GTK_WINDOW (question->dialog));
  gtk_widget_grab_focus (question->names[0]);
  return GTK_WIDGET (question->dialog);
}
