/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-order-takers.h"

#include "sm-text.h"
#include "sm-toast-errors.h"
#include "sm-work-order-people.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Four of them, and half of the next, so that one sees that there are more. */
#define LIST_HEIGHT 330

struct _SmWorkOrderTakers
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *how; /* how they are ranked, or why they are not */
  GtkWidget *list;
  SmOps *ops;
  GtkFilterListModel *found;
  GtkSingleSelection *selection;
  char *wanted; /* (nullable): what is searched, casefolded */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SmWorkOrderTakers, sm_work_order_takers, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
sm_work_order_takers_dispose (GObject *object)
{
  SmWorkOrderTakers *self = SM_WORK_ORDER_TAKERS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->found);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_work_order_takers_parent_class)->dispose (object);
}

static void
sm_work_order_takers_finalize (GObject *object)
{
  g_free (SM_WORK_ORDER_TAKERS (object)->wanted);

  G_OBJECT_CLASS (sm_work_order_takers_parent_class)->finalize (object);
}

static void
sm_work_order_takers_class_init (SmWorkOrderTakersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_work_order_takers_dispose;
  G_OBJECT_CLASS (klass)->finalize = sm_work_order_takers_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SM_TYPE_WORK_ORDER_TAKERS, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", SM_TYPE_WORK_ORDER_TAKERS,
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/* --- a row --- */

typedef struct
{
  GtkWidget *box;
  GtkWidget *name;
  GtkWidget *time;
  GtkWidget *lines[3]; /* the parts, what is late, what bars them */
  GtkWidget *link;     /* a number that can be called */
  GtkWidget *number;   /* one that can only be read */
} Row;

static GtkWidget *
add_label (GtkWidget  *box,
           const char *style)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                                   PANGO_WRAP_WORD_CHAR, NULL);

  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *list_item)
{
  Row *row = g_new0 (Row, 1);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  row->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  gtk_widget_add_css_class (row->box, "order-taker");
  gtk_box_append (GTK_BOX (row->box), head);
  row->name = add_label (head, "heading");
  gtk_widget_set_hexpand (row->name, TRUE);
  row->link = gtk_link_button_new ("tel:");
  gtk_widget_add_css_class (row->link, "call");
  gtk_box_append (GTK_BOX (head), row->link);
  row->number = add_label (head, "row-subtitle");
  row->time = add_label (head, "countdown");
  gtk_label_set_width_chars (GTK_LABEL (row->time), 10);
  gtk_label_set_xalign (GTK_LABEL (row->time), 1.0);
  row->lines[0] = add_label (row->box, "row-subtitle");
  row->lines[1] = add_label (row->box, NULL);
  row->lines[2] = add_label (row->box, NULL);
  g_object_set_data_full (G_OBJECT (list_item), "row", row, g_free);
  gtk_list_item_set_child (list_item, row->box);
}

static void
show_text (GtkWidget  *label,
           const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && text[0] != '\0');
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *list_item)
{
  const Row *row = g_object_get_data (G_OBJECT (list_item), "row");
  const SmWorkOrderTaker *taker = gtk_list_item_get_item (list_item);
  g_autofree char *uri = sm_text_phone_uri (taker->phone);
  g_autofree char *read_out
      = g_strdup_printf ("%s · %s · %s · %s · %s", taker->name,
                         taker->time != NULL ? taker->time : "", taker->bars != NULL ? taker->bars : "",
                         taker->notes != NULL ? taker->notes : "", taker->detail);

  show_text (row->name, taker->name);
  show_text (row->time, taker->time);
  show_text (row->lines[0], taker->detail);
  show_text (row->lines[1], taker->notes);
  show_text (row->lines[2], taker->bars);
  show_text (row->number, uri == NULL ? taker->phone : NULL);
  gtk_widget_set_visible (row->link, uri != NULL);
  if (uri != NULL)
    {
      gtk_link_button_set_uri (GTK_LINK_BUTTON (row->link), uri);
      gtk_button_set_label (GTK_BUTTON (row->link), taker->phone);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  read_out, -1);
}

/* --- the list --- */

static gboolean
is_found (gpointer item,
          gpointer user_data)
{
  const SmWorkOrderTakers *self = user_data;
  const SmWorkOrderTaker *taker = item;
  g_autofree char *words = NULL;
  g_autofree char *folded = NULL;

  if (self->wanted == NULL || self->wanted[0] == '\0')
    return TRUE;
  words = g_strdup_printf ("%s\n%s", taker->name, taker->phone);
  folded = g_utf8_casefold (words, -1);
  return strstr (folded, self->wanted) != NULL;
}

