/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-order-assign-all.h"

#include "sm-text.h"
#include "sm-toast-errors.h"
#include "sm-work-order-ask.h"
#include "sm-work-order-taker.h"
#include "sm-work-order-words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* Who goes where, so that all orders together are served best: each line with its reason, and
 * taken or left by itself. */

#define KEY "sm-assign-all"
#define LIST_HEIGHT 420

typedef struct
{
  GtkWidget *parent;
  SmOps *ops;
  AdwMessageDialog *dialog; /* not owned */
  GtkListBox *list;
  GtkWidget *told;
  GPtrArray *checks; /* of GtkCheckButton, not owned */
  GCancellable *cancellable;
} Choice;

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_cancellable_cancel (choice->cancellable);
  g_object_unref (choice->cancellable);
  g_object_unref (choice->parent);
  g_object_unref (choice->ops);
  g_ptr_array_unref (choice->checks);
  g_free (choice);
}

static SmItem *
find_order (SmOps  *ops,
            gint64  id)
{
  GListModel *orders = sm_ops_get_work_orders (ops);

  for (guint i = 0; i < g_list_model_get_n_items (orders); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (orders, i);

      if (sm_item_get_id (item) == id)
        return item;
    }
  return NULL;
}

/* --- taking --- */

static guint
count_chosen (const Choice *choice)
{
  guint n = 0;

  for (guint i = 0; i < choice->checks->len; i++)
    n += gtk_check_button_get_active (choice->checks->pdata[i]);
  return n;
}

static void
count_cb (Choice *choice)
{
  guint n = count_chosen (choice);
  g_autofree char *label
      = n > 0 ? g_strdup_printf (ngettext ("Assign %u order", "Assign %u orders", n), n)
              : g_strdup (_("Assign"));

  adw_message_dialog_set_response_label (choice->dialog, "do", label);
  adw_message_dialog_set_response_enabled (choice->dialog, "do", n > 0);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Choice           *choice)
{
  if (!g_str_equal (response, "do"))
    return;
  for (guint i = 0; i < choice->checks->len; i++)
    {
      GObject *check = choice->checks->pdata[i];
      SmWorkOrderDeed deed = SM_WORK_ORDER_DEED (SM_WORK_ORDER_ASSIGN);
      SmItem *order = g_object_get_data (check, "order");

      if (!gtk_check_button_get_active (GTK_CHECK_BUTTON (check)))
        continue;
      deed.engineer_id = *(const gint64 *) g_object_get_data (check, "engineer");
      if (sm_ops_work_order_refusal (choice->ops, SM_WORK_ORDER_ASSIGN, sm_item_get_row (order))
          == NULL)
        sm_work_order_send (choice->parent, choice->ops, order, &deed);
    }
}

/* --- a line --- */

static GtkWidget *
add_label (GtkWidget  *box,
           const char *text,
           const char *style)
{
  GtkWidget *label;

  if (text == NULL || text[0] == '\0')
    return NULL;
  label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                        PANGO_WRAP_WORD_CHAR, NULL);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static SmWorkOrderTaker *
make_taker (SmOps                      *ops,
            const SmWorkOrderCandidate *candidate)
{
  const SmRow *row = candidate != NULL
                         ? sm_directory_find_row (sm_ops_get_directory (ops), SM_NOUN_ENGINEER,
                                                  candidate->engineer_id)
                         : NULL;
  SmWorkOrderTaker *taker;

  if (row == NULL)
    return NULL;
  taker = sm_work_order_taker_new (SM_NOUN_ENGINEER, candidate->engineer_id);
  taker->name = sm_text_clean (sm_row_get_text (row, SM_ENGINEER_NAME));
  taker->phone = g_strdup ("");
  sm_work_order_taker_say (taker, candidate);
  return taker;
}

static GtkWidget *
make_words (const char             *title,
            const SmWorkOrderTaker *taker)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  g_autofree char *who
      = taker == NULL ? g_strdup (_("Nobody can go now"))
                      : g_strdup_printf ("→ %s%s%s", taker->name, taker->time != NULL ? " · " : "",
                                         taker->time != NULL ? taker->time : "");

  gtk_widget_set_hexpand (words, TRUE);
  add_label (words, title, "heading");
  add_label (words, who, NULL);
  if (taker != NULL)
    {
      add_label (words, taker->detail, "row-subtitle");
      add_label (words, taker->notes, NULL);
      add_label (words, taker->bars, NULL);
    }
  return words;
}

