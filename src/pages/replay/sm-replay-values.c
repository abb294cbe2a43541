/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-replay-values.h"

#include "sm-chart.h"
#include "sm-facts.h"
#include "sm-fault-row.h"
#include "sm-replay-words.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define N_TICKS 5
#define MAX_FACTS 12

struct _SmReplayValues
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *heard_label;
  SmFacts *facts;
  SmChart *chart;
  SmOps *ops;
  SmReplay *replay; /* (nullable) */
  GArray *at;       /* of double: the places of the chart, in seconds */
};

G_DEFINE_FINAL_TYPE (SmReplayValues, sm_replay_values, GTK_TYPE_WIDGET)

/* --- what is drawn --- */

/* Of a vehicle or a station what moves most tellingly. */
static int
pick_column (const SmPast *past)
{
  static const guint wanted[] = { SM_VEHICLE_PACK_TEMPERATURE_C, SM_STATION_POWER_KW };
  guint field = wanted[sm_row_get_noun (past->record)->id == SM_NOUN_STATION];

  for (guint i = 0; past->series != NULL && i < past->series->n_columns; i++)
    if (past->series->fields[i] == field)
      return (int) i;
  return -1;
}

static void
add_point (GArray *at,
           GArray *values,
           gint64  at_us,
           double  value)
{
  double seconds = (double) at_us / SM_SECOND;

  g_array_append_val (at, seconds);
  g_array_append_val (values, value);
}

static void
take_values (const SmPast *past,
             guint         column,
             GArray       *at,
             GArray       *values)
{
  const SmSeries *series = past->series;

  for (guint i = 0; i < series->n; i++)
    if (series->late == NULL || !series->late[i])
      add_point (at, values, series->at[i], series->values[column][i]);
}

typedef struct
{
  gint64 at;
  int step;
} Turn;

static int
compare_turns (gconstpointer a,
               gconstpointer b)
{
  const Turn *x = a, *y = b;

  return (x->at > y->at) - (x->at < y->at);
}

/* How many alarms were open, from each turn to the next. */
static void
take_counts (const SmPast *past,
             GArray       *at,
             GArray       *values)
{
  g_autoptr (GArray) turns = g_array_new (FALSE, FALSE, sizeof (Turn));
  double open = 0;

  for (guint i = 0; i < past->alarms->len; i++)
    {
      const SmPastThing *alarm = past->alarms->pdata[i];
      Turn known = { g_array_index (alarm->versions, SmPastVersion, 0).at, 1 };
      Turn over = { sm_past_thing_over (alarm), -1 };

      g_array_append_val (turns, known);
      if (over.at <= past->to)
        g_array_append_val (turns, over);
    }
  g_array_sort (turns, compare_turns);
  for (guint i = 0; i < turns->len; i++)
    {
      const Turn *turn = &g_array_index (turns, Turn, i);

      /* A little before, so that no two points stand at one place. */
      if (turn->at > past->from)
        add_point (at, values, turn->at - SM_SECOND / 10, open);
      open += turn->step;
      if (turn->at >= past->from)
        add_point (at, values, turn->at, open);
      else if (i + 1 == turns->len || g_array_index (turns, Turn, i + 1).at >= past->from)
        add_point (at, values, past->from, open);
    }
  add_point (at, values, past->to, open);
}

static char *
take_line (const SmPast  *past,
           GArray        *at,
           GArray        *values,
           const char   **out_unit)
{
  int column = pick_column (past);
  const SmField *field;

  *out_unit = NULL;
  if (column < 0)
    {
      take_counts (past, at, values);
      return g_strdup (_("Open alarms"));
    }
  take_values (past, (guint) column, at, values);
  field = &sm_row_get_noun (past->record)->fields[past->series->fields[column]];
  *out_unit = field->unit;
  return g_strdup (sm_replay_field (field));
}

/* Minutes say nothing within a few of them. */
static char *
word_tick (SmOps        *ops,
           const SmPast *past,
           gint64        at)
{
  return sm_replay_moment (ops, at,
                           past->to - past->from < N_TICKS * 2 * SM_MINUTE ? "%H:%M:%S" : "%H:%M");
}

