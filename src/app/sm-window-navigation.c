/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-window-private.h"

#include "sm-pending-page.h"
#include "sm-sections.h"
#include "sm-status-words.h"
#include "sm-toast-errors.h"
#include "sm-work-orders-page.h"

#include <glib/gi18n-lib.h>

/* Which page is shown, and how a person came to it. */

/** sm_window_remove_pages: Before another network is followed. */
void
sm_window_remove_pages (SmWindow *self)
{
  GtkWidget *page;

  while ((page = gtk_widget_get_first_child (GTK_WIDGET (self->pages))) != NULL)
    gtk_stack_remove (self->pages, page);
  self->wall_page = NULL;
}

/** sm_window_ensure_page: Returns: (nullable): a section's page, made when it is wanted first */
SmPage *
sm_window_ensure_page (SmWindow   *self,
                       const char *name)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->pages, name);

  if (page != NULL || self->ops == NULL)
    return page != NULL ? SM_PAGE (page) : NULL;
  page = sm_section_make (name, self->ops, self->views);
  if (page == NULL)
    return NULL;
  if (SM_IS_PENDING_PAGE (page))
    sm_pending_page_set_is_wall (SM_PENDING_PAGE (page), self->is_wall);
  gtk_stack_add_named (self->pages, page, name);
  g_signal_connect_object (page, "open", G_CALLBACK (sm_window_open_link), self, G_CONNECT_SWAPPED);
  return SM_PAGE (page);
}

/* The link to what is shown, with its filters. */
static char *
dup_link (SmWindow *self)
{
  SmPage *page = sm_window_get_page (self);
  char *link = page != NULL ? sm_page_dup_link (page) : NULL;

  return link != NULL || page == NULL
             ? link
             : sm_link_text (gtk_stack_get_visible_child_name (self->pages), NULL, NULL);
}

/** sm_window_show_navigation: Follows what is shown, and whether there is anything. */
void
sm_window_show_navigation (SmWindow *self)
{
  const char *name = gtk_stack_get_visible_child_name (self->pages);
  gboolean is_there = self->ops != NULL && !self->is_wall;

  gtk_widget_set_visible (self->navigation, is_there);
  gtk_widget_set_visible (GTK_WIDGET (self->search_box), is_there);
  gtk_revealer_set_reveal_child (
      GTK_REVEALER (self->sidebar_revealer),
      is_there && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->sidebar_button)));
  for (guint i = 0; i < sm_n_sections; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->sidebar, (int) i);

      gtk_widget_set_visible (GTK_WIDGET (row), sm_section_is_shown (&sm_sections[i], self->ops));
      if (g_strcmp0 (sm_sections[i].name, name) == 0)
        gtk_list_box_select_row (self->sidebar, row);
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.back", sm_trail_can_move (self->trail, -1));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.forward",
                                 sm_trail_can_move (self->trail, 1));
}

/** sm_window_show_banner: The state of the data above the pages; the wall says more of it itself. */
void
sm_window_show_banner (SmWindow *self)
{
  SmStatus *status = sm_ops_get_status (self->ops);
  gboolean is_wall_page
      = g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "wall") == 0;
  gboolean is_signed_out = sm_status_get_state (status) == SM_STATUS_SIGNED_OUT;
  g_autofree char *title = is_wall_page ? NULL : sm_status_banner_title (status);
  g_autofree char *detail = is_wall_page ? NULL : sm_status_banner_detail (status);

  sm_status_banner_set (self->banner, title, detail);
  sm_status_banner_set_action (self->banner, is_signed_out ? _("Sign in") : NULL,
                               is_signed_out ? "win.sign-in" : NULL);
}

/* Returns: (nullable): the link to a section; what a person calls one may be no word */
static SmLink *
parse_section (const char *name)
{
  g_autofree char *text = g_strconcat (SM_LINK_SCHEME, name, NULL);

  return sm_link_parse (text);
}

/* Says why a link was not followed; @slug: (nullable): that nothing is to be said */
static void
show_refusal (SmWindow   *self,
              const char *slug)
{
  sm_status_banner_set (self->link_banner, slug != NULL ? sm_slug_what (slug) : NULL,
                        slug != NULL ? sm_slug_next_step (slug) : NULL);
  sm_status_banner_set_action (self->link_banner, slug != NULL ? C_ ("action", "Close") : NULL,
                               "win.dismiss-link");
}

/* A thing opens where its panel is: a work order on the page of all of them, anything else on
 * the wall.  A page takes the rest of the link. */
