/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-window-private.h"

#include "sm-fault-context.h"
#include "sm-fault-row.h"
#include "sm-pointer-rest.h"
#include "sm-style.h"
#include "sm-toast-errors.h"
#include "sm-wall-text.h"

#include <glib/gi18n-lib.h>

/* A window as one of a wall's. */

/** sm_window_set_is_wall: No chrome, no pointer, nothing to press, nothing that opens above it. */
void
sm_window_set_is_wall (SmWindow *self,
                       gboolean  is_wall)
{
  g_return_if_fail (SM_IS_WINDOW (self));

  self->is_wall = is_wall;
  sm_wall_frame_set_is_wall (self->content, is_wall);
  gtk_widget_set_visible (self->menu_button, !is_wall);
  gtk_widget_set_visible (GTK_WIDGET (self->channels), is_wall);
  gtk_label_set_ellipsize (GTK_LABEL (self->freshness_label),
                           is_wall ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_label_set_width_chars (GTK_LABEL (self->freshness_label), is_wall ? 5 : -1);
  gtk_widget_set_visible (self->controls, !is_wall);
  sm_style_set_class (GTK_WIDGET (self), "wall", is_wall);
  if (is_wall)
    sm_pointer_rest (GTK_WIDGET (self), SM_POINTER_REST_MS);
  if (self->wall_page != NULL)
    sm_wall_page_set_is_wall (self->wall_page, is_wall);
  sm_window_show_navigation (self);
  if (is_wall && !self->is_picture)
    gtk_window_fullscreen (GTK_WINDOW (self));
}

/** sm_window_get_frame: Returns: (transfer none): to move and to dim all that is in it */
SmWallFrame *
sm_window_get_frame (SmWindow *self)
{
  g_return_val_if_fail (SM_IS_WINDOW (self), NULL);

  return self->content;
}

/** sm_window_set_asks: Whether it may show the sign-in by itself. */
void
sm_window_set_asks (SmWindow *self,
                    gboolean  asks)
{
  g_return_if_fail (SM_IS_WINDOW (self));

  self->asks = asks;
}

/**
 * sm_window_set_wall_words:
 * @name: (nullable): of the wall; NULL or "": the program's
 * @playlist: (nullable): where in its playlist it is
 */
void
sm_window_set_wall_words (SmWindow   *self,
                          const char *name,
                          const char *playlist)
{
  gboolean has_name = name != NULL && name[0] != '\0';

  g_return_if_fail (SM_IS_WINDOW (self));

  gtk_label_set_text (GTK_LABEL (self->name_label), has_name ? name : "Stationmaster");
  gtk_label_set_text (GTK_LABEL (self->playlist_label), playlist != NULL ? playlist : "");
  gtk_widget_set_visible (self->playlist_label, playlist != NULL);
}

/* What it is about, as people call it, the limit it broke, and where that is. */
static char *
describe_worst (SmWindow    *self,
                const SmRow *alarm)
{
  g_auto (SmFaultContext) context = { 0 };
  g_autofree char *thing = NULL, *near = NULL;

  sm_fault_context_read (&context, alarm, self->ops);
  thing = sm_fault_place (alarm, context.name);
  near = sm_fault_context_dup_near (alarm, self->ops);
  return sm_wall_join (" · ", thing, context.where, near, NULL);
}

/**
 * sm_window_show_worst:
 * @alarm: (nullable): one of level 1 that nobody has acknowledged
 * @index: which of @n
 */
void
sm_window_show_worst (SmWindow *self,
                      SmItem   *alarm,
                      guint     index,
                      guint     n)
{
  g_autofree char *place = NULL;

  g_return_if_fail (SM_IS_WINDOW (self));

  if (self->ops == NULL)
    return;
  if (alarm != NULL)
    place = describe_worst (self, sm_item_get_row (alarm));
  sm_wall_banner_show (self->worst_banner, alarm, place, index, n,
                       sm_status_get_clock (sm_ops_get_status (self->ops)),
                       sm_ops_may (self->ops, "alarm.acknowledge"));
}

/** sm_window_jump: Shows where an alarm is.  Returns: FALSE when no map is shown, or nobody knows */
gboolean
sm_window_jump (SmWindow *self,
                gint64    alarm_id)
{
  g_return_val_if_fail (SM_IS_WINDOW (self), FALSE);

  return self->wall_page != NULL && sm_window_get_page (self) == SM_PAGE (self->wall_page)
         && sm_wall_page_jump (self->wall_page, alarm_id);
}

/** sm_window_jump_back: As it was before the first jump. */
void
sm_window_jump_back (SmWindow *self)
{
  g_return_if_fail (SM_IS_WINDOW (self));

  if (self->wall_page != NULL)
    sm_wall_page_jump_back (self->wall_page);
}

/** sm_window_say: A line above the pages; @title: (nullable): none any more. */
void
sm_window_say (SmWindow   *self,
               const char *title,
               const char *detail)
{
  g_return_if_fail (SM_IS_WINDOW (self));

  sm_status_banner_set (self->link_banner, title, detail);
  sm_status_banner_set_action (self->link_banner, NULL, NULL);
}

static void
acknowledged_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (SmWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (sm_ops_acknowledge_finish (SM_OPS (source), result, &error)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  sentence = sm_error_sentence (error);
  sm_window_say (self, _("The alarm is not acknowledged"), sentence);
}

static void
acknowledge_worst_action (GtkWidget  *widget,
                          const char *name,
                          GVariant   *parameter)
{
  SmWindow *self = SM_WINDOW (widget);

  if (self->ops != NULL && sm_ops_may (self->ops, "alarm.acknowledge"))
    sm_ops_acknowledge_async (self->ops, g_variant_get_int64 (parameter), NULL, self->cancellable,
                              acknowledged_cb, g_object_ref (self));
}

void
sm_window_install_wall (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.acknowledge-worst", "x",
                                   acknowledge_worst_action);
}
