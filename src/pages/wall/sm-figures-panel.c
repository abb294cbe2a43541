/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-figures-panel.h"

#include "sm-figure-group.h"
#include "sm-load-panel.h"
#include "sm-style.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

struct _SmFiguresPanel
{
  GtkWidget parent_instance;

  GtkWidget *freshness_label;
  SmFigureGroup *stations;
  SmFigureGroup *connections;
  SmFigureGroup *piles;
  SmFigureGroup *connectors;
  SmFigureGroup *vehicles;
  SmLoadPanel *load;
};

G_DEFINE_FINAL_TYPE (SmFiguresPanel, sm_figures_panel, GTK_TYPE_WIDGET)

static const SmTone state_tones[SM_FIGURE_STATION_STATES]
    = { SM_TONE_FAINT, SM_TONE_STRONG, SM_TONE_DIM, SM_TONE_FAINT, SM_TONE_HOLLOW };
static const SmTone connection_tones[SM_FIGURE_CONNECTIONS]
    = { SM_TONE_STRONG,  SM_TONE_DIM,    SM_TONE_FAINT, SM_TONE_LEVEL_3,
        SM_TONE_LEVEL_2, SM_TONE_HOLLOW, SM_TONE_HOLLOW };
static const SmTone connector_tones[SM_FIGURE_CONNECTOR_STATUSES]
    = { SM_TONE_DIM,    SM_TONE_NORMAL, SM_TONE_STRONG,  SM_TONE_NORMAL, SM_TONE_NORMAL,
        SM_TONE_NORMAL, SM_TONE_NORMAL, SM_TONE_FAINT,   SM_TONE_LEVEL_3, SM_TONE_HOLLOW };

/* The order of the parts: what works first, what does not last. */
static const guint8 state_order[] = { 1, 0, 2, 3, 4 };
static const guint8 connection_order[] = { 0, 1, 2, 3, 4, 5, 6 };
static const guint8 connector_order[] = { 2, 1, 3, 4, 5, 6, 0, 7, 8, 9 };

static void
set_by_slug (SmFigureGroup     *group,
             const char *const *slugs,
             const guint       *counts,
             const SmTone      *tones,
             const guint8      *order,
             guint              n)
{
  SmStatePart parts[16] = { 0 };

  for (guint i = 0; i < n; i++)
    {
      guint k = order[i];

      parts[i].label = k + 1 < n ? sm_word_of_slug (slugs, slugs[k]) : C_ ("figure", "no report");
      parts[i].count = counts[k];
      parts[i].tone = tones[k];
    }
  sm_figure_group_set_parts (group, parts, n);
}

/** sm_figures_panel_set_connectors: Shows connectors by status, here as elsewhere. */
void
sm_figures_panel_set_connectors (SmFigureGroup *group,
                                 const guint    counts[SM_FIGURE_CONNECTOR_STATUSES])
{
  set_by_slug (group, sm_connector_statuses, counts, connector_tones, connector_order,
               SM_FIGURE_CONNECTOR_STATUSES);
}

static void
set_vehicles (SmFigureGroup        *group,
              const SmFigureValues *values)
{
  const guint *count = values->vehicles_by_activity;
  const SmStatePart parts[] = {
    { C_ ("vehicles", "driving"), count[SM_ACTIVITY_DRIVING], SM_TONE_STRONG },
    { C_ ("vehicles", "charging"), count[SM_ACTIVITY_CHARGING], SM_TONE_NORMAL },
    { C_ ("vehicles", "swapping"), count[SM_ACTIVITY_SWAPPING], SM_TONE_NORMAL },
    { C_ ("vehicles", "parked"), count[SM_ACTIVITY_PARKED], SM_TONE_DIM },
    { C_ ("vehicles", "late"), count[SM_ACTIVITY_LATE], SM_TONE_FAINT },
    { C_ ("vehicles", "silent"), count[SM_ACTIVITY_SILENT], SM_TONE_LEVEL_3 },
    { C_ ("figure", "no report"), count[SM_ACTIVITY_UNKNOWN], SM_TONE_HOLLOW },
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
  g_type_ensure (SM_TYPE_LOAD_PANEL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SM_RESOURCE_PATH "pages/wall/sm-figures-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, SmFiguresPanel, freshness_label);
  gtk_widget_class_bind_template_child (widget_class, SmFiguresPanel, stations);
  gtk_widget_class_bind_template_child (widget_class, SmFiguresPanel, connections);
  gtk_widget_class_bind_template_child (widget_class, SmFiguresPanel, piles);
  gtk_widget_class_bind_template_child (widget_class, SmFiguresPanel, connectors);
  gtk_widget_class_bind_template_child (widget_class, SmFiguresPanel, vehicles);
  gtk_widget_class_bind_template_child (widget_class, SmFiguresPanel, load);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
sm_figures_panel_init (SmFiguresPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_loading (SmFiguresPanel *self)
{
  sm_figure_group_set_loading (self->stations);
  sm_figure_group_set_loading (self->connections);
  sm_figure_group_set_loading (self->piles);
  sm_figure_group_set_loading (self->connectors);
  sm_figure_group_set_loading (self->vehicles);
}

/** sm_figures_panel_set_figures: Shows the numbers as they are now. */
void
sm_figures_panel_set_figures (SmFiguresPanel       *self,
                              const SmFigureValues *values)
{
  g_return_if_fail (SM_IS_FIGURES_PANEL (self));

  if (!values->is_whole)
    {
      set_loading (self);
      return;
    }
  set_by_slug (self->stations, sm_station_states, values->stations_by_state, state_tones,
               state_order, SM_FIGURE_STATION_STATES);
  set_by_slug (self->connections, sm_connections, values->stations_by_connection, connection_tones,
               connection_order, SM_FIGURE_CONNECTIONS);
  set_by_slug (self->piles, sm_connections, values->piles_by_connection, connection_tones,
               connection_order, SM_FIGURE_CONNECTIONS);
  sm_figures_panel_set_connectors (self->connectors, values->connectors_by_status);
  set_vehicles (self->vehicles, values);
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
  sm_figure_group_set_stale (self->stations, stale);
  sm_figure_group_set_stale (self->connections, stale);
  sm_figure_group_set_stale (self->piles, stale);
  sm_figure_group_set_stale (self->connectors, stale);
  sm_figure_group_set_stale (self->vehicles, stale);
}

/** sm_figures_panel_set_load: Adds up what @stations draw, as they are now. */
void
sm_figures_panel_set_load (SmFiguresPanel *self,
                           GListModel     *stations,
                           SmStatus       *status)
{
  g_return_if_fail (SM_IS_FIGURES_PANEL (self));

  sm_load_panel_refresh (self->load, stations, status);
}
