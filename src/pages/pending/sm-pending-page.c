/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-pending-page.h"

#include "sm-pending-card.h"
#include "sm-pending-dialogs.h"
#include "sm-pending-words.h"
#include "sm-status-banner.h"
#include "sm-style.h"
#include "sm-toast-errors.h"

#include <glib/gi18n-lib.h>

struct _SmPendingPage
{
  SmPage parent_instance;

  SmOps *ops;
  GtkWidget *summary_label;
  SmStatusBanner *banner; /* of what went wrong */
  GtkStack *stack;
  GtkWidget *list;
  gboolean is_wall; /* nothing is decided there */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SmPendingPage, sm_pending_page, SM_TYPE_PAGE)

static void
show_counts (SmPendingPage *self)
{
  guint n = g_list_model_get_n_items (sm_ops_get_pending (self->ops));
  guint n_conflicts = g_list_model_get_n_items (sm_ops_get_conflicts (self->ops));
  g_autofree char *conflicts = g_strdup_printf (
      ngettext ("%u act in conflict", "%u acts in conflict", n_conflicts), n_conflicts);
  g_autofree char *waiting = g_strdup_printf (ngettext ("%u act waits", "%u acts wait",
                                                        n - n_conflicts), n - n_conflicts);
  g_autofree char *summary = g_strdup_printf ("%s · %s", conflicts, waiting);

  gtk_label_set_text (GTK_LABEL (self->summary_label), n > 0 ? summary : "");
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "none");
}

/* A page that was made before its window became a wall's has cards already. */
static void
allow_decisions (SmPendingPage *self)
{
  static const char *const actions[]
      = { "pending.keep", "pending.merge", "pending.drop", "pending.anew" };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], !self->is_wall);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item,
         SmPendingPage            *self)
{
  SmPending *pending = gtk_list_item_get_item (list_item);
  GtkWidget *card = sm_pending_card_new (pending, self->ops, !self->is_wall);
  g_autofree char *name = sm_pending_card_name (pending, self->ops);

  gtk_list_item_set_activatable (list_item, FALSE);
  gtk_list_item_set_child (list_item, card);
  sm_style_name_row (card, name);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *list_item,
           SmPendingPage            *self)
{
  gtk_list_item_set_child (list_item, NULL);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SmPendingPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (sm_ops_resolve_finish (SM_OPS (source), result, &error))
    {
      sm_status_banner_set (self->banner, NULL, NULL);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  sentence = sm_error_sentence (error);
  sm_status_banner_set (self->banner, _("This could not be done."), sentence);
}

static void
resolve (gpointer   user_data,
         SmPending *pending,
         GPtrArray *wanted,
         SmRow     *present)
{
  SmPendingPage *self = user_data;

  sm_ops_resolve_async (self->ops, pending, wanted, self->cancellable, done_cb,
                        g_object_ref (self));
}

static void
drop (gpointer   user_data,
      SmPending *pending,
      GPtrArray *wanted,
      SmRow     *present)
{
  SmPendingPage *self = user_data;

  sm_ops_drop_async (self->ops, pending, self->cancellable, done_cb, g_object_ref (self));
}

static void
do_anew (gpointer   user_data,
         SmPending *pending,
         GPtrArray *wanted,
         SmRow     *present)
{
  SmPendingPage *self = user_data;

  sm_ops_do_again_async (self->ops, pending, present, self->cancellable, done_cb,
                         g_object_ref (self));
}

/* Returns: (transfer full) (nullable): it has gone meanwhile */
static SmPending *
find (SmPendingPage *self,
      GVariant      *parameter)
{
  GListModel *acts = sm_ops_get_pending (self->ops);
  const char *key = g_variant_get_string (parameter, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (acts); i++)
    {
      g_autoptr (SmPending) pending = g_list_model_get_item (acts, i);

      if (g_str_equal (sm_pending_get_key (pending), key))
        return g_steal_pointer (&pending);
    }
  return NULL;
}

static void
keep_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_autoptr (SmPending) pending = find (SM_PENDING_PAGE (widget), parameter);

  if (pending != NULL && sm_ops_may_send (SM_PENDING_PAGE (widget)->ops, pending))
    resolve (widget, pending, NULL, NULL);
}

static void
merge_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  g_autoptr (SmPending) pending = find (SM_PENDING_PAGE (widget), parameter);

  if (pending != NULL && sm_pending_get_edits (pending) != NULL
      && sm_ops_may_send (SM_PENDING_PAGE (widget)->ops, pending))
    sm_pending_ask_merge (widget, pending, resolve, widget);
}

static void
drop_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_autoptr (SmPending) pending = find (SM_PENDING_PAGE (widget), parameter);

  if (pending != NULL)
    sm_pending_ask_drop (widget, pending, drop, widget);
}

