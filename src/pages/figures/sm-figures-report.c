/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-figures-report.h"

#include "sm-fault-row.h"
#include "sm-i18n.h"
#include "sm-text.h"
#include "sm-time.h"

#include <glib/gi18n-lib.h>

/* The report of a shift: the figures of its time as they are on the page, what stands
 * out, and what is open of the worst as it ends. */

#define N_TICKS 5

static char *
make_foot (SmOps *ops)
{
  const char *network = sm_status_get_network_name (sm_ops_get_status (ops));
  g_autofree char *moment
      = sm_figure_moment (ops, sm_clock_now (sm_status_get_clock (sm_ops_get_status (ops))),
                          "%Y-%m-%d %H:%M");
  g_autofree char *name = sm_text_clean (sm_ops_get_person (ops));
  g_autofree char *where = sm_text_clean (network);

  /* Translators: at the foot of a report: the network, the moment and who wrote it */
  return name[0] != '\0' ? g_strdup_printf (_("%s · written %s by %s"), where, moment, name)
                         : g_strdup_printf ("%s · %s", where, moment);
}

static void
add_lines (SmDocument           *report,
           const SmAlarmFigures *figures)
{
  const SmDocumentColumn columns[] = {
    { _("Figure"), 3, FALSE }, { _("Is"), 1.4, TRUE }, { _("Target"), 1.8, TRUE },
    { _("Judged"), 1.4, FALSE },
  };
  g_autoptr (GPtrArray) lines = sm_figure_lines (figures);

  sm_document_heading (report, _("Figures beside their targets"));
  sm_document_table (report, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < lines->len; i++)
    {
      const SmFigureLine *line = lines->pdata[i];
      const char *cells[] = { line->name, line->value, line->target,
                              sm_figure_verdict_words (line->verdict) };

      sm_document_row (report, cells);
    }
}

static void
add_plot (SmDocument           *report,
          SmOps                *ops,
          const SmAlarmFigures *figures)
{
  SmPlot *plot = sm_plot_new ();
  guint n = figures->windows->len;
  g_autofree double *at = g_new (double, MAX (n, 1));
  g_autofree double *values = g_new (double, MAX (n, 1));
  gboolean is_day = figures->to - figures->from <= SM_DAY;

  for (guint i = 0; i < n; i++)
    {
      at[i] = i;
      values[i] = g_array_index (figures->windows, guint, i);
    }
  sm_plot_set_range (plot, 0, MAX (n, 2) - 1);
  sm_plot_add (plot, _("Alarms"), SM_PLOT_MAIN, at, values, n);
  for (guint i = 0; i < N_TICKS; i++)
    {
      gint64 moment = figures->from + (figures->to - figures->from) * i / (N_TICKS - 1);
      g_autofree char *label = sm_figure_moment (ops, moment, is_day ? "%H:%M" : "%m-%d");

      sm_plot_add_tick (plot, (double) (MAX (n, 2) - 1) * i / (N_TICKS - 1), label);
    }
  sm_document_take_plot (report, _("Alarms in 10 minutes"), plot);
}

static void
add_areas (SmDocument           *report,
           SmOps                *ops,
           const SmAlarmFigures *figures)
{
  const SmDocumentColumn columns[] = {
    { _("Area"), 2.4, FALSE },     { _("Alarms"), 1, TRUE }, { _("Level 1"), 0.9, TRUE },
    { _("Level 2"), 0.9, TRUE },   { _("Worst 10 min"), 1.2, TRUE }, { _("Floods"), 0.9, TRUE },
    { _("Chattering"), 1.1, TRUE }, { _("Stale"), 0.9, TRUE },
  };

  sm_document_heading (report, _("By area"));
  sm_document_table (report, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < figures->areas->len; i++)
    {
      const SmAlarmRates *rates = &g_array_index (figures->areas, SmAlarmRates, i);
      const gint64 numbers[] = { rates->count, rates->level[0], rates->level[1], rates->busiest,
                                 rates->floods, rates->chattering, rates->stale };
      g_auto (GStrv) cells = g_new0 (char *, G_N_ELEMENTS (numbers) + 2);

      cells[0] = sm_figure_area (ops, rates->area_id);
      for (guint k = 0; k < G_N_ELEMENTS (numbers); k++)
        cells[k + 1] = sm_text_count (numbers[k]);
      sm_document_row (report, (const char *const *) cells);
    }
}

static void
begin_alarms (SmDocument *report,
              const char *title,
              const char *count)
{
  const SmDocumentColumn columns[] = {
    { _("Level"), 0.6, FALSE }, { _("Alarm"), 2.6, FALSE }, { _("At"), 1.4, FALSE },
    { _("Station"), 1.8, FALSE }, { _("From"), 1.3, FALSE }, { _("To"), 1.3, FALSE },
    { count, 0.9, TRUE },
  };

  sm_document_heading (report, title);
  sm_document_table (report, columns, G_N_ELEMENTS (columns));
}

