/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-service-panel.h"

#include "sm-figure-group.h"
#include "sm-figure-links.h"
#include "sm-fit-box.h"
#include "sm-key-figure.h"
#include "sm-style.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-wall-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define SWAP SM_LINK_SWAP_STATIONS
#define CHARGE SM_LINK_CHARGE_STATIONS

typedef enum
{
  FIGURE_LACKING,
  FIGURE_WAITING,
  FIGURE_UNREACHABLE,
  FIGURE_RATE,
  FIGURE_SUCCESS,
  FIGURE_SWAP_TIME,
  N_SWAP_FIGURES,
  /* the same three of charging, in the same order */
  FIGURE_CHARGE_RATE = N_SWAP_FIGURES,
  FIGURE_CHARGE_SUCCESS,
  FIGURE_CHARGE_TIME,
  N_FIGURES
} Figure;

struct _SmServicePanel
{
  GtkWidget parent_instance;

  GtkWidget *title_label;
  SmFigureGroup *swap;
  SmFigureGroup *charge;
  SmKeyFigure *figures[N_FIGURES];
};

G_DEFINE_FINAL_TYPE (SmServicePanel, sm_service_panel, GTK_TYPE_WIDGET)

/* The bar: serving, degraded, not serving, unknown.  It sums to all stations. */
static void
set_service (SmFigureGroup        *group,
             const SmServiceCount *count,
             const char           *link)
{
  const guint *by = count->by_service;
  g_autofree char *serving = g_strconcat (link, "&service=available", NULL);
  g_autofree char *degraded = g_strconcat (link, "&service=degraded", NULL);
  g_autofree char *not_serving
      = g_strconcat (link, "&service=out_of_service,closed,in_window", NULL);
  g_autofree char *unknown = g_strconcat (link, "&service=unknown", NULL);
  const SmStatePart parts[] = {
    { C_ ("stations", "serving"), by[SM_SERVICE_AVAILABLE], SM_TONE_STRONG, serving },
    { C_ ("stations", "degraded"), by[SM_SERVICE_DEGRADED], SM_TONE_LEVEL_3, degraded },
    { C_ ("stations", "not serving"),
      by[SM_SERVICE_OUT_OF_SERVICE] + by[SM_SERVICE_CLOSED] + by[SM_SERVICE_IN_WINDOW],
      SM_TONE_LEVEL_2, not_serving },
    { C_ ("stations", "unknown"), by[SM_SERVICE_UNKNOWN], SM_TONE_HOLLOW, unknown },
  };

  sm_figure_group_set_link (group, link);
  sm_figure_group_set_parts (group, parts, G_N_ELEMENTS (parts));
  gtk_widget_set_visible (GTK_WIDGET (group), count->total > 0);
}

static void
set_count (SmServicePanel *self,
           Figure          figure,
           guint           count,
           const char     *note)
{
  g_autofree char *text = sm_text_count (count);

  sm_key_figure_set (self->figures[figure], text, note, count > 0);
}

static void
set_waiting (SmServicePanel        *self,
             const SmServiceValues *values,
             gint64                 now_us)
{
  g_autofree char *age = NULL;
  g_autofree char *note = NULL;

  if (values->waiting > 0 && values->longest_wait_since != SM_UNKNOWN)
    {
      age = sm_time_age (MAX (now_us - values->longest_wait_since, 0));
      /* Translators: %s is how long a truck has been waiting, as in "longest 23 min" */
      note = g_strdup_printf (_("longest %s"), age);
    }
  set_count (self, FIGURE_WAITING, values->waiting, note);
}

/* @first: FIGURE_RATE or FIGURE_CHARGE_RATE; success and time follow it. */
static void
set_rates (SmServicePanel    *self,
           Figure             first,
           const SmStatsKind *kind)
{
  SmKeyFigure **figures = &self->figures[first];
  g_autofree char *rate = sm_text_count (kind->last_hour);
  g_autofree char *usual = sm_text_measure (kind->usual_hour, 0, NULL);
  g_autofree char *attempts = sm_text_count (kind->attempts);
  g_autofree char *success = sm_wall_share (kind->completed, kind->attempts);
  g_autofree char *time = sm_wall_duration (kind->median_s);
  g_autofree char *wait = sm_wall_duration (kind->median_wait_s);
  g_autofree char *usual_note = NULL;
  g_autofree char *of_note = NULL;
  g_autofree char *wait_note = NULL;

  if (isfinite (kind->usual_hour))
    /* Translators: %s is how many swaps, or charges, there usually are in this hour */
    usual_note = g_strdup_printf (_("usual %s"), usual);
  if (kind->attempts > 0)
    /* Translators: %s is how many swaps, or charges, were tried */
    of_note = g_strdup_printf (C_ ("swaps tried", "of %s"), attempts);
  if (isfinite (kind->median_wait_s))
    /* Translators: %s is a time, as in "wait 3 min 5 s" */
    wait_note = g_strdup_printf (C_ ("median of swaps", "wait %s"), wait);
  sm_key_figure_set (figures[0], rate, usual_note,
                     isfinite (kind->usual_hour)
                         && (double) kind->last_hour < kind->usual_hour / 2);
  sm_key_figure_set (figures[1], success, of_note,
                     kind->attempts >= 10 && kind->completed * 20 < kind->attempts * 19);
  sm_key_figure_set (figures[2], time, wait_note, FALSE);
}

