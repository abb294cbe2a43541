/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-figures-panel.h"

#include "sm-figure-group.h"
#include "sm-fit-box.h"
#include "sm-service-panel.h"
#include "sm-style.h"
#include "sm-today-panel.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

#define VEHICLES "stationmaster:vehicles?activity="

struct _SmFiguresPanel
{
  GtkWidget parent_instance;

  GtkScrolledWindow *scroller;
  GtkScrollable *viewport;
  GtkWidget *freshness_label;
  SmServicePanel *service;
  SmFigureGroup *vehicles;
  SmTodayPanel *today;
  SmFigureGroup *piles;
  SmFigureGroup *connectors;
};

G_DEFINE_FINAL_TYPE (SmFiguresPanel, sm_figures_panel, GTK_TYPE_WIDGET)

static const SmTone connection_tones[SM_FIGURE_CONNECTIONS]
    = { SM_TONE_STRONG,  SM_TONE_DIM,    SM_TONE_FAINT, SM_TONE_LEVEL_3,
        SM_TONE_LEVEL_2, SM_TONE_HOLLOW, SM_TONE_HOLLOW };
static const SmTone connector_tones[SM_FIGURE_CONNECTOR_STATUSES]
    = { SM_TONE_DIM,    SM_TONE_NORMAL, SM_TONE_STRONG,  SM_TONE_NORMAL, SM_TONE_NORMAL,
        SM_TONE_NORMAL, SM_TONE_NORMAL, SM_TONE_FAINT,   SM_TONE_LEVEL_3, SM_TONE_HOLLOW };

/* The order of the parts: what works first, what does not last. */
static const guint8 connection_order[] = { 0, 1, 2, 3, 4, 5, 6 };
static const guint8 connector_order[] = { 2, 1, 3, 4, 5, 6, 0, 7, 8, 9 };

/* The last count is of what is null, and of slugs that this version does not know. */
static void
set_by_slug (SmFigureGroup     *group,
             const char *const *slugs,
             const guint       *counts,
             const SmTone      *tones,
             const guint8      *order,
             guint              n,
             const char        *link)
{
  SmStatePart parts[16] = { 0 };
  char *links[16] = { NULL };

  for (guint i = 0; i < n; i++)
    {
      guint k = order[i];

      if (link != NULL)
        links[i] = g_strconcat (link, k + 1 < n ? slugs[k] : "unknown", NULL);
      parts[i].label = k + 1 < n ? sm_word_of_slug (slugs, slugs[k]) : C_ ("figure", "no report");
      parts[i].count = counts[k];
      parts[i].tone = tones[k];
      parts[i].link = links[i];
    }
  sm_figure_group_set_parts (group, parts, n);
  for (guint i = 0; i < n; i++)
    g_free (links[i]);
}

/**
 * sm_figures_panel_set_connectors:
 * @link: to the piles whose connectors are counted, up to the status that is asked for
 *
 * Shows connectors by status, here as elsewhere.
 */
void
sm_figures_panel_set_connectors (SmFigureGroup *group,
                                 const guint    counts[SM_FIGURE_CONNECTOR_STATUSES],
                                 const char    *link)
{
  set_by_slug (group, sm_connector_statuses, counts, connector_tones, connector_order,
               SM_FIGURE_CONNECTOR_STATUSES, link);
}

static void
set_vehicles (SmFigureGroup        *group,
              const SmFigureValues *values)
{
  const guint *count = values->vehicles_by_activity;
  const SmStatePart parts[] = {
    { C_ ("vehicles", "driving"), count[SM_ACTIVITY_DRIVING], SM_TONE_STRONG,
      VEHICLES "driving" },
    { C_ ("vehicles", "charging"), count[SM_ACTIVITY_CHARGING], SM_TONE_NORMAL,
      VEHICLES "charging" },
    { C_ ("vehicles", "swapping"), count[SM_ACTIVITY_SWAPPING], SM_TONE_NORMAL,
      VEHICLES "swapping" },
    { C_ ("vehicles", "parked"), count[SM_ACTIVITY_PARKED], SM_TONE_DIM,
      VEHICLES "parked" },
    { C_ ("vehicles", "late"), count[SM_ACTIVITY_LATE], SM_TONE_FAINT,
      VEHICLES "late" },
    { C_ ("vehicles", "silent"), count[SM_ACTIVITY_SILENT], SM_TONE_LEVEL_3,
      VEHICLES "silent" },
    { C_ ("figure", "no report"), count[SM_ACTIVITY_UNKNOWN], SM_TONE_HOLLOW,
      VEHICLES "unknown" },
  };

  sm_figure_group_set_parts (group, parts, G_N_ELEMENTS (parts));
}