/** sm_replay_plot: Returns: (transfer full): the same as on screen, for paper */
SmPlot *
sm_replay_plot (SmOps         *ops,
                const SmPast  *past,
                char         **out_title)
{
  g_autoptr (GArray) at = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  SmPlot *plot = sm_plot_new ();
  const char *unit;

  *out_title = take_line (past, at, values, &unit);
  sm_plot_set_range (plot, (double) past->from / SM_SECOND, (double) past->to / SM_SECOND);
  sm_plot_set_unit (plot, unit);
  sm_plot_add (plot, *out_title, SM_PLOT_MAIN, (const double *) (gpointer) at->data,
               (const double *) (gpointer) values->data, at->len);
  for (guint i = 0; i < N_TICKS; i++)
    {
      gint64 tick = past->from + (past->to - past->from) * i / (N_TICKS - 1);
      g_autofree char *label = word_tick (ops, past, tick);

      sm_plot_add_tick (plot, (double) tick / SM_SECOND, label);
    }
  return plot;
}

static char *
format_time (double   at,
             gpointer ops)
{
  return sm_replay_moment (ops, (gint64) (at * SM_SECOND), "%H:%M:%S");
}

static void
draw (SmReplayValues *self)
{
  const SmPast *past = sm_replay_get_past (self->replay);
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  double ticks[N_TICKS];
  g_autofree char *labels[N_TICKS] = { NULL };
  SmChartAxes axes = { .first = (double) past->from / SM_SECOND,
                       .last = (double) past->to / SM_SECOND,
                       .ticks = ticks,
                       .labels = (const char *const *) labels,
                       .n_ticks = N_TICKS };
  g_autofree char *title = NULL;
  SmChartLine line;

  g_array_set_size (self->at, 0);
  title = take_line (past, self->at, values, &axes.unit);
  for (guint i = 0; i < N_TICKS; i++)
    {
      ticks[i] = axes.first + (axes.last - axes.first) * i / (N_TICKS - 1);
      labels[i] = word_tick (self->ops, past, (gint64) (ticks[i] * SM_SECOND));
    }
  line = (SmChartLine){ title, (const double *) (gpointer) self->at->data,
                        (const double *) (gpointer) values->data, self->at->len };
  g_object_set (self->chart, "title", title, NULL);
  sm_chart_set_format (self->chart, format_time, self->ops);
  sm_chart_set_lines (self->chart, &axes, &line, 1);
}

/* --- at the moment --- */

static void
show_heard (SmReplayValues *self,
            const SmPast   *past,
            gint64          at)
{
  g_autofree char *words = NULL;
  g_autofree char *age = NULL;
  gint64 since = SM_UNKNOWN;

  if (past->series == NULL)
    words = g_strdup (_("Open alarms, by level"));
  else
    {
      sm_past_value_at (past, 0, at, &since);
      age = since != SM_UNKNOWN ? sm_time_age (MAX (at - since, 0)) : NULL;
      /* Translators: %s is a length of time, as in "12 s" */
      words = age != NULL ? g_strdup_printf (_("last value %s before"), age)
                          : g_strdup (_("Nothing had been heard in this time yet."));
    }
  gtk_label_set_text (GTK_LABEL (self->heard_label), words);
}

/* What an area has of its own. */
static void
show_counts (SmReplayValues *self,
             const SmPast   *past,
             gint64          at)
{
  g_autoptr (GPtrArray) alarms = sm_past_alarms_at (past, at);
  guint counts[5] = { 0 };
  g_autofree char *texts[5] = { NULL };
  SmFact facts[5] = { { 0 } };

  for (guint i = 0; i < alarms->len; i++)
    {
      counts[CLAMP (sm_row_get_int (alarms->pdata[i], SM_ALARM_LEVEL), 1, 4)]++;
      counts[0] += sm_fault_is_unacked (alarms->pdata[i]) ? 1 : 0;
    }
  for (int i = 0; i < 5; i++)
    {
      texts[i] = sm_text_count (counts[i]);
      facts[i] = (SmFact){ i > 0 ? sm_word_of_level (i) : _("not acknowledged"), texts[i], 0,
                           NULL };
    }
  sm_facts_set (self->facts, facts, G_N_ELEMENTS (facts));
}

