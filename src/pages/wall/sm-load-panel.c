/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-load-panel.h"

#include "sm-item.h"
#include "sm-status-words.h"
#include "sm-style.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-trend.h"

#include <glib/gi18n-lib.h>
#include <math.h>

struct _SmLoadPanel
{
  GtkWidget parent_instance;

  GtkWidget *total_label;
  GtkWidget *top_label;
  GtkWidget *span_label;
  SmTrend *trend;
};

G_DEFINE_FINAL_TYPE (SmLoadPanel, sm_load_panel, GTK_TYPE_WIDGET)

/**
 * sm_load_panel_sum:
 * @stations: of SmItem
 * @out_known: (out): how many stations have said what they draw
 *
 * Returns: what they draw together, in kW
 */
double
sm_load_panel_sum (GListModel *stations,
                   guint      *out_known)
{
  double sum = 0;
  guint known = 0;

  for (guint i = 0; i < g_list_model_get_n_items (stations); i++)
    {
      g_autoptr (SmItem) station = g_list_model_get_item (stations, i);
      const SmRow *row = sm_item_get_row (station);

      if (sm_row_is_null (row, SM_STATION_POWER_KW))
        continue;
      sum += sm_row_get_real (row, SM_STATION_POWER_KW);
      known++;
    }
  *out_known = known;
  return sum;
}

static char *
format_power (double kw)
{
  return fabs (kw) < 1000 ? sm_text_measure (kw, 0, "kW") : sm_text_measure (kw / 1000, 1, "MW");
}

static char *
format_top (double kw)
{
  return kw < 1000 ? sm_text_measure (kw, 0, "kW") : sm_text_measure (kw / 1000, 0, "MW");
}

static void
show_scale (SmLoadPanel *self,
            gint64       now_us)
{
  gint64 since = sm_trend_get_since (self->trend);
  g_autofree char *top = format_top (sm_trend_get_top (self->trend));
  g_autofree char *age = NULL;
  g_autofree char *span = NULL;
  g_autofree char *words = NULL;

  gtk_label_set_text (GTK_LABEL (self->top_label), since != SM_UNKNOWN ? top : "");
  if (since == SM_UNKNOWN)
    {
      gtk_label_set_text (GTK_LABEL (self->span_label), "");
      return;
    }
  age = sm_time_age (MAX (now_us - since, 0));
  /* Translators: %s is a span of time, as in "the last 12 min" */
  span = g_strdup_printf (_("the last %s"), age);
  gtk_label_set_text (GTK_LABEL (self->span_label), span);
  words = g_strdup_printf ("%s, %s, %s", _("Charging load"),
                           gtk_label_get_text (GTK_LABEL (self->total_label)), span);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->trend), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
}

static void
sm_load_panel_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (sm_load_panel_parent_class)->dispose (object);
}

static void
sm_load_panel_class_init (SmLoadPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_load_panel_dispose;

  g_type_ensure (SM_TYPE_TREND);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SM_RESOURCE_PATH "pages/wall/sm-load-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, SmLoadPanel, total_label);
  gtk_widget_class_bind_template_child (widget_class, SmLoadPanel, top_label);
  gtk_widget_class_bind_template_child (widget_class, SmLoadPanel, span_label);
  gtk_widget_class_bind_template_child (widget_class, SmLoadPanel, trend);
  gtk_widget_class_set_css_name (widget_class, "load-panel");
}

static void
sm_load_panel_init (SmLoadPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** sm_load_panel_refresh: Adds up again; only live values go on with the line. */
void
sm_load_panel_refresh (SmLoadPanel *self,
                       GListModel  *stations,
                       SmStatus    *status)
{
  guint known = 0;
  double sum = sm_load_panel_sum (stations, &known);
  gboolean is_live = sm_status_is_live (status);
  SmClock *clock = sm_status_get_clock (status);
  gint64 now = clock != NULL ? sm_clock_now (clock) : 0;
  g_autofree char *total = format_power (known > 0 ? sum : NAN);

  g_return_if_fail (SM_IS_LOAD_PANEL (self));

  if (is_live && known > 0)
    sm_trend_push (self->trend, now, sum);
  else
    sm_trend_break (self->trend);
  gtk_label_set_text (GTK_LABEL (self->total_label), total);
  sm_style_set_class (GTK_WIDGET (self), "stale", !is_live);
  sm_trend_set_stale (self->trend, !is_live);
  show_scale (self, now);
}