static gboolean
route (SmWindow     *self,
       const SmLink *link)
{
  const char *name = sm_link_get_name (link);
  const char *section = sm_section_for_link (sm_link_get_page (link));
  SmPage *page;

  if (name != NULL && !g_str_equal (sm_link_get_page (link), SM_WORK_ORDER_LINK))
    {
      if (!sm_wall_page_open_named (self->wall_page, sm_link_get_page (link), name))
        return FALSE;
      sm_page_show_link (SM_PAGE (self->wall_page), link);
      gtk_stack_set_visible_child_name (self->pages, "wall");
      return TRUE;
    }
  page = section != NULL ? sm_window_ensure_page (self, section) : NULL;
  if (page == NULL)
    return FALSE;
  sm_page_show_link (page, link);
  /* The wall as such, without the panel of a thing. */
  while (g_str_equal (section, "wall") && sm_page_go_back (page))
    ;
  gtk_stack_set_visible_child_name (self->pages, section);
  return TRUE;
}

/**
 * sm_window_focus_page:
 *
 * Puts the keyboard where somebody has been led to, by a link or by signing in: a page
 * hears its keys only while it has the focus.  The wall hears them everywhere, and
 * nobody wants to see a ring on it.
 */
void
sm_window_focus_page (SmWindow *self)
{
  GtkWidget *page = gtk_stack_get_visible_child (self->pages);
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

  if (page != NULL && page != GTK_WIDGET (self->wall_page)
      && (focus == NULL || !gtk_widget_is_ancestor (focus, page)))
    gtk_widget_grab_focus (page);
}

static gboolean
go (SmWindow   *self,
    const char *text,
    gboolean    is_new)
{
  g_autoptr (SmLink) link = sm_link_parse (text);
  g_autofree char *from = is_new ? dup_link (self) : NULL;

  if (link == NULL || self->wall_page == NULL)
    return FALSE;
  if (!sm_section_may_open (link, self->ops))
    {
      show_refusal (self, "permission-missing");
      return TRUE;
    }
  if (!route (self, link))
    return FALSE;
  sm_window_focus_page (self);
  show_refusal (self, NULL);
  g_free (self->shown_link);
  self->shown_link = g_strdup (text);
  if (is_new)
    {
      sm_trail_update (self->trail, from);
      sm_trail_push (self->trail, text);
    }
  sm_window_show_navigation (self);
  sm_window_show_banner (self);
  return TRUE;
}

/**
 * sm_window_check_shown:
 *
 * Who is signed in now may see less than who was, or than anybody could know
 * when the link was followed: then the wall is shown, and words that say why.
 */
void
sm_window_check_shown (SmWindow *self)
{
  const char *name = gtk_stack_get_visible_child_name (self->pages);
  g_autoptr (SmLink) link = self->shown_link != NULL ? sm_link_parse (self->shown_link) : NULL;
  g_autoptr (SmLink) section = name != NULL ? parse_section (name) : NULL;

  if (self->wall_page == NULL
      || ((link == NULL || sm_section_may_open (link, self->ops))
          && (section == NULL || sm_section_may_open (section, self->ops))))
    return;
  g_clear_pointer (&self->shown_link, g_free);
  while (sm_page_go_back (SM_PAGE (self->wall_page)))
    ;
  gtk_stack_set_visible_child_name (self->pages, "wall");
  show_refusal (self, "permission-missing");
}

void
sm_window_section_cb (SmWindow      *self,
                      GtkListBoxRow *row)
{
  const char *name = sm_sections[gtk_list_box_row_get_index (row)].name;

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), name) != 0)
    sm_window_show_page (self, name);
}

static void
move (SmWindow *self,
      int       step)
{
  g_autofree char *from = dup_link (self);
  const char *to;

  sm_trail_update (self->trail, from);
  to = sm_trail_move (self->trail, step);
  if (to != NULL)
    go (self, to, FALSE);
}

static void
back_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  move (SM_WINDOW (widget), g_str_equal (name, "win.back") ? -1 : 1);
}

static void
copy_link_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  g_autofree char *link = dup_link (SM_WINDOW (widget));

  if (link != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), link);
}

static void
dismiss_link_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  show_refusal (SM_WINDOW (widget), NULL);
}

static void
search_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  sm_search_box_grab (SM_WINDOW (widget)->search_box);
}

static void
sections_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  GtkToggleButton *button = GTK_TOGGLE_BUTTON (SM_WINDOW (widget)->sidebar_button);

  gtk_toggle_button_set_active (button, !gtk_toggle_button_get_active (button));
}

/* How much is pending, beside the section's title; conflicts have a sign of their own. */
static GtkWidget *
make_badge (void)
{
  GtkWidget *badge = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);

  gtk_widget_add_css_class (badge, "badge");
  gtk_widget_set_visible (badge, FALSE);
  gtk_box_append (GTK_BOX (badge), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  gtk_box_append (GTK_BOX (badge), gtk_label_new (NULL));
  return badge;
}