static void
add_alarm (SmDocument  *report,
           SmOps       *ops,
           const SmRow *alarm,
           gint64       from,
           gint64       to,
           gint64       count)
{
  g_autofree char *level = sm_text_count (sm_row_get_int (alarm, SM_ALARM_LEVEL));
  g_autofree char *what = sm_figure_alarm (alarm);
  g_autofree char *where = sm_fault_source (alarm);
  g_autofree char *station = sm_figure_station (ops, alarm);
  g_autofree char *begin = sm_figure_moment (ops, from, "%m-%d %H:%M");
  g_autofree char *end = sm_figure_moment (ops, to, "%m-%d %H:%M");
  g_autofree char *times = sm_text_count (count);
  const char *cells[] = { level, what, where, station, begin, end, times };

  sm_document_row (report, cells);
}

static void
add_list (SmDocument           *report,
          SmOps                *ops,
          const SmAlarmFigures *figures,
          SmAlarmFiguresList    which,
          const char           *title,
          const char           *nothing)
{
  GPtrArray *list = figures->lists[which];

  if (list->len == 0)
    {
      sm_document_heading (report, title);
      sm_document_paragraph (report, nothing);
      return;
    }
  begin_alarms (report, title, which == SM_ALARM_FIGURES_FLOODS ? _("Alarms") : _("Times"));
  for (guint i = 0; i < list->len; i++)
    {
      const SmAlarmFigure *figure = list->pdata[i];

      add_alarm (report, ops, figure->alarm, figure->from, figure->to, figure->count);
    }
}

/* What the next ones take over of the worst, as it is now. */
static void
add_open (SmDocument *report,
          SmOps      *ops)
{
  GListModel *alarms = sm_ops_get_alarms (ops);
  SmStatusState state = sm_status_get_state (sm_ops_get_status (ops));
  gboolean is_any = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (alarms, i);
      const SmRow *alarm = sm_item_get_row (item);

      if (sm_row_get_int (alarm, SM_ALARM_LEVEL) > 2)
        continue;
      if (!is_any)
        begin_alarms (report, _("Open alarms of levels 1 and 2, as this was written"), _("Times"));
      is_any = TRUE;
      add_alarm (report, ops, alarm, sm_row_get_int (alarm, SM_ALARM_RAISED_AT),
                 sm_row_get_int (alarm, SM_ALARM_RETURNED_AT),
                 sm_row_get_int (alarm, SM_ALARM_COUNT));
    }
  if (is_any)
    return;
  sm_document_heading (report, _("Open alarms of levels 1 and 2, as this was written"));
  sm_document_paragraph (report, state == SM_STATUS_STARTING || state == SM_STATUS_LOADING
                                     ? _("Not known: they were not loaded yet.")
                                     : _("None."));
}

/** sm_figures_report_new: @area: what it is of, in words; Returns: (transfer full) */
SmDocument *
sm_figures_report_new (SmOps                *ops,
                       const SmAlarmFigures *figures,
                       const char           *area)
{
  g_autofree char *from = sm_figure_moment (ops, figures->from, "%Y-%m-%d %H:%M");
  g_autofree char *to = sm_figure_moment (ops, figures->to, "%Y-%m-%d %H:%M");
  /* Translators: of a report: of what, from when, to when */
  g_autofree char *subtitle = g_strdup_printf (_("%s · %s to %s"), area, from, to);
  g_autofree char *foot = make_foot (ops);
  const SmDocumentHead head = { .title = _("Shift report"), .subtitle = subtitle, .foot = foot,
                                .language = sm_i18n_language () };
  SmDocument *report = sm_document_new (&head);

  add_lines (report, figures);
  add_plot (report, ops, figures);
  add_open (report, ops);
  add_areas (report, ops, figures);
  add_list (report, ops, figures, SM_ALARM_FIGURES_FLOODS, _("Floods and what began them"),
            _("There was none."));
  add_list (report, ops, figures, SM_ALARM_FIGURES_TOP, _("Most frequent alarms"),
            _("There was none."));
  add_list (report, ops, figures, SM_ALARM_FIGURES_CHATTERING, _("Chattering alarms"),
            _("There was none."));
  add_list (report, ops, figures, SM_ALARM_FIGURES_STALE, _("Stale alarms"),
            _("There was none."));
  sm_document_paragraph (
      report, _("Reckoned from the log of alarms by what ISA-18.2 and EEMUA 191 ask: an alarm that "
                "rings again counts again; a flood begins above 10 alarms in 10 minutes and ends "
                "below 5, unless the targets say otherwise."));
  return report;
}