static void
add_line (Choice                    *choice,
          SmItem                    *order,
          const SmWorkOrderProposal *proposal)
{
  const SmRow *row = sm_item_get_row (order);
  g_autoptr (SmWorkOrderTaker) taker = make_taker (choice->ops, proposal->candidate);
  g_autofree char *what = sm_work_order_title (row);
  g_autofree char *place = sm_work_order_place (choice->ops, row);
  g_autofree char *title = g_strdup_printf ("%s · %s · %s", sm_row_get_text (row, SM_WORK_ORDER_NUMBER),
                                            what, place);
  g_autofree char *name
      = g_strdup_printf ("%s → %s", title, taker != NULL ? taker->name : _("Nobody can go now"));
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *check = gtk_check_button_new ();
  /* Whoever lacks a certificate goes only with a reason, which is said one by one. */
  gboolean can_go = taker != NULL && taker->bars == NULL;

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), can_go);
  gtk_widget_set_sensitive (check, can_go);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (check), "order", g_object_ref (order), g_object_unref);
  if (proposal->candidate != NULL)
    g_object_set_data_full (G_OBJECT (check), "engineer",
                            g_memdup2 (&proposal->candidate->engineer_id, sizeof (gint64)), g_free);
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (count_cb), choice);
  g_ptr_array_add (choice->checks, check);
  gtk_widget_add_css_class (line, "order-taker");
  gtk_box_append (GTK_BOX (line), check);
  gtk_box_append (GTK_BOX (line), make_words (title, taker));
  gtk_list_box_append (choice->list, line);
}

/* What somebody is at stays with them; what is with who is proposed is as it should be. */
static gboolean
is_to_be_said (const SmRow               *row,
               const SmWorkOrderProposal *proposal)
{
  guint state = sm_row_get_enum (row, SM_WORK_ORDER_STATE);

  return state <= SM_WORK_ORDER_STATE_ASSIGNED
         && (proposal->candidate == NULL
             || sm_row_get_int (row, SM_WORK_ORDER_ENGINEER_ID) != proposal->candidate->engineer_id);
}

/** sm_work_order_assign_all_show: @proposals: of SmWorkOrderProposal */
void
sm_work_order_assign_all_show (GtkWidget       *dialog,
                               const GPtrArray *proposals)
{
  Choice *choice = g_object_get_data (G_OBJECT (dialog), KEY);
  guint n = 0;

  for (guint i = 0; i < proposals->len; i++)
    {
      const SmWorkOrderProposal *proposal = proposals->pdata[i];
      SmItem *order = find_order (choice->ops, proposal->work_order_id);

      if (order == NULL || !is_to_be_said (sm_item_get_row (order), proposal))
        continue;
      add_line (choice, order, proposal);
      n++;
    }
  gtk_label_set_text (GTK_LABEL (choice->told),
                      n > 0 ? _("First what would break its time and need not; then what serves again soonest; then the least travel.")
                            : _("There is nobody to be sent anywhere else."));
  count_cb (choice);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GWeakRef *asker = user_data;
  g_autoptr (GtkWidget) dialog = g_weak_ref_get (asker);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) proposals
      = sm_ops_load_assignment_finish (SM_OPS (source), result, &error);
  g_autofree char *sentence = NULL;
  Choice *choice;

  g_weak_ref_clear (asker);
  g_free (asker);
  if (dialog == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  choice = g_object_get_data (G_OBJECT (dialog), KEY);
  if (proposals != NULL)
    {
      sm_work_order_assign_all_show (dialog, proposals);
      return;
    }
  sentence = sm_error_sentence (error);
  gtk_label_set_text (GTK_LABEL (choice->told), sentence);
}

/* --- the dialog --- */

static GtkWidget *
make_content (Choice *choice)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  choice->told = g_object_new (GTK_TYPE_LABEL, "label", _("The service is being asked"), "xalign",
                               0.0, "wrap", TRUE, NULL);
  choice->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (choice->list, GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Who goes where"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (choice->list));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_size_request (scroller, 720, LIST_HEIGHT);
  gtk_widget_add_css_class (scroller, "order-takers");
  gtk_box_append (GTK_BOX (box), choice->told);
  gtk_box_append (GTK_BOX (box), scroller);
  return box;
}

/** sm_work_order_assign_all: Returns: (transfer none): the dialog, which is shown and asks the service */
GtkWidget *
sm_work_order_assign_all (GtkWidget *parent,
                          SmOps     *ops)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  Choice *choice = g_new0 (Choice, 1);
  GWeakRef *asker = g_new0 (GWeakRef, 1);

  choice->parent = g_object_ref (parent);
  choice->ops = g_object_ref (ops);
  choice->checks = g_ptr_array_new ();
  choice->cancellable = g_cancellable_new ();
  choice->dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _("Assign all"), NULL));
  g_object_set_data_full (G_OBJECT (choice->dialog), KEY, choice, choice_free);
  adw_message_dialog_add_responses (choice->dialog, "cancel", C_ ("action", "_Cancel"), "do",
                                    _("Assign"), NULL);
  adw_message_dialog_set_close_response (choice->dialog, "cancel");
  adw_message_dialog_set_response_appearance (choice->dialog, "do", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (choice->dialog, "do", FALSE);
  adw_message_dialog_set_extra_child (choice->dialog, make_content (choice));
  g_signal_connect (choice->dialog, "response", G_CALLBACK (response_cb), choice);
  gtk_window_present (GTK_WINDOW (choice->dialog));
  g_weak_ref_init (asker, choice->dialog);
  sm_ops_load_assignment_async (ops, choice->cancellable, loaded_cb, asker);
  return GTK_WIDGET (choice->dialog);
}