static void
show_facts (SmReplayValues *self,
            const SmPast   *past,
            gint64          at)
{
  const SmNoun *noun = sm_row_get_noun (past->record);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  SmFact facts[MAX_FACTS] = { { 0 } };
  guint n = 0;

  for (guint i = 0; i < past->series->n_columns && n < MAX_FACTS; i++)
    {
      const SmField *field = &noun->fields[past->series->fields[i]];
      char *value = sm_replay_value (field, sm_past_value_at (past, i, at, NULL));

      g_ptr_array_add (texts, value);
      facts[n++] = (SmFact){ sm_replay_field (field), value, 0, NULL };
    }
  sm_facts_set (self->facts, facts, n);
}

/* The cursor of the chart stands at what was last known. */
static void
show_cursor (SmReplayValues *self,
             gint64          at)
{
  double seconds = (double) at / SM_SECOND;
  int index = -1;

  while (index + 1 < (int) self->at->len && g_array_index (self->at, double, index + 1) <= seconds)
    index++;
  if (index >= 0 && index != sm_chart_get_cursor (self->chart))
    sm_chart_set_cursor (self->chart, index);
}

static void
moved_cb (SmReplayValues *self)
{
  const SmPast *past = sm_replay_get_past (self->replay);
  gint64 at = sm_replay_get_at (self->replay);

  show_heard (self, past, at);
  if (past->series != NULL)
    show_facts (self, past, at);
  else
    show_counts (self, past, at);
  show_cursor (self, at);
}

/** sm_replay_values_set_replay: @replay: (nullable): whose moment is shown */
void
sm_replay_values_set_replay (SmReplayValues *self,
                             SmReplay       *replay)
{
  g_return_if_fail (SM_IS_REPLAY_VALUES (self));

  if (self->replay != NULL)
    g_signal_handlers_disconnect_by_data (self->replay, self);
  g_clear_object (&self->replay);
  if (replay == NULL)
    return;
  self->replay = g_object_ref (replay);
  g_signal_connect_object (replay, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  draw (self);
  moved_cb (self);
}

static void
sm_replay_values_dispose (GObject *object)
{
  SmReplayValues *self = SM_REPLAY_VALUES (object);

  sm_replay_values_set_replay (self, NULL);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_replay_values_parent_class)->dispose (object);
}

static void
sm_replay_values_finalize (GObject *object)
{
  g_array_unref (SM_REPLAY_VALUES (object)->at);

  G_OBJECT_CLASS (sm_replay_values_parent_class)->finalize (object);
}

static void
sm_replay_values_class_init (SmReplayValuesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_replay_values_dispose;
  G_OBJECT_CLASS (klass)->finalize = sm_replay_values_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
sm_replay_values_init (SmReplayValues *self)
{
  GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "label", _("Values as they were"), "xalign",
                                   0.0, NULL);

  self->at = g_array_new (FALSE, FALSE, sizeof (double));
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  gtk_widget_add_css_class (self->box, "replay-values");
  gtk_widget_add_css_class (title, "replay-title");
  self->heard_label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (self->heard_label, "row-subtitle");
  self->facts = SM_FACTS (sm_facts_new ());
  self->chart = SM_CHART (sm_chart_new (_("Values as they were")));
  gtk_widget_set_size_request (GTK_WIDGET (self->chart), 260, 200);
  gtk_box_append (GTK_BOX (self->box), title);
  gtk_box_append (GTK_BOX (self->box), self->heard_label);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->facts));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->chart));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
sm_replay_values_new (SmOps *ops)
{
  SmReplayValues *self = g_object_new (SM_TYPE_REPLAY_VALUES, NULL);

  self->ops = g_object_ref (ops);
  return GTK_WIDGET (self);
}
