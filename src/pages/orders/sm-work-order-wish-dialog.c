/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-order-wish-dialog.h"

#include "sm-i18n.h"
#include "sm-link.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-toast-errors.h"
#include "sm-words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* A work order by hand: of what, of which kind, what is wrong, how bad, and when.  What was
 * written is there again when the service did not take it. */

#define MOST_CHARS 500
#define MOST_REPORTER_CHARS 50
#define MOST_HITS 30
#define MOST_SHOWN 6
#define USUAL_LEVEL 3

static const struct
{
  guint days;
  const char *words;
} times[] = {
  { 0, N_ ("As soon as possible") }, { 1, N_ ("In 1 day") },   { 3, N_ ("In 3 days") },
  { 7, N_ ("In 7 days") },           { 14, N_ ("In 14 days") }, { 30, N_ ("In 30 days") },
};

/* What a person types in came to them, or is what a complaint that was upheld asks for. */
static const char *const sources[] = { "manual", "complaint", NULL };

typedef struct
{
  GtkWidget *parent;
  SmOps *ops;
  GPtrArray *hits; /* (nullable): of SmHit: what was found by what was typed */
  const SmNoun *noun; /* (nullable): what it was last of; NULL: nothing yet */
  gint64 id;
  char *texts[4]; /* what was written, for when it is asked again */
  guint choices[5];
  AdwMessageDialog *dialog;
  GtkWidget *what;
  GtkListBox *found;
  GtkWidget *told;
  GtkWidget *entries[3]; /* subject, description, who reported it */
  GtkWidget *combos[5];  /* kind, level, when, how it came, what it needs */
} Asked;

enum
{
  SUBJECT,
  DESCRIPTION,
  REPORTER,
  WHAT
};
enum
{
  KIND,
  LEVEL,
  TIME,
  SOURCE,
  CERTIFICATE
};

static void
asked_clear (gpointer data)
{
  Asked *asked = data;

  g_object_unref (asked->parent);
  g_object_unref (asked->ops);
  g_clear_pointer (&asked->hits, g_ptr_array_unref);
  for (gsize i = 0; i < G_N_ELEMENTS (asked->texts); i++)
    g_free (asked->texts[i]);
}

/* The dialog and the question to the service have one each. */
static void
asked_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, asked_clear);
}

static void
closed_cb (gpointer  data,
           GClosure *closure)
{
  asked_unref (data);
}

static char *
dup_text (GtkWidget *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
}

/* --- what it is of --- */

/* What somebody can be sent to. */
static gboolean
is_worked_on (const SmNoun *noun)
{
  return noun->id == SM_NOUN_STATION || noun->id == SM_NOUN_PILE || noun->id == SM_NOUN_VEHICLE
         || noun->id == SM_NOUN_BATTERY;
}

static const char *
title_of_noun (const SmNoun *noun)
{
  switch ((int) noun->id)
    {
    case SM_NOUN_STATION:
      return _("Station");
    case SM_NOUN_PILE:
      return _("Pile");
    case SM_NOUN_VEHICLE:
      return _("Vehicle");
    default:
      return _("Battery");
    }
}

static GtkWidget *
make_row (const SmHit *hit)
{
  g_autofree char *label = sm_text_clean (hit->label);
  g_autofree char *detail = sm_text_clean (hit->detail);
  g_autofree char *words = g_strdup_printf ("%s · %s%s%s", title_of_noun (hit->noun), label,
                                            detail[0] != '\0' ? " · " : "", detail);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *text = g_object_new (GTK_TYPE_LABEL, "label", words, "xalign", 0.0, "wrap", TRUE,
                                  "margin-start", 12, "margin-top", 4, "margin-bottom", 4, NULL);

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  return row;
}

static void
clear_found (Asked *asked)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (asked->found))) != NULL)
    gtk_list_box_remove (asked->found, row);
}

static const SmHit *
get_hit (Asked *asked)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (asked->found);

  return row != NULL ? g_object_get_data (G_OBJECT (row), "hit") : NULL;
}

