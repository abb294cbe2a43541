/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of alarm figures, beside the real service and a flood of alarms. */
#include "sm-figures-page.h"
#include "sm-figures-report.h"
#include "sm-figures-targets.h"
#include "sm-style.h"
#include "sm-test-folder.h"
#include "sm-test-service.h"
#include "sm-test-shows.h"
#include "sm-test-until.h"
#include "sm-time.h"
#include "sm-work-figures-page.h"
#include "sm-work-limits-dialog.h"

#include <adwaita.h>
#include <math.h>
#include <string.h>

#define N_FAULTS 14
#define SM_TEST_FIGURES_AT (G_GINT64_CONSTANT (1790000000) * SM_SECOND)

typedef struct
{
  char *folder;
  SmTestService *service;
  SmOps *ops;
  GtkWidget *page;
  GtkWidget *window;
} Desk;

static char *
write_scenario (const char *folder)
{
  char *path = g_build_filename (folder, "scenario.json", NULL);
  GString *text = g_string_new ("{\"events\": [");

  for (guint i = 1; i <= N_FAULTS; i++)
    g_string_append_printf (text, "%s{\"at_minutes\": 0.02, \"do\": \"fault\", "
                                  "\"code\": \"swap-robot-fault\", \"station\": \"SW44000%02u\", "
                                  "\"minutes\": 600}", i > 1 ? "," : "", i);
  g_string_append (text, "]}");
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
  g_string_free (text, TRUE);
  return path;
}

static void
open_desk (Desk *desk)
{
  const char *args[] = { "--simulate", "demo", "--seed", "1", SM_TEST_YOUNG, "--scenario", NULL,
                         NULL };
  g_autofree char *path = NULL, *cache = NULL, *state = NULL;

  desk->folder = g_dir_make_tmp ("sm-figures-XXXXXX", NULL);
  path = write_scenario (desk->folder);
  args[G_N_ELEMENTS (args) - 2] = path;
  desk->service = sm_test_service_start (args);
  cache = g_build_filename (desk->folder, "c", NULL);
  state = g_build_filename (desk->folder, "s", NULL);
  desk->ops = sm_ops_new (sm_test_service_get_url (desk->service), cache, state);
  sm_ops_start (desk->ops);
  desk->page = sm_figures_page_new (desk->ops, NULL, "Alarm figures");
  desk->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 1400, 900);
  gtk_window_set_child (GTK_WINDOW (desk->window), desk->page);
  gtk_window_present (GTK_WINDOW (desk->window));
}

static void
close_desk (Desk *desk)
{
  sm_ops_stop (desk->ops);
  gtk_window_destroy (GTK_WINDOW (desk->window));
  g_clear_object (&desk->ops);
  g_clear_pointer (&desk->service, sm_test_service_free);
  sm_test_remove_tree (desk->folder);
  g_free (desk->folder);
}

static const SmAlarmFigures *
figures_of (Desk *desk)
{
  return sm_figures_page_get_figures (SM_FIGURES_PAGE (desk->page));
}

/* Asks again, as its page does. */
static void
refresh (Desk *desk)
{
  const SmAlarmFigures *figures = figures_of (desk);

  gtk_widget_activate_action (desk->page, "figures.refresh", NULL);
  run_until (figures_of (desk) != figures);
}

/* Asks again until the flood is in what is shown. */
static gboolean
has_flood (Desk *desk)
{
  const SmAlarmFigures *figures = figures_of (desk);

  if (figures == NULL || figures->total.floods > 0)
    return figures != NULL;
  refresh (desk);
  return figures_of (desk)->total.floods > 0;
}

/* Returns: (nullable): the first number that the service gives otherwise for the time shown */
static const char *
find_difference (Desk *desk)
{
  const SmAlarmFigures *figures = figures_of (desk);
  g_autofree char *token = sm_test_service_sign_in_demo (desk->service);
  g_autofree char *from = sm_time_to_rfc3339 (figures->from);
  g_autofree char *to = sm_time_to_rfc3339 (figures->to);
  g_autofree char *path
      = g_strdup_printf ("/api/v1/stats/alarms?from=%s&to=%s&area_id=%" G_GINT64_FORMAT, from, to,
                         figures->total.area_id);
  g_autoptr (JsonObject) said = sm_test_service_get (desk->service, path, token);
  JsonObject *total = json_object_get_object_member (said, "total");

  for (guint i = 0; i < sm_n_alarm_rates_members; i++)
    {
      const SmAlarmRatesMember *member = &sm_alarm_rates_members[i];
      gconstpointer value = (const char *) &figures->total + member->offset;
      gboolean same;

      if (!member->is_real)
        same = *(const gint64 *) value == json_object_get_int_member (total, member->name);
      else if (json_object_get_null_member (total, member->name))
        same = isnan (*(const double *) value);
      else
        same = fabs (*(const double *) value
                     - json_object_get_double_member (total, member->name)) < 1e-6;
      if (!same)
        return member->name;
    }
  return NULL;
}

