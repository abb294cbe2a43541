/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-wall-page-private.h"

#include "sm-status-words.h"
#include "sm-toast-errors.h"

#include <glib/gi18n-lib.h>

/* What the wall says of its own: whether what it shows is live, kept, or not there at all. */

/* Says what there is to say where the map has nothing to show. */
void
sm_wall_page_show_hint (SmWallPage *self)
{
  const SmFigureValues *values = sm_figures_get_values (sm_ops_get_figures (self->ops));
  SmStatusState state = sm_status_get_state (sm_ops_get_status (self->ops));
  const char *hint = "nothing";

  if (values->stations == 0 && values->vehicles == 0)
    hint = state == SM_STATUS_LIVE                                     ? "empty"
           : state == SM_STATUS_LOADING || state == SM_STATUS_STARTING ? "loading"
                                                                       : "unknown";
  gtk_stack_set_visible_child_name (self->hint_stack, hint);
  gtk_widget_set_visible (GTK_WIDGET (self->hint_stack), !g_str_equal (hint, "nothing"));
}

/* @slug: (nullable): why the copy of the network is in memory alone. */
static void
show_storage (SmWallPage *self,
              const char *slug)
{
  g_autofree char *detail = NULL;

  if (slug != NULL)
    /* Translators: what to do about the disk, as a whole sentence */
    detail = g_strdup_printf (_("%s Until then nothing that is shown is kept for the next start."),
                              sm_slug_next_step (slug));
  sm_status_banner_set (self->storage_banner, slug != NULL ? sm_slug_what (slug) : NULL, detail);
}

/* Nothing on the wall can be taken for live once it is not. */
void
sm_wall_page_show_freshness (SmWallPage *self)
{
  SmStatus *status = sm_ops_get_status (self->ops);
  gboolean is_stale = !sm_status_is_live (status);
  const char *storage = sm_status_get_storage_problem (status);
  g_autofree char *words = sm_status_words (status);
  g_autofree char *title = sm_status_banner_title (status);
  g_autofree char *detail = sm_status_banner_detail (status);
  gboolean is_signed_out = sm_status_get_state (status) == SM_STATUS_SIGNED_OUT;

  sm_status_banner_set (self->connection_banner, title, detail);
  sm_status_banner_set_action (self->connection_banner, is_signed_out ? _("Sign in") : NULL,
                               is_signed_out ? "win.sign-in" : NULL);
  show_storage (self, storage);
  sm_figures_panel_set_stale (self->figures, is_stale, words);
  sm_faults_panel_set_stale (self->faults, is_stale);
  sm_fleet_panel_set_stale (self->fleet_panel, is_stale);
  sm_station_panel_set_stale (self->station_panel, is_stale);
  sm_vehicle_panel_set_stale (self->vehicle_panel, is_stale);
  sm_battery_panel_set_stale (self->battery_panel, is_stale);
  sm_staff_panel_set_stale (self->staff_panel, is_stale);
  sm_map_view_set_stale (self->map, is_stale);
  sm_wall_page_show_hint (self);
}

static gboolean
freshness_cb (gpointer user_data)
{
  SmWallPage *self = user_data;

  self->freshness_source = 0;
  sm_wall_page_show_freshness (self);
  return G_SOURCE_REMOVE;
}

/* Each wall of several in a turn of its own: all that is on it turns to last known at once. */
void
sm_wall_page_show_freshness_soon (SmWallPage *self)
{
  if (self->freshness_source != 0)
    return;
  self->freshness_source = g_timeout_add (0, freshness_cb, self);
  g_source_set_name_by_id (self->freshness_source, "wall freshness");
}