static void
check (Asked *asked)
{
  g_autofree char *subject = dup_text (asked->entries[SUBJECT]);
  g_autofree char *description = dup_text (asked->entries[DESCRIPTION]);
  g_autofree char *reporter = dup_text (asked->entries[REPORTER]);
  const char *told = get_hit (asked) == NULL
                         ? _("Type the name or number of a station, pile, vehicle or battery.")
                     : subject[0] == '\0' ? _("Write in a few words what is wrong.")
                                          : "";

  gtk_label_set_text (GTK_LABEL (asked->told), told);
  adw_message_dialog_set_response_enabled (
      asked->dialog, "do",
      told[0] == '\0' && g_utf8_strlen (subject, -1) <= MOST_CHARS
          && g_utf8_strlen (description, -1) <= MOST_CHARS
          && g_utf8_strlen (reporter, -1) <= MOST_REPORTER_CHARS);
}

/* Whatever fits what was typed is there to be chosen; the best is. */
static void
find_cb (Asked *asked)
{
  g_autofree char *text = dup_text (asked->what);
  guint n = 0;

  clear_found (asked);
  g_clear_pointer (&asked->hits, g_ptr_array_unref);
  asked->hits = sm_directory_search (sm_ops_get_directory (asked->ops), text, sm_i18n_language (),
                                     MOST_HITS);
  for (guint i = 0; i < asked->hits->len && n < MOST_SHOWN; i++)
    {
      SmHit *hit = asked->hits->pdata[i];
      GtkWidget *row;

      if (!is_worked_on (hit->noun))
        continue;
      row = make_row (hit);
      g_object_set_data (G_OBJECT (row), "hit", hit);
      gtk_list_box_append (asked->found, row);
      n++;
    }
  gtk_widget_set_visible (GTK_WIDGET (asked->found), n > 0);
  gtk_list_box_select_row (asked->found, gtk_list_box_get_row_at_index (asked->found, 0));
  check (asked);
}

/* --- asking the service --- */

static void show (Asked      *asked,
                  const char *refusal);

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Asked *asked = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) order = sm_ops_open_work_order_finish (SM_OPS (source), result, &error);
  g_autofree char *text = NULL;

  if (order == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      && gtk_widget_get_root (asked->parent) != NULL)
    {
      text = sm_error_sentence (error);
      show (asked, text);
    }
  else if (order != NULL)
    {
      text = sm_link_text ("work_order", sm_row_get_text (order, SM_WORK_ORDER_NUMBER), NULL);
      gtk_widget_activate_action (asked->parent, "page.open", "s", text);
    }
  asked_unref (asked);
}

static void
keep (Asked *asked)
{
  for (gsize i = 0; i < G_N_ELEMENTS (asked->texts); i++)
    {
      g_free (asked->texts[i]);
      asked->texts[i] = dup_text (i == WHAT ? asked->what : asked->entries[i]);
    }
  asked->noun = get_hit (asked)->noun;
  asked->id = get_hit (asked)->id;
  for (gsize i = 0; i < G_N_ELEMENTS (asked->choices); i++)
    asked->choices[i] = adw_combo_row_get_selected (ADW_COMBO_ROW (asked->combos[i]));
}

static const char *
text_or_null (const char *text)
{
  return text[0] != '\0' ? text : NULL;
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Asked            *asked)
{
  SmWorkOrderWish wish = SM_WORK_ORDER_WISH (NULL, "manual");
  guint days;

  if (!g_str_equal (response, "do") || get_hit (asked) == NULL)
    return;
  keep (asked);
  days = times[MIN (asked->choices[TIME], G_N_ELEMENTS (times) - 1)].days;
  wish.kind = sm_work_order_kinds[asked->choices[KIND]];
  wish.source = sources[asked->choices[SOURCE]];
  wish.target_noun = asked->noun->name;
  wish.target_id = asked->id;
  wish.level = asked->choices[LEVEL] + 1;
  wish.subject = asked->texts[SUBJECT];
  wish.description = text_or_null (asked->texts[DESCRIPTION]);
  wish.reported_by = text_or_null (asked->texts[REPORTER]);
  if (asked->choices[CERTIFICATE] > 0)
    wish.certificate = sm_certificate_kinds[asked->choices[CERTIFICATE] - 1];
  if (days > 0)
    wish.planned_at
        = sm_clock_now (sm_status_get_clock (sm_ops_get_status (asked->ops))) + days * SM_DAY;
  sm_ops_open_work_order_async (asked->ops, &wish, NULL, opened_cb,
                                g_atomic_rc_box_acquire (asked));
}