static void
sm_figures_panel_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (sm_figures_panel_parent_class)->dispose (object);
}

static void
sm_figures_panel_class_init (SmFiguresPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_figures_panel_dispose;

  g_type_ensure (SM_TYPE_FIGURE_GROUP);
  g_type_ensure (SM_TYPE_FIT_BOX);
  g_type_ensure (SM_TYPE_SERVICE_PANEL);
  g_type_ensure (SM_TYPE_TODAY_PANEL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SM_RESOURCE_PATH "pages/wall/sm-figures-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, SmFiguresPanel, freshness_label);
  gtk_widget_class_bind_template_child (widget_class, SmFiguresPanel, scroller);
  gtk_widget_class_bind_template_child (widget_class, SmFiguresPanel, viewport);
  gtk_widget_class_bind_template_child (widget_class, SmFiguresPanel, service);
  gtk_widget_class_bind_template_child (widget_class, SmFiguresPanel, today);
  gtk_widget_class_bind_template_child (widget_class, SmFiguresPanel, piles);
  gtk_widget_class_bind_template_child (widget_class, SmFiguresPanel, connectors);
  gtk_widget_class_bind_template_child (widget_class, SmFiguresPanel, vehicles);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
sm_figures_panel_init (SmFiguresPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sm_figure_group_set_link (self->vehicles, "stationmaster:vehicles");
  sm_figure_group_set_link (self->piles, "stationmaster:piles");
  sm_figure_group_set_link (self->connectors, "stationmaster:piles");
}

static void
set_counts (SmFiguresPanel       *self,
            const SmFigureValues *values)
{
  if (!values->is_whole)
    {
      sm_figure_group_set_loading (self->piles);
      sm_figure_group_set_loading (self->connectors);
      sm_figure_group_set_loading (self->vehicles);
      return;
    }
  set_by_slug (self->piles, sm_connections, values->piles_by_connection, connection_tones,
               connection_order, SM_FIGURE_CONNECTIONS, "stationmaster:piles?connection=");
  set_by_slug (self->connectors, sm_connector_statuses, values->connectors_by_status,
               connector_tones, connector_order, SM_FIGURE_CONNECTOR_STATUSES,
               "stationmaster:piles?status=");
  set_vehicles (self->vehicles, values);
  /* A network of trucks alone has no piles to speak of. */
  gtk_widget_set_visible (GTK_WIDGET (self->piles), values->piles > 0 || values->vehicles == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->connectors), values->connectors > 0);
}

/** sm_figures_panel_refresh: Shows the numbers as they are now. */
void
sm_figures_panel_refresh (SmFiguresPanel *self,
                          SmOps          *ops)
{
  const SmFigureValues *values = sm_figures_get_values (sm_ops_get_figures (ops));
  const SmStatsNow *stats = sm_stats_get_now (sm_ops_get_stats (ops));
  SmStatus *status = sm_ops_get_status (ops);

  g_return_if_fail (SM_IS_FIGURES_PANEL (self));

  set_counts (self, values);
  sm_service_panel_set (self->service,
                        values->is_whole
                            ? sm_service_figures_get_values (sm_ops_get_service (ops))
                            : NULL,
                        stats, sm_clock_now (sm_status_get_clock (status)));
  sm_today_panel_set (self->today, stats, status);
}

/**
 * sm_figures_panel_set_stale:
 * @stale: whether the figures are the last known and not live
 * @words: how old they are, in words
 */
void
sm_figures_panel_set_stale (SmFiguresPanel *self,
                            gboolean        stale,
                            const char     *words)
{
  g_return_if_fail (SM_IS_FIGURES_PANEL (self));

  gtk_label_set_text (GTK_LABEL (self->freshness_label), words);
  gtk_widget_set_visible (self->freshness_label, stale);
  sm_style_set_class (self->freshness_label, "not-live", stale);
  sm_service_panel_set_stale (self->service, stale);
  sm_today_panel_set_stale (self->today, stale);
  sm_figure_group_set_stale (self->piles, stale);
  sm_figure_group_set_stale (self->connectors, stale);
  sm_figure_group_set_stale (self->vehicles, stale);
}

/** sm_figures_panel_set_is_wall: Nobody scrolls there: what does not fit leaves in its order. */
void
sm_figures_panel_set_is_wall (SmFiguresPanel *self,
                              gboolean        is_wall)
{
  g_return_if_fail (SM_IS_FIGURES_PANEL (self));

  gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_NEVER,
                                  is_wall ? GTK_POLICY_NEVER : GTK_POLICY_AUTOMATIC);
  gtk_scrollable_set_vscroll_policy (self->viewport,
                                     is_wall ? GTK_SCROLL_MINIMUM : GTK_SCROLL_NATURAL);
}