/* What is shown is what the service says of the same time, to the last number.  An alarm may have
 * come in late for that time between the two answers: then what is shown anew is. */
static void
check_against_service (Desk *desk)
{
  const char *difference = find_difference (desk);

  for (guint i = 0; i < 10 && difference != NULL; i++)
    {
      refresh (desk);
      difference = find_difference (desk);
    }
  g_assert_cmpstr (difference, ==, NULL);
}

/* Returns: the rows of the file, the head not counted */
static guint
export (Desk       *desk,
        const char *name)
{
  SmTable *table = sm_figures_tables_get (sm_figures_page_get_tables (SM_FIGURES_PAGE (desk->page)),
                                          name);
  g_autofree char *path = g_build_filename (desk->folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  sm_table_export_to (table, SM_SHEET_CSV, file);
  run_until (!sm_table_is_exporting (table));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  return g_strv_length (lines) - 1;
}

static GtkWidget *
find_button (GtkWidget  *widget,
             const char *action)
{
  GtkWidget *found = NULL;

  if (GTK_IS_ACTIONABLE (widget) && gtk_widget_get_mapped (widget)
      && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, action);
  return found;
}

/* --- tests, one after the other on one network --- */

static void
test_shown (Desk *desk)
{
  gint64 sum = 0;

  run_until (has_flood (desk));
  g_assert_true (sm_test_shows (desk->page, "In the worst 10 minutes"));
  g_assert_true (sm_test_shows (desk->page, "over target"));
  check_against_service (desk);
  for (guint i = 0; i < figures_of (desk)->areas->len; i++)
    sum += g_array_index (figures_of (desk)->areas, SmAlarmRates, i).count;
  g_assert_cmpint (sum, ==, figures_of (desk)->total.count);
  g_assert_cmpint (sum, >=, N_FAULTS);
}

static void
test_exported (Desk *desk)
{
  const SmAlarmFigures *figures = figures_of (desk);

  g_assert_cmpuint (export (desk, "figures_areas"), ==, figures->areas->len);
  g_assert_cmpuint (export (desk, "figures_top"), ==,
                    figures->lists[SM_ALARM_FIGURES_TOP]->len);
  g_assert_cmpuint (export (desk, "figures_floods"), ==,
                    figures->lists[SM_ALARM_FIGURES_FLOODS]->len);
}

/* A link chooses time and area, and is what the page says of itself. */
static void
test_link (Desk *desk)
{
  const SmAlarmFigures *before = figures_of (desk);
  gint64 area = g_array_index (before->areas, SmAlarmRates, 0).area_id;
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, area);
  g_autofree char *text = sm_link_text ("figures", NULL, "range", "8h", "area", id, NULL);
  g_autoptr (SmLink) link = sm_link_parse (text);
  g_autofree char *now = NULL;

  g_assert_true (sm_page_show_link (SM_PAGE (desk->page), link));
  now = sm_page_dup_link (SM_PAGE (desk->page));
  g_assert_cmpstr (now, ==, text);
  run_until (figures_of (desk) != before);
  g_assert_cmpint (figures_of (desk)->total.area_id, ==, area);
  /* To the service's now: the desk's clock may be ahead of it by as long as an answer takes. */
  g_assert_cmpint (figures_of (desk)->to, ==,
                   MIN (figures_of (desk)->from + 8 * SM_HOUR, figures_of (desk)->as_of));
  g_assert_cmpuint (figures_of (desk)->areas->len, ==, 1);
  check_against_service (desk);
}