static void
changed_cb (SmWorkOrderTakers *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
activate_cb (SmWorkOrderTakers *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

static void
sm_work_order_takers_init (SmWorkOrderTakers *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (is_found, self, NULL));
  GtkWidget *scroller = gtk_scrolled_window_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  self->found = gtk_filter_list_model_new (NULL, filter);
  /* Nobody is sent by an Enter that came before they were seen. */
  self->selection = g_object_new (GTK_TYPE_SINGLE_SELECTION, "autoselect", FALSE, "can-unselect",
                                  TRUE, "model", self->found, NULL);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  self->list = gtk_list_view_new (g_object_ref (GTK_SELECTION_MODEL (self->selection)), factory);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Who goes"), -1);
  g_signal_connect_object (self->list, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_size_request (scroller, -1, LIST_HEIGHT);
  gtk_widget_add_css_class (scroller, "order-takers");
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->how = add_label (self->box, "row-subtitle");
  gtk_box_append (GTK_BOX (self->box), scroller);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static void
choose (SmWorkOrderTakers *self,
        guint              position)
{
  gtk_single_selection_set_selected (self->selection, position);
}

static void
choose_id (SmWorkOrderTakers *self,
           SmNounId           noun,
           gint64             id)
{
  GListModel *found = G_LIST_MODEL (self->found);

  for (guint i = 0; i < g_list_model_get_n_items (found); i++)
    {
      g_autoptr (SmWorkOrderTaker) taker = g_list_model_get_item (found, i);

      if (taker->noun == noun && taker->id == id)
        {
          choose (self, i);
          return;
        }
    }
}

/* The first who can go, which is nobody where nobody is ranked or all are barred. */
static void
choose_best (SmWorkOrderTakers *self)
{
  g_autoptr (SmWorkOrderTaker) first = g_list_model_get_item (G_LIST_MODEL (self->found), 0);

  choose (self, first != NULL && first->time != NULL ? 0 : GTK_INVALID_LIST_POSITION);
}

/** sm_work_order_takers_rank: Shows them so; who was chosen already stays chosen. */
void
sm_work_order_takers_rank (SmWorkOrderTakers *self,
                           const GPtrArray   *candidates)
{
  const SmWorkOrderTaker *chosen;
  g_autoptr (GListStore) takers = NULL;
  SmNounId noun;
  gint64 id;

  g_return_if_fail (SM_IS_WORK_ORDER_TAKERS (self));

  chosen = sm_work_order_takers_get_chosen (self);
  noun = chosen != NULL ? chosen->noun : SM_NOUN_ENGINEER;
  id = chosen != NULL ? chosen->id : 0;
  takers = sm_work_order_rank_people (self->ops, candidates);
  gtk_filter_list_model_set_model (self->found, G_LIST_MODEL (takers));
  if (id != 0)
    choose_id (self, noun, id);
  else
    choose_best (self);
  gtk_label_set_text (GTK_LABEL (self->how),
                      _("Whoever has it working again first comes first; who cannot go comes last."));
}

static void
candidates_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  GWeakRef *asker = user_data;
  g_autoptr (SmWorkOrderTakers) self = g_weak_ref_get (asker);
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *words = NULL;
  g_autoptr (GPtrArray) candidates
      = sm_ops_load_candidates_finish (SM_OPS (source), result, &error);

  g_weak_ref_clear (asker);
  g_free (asker);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self == NULL)
    return;
  if (candidates != NULL)
    {
      sm_work_order_takers_rank (self, candidates);
      return;
    }
  sentence = sm_error_sentence (error);
  /* Translators: %s is a sentence with the reason */
  words = g_strdup_printf (_("By name: the service could not say who has it working again first. %s"),
                           sentence);
  gtk_label_set_text (GTK_LABEL (self->how), words);
}

/** sm_work_order_takers_new: Returns: (transfer floating): by name, until the service has ranked them */
GtkWidget *
sm_work_order_takers_new (SmOps  *ops,
                          gint64  order_id)
{
  SmWorkOrderTakers *self = g_object_new (SM_TYPE_WORK_ORDER_TAKERS, NULL);
  g_autoptr (GListStore) takers = sm_work_order_list_people (ops);
  GWeakRef *asker = g_new0 (GWeakRef, 1);

  self->ops = g_object_ref (ops);
  gtk_filter_list_model_set_model (self->found, G_LIST_MODEL (takers));
  gtk_label_set_text (GTK_LABEL (self->how), _("By name, until the service says who has it working again first …"));
  self->cancellable = g_cancellable_new ();
  /* A dialog that was closed meanwhile is not kept by its question. */
  g_weak_ref_init (asker, self);
  sm_ops_load_candidates_async (ops, order_id, self->cancellable, candidates_cb, asker);
  return GTK_WIDGET (self);
}

/** sm_work_order_takers_find: Leaves those of whose name or number it is a part; the first is chosen. */
void
sm_work_order_takers_find (SmWorkOrderTakers *self,
                           const char        *text)
{
  g_return_if_fail (SM_IS_WORK_ORDER_TAKERS (self));

  g_free (self->wanted);
  self->wanted = g_utf8_casefold (text, -1);
  gtk_filter_changed (gtk_filter_list_model_get_filter (self->found), GTK_FILTER_CHANGE_DIFFERENT);
  if (text[0] == '\0')
    choose_best (self);
  else
    choose (self, 0);
}

/** sm_work_order_takers_get_chosen: Returns: (transfer none) (nullable): who goes */
const SmWorkOrderTaker *
sm_work_order_takers_get_chosen (SmWorkOrderTakers *self)
{
  g_return_val_if_fail (SM_IS_WORK_ORDER_TAKERS (self), NULL);

  return gtk_single_selection_get_selected_item (self->selection);
}
