/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-list-page.h"

#include "sm-keys.h"
#include "sm-ticker.h"

#include <glib/gi18n-lib.h>

/* Rows of models that do not order themselves are put in order so often. */
#define REFRESH_TICKS 3

struct _SmListPage
{
  SmPage parent_instance;

  SmOps *ops;
  GtkStack *stack;
  SmTicker *ticker; /* while mapped */
  guint ticks;
};

G_DEFINE_FINAL_TYPE (SmListPage, sm_list_page, SM_TYPE_PAGE)

static void
tick_cb (gpointer listener)
{
  SmListPage *self = listener;

  if (++self->ticks % REFRESH_TICKS == 0)
    sm_list_view_refresh (sm_list_page_get_view (self));
}

static void
sm_list_page_map (GtkWidget *widget)
{
  SmListPage *self = SM_LIST_PAGE (widget);

  GTK_WIDGET_CLASS (sm_list_page_parent_class)->map (widget);
  self->ticker = g_object_ref (sm_ticker_for_display (gtk_widget_get_display (widget)));
  sm_ticker_listen (self->ticker, tick_cb, self);
  sm_list_view_refresh (sm_list_page_get_view (self));
}

static void
sm_list_page_unmap (GtkWidget *widget)
{
  SmListPage *self = SM_LIST_PAGE (widget);

  sm_ticker_leave (self->ticker, tick_cb, self);
  g_clear_object (&self->ticker);
  GTK_WIDGET_CLASS (sm_list_page_parent_class)->unmap (widget);
}

static gboolean
sm_list_page_show_link (SmPage       *page,
                        const SmLink *link)
{
  SmListPage *self = SM_LIST_PAGE (page);
  const char *name = sm_link_get_page (link);

  if (sm_link_get_name (link) != NULL || !sm_list_page_has_view (self, name))
    return FALSE;
  gtk_stack_set_visible_child_name (self->stack, name);
  sm_list_view_show_link (sm_list_page_get_view (self), link);
  return TRUE;
}

static char *
sm_list_page_dup_link (SmPage *page)
{
  return sm_list_view_dup_link (sm_list_page_get_view (SM_LIST_PAGE (page)));
}

static const char *
sm_list_page_describe_missing (SmPage *page)
{
  SmListPage *self = SM_LIST_PAGE (page);
  SmStatusState state = sm_status_get_state (sm_ops_get_status (self->ops));

  if (state == SM_STATUS_STARTING)
    return "an answer of the service";
  if (state == SM_STATUS_LOADING)
    return "the first load of the network";
  return sm_list_view_describe_missing (sm_list_page_get_view (self));
}

static void
find_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  sm_list_view_find (sm_list_page_get_view (SM_LIST_PAGE (widget)));
}

static void
sm_list_page_dispose (GObject *object)
{
  g_clear_object (&SM_LIST_PAGE (object)->ops);

  G_OBJECT_CLASS (sm_list_page_parent_class)->dispose (object);
}

static const SmKey keys[] = {
  { "<Control>f", "list.find", N_ ("Find in the list") },
};

static void
sm_list_page_class_init (SmListPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  SmPageClass *page_class = SM_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_list_page_dispose;
  widget_class->map = sm_list_page_map;
  widget_class->unmap = sm_list_page_unmap;
  page_class->show_link = sm_list_page_show_link;
  page_class->dup_link = sm_list_page_dup_link;
  page_class->describe_missing = sm_list_page_describe_missing;
  gtk_widget_class_install_action (widget_class, "list.find", NULL, find_action);
  sm_keys_add_class (widget_class, keys, G_N_ELEMENTS (keys));
}

/** sm_list_page_list_keys: @list: gets the keys of the page */
void
sm_list_page_list_keys (GArray *list)
{
  g_array_append_vals (list, keys, G_N_ELEMENTS (keys));
}

static void
sm_list_page_init (SmListPage *self)
{
  self->stack = GTK_STACK (gtk_stack_new ());
}

static GtkWidget *
make_switcher (SmListPage *self)
{
  GtkWidget *switcher = gtk_stack_switcher_new ();

  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), self->stack);
  gtk_widget_set_halign (switcher, GTK_ALIGN_START);
  gtk_widget_add_css_class (switcher, "list-switcher");
  return switcher;
}

/** sm_list_page_new: @specs: NULL-terminated; the first one is shown first */
GtkWidget *
sm_list_page_new (SmOps                   *ops,
                  SmViewState             *state,
                  const char              *title,
                  const SmListSpec *const *specs)
{
  SmListPage *self = g_object_new (SM_TYPE_LIST_PAGE, "title", title, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->ops = g_object_ref (ops);
  for (guint i = 0; specs[i] != NULL; i++)
    {
      GtkWidget *view = sm_list_view_new (ops, state, specs[i]);

      g_signal_connect_object (view, "open", G_CALLBACK (sm_page_emit_open), self,
                               G_CONNECT_SWAPPED);
      gtk_stack_add_titled (self->stack, view, specs[i]->name,
                            sm_list_view_get_title (SM_LIST_VIEW (view)));
    }
  if (specs[0] != NULL && specs[1] != NULL)
    gtk_box_append (GTK_BOX (box), make_switcher (self));
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
  return GTK_WIDGET (self);
}

/** sm_list_page_has_view: Whether links to @name are shown here. */
gboolean
sm_list_page_has_view (SmListPage *self,
                       const char *name)
{
  g_return_val_if_fail (SM_IS_LIST_PAGE (self), FALSE);

  return gtk_stack_get_child_by_name (self->stack, name) != NULL;
}

/** sm_list_page_get_view: Returns: (transfer none): the table that is shown */
SmListView *
sm_list_page_get_view (SmListPage *self)
{
  g_return_val_if_fail (SM_IS_LIST_PAGE (self), NULL);

  return SM_LIST_VIEW (gtk_stack_get_visible_child (self->stack));
}