/* The report of a shift is of what is shown; who may not set targets has no button for it. */
static void
test_report (Desk *desk)
{
  g_autoptr (SmDocument) report = sm_figures_report_new (desk->ops, figures_of (desk), "South");
  g_autoptr (GError) error = NULL;
  guint n_pages = 0;
  g_autoptr (GBytes) pdf = sm_document_to_pdf (report, &n_pages, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (n_pages, >=, 1);
  g_assert_cmpuint (g_bytes_get_size (pdf), >, 5000);
  g_assert_true (gtk_widget_is_sensitive (find_button (desk->page, "figures.report")));
  g_assert_true ((find_button (desk->page, "figures.targets") != NULL)
                 == sm_ops_may (desk->ops, "alarm_target.change"));
}

static SmAlarmTargets asked;
static gboolean was_asked;

static void
ask_cb (GtkWidget            *over,
        const SmAlarmTargets *changes)
{
  asked = *changes;
  was_asked = TRUE;
}

/* Returns: (nullable): the field of that name */
static GtkWidget *
find_spin (GtkWidget *widget,
           guint     *skip)
{
  GtkWidget *found = NULL;

  if (GTK_IS_SPIN_BUTTON (widget) && (*skip)-- == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_spin (child, skip);
  return found;
}

/* Only what was set otherwise is asked for; whoever thinks better of it asks for nothing. */
static void
test_targets (Desk *desk)
{
  const char *const answers[] = { "cancel", "save" };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      GtkWidget *dialog
          = sm_figures_targets_ask (desk->page, &figures_of (desk)->targets, ask_cb);
      guint second = 2;
      GtkWidget *spin = find_spin (dialog, &second);

      g_assert_true (sm_test_shows (dialog, "10 by ISA-18.2") || !gtk_widget_get_mapped (dialog));
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 20);
      adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), answers[i]);
      g_assert_cmpint (was_asked, ==, i == 1);
      gtk_window_destroy (GTK_WINDOW (dialog));
    }
  g_assert_cmpfloat (asked.flood_begins, ==, 20);
  for (guint i = 0; i < sm_n_alarm_targets; i++)
    g_assert_true (isnan (SM_ALARM_TARGET (&asked, i)) || i == 2);
}

/* While it is shown it does not grow old, and nobody has to ask. */
static void
test_again (Desk *desk)
{
  const SmAlarmFigures *before = figures_of (desk);
  gint64 to = before->to;

  sm_figures_page_set_period (SM_FIGURES_PAGE (desk->page), 1);
  run_until (figures_of (desk)->to > to);
  sm_figures_page_set_period (SM_FIGURES_PAGE (desk->page), 3600);
}

/* Without a service what was loaded stays, with its time, and it is said. */
static void
test_offline (Desk *desk)
{
  const SmAlarmFigures *before = figures_of (desk);

  sm_test_service_kill (desk->service);
  gtk_widget_activate_action (desk->page, "figures.refresh", NULL);
  run_until (sm_test_shows (desk->page, "could not be loaded"));
  g_assert_true (figures_of (desk) == before);
  g_assert_true (sm_test_shows (desk->page, "In the worst 10 minutes"));
}

/* --- of work orders --- */

static void
fill_figure (SmWorkFigures   *figures,
             SmWorkFiguresBy  by,
             gint64           id,
             const char      *name,
             gint64           orders)
{
  SmWorkFigure *figure = sm_work_figure_new (by, id, name);

  figure->orders = figure->accepted = orders;
  figure->restore_s = 9000;
  g_ptr_array_add (figures->figures, figure);
}

static gboolean
exported (const char *path,
          const char *words)
{
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && strstr (text, words) != NULL;
}

