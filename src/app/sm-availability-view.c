/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-availability-view.h"

#include <glib/gi18n-lib.h>

#define REFRESH_S 2
#define MOST_ROWS 10
#define SECOND ((gint64) G_USEC_PER_SEC)

/* What is shown of one span of time. */
typedef struct
{
  gint64 span_us;
  GtkWidget *answers, *takes, *measured; /* rows */
  GtkWidget *answers_value, *takes_value, *measured_value;
} Span;

typedef struct
{
  SmAvailability *availability;
  Span spans[2];
  AdwPreferencesGroup *outages;
  GPtrArray *rows; /* of the outages */
  guint timer;
} View;

/** sm_availability_duration: Returns: (transfer full): as "3.2 s", "4 min 19 s", "23 h 5 min" */
char *
sm_availability_duration (gint64 us)
{
  gint64 seconds = us / SECOND;

  if (us < 60 * SECOND)
    /* Translators: seconds */
    return g_strdup_printf (_("%.1f s"), (double) us / (double) SECOND);
  if (seconds < 3600)
    /* Translators: minutes and seconds */
    return g_strdup_printf (_("%d min %d s"), (int) (seconds / 60), (int) (seconds % 60));
  /* Translators: hours and minutes */
  return g_strdup_printf (_("%d h %d min"), (int) (seconds / 3600), (int) (seconds / 60 % 60));
}

static void
show_share (GtkWidget *row,
            GtkWidget *value,
            gint64     missing_us,
            gint64     measured_us,
            gint64     span_us)
{
  gint64 allowed_us = SM_AVAILABILITY_ALLOWED (span_us);
  g_autofree char *missing = sm_availability_duration (missing_us);
  g_autofree char *allowed = sm_availability_duration (allowed_us);
  g_autofree char *share = NULL;
  g_autofree char *words = NULL;

  if (measured_us > 0)
    /* Rounded down: only what never failed is 100 %. */
    share = g_strdup_printf ("%.3f %%", (double) ((measured_us - missing_us) * 100000 / measured_us)
                                            / 1000.0);
  else
    share = g_strdup (_("not known"));
  words = g_strdup_printf (missing_us <= allowed_us
                               /* Translators: both are durations, as 3.2 s */
                               ? _("%s missing, within the %s that 99.99 %% leave")
                               /* Translators: both are durations, as 3.2 s */
                               : _("%s missing, more than the %s that 99.99 %% leave"),
                           missing, allowed);
  gtk_label_set_text (GTK_LABEL (value), share);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
}

static void
show_span (const Span     *span,
           SmAvailability *availability)
{
  SmAvailabilitySum sum
      = sm_availability_sum (availability, g_get_real_time (), span->span_us);
  g_autofree char *measured = sm_availability_duration (sum.measured);

  show_share (span->answers, span->answers_value, sum.unread, sum.measured, span->span_us);
  show_share (span->takes, span->takes_value, sum.untaken, sum.measured, span->span_us);
  gtk_label_set_text (GTK_LABEL (span->measured_value), measured);
}

static GtkWidget *
make_row (AdwPreferencesGroup  *group,
          const char           *title,
          GtkWidget           **out_value)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *value = gtk_label_new (NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_add_css_class (value, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), value);
  adw_preferences_group_add (group, row);
  *out_value = value;
  return row;
}

static GtkWidget *
make_span (Span       *span,
           const char *title,
           gint64      span_us)
{
  GtkWidget *group = adw_preferences_group_new ();
  AdwPreferencesGroup *rows = ADW_PREFERENCES_GROUP (group);

  adw_preferences_group_set_title (rows, title);
  span->span_us = span_us;
  span->answers = make_row (rows, _("The service answers"), &span->answers_value);
  span->takes = make_row (rows, _("It takes what vehicles and stations report"),
                          &span->takes_value);
  span->measured = make_row (rows, _("Measured"), &span->measured_value);
  adw_action_row_set_subtitle (
      ADW_ACTION_ROW (span->measured),
      _("Asked each second while this application runs. Of the rest nothing is known."));
  return group;
}

static void
add_outage (View           *view,
            const SmOutage *outage)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (outage->began_at / SECOND);
  g_autofree char *title = at != NULL ? g_date_time_format (at, "%Y-%m-%d %H:%M:%S")
                                      : g_strdup ("");
  g_autofree char *took = sm_availability_duration (outage->took_us);
  GtkWidget *value;
  GtkWidget *row = make_row (view->outages, title, &value);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               outage->answered ? _("It answered, but took no reports")
                                                : _("It could not be reached"));
  gtk_label_set_text (GTK_LABEL (value), took);
  g_ptr_array_add (view->rows, row);
}

static void
show_outages (View *view)
{
  g_autoptr (GArray) outages = sm_availability_dup_outages (view->availability);

  for (guint i = 0; i < view->rows->len; i++)
    adw_preferences_group_remove (view->outages, view->rows->pdata[i]);
  g_ptr_array_set_size (view->rows, 0);
  for (guint i = outages->len; i > 0 && outages->len - i < MOST_ROWS; i--)
    add_outage (view, &g_array_index (outages, SmOutage, i - 1));
  adw_preferences_group_set_description (view->outages,
                                         outages->len > 0 ? NULL : _("None was measured."));
}

static gboolean
refresh_cb (gpointer user_data)
{
  View *view = user_data;

  for (guint i = 0; i < G_N_ELEMENTS (view->spans); i++)
    show_span (&view->spans[i], view->availability);
  show_outages (view);
  return G_SOURCE_CONTINUE;
}

static void
view_free (gpointer data)
{
  View *view = data;

  g_source_remove (view->timer);
  g_ptr_array_unref (view->rows);
  sm_availability_unref (view->availability);
  g_free (view);
}

/** sm_availability_view_new: Returns: (transfer floating): a page that follows @availability */
GtkWidget *
sm_availability_view_new (SmAvailability *availability)
{
  GtkWidget *page = adw_preferences_page_new ();
  View *view = g_new0 (View, 1);

  view->availability = sm_availability_ref (availability);
  view->rows = g_ptr_array_new ();
  view->outages = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (view->outages, _("Last outages"));
  adw_preferences_page_add (
      ADW_PREFERENCES_PAGE (page),
      ADW_PREFERENCES_GROUP (make_span (&view->spans[0], _("Last 24 hours"), SM_AVAILABILITY_DAY)));
  adw_preferences_page_add (
      ADW_PREFERENCES_PAGE (page),
      ADW_PREFERENCES_GROUP (make_span (&view->spans[1], _("Last 30 days"), SM_AVAILABILITY_MONTH)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), view->outages);
  refresh_cb (view);
  view->timer = g_timeout_add_seconds (REFRESH_S, refresh_cb, view);
  g_object_set_data_full (G_OBJECT (page), "view", view, view_free);
  return page;
}

/** sm_availability_show: Opens a window. */
void
sm_availability_show (GtkWindow      *parent,
                      SmAvailability *availability)
{
  GtkWidget *window = g_object_new (ADW_TYPE_PREFERENCES_WINDOW, "transient-for", parent,
                                    "destroy-with-parent", TRUE, "search-enabled", FALSE, "title",
                                    _("Availability of the Service"), NULL);

  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window),
                              ADW_PREFERENCES_PAGE (sm_availability_view_new (availability)));
  gtk_window_present (GTK_WINDOW (window));
}