/* --- making it --- */

static GtkWidget *
list_new (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  return list;
}

static GtkWidget *
add_entry (Asked      *asked,
           GtkWidget  *list,
           const char *title,
           const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return row;
}

static GtkWidget *
add_combo (GtkWidget     *list,
           const char    *title,
           GtkStringList *words,
           guint          chosen)
{
  GtkWidget *row = g_object_new (ADW_TYPE_COMBO_ROW, "title", title, "model", words, "selected",
                                 chosen, NULL);

  g_object_unref (words);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return row;
}

static void
add_combos (Asked     *asked,
            GtkWidget *list)
{
  GtkStringList *kinds = gtk_string_list_new (NULL), *levels = gtk_string_list_new (NULL),
                *moments = gtk_string_list_new (NULL), *ways = gtk_string_list_new (NULL),
                *certificates = gtk_string_list_new (NULL);

  for (guint i = 0; sm_work_order_kinds[i] != NULL; i++)
    gtk_string_list_append (kinds, sm_word_of_slug (sm_work_order_kinds, sm_work_order_kinds[i]));
  for (int i = 1; i <= 4; i++)
    gtk_string_list_append (levels, sm_word_of_level (i));
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    gtk_string_list_append (moments, _(times[i].words));
  for (guint i = 0; sources[i] != NULL; i++)
    gtk_string_list_append (ways, sm_word_of_slug (sm_work_order_sources, sources[i]));
  gtk_string_list_append (certificates, _("What such work usually needs"));
  for (guint i = 0; sm_certificate_kinds[i] != NULL; i++)
    gtk_string_list_append (certificates,
                            sm_word_of_slug (sm_certificate_kinds, sm_certificate_kinds[i]));
  asked->combos[KIND] = add_combo (list, _("Kind"), kinds, asked->choices[KIND]);
  asked->combos[LEVEL] = add_combo (list, _("How bad it is"), levels, asked->choices[LEVEL]);
  asked->combos[TIME] = add_combo (list, _("When"), moments, asked->choices[TIME]);
  asked->combos[SOURCE]
      = add_combo (list, _("Reported by way of"), ways, asked->choices[SOURCE]);
  asked->combos[CERTIFICATE] = add_combo (list, _("Certificate needed"), certificates,
                                          asked->choices[CERTIFICATE]);
}

static GtkWidget *
make_found (Asked *asked)
{
  GtkWidget *list = gtk_list_box_new ();

  asked->found = GTK_LIST_BOX (list);
  gtk_list_box_set_selection_mode (asked->found, GTK_SELECTION_BROWSE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("What was found"), -1);
  return list;
}

/* A thing that it was asked for from is there, and chosen. */
static void
choose_given (Asked *asked)
{
  GtkWidget *row;
  SmHit *hit;
  g_autofree char *label = asked->noun != NULL
                               ? sm_directory_dup_label (sm_ops_get_directory (asked->ops),
                                                         asked->noun->id, asked->id,
                                                         sm_i18n_language ())
                               : NULL;

  if (label == NULL)
    {
      find_cb (asked);
      return;
    }
  hit = g_new0 (SmHit, 1);
  *hit = (SmHit){ asked->noun, asked->id, g_steal_pointer (&label), g_strdup (""), TRUE };
  asked->hits = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_hit_free);
  g_ptr_array_add (asked->hits, hit);
  row = make_row (hit);
  g_object_set_data (G_OBJECT (row), "hit", hit);
  gtk_list_box_append (asked->found, row);
  gtk_list_box_select_row (asked->found, GTK_LIST_BOX_ROW (row));
}