/* Each group in its own table, the time in hours, and the same in a file. */
static void
test_work (Desk *desk)
{
  GtkWidget *page = sm_work_figures_page_new (desk->ops, NULL, "Work figures");
  GtkWidget *window = gtk_window_new ();
  SmWorkFigures *figures = sm_work_figures_new ();
  g_autofree char *path = g_build_filename (desk->folder, "people.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (SmLink) link = sm_link_parse ("stationmaster:work_figures?by=person&range=90d");
  g_autofree char *kept = NULL;

  figures->from = SM_TEST_FIGURES_AT - 90 * SM_DAY;
  figures->to = SM_TEST_FIGURES_AT;
  fill_figure (figures, SM_WORK_FIGURES_TOTAL, 0, NULL, 12);
  fill_figure (figures, SM_WORK_FIGURES_PERSON, 990001, "Zhang <b>Hao</b>", 7);
  fill_figure (figures, SM_WORK_FIGURES_PERSON, 0, NULL, 5);
  fill_figure (figures, SM_WORK_FIGURES_CAUSE, 0, "swap-robot-fault", 12);
  fill_figure (figures, SM_WORK_FIGURES_KIND, 0, "swap_robot", 8);
  fill_figure (figures, SM_WORK_FIGURES_KIND, 0, "battery", 3);
  fill_figure (figures, SM_WORK_FIGURES_PILE, 990002, NULL, 1);
  gtk_window_set_default_size (GTK_WINDOW (window), 1700, 800);
  g_assert_true (sm_page_show_link (SM_PAGE (page), link));
  sm_work_figures_page_show (SM_WORK_FIGURES_PAGE (page), figures, TRUE);
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  run_until (sm_test_shows (page, "Zhang <b>Hao</b>"));
  run_until (sm_test_shows (page, "Nobody yet"));
  g_assert_true (sm_test_shows (page, "Reckoned from what this computer has kept."));
  kept = sm_page_dup_link (SM_PAGE (page));
  g_assert_cmpstr (kept, ==, "stationmaster:work_figures?range=90d&by=person");
  sm_table_export_to (
      sm_work_figures_page_get_table (SM_WORK_FIGURES_PAGE (page), SM_WORK_FIGURES_PERSON),
      SM_SHEET_CSV, file);
  run_until (exported (path, "Zhang <b>Hao</b>"));
  g_assert_true (exported (path, ",2.5,"));
  sm_table_export_to (
      sm_work_figures_page_get_table (SM_WORK_FIGURES_PAGE (page), SM_WORK_FIGURES_KIND),
      SM_SHEET_CSV, file);
  run_until (exported (path, "swap robot"));
  g_assert_true (exported (path, "battery pack"));
  sm_table_export_to (
      sm_work_figures_page_get_table (SM_WORK_FIGURES_PAGE (page), SM_WORK_FIGURES_PILE),
      SM_SHEET_CSV, file);
  run_until (exported (path, "#990002"));
  gtk_widget_activate_action (page, "workfigures.refresh", NULL);
  run_until (!sm_test_shows (page, "Zhang <b>Hao</b>"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static SmWorkLimits limits_asked;
static guint n_limits_asked;

static void
limits_cb (GtkWidget          *over,
           const SmWorkLimits *changes)
{
  limits_asked = *changes;
  n_limits_asked++;
}

/* Only what was set otherwise is asked for; whoever thinks better of it asks for nothing. */
static void
test_work_limits (Desk *desk)
{
  const char *const answers[] = { "cancel", "save" };
  SmWorkLimits limits;

  sm_work_limits_init (&limits);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      GtkWidget *dialog = sm_work_limits_ask (desk->page, &limits, limits_cb);
      guint second = 1;
      GtkWidget *spin = find_spin (dialog, &second);

      gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 240);
      adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), answers[i]);
      g_assert_cmpuint (n_limits_asked, ==, i);
      gtk_window_destroy (GTK_WINDOW (dialog));
    }
  g_assert_cmpint (limits_asked.rev, ==, limits.rev);
  for (guint i = 0; i < SM_WORK_N_LIMITS; i++)
    g_assert_cmpint (limits_asked.minutes[i], ==,
                     i == SM_WORK_LIMIT_RESTORE ? 240 : SM_UNKNOWN);
}

int
main (int   argc,
      char *argv[])
{
  Desk desk;
  int status;

  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  adw_init ();
  sm_style_init ();
  open_desk (&desk);
  g_test_add_data_func ("/pages/figures/shown", &desk, (GTestDataFunc) test_shown);
  g_test_add_data_func ("/pages/figures/exported", &desk, (GTestDataFunc) test_exported);
  g_test_add_data_func ("/pages/figures/link", &desk, (GTestDataFunc) test_link);
  g_test_add_data_func ("/pages/figures/report", &desk, (GTestDataFunc) test_report);
  g_test_add_data_func ("/pages/figures/targets", &desk, (GTestDataFunc) test_targets);
  g_test_add_data_func ("/pages/figures/again", &desk, (GTestDataFunc) test_again);
  g_test_add_data_func ("/pages/figures/work", &desk, (GTestDataFunc) test_work);
  g_test_add_data_func ("/pages/figures/work-limits", &desk, (GTestDataFunc) test_work_limits);
  g_test_add_data_func ("/pages/figures/offline", &desk, (GTestDataFunc) test_offline);
  status = g_test_run ();
  close_desk (&desk);
  return status;
}