static void
anew_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SmPendingPage *self = SM_PENDING_PAGE (widget);
  g_autoptr (SmPending) pending = find (self, parameter);

  if (pending != NULL && sm_ops_is_of_other_network (self->ops, pending)
      && sm_ops_may_send (self->ops, pending))
    sm_pending_ask_anew (widget, pending, self->ops, do_anew, self);
}

static void
show_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SmPendingPage *self = SM_PENDING_PAGE (widget);
  g_autoptr (SmPending) pending = find (self, parameter);
  g_autofree char *link = pending != NULL ? sm_pending_link (pending, self->ops) : NULL;

  if (link != NULL)
    sm_page_emit_open (SM_PAGE (self), link);
}

static const char *
sm_pending_page_describe_missing (SmPage *page)
{
  SmStatusState state = sm_status_get_state (sm_ops_get_status (SM_PENDING_PAGE (page)->ops));

  return state == SM_STATUS_STARTING ? "an answer of the service" : NULL;
}

static gboolean
sm_pending_page_show_link (SmPage       *page,
                           const SmLink *link)
{
  return sm_link_get_name (link) == NULL && g_str_equal (sm_link_get_page (link), "pending");
}

static char *
sm_pending_page_dup_link (SmPage *page)
{
  return g_strdup (SM_LINK_SCHEME "pending");
}

static gboolean
sm_pending_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (SM_PENDING_PAGE (widget)->list);
}

static void
sm_pending_page_dispose (GObject *object)
{
  SmPendingPage *self = SM_PENDING_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_pending_page_parent_class)->dispose (object);
}

static void
sm_pending_page_class_init (SmPendingPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  SmPageClass *page_class = SM_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_pending_page_dispose;
  widget_class->grab_focus = sm_pending_page_grab_focus;
  page_class->show_link = sm_pending_page_show_link;
  page_class->dup_link = sm_pending_page_dup_link;
  page_class->describe_missing = sm_pending_page_describe_missing;
  gtk_widget_class_install_action (widget_class, "pending.show", "s", show_action);
  gtk_widget_class_install_action (widget_class, "pending.keep", "s", keep_action);
  gtk_widget_class_install_action (widget_class, "pending.merge", "s", merge_action);
  gtk_widget_class_install_action (widget_class, "pending.drop", "s", drop_action);
  gtk_widget_class_install_action (widget_class, "pending.anew", "s", anew_action);
}

static void
sm_pending_page_init (SmPendingPage *self)
{
  self->cancellable = g_cancellable_new ();
}

/* Its cards are made for who is signed in. */
static GtkListItemFactory *
make_factory (SmPendingPage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, 0);
  return factory;
}

static void
person_cb (SmPendingPage *self)
{
  g_autoptr (GtkListItemFactory) factory = make_factory (self);

  gtk_list_view_set_factory (GTK_LIST_VIEW (self->list), factory);
}

static GtkWidget *
make_list (SmPendingPage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkNoSelection *selection
      = gtk_no_selection_new (g_object_ref (sm_ops_get_pending (self->ops)));

  self->list = gtk_list_view_new (GTK_SELECTION_MODEL (selection), make_factory (self));
  g_signal_connect_object (self->ops, "notify::person", G_CALLBACK (person_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (self->list, "pending-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Pending and conflicts"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->list);
  return scrolled;
}

static GtkWidget *
make_nothing (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "emblem-ok-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _("Nothing is pending"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (page),
      _("What you do is sent at once. What cannot be sent waits here, and what somebody else has "
        "changed meanwhile is decided here."));
  return page;
}

static void
add_parts (SmPendingPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (sm_page_get_title (SM_PAGE (self)));
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_widget_add_css_class (title, "panel-title");
  gtk_widget_add_css_class (head, "pending-head");
  self->summary_label = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->summary_label, "row-subtitle");
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), self->summary_label);
  self->banner = SM_STATUS_BANNER (sm_status_banner_new ());
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, make_list (self), "list");
  gtk_stack_add_named (self->stack, make_nothing (), "none");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
sm_pending_page_new (SmOps      *ops,
                     const char *title)
{
  SmPendingPage *self = g_object_new (SM_TYPE_PENDING_PAGE, "title", title, NULL);

  self->ops = g_object_ref (ops);
  add_parts (self);
  g_signal_connect_object (sm_ops_get_pending (ops), "items-changed", G_CALLBACK (show_counts),
                           self, G_CONNECT_SWAPPED);
  show_counts (self);
  return GTK_WIDGET (self);
}

/** sm_pending_page_set_is_wall: Whether nobody decides here: it only shows what waits. */
void
sm_pending_page_set_is_wall (SmPendingPage *self,
                             gboolean       is_wall)
{
  g_return_if_fail (SM_IS_PENDING_PAGE (self));

  self->is_wall = is_wall;
  allow_decisions (self);
}