/** sm_window_show_pending: Follows how many acts are pending, and whether any is in conflict. */
void
sm_window_show_pending (SmWindow *self)
{
  guint n = g_list_model_get_n_items (sm_ops_get_pending (self->ops));
  guint n_conflicts = g_list_model_get_n_items (sm_ops_get_conflicts (self->ops));
  g_autofree char *count = g_strdup_printf ("%u", n);

  for (guint i = 0; i < sm_n_sections; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->sidebar, (int) i);
      GtkWidget *badge = gtk_widget_get_last_child (gtk_list_box_row_get_child (row));
      g_autofree char *name = NULL;

      if (!g_str_equal (sm_sections[i].name, SM_SECTION_PENDING))
        continue;
      gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (badge)), count);
      gtk_widget_set_visible (gtk_widget_get_first_child (badge), n_conflicts > 0);
      gtk_widget_set_visible (badge, n > 0);
      name = g_strdup_printf (ngettext ("%s: %u act, %u in conflict", "%s: %u acts, %u in conflict",
                                        n),
                              sm_section_title (&sm_sections[i]), n, n_conflicts);
      gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      n > 0 ? name : sm_section_title (&sm_sections[i]), -1);
    }
}

static GtkWidget *
make_section_row (const SmSection *section)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (sm_section_title (section));

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (section->icon));
  gtk_box_append (GTK_BOX (box), label);
  if (g_str_equal (section->name, SM_SECTION_PENDING))
    gtk_box_append (GTK_BOX (box), make_badge ());
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label,
                                  NULL, -1);
  return row;
}

/** sm_window_fill_sections: The rows of the sidebar. */
void
sm_window_fill_sections (SmWindow *self)
{
  for (guint i = 0; i < sm_n_sections; i++)
    gtk_list_box_append (self->sidebar, make_section_row (&sm_sections[i]));
  g_signal_connect_object (self->sidebar_button, "notify::active",
                           G_CALLBACK (sm_window_show_navigation), self, G_CONNECT_SWAPPED);
}

void
sm_window_install_navigation (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "win.forward", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "win.copy-link", NULL, copy_link_action);
  gtk_widget_class_install_action (widget_class, "win.dismiss-link", NULL, dismiss_link_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.sections", NULL, sections_action);
}

/**
 * sm_window_show_page:
 *
 * Returns: FALSE when there is no page of that name; one that who is signed in may
 *   not see is refused in words
 */
gboolean
sm_window_show_page (SmWindow   *self,
                     const char *name)
{
  SmPage *page;
  g_autoptr (SmLink) wanted = NULL;
  g_autofree char *link = NULL;
  g_autofree char *from = NULL;

  g_return_val_if_fail (SM_IS_WINDOW (self), FALSE);

  from = dup_link (self);
  wanted = parse_section (name);
  if (self->ops != NULL && wanted != NULL && !sm_section_may_open (wanted, self->ops))
    {
      show_refusal (self, "permission-missing");
      return TRUE;
    }
  page = sm_window_ensure_page (self, name);
  if (page == NULL)
    return FALSE;
  show_refusal (self, NULL);
  g_clear_pointer (&self->shown_link, g_free);
  gtk_stack_set_visible_child_name (self->pages, name);
  link = dup_link (self);
  sm_trail_update (self->trail, from);
  sm_trail_push (self->trail, link);
  sm_window_show_navigation (self);
  sm_window_show_banner (self);
  return TRUE;
}

/**
 * sm_window_open_link:
 * @link: stationmaster:station/SN, stationmaster:vehicles?reach=unreachable
 *
 * Opens it, a thing as soon as it is loaded.
 *
 * Returns: FALSE for what is no link, or to nothing that there is a page for
 */
gboolean
sm_window_open_link (SmWindow   *self,
                     const char *link)
{
  g_autoptr (SmLink) parsed = sm_link_parse (link);

  g_return_val_if_fail (SM_IS_WINDOW (self), FALSE);

  if (parsed == NULL)
    return FALSE;
  if (self->wall_page == NULL)
    {
      g_free (self->wanted_link);
      self->wanted_link = g_strdup (link);
      return TRUE;
    }
  return go (self, link, TRUE);
}

/** sm_window_dup_link: Returns: (transfer full) (nullable): to what is shown: the thing, or the page with its filters */
char *
sm_window_dup_link (SmWindow *self)
{
  g_autoptr (SmLink) link = NULL;

  g_return_val_if_fail (SM_IS_WINDOW (self), NULL);

  link = self->shown_link != NULL ? sm_link_parse (self->shown_link) : NULL;
  if (link != NULL && sm_link_get_name (link) != NULL)
    return g_strdup (self->shown_link);
  return dup_link (self);
}