/* What a network has none of is not counted either. */
static void
show_kinds (SmServicePanel        *self,
            const SmServiceValues *values)
{
  gboolean is_swap = values->swap.total > 0 || values->charge.total == 0;

  gtk_widget_set_visible (GTK_WIDGET (self->swap), is_swap);
  for (guint i = 0; i < N_SWAP_FIGURES; i++)
    gtk_widget_set_visible (GTK_WIDGET (self->figures[i]), is_swap);
  for (guint i = N_SWAP_FIGURES; i < N_FIGURES; i++)
    gtk_widget_set_visible (GTK_WIDGET (self->figures[i]), values->charge.total > 0);
}

static void
sm_service_panel_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (sm_service_panel_parent_class)->dispose (object);
}

static void
sm_service_panel_class_init (SmServicePanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_service_panel_dispose;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "service-panel");
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
sm_service_panel_init (SmServicePanel *self)
{
  const struct
  {
    const char *title;
    const char *link;
    guint priority; /* what leaves first where letters are too large for all of it */
  } table[N_FIGURES] = {
    [FIGURE_LACKING] = { _("Stations short of packs"), SWAP "&lacking=yes", 0 },
    [FIGURE_WAITING] = { _("Trucks waiting"), "stationmaster:vehicles?queue=waiting,called", 0 },
    [FIGURE_UNREACHABLE] = { _("Trucks out of reach"),
                             "stationmaster:vehicles?reach=unreachable", 0 },
    [FIGURE_RATE] = { _("Swaps in the last hour"), SM_LINK_SWAPS SM_LINK_COMPLETED, 3 },
    [FIGURE_SUCCESS] = { _("Swaps successful"), SM_LINK_SWAPS SM_LINK_ATTEMPTS, 5 },
    [FIGURE_SWAP_TIME] = { _("Median swap"), SM_LINK_SWAPS SM_LINK_COMPLETED, 6 },
    [FIGURE_CHARGE_RATE] = { _("Charges in the last hour"), SM_LINK_CHARGES SM_LINK_COMPLETED, 4 },
    [FIGURE_CHARGE_SUCCESS] = { _("Charges successful"), SM_LINK_CHARGES SM_LINK_ATTEMPTS, 7 },
    [FIGURE_CHARGE_TIME] = { _("Median charge"), SM_LINK_CHARGES SM_LINK_COMPLETED, 8 },
  };
  SmFitBox *box = SM_FIT_BOX (sm_fit_box_new (GTK_ORIENTATION_VERTICAL, 2));

  /* The ground of what is abnormal reaches a little beyond the text. */
  gtk_widget_set_overflow (GTK_WIDGET (box), GTK_OVERFLOW_VISIBLE);
  gtk_widget_set_parent (GTK_WIDGET (box), GTK_WIDGET (self));
  self->title_label = g_object_new (GTK_TYPE_LABEL, "label", _("Service now"), "xalign", 0.0, NULL);
  gtk_widget_add_css_class (self->title_label, "section-title");
  sm_fit_box_append (box, self->title_label, 0);
  self->swap = SM_FIGURE_GROUP (sm_figure_group_new (_("Swap stations")));
  sm_fit_box_append (box, GTK_WIDGET (self->swap), 0);
  self->charge = SM_FIGURE_GROUP (sm_figure_group_new (_("Charging sites")));
  for (guint i = 0; i < N_FIGURES; i++)
    {
      if (i == N_SWAP_FIGURES)
        sm_fit_box_append (box, GTK_WIDGET (self->charge), 2);
      self->figures[i] = SM_KEY_FIGURE (sm_key_figure_new (table[i].title, table[i].link));
      sm_fit_box_append (box, GTK_WIDGET (self->figures[i]), table[i].priority);
    }
}

/**
 * sm_service_panel_set:
 * @values: (nullable): NULL: not loaded yet
 * @stats: (nullable): NULL: not known
 * @now_us: by the network's clock
 */
void
sm_service_panel_set (SmServicePanel        *self,
                      const SmServiceValues *values,
                      const SmStatsNow      *stats,
                      gint64                 now_us)
{
  g_return_if_fail (SM_IS_SERVICE_PANEL (self));

  if (values == NULL)
    {
      sm_figure_group_set_loading (self->swap);
      sm_figure_group_set_loading (self->charge);
      for (guint i = 0; i < N_FIGURES; i++)
        sm_key_figure_set (self->figures[i], "–", NULL, FALSE);
      return;
    }
  set_service (self->swap, &values->swap, SWAP);
  set_service (self->charge, &values->charge, CHARGE);
  show_kinds (self, values);
  set_count (self, FIGURE_LACKING, values->swap.lacking, NULL);
  set_waiting (self, values, now_us);
  set_count (self, FIGURE_UNREACHABLE, values->unreachable, NULL);
  if (stats != NULL)
    {
      set_rates (self, FIGURE_RATE, &stats->swaps);
      set_rates (self, FIGURE_CHARGE_RATE, &stats->charges);
      return;
    }
  for (guint i = FIGURE_RATE; i < N_FIGURES; i++)
    sm_key_figure_set (self->figures[i], "–", NULL, FALSE);
}

/** sm_service_panel_set_stale: Whether the figures are the last known and not live. */
void
sm_service_panel_set_stale (SmServicePanel *self,
                            gboolean        stale)
{
  g_return_if_fail (SM_IS_SERVICE_PANEL (self));

  gtk_label_set_text (GTK_LABEL (self->title_label),
                      stale ? _("Service, last known") : _("Service now"));
  sm_style_set_class (GTK_WIDGET (self), "stale", stale);
  sm_figure_group_set_stale (self->swap, stale);
  sm_figure_group_set_stale (self->charge, stale);
  for (guint i = 0; i < N_FIGURES; i++)
    sm_key_figure_set_stale (self->figures[i], stale);
}