static GtkWidget *
make_content (Asked *asked)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *first = list_new (), *second = list_new ();

  asked->what = add_entry (asked, first, _("What it is about"), asked->texts[WHAT]);
  asked->entries[SUBJECT] = add_entry (asked, second, _("What is wrong"), asked->texts[SUBJECT]);
  add_combos (asked, second);
  asked->entries[DESCRIPTION]
      = add_entry (asked, second, _("What else is known"), asked->texts[DESCRIPTION]);
  asked->entries[REPORTER]
      = add_entry (asked, second, _("Who reported it"), asked->texts[REPORTER]);
  asked->told = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0, NULL);
  gtk_widget_add_css_class (asked->told, "dim-label");
  gtk_box_append (GTK_BOX (box), first);
  gtk_box_append (GTK_BOX (box), make_found (asked));
  gtk_box_append (GTK_BOX (box), second);
  gtk_box_append (GTK_BOX (box), asked->told);
  gtk_widget_set_size_request (box, 520, -1);
  choose_given (asked);
  g_signal_connect_swapped (asked->what, "changed", G_CALLBACK (find_cb), asked);
  for (gsize i = 0; i < G_N_ELEMENTS (asked->entries); i++)
    g_signal_connect_swapped (asked->entries[i], "changed", G_CALLBACK (check), asked);
  return box;
}

/* @refusal: (nullable): why it was not taken a moment ago */
static void
show (Asked      *asked,
      const char *refusal)
{
  GtkRoot *root = gtk_widget_get_root (asked->parent);

  g_clear_pointer (&asked->hits, g_ptr_array_unref);
  asked->dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
      refusal != NULL ? _("That was not taken") : _("New work order"),
      refusal != NULL ? refusal
                      : _("Somebody is sent there. Its clocks run from now, or end by when it is "
                          "planned.")));
  adw_message_dialog_add_responses (asked->dialog, "cancel", C_ ("action", "_Cancel"), "do",
                                    C_ ("action", "_Open"), NULL);
  adw_message_dialog_set_close_response (asked->dialog, "cancel");
  adw_message_dialog_set_default_response (asked->dialog, "do");
  adw_message_dialog_set_response_appearance (asked->dialog, "do", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_extra_child (asked->dialog, make_content (asked));
  check (asked);
  g_signal_connect_data (asked->dialog, "response", G_CALLBACK (response_cb),
                         g_atomic_rc_box_acquire (asked), closed_cb, 0);
  gtk_window_present (GTK_WINDOW (asked->dialog));
  gtk_widget_grab_focus (asked->noun == NULL ? asked->what : asked->entries[SUBJECT]);
}

/** sm_work_order_wish_refusal: Returns: (nullable): why none can be asked for now, in words */
const char *
sm_work_order_wish_refusal (SmOps *ops)
{
  const char *slug;

  if (sm_ops_get_person (ops) == NULL)
    return _("Nobody is signed in");
  slug = sm_ops_open_work_order_refusal (ops);
  return slug != NULL ? sm_slug_what (slug) : NULL;
}

/**
 * sm_work_order_wish_ask:
 * @parent: in a page, which opens the order as soon as it is there
 * @noun: what it is of; SM_N_NOUNS: that is asked
 *
 * Returns: (transfer none) (nullable): the dialog, which is shown; NULL: none can be made
 */
GtkWidget *
sm_work_order_wish_ask (GtkWidget *parent,
                        SmOps     *ops,
                        SmNounId   noun,
                        gint64     id)
{
  Asked *asked;
  GtkWidget *dialog;

  if (sm_work_order_wish_refusal (ops) != NULL)
    return NULL;
  asked = g_atomic_rc_box_new0 (Asked);
  asked->parent = g_object_ref (parent);
  asked->ops = g_object_ref (ops);
  asked->noun = noun < SM_N_NOUNS && is_worked_on (sm_noun_get (noun)) ? sm_noun_get (noun) : NULL;
  asked->id = id;
  asked->choices[LEVEL] = USUAL_LEVEL - 1;
  show (asked, NULL);
  dialog = GTK_WIDGET (asked->dialog);
  asked_unref (asked);
  return dialog;
}
