/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-age-label.h"
#include "sm-columns.h"
#include "sm-error.h"
#include "sm-fault-row.h"
#include "sm-figure-group.h"
#include "sm-fit-box.h"
#include "sm-level-badge.h"
#include "sm-level-counts.h"
#include "sm-moment.h"
#include "sm-page.h"
#include "sm-status-banner.h"
#include "sm-style.h"
#include "sm-text.h"
#include "sm-thing-row.h"
#include "sm-ticker.h"
#include "sm-time.h"
#include "sm-toast-errors.h"
#include "sm-turns.h"
#include "sm-wrap-box.h"

#include <math.h>

static gboolean
has_visible_text (GtkWidget  *widget,
                  const char *text)
{
  if (!gtk_widget_get_visible (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_visible_text (child, text))
      return TRUE;
  return FALSE;
}

/* Constructed, shown and dropped again, nothing of it is left. */
static void
test_finalizes (gconstpointer type)
{
  GtkWidget *widget = g_object_new (GPOINTER_TO_SIZE (type), NULL);

  g_object_ref_sink (widget);
  g_assert_finalize_object (widget);
}

static GtkWidget *
block (int height)
{
  GtkWidget *widget = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_size_request (widget, 50, height);
  return widget;
}

/* What does not fit leaves in the order of the priorities, and comes back. */
static void
test_fit_box (void)
{
  GtkWidget *box = g_object_ref_sink (sm_fit_box_new (GTK_ORIENTATION_VERTICAL, 10));
  GtkWidget *blocks[] = { block (100), block (40), block (60), block (30) };
  const guint priorities[] = { 0, 3, 1, 2 };
  const struct
  {
    int height;
    const char *shown;
  } expected[] = { { 260, "yyyy" }, { 259, "ynyy" }, { 209, "ynyn" }, { 169, "ynnn" },
                   { 1000, "yyyy" } };
  int minimum, natural;

  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
    sm_fit_box_append (SM_FIT_BOX (box), blocks[i], priorities[i]);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 100);
  g_assert_cmpint (natural, ==, 260);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_size_allocate (box, &(GtkAllocation){ 0, 0, 50, expected[i].height }, -1);
      for (guint k = 0; k < G_N_ELEMENTS (blocks); k++)
        g_assert_cmpint (sm_fit_box_is_shown (SM_FIT_BOX (box), blocks[k]), ==,
                         expected[i].shown[k] == 'y');
    }
  g_assert_finalize_object (box);
}

static void
test_state_bar_sum (void)
{
  const SmStatePart parts[] = { { "online", 2174, SM_TONE_STRONG },
                                { "silent", 101, SM_TONE_LEVEL_3 },
                                { "unknown", 0, SM_TONE_HOLLOW } };
  SmStateBar *bar = SM_STATE_BAR (g_object_ref_sink (sm_state_bar_new ()));

  sm_state_bar_set_parts (bar, parts, G_N_ELEMENTS (parts));
  g_assert_cmpint (sm_state_bar_get_total (bar), ==, 2275);
  g_assert_cmpstr (sm_state_bar_get_words (bar), ==, "online 2,174, silent 101, unknown 0");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "online 2,174, silent 101, unknown 0");
  g_assert_finalize_object (bar);
}

/* Whatever the counts, the parts fill the bar exactly and none that is there
 * at all vanishes. */
static void
test_state_bar_layout (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  for (guint round = 0; round < 5000; round++)
    {
      guint n = (guint) g_rand_int_range (random, 1, 9);
      int width = g_rand_int_range (random, 120, 4000);
      gint64 counts[8], total = 0;
      int widths[8], sum = 0;

      for (guint i = 0; i < n; i++)
        {
          counts[i] = g_rand_boolean (random) ? g_rand_int_range (random, 0, 40000)
                                              : g_rand_int_range (random, 0, 3);
          total += counts[i];
        }
      sm_state_bar_layout (counts, n, width, widths);
      for (guint i = 0; i < n; i++)
        {
          sum += widths[i];
          g_assert_cmpint (widths[i], >=, counts[i] > 0 ? 3 : 0);
        }
      g_assert_cmpint (sum, ==, total > 0 ? width : 0);
    }
}

static void
test_figure_group (void)
{
  const SmStatePart first[] = { { "driving", 12, SM_TONE_STRONG }, { "silent", 0, SM_TONE_LEVEL_3 } };
  const SmStatePart then[] = { { "driving", 11, SM_TONE_STRONG }, { "silent", 1, SM_TONE_LEVEL_3 } };
  const SmStatePart nothing[] = { { "driving", 0, SM_TONE_STRONG } };
  SmFigureGroup *group = SM_FIGURE_GROUP (g_object_ref_sink (sm_figure_group_new ("Vehicles")));

  sm_figure_group_set_parts (group, first, 2);
  g_assert_cmpint (sm_figure_group_get_total (group), ==, 12);
  sm_figure_group_set_parts (group, then, 2);
  g_assert_cmpint (sm_figure_group_get_total (group), ==, 12);
  g_assert_cmpstr (sm_figure_group_get_words (group), ==, "driving 11, silent 1");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (group), "stale"));
  sm_figure_group_set_stale (group, TRUE);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (group), "stale"));
  g_assert_true (has_visible_text (GTK_WIDGET (group), "12"));
  sm_figure_group_set_parts (group, nothing, 1);
  g_assert_true (has_visible_text (GTK_WIDGET (group), "–"));
  g_assert_false (has_visible_text (GTK_WIDGET (group), "0"));
  sm_figure_group_set_stale (group, FALSE);
  g_assert_true (has_visible_text (GTK_WIDGET (group), "0"));
  g_assert_finalize_object (group);
}

/* The names of the parts that the legend lists, in its order; of one, its label. */
static GtkWidget *
collect_parts (GtkWidget  *widget,
               GString    *names,
               const char *wanted)
{
  GtkWidget *found = NULL;

  if (GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "part"))
    {
      const char *name = gtk_label_get_text (GTK_LABEL (widget));

      g_string_append_printf (names, "%s ", name);
      return g_str_equal (name, wanted) ? widget : NULL;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *within = collect_parts (child, names, wanted);

      found = within != NULL ? within : found;
    }
  return found;
}

/* A part that comes or goes makes or takes its own line, and no other. */
static void
test_figure_lines (void)
{
  SmStatePart parts[] = { { "driving", 12, SM_TONE_STRONG }, { "late", 0, SM_TONE_FAINT },
                          { "silent", 3, SM_TONE_LEVEL_3 } };
  SmFigureGroup *group = SM_FIGURE_GROUP (g_object_ref_sink (sm_figure_group_new ("Vehicles")));
  g_autoptr (GString) names = g_string_new (NULL);
  GtkWidget *silent;

  sm_figure_group_set_parts (group, parts, 3);
  silent = collect_parts (GTK_WIDGET (group), names, "silent");
  g_assert_cmpstr (names->str, ==, "driving silent ");
  parts[1].count = 1;
  sm_figure_group_set_parts (group, parts, 3);
  g_string_truncate (names, 0);
  g_assert_true (collect_parts (GTK_WIDGET (group), names, "silent") == silent);
  g_assert_cmpstr (names->str, ==, "driving late silent ");
  parts[0].label = "parked";
  parts[2].count = 0;
  sm_figure_group_set_parts (group, parts, 3);
  g_string_truncate (names, 0);
  g_assert_null (collect_parts (GTK_WIDGET (group), names, "silent"));
  g_assert_cmpstr (names->str, ==, "parked late ");
  g_assert_finalize_object (group);
}

static char *opened;

static void
open_cb (GSimpleAction *action,
         GVariant      *parameter)
{
  g_free (opened);
  opened = g_variant_dup_string (parameter, NULL);
}

static void
press_all (GtkWidget *widget,
           GString   *links)
{
  if (GTK_IS_BUTTON (widget))
    {
      g_clear_pointer (&opened, g_free);
      g_signal_emit_by_name (widget, "clicked");
      if (opened != NULL)
        g_string_append_printf (links, "%s ", opened);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    press_all (child, links);
}

/* The total and every part open their rows; what has no link is no control. */
static void
test_figure_links (void)
{
  const SmStatePart parts[] = { { "driving", 12, SM_TONE_STRONG, "stationmaster:vehicles?a=1" },
                                { "parked", 3, SM_TONE_DIM, NULL },
                                { "silent", 1, SM_TONE_LEVEL_3, "stationmaster:vehicles?a=2" } };
  GtkWidget *window = gtk_window_new ();
  SmFigureGroup *group = SM_FIGURE_GROUP (g_object_ref_sink (sm_figure_group_new ("Vehicles")));
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) open = g_simple_action_new ("open", G_VARIANT_TYPE_STRING);
  g_autoptr (GString) links = g_string_new (NULL);

  g_signal_connect (open, "activate", G_CALLBACK (open_cb), NULL);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (open));
  gtk_widget_insert_action_group (window, "page", G_ACTION_GROUP (actions));
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (group));
  sm_figure_group_set_link (group, "stationmaster:vehicles");
  sm_figure_group_set_parts (group, parts, G_N_ELEMENTS (parts));
  press_all (GTK_WIDGET (group), links);
  g_assert_cmpstr (links->str, ==,
                   "stationmaster:vehicles stationmaster:vehicles?a=1 stationmaster:vehicles?a=2 ");
  g_clear_pointer (&opened, g_free);
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_finalize_object (group);
}

static void
test_badge_names (void)
{
  const char *const names[] = { "Level 1, critical", "Level 2, major", "Level 3, minor",
                                "Level 4, notice" };

  for (guint level = 1; level <= 4; level++)
    {
      GtkWidget *badge = g_object_ref_sink (sm_level_badge_new (level));

      gtk_test_accessible_assert_role (GTK_ACCESSIBLE (badge), GTK_ACCESSIBLE_ROLE_IMG);
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (badge), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                           names[level - 1]);
      g_assert_finalize_object (badge);
    }
}

static void
test_age_words (void)
{
  g_autoptr (SmClock) clock = sm_clock_new_manual (SM_DAY);
  SmAgeLabel *label = SM_AGE_LABEL (g_object_ref_sink (sm_age_label_new ()));

  g_assert_cmpstr (sm_age_label_get_text (label), ==, "");
  sm_age_label_set (label, clock, SM_UNKNOWN);
  g_assert_cmpstr (sm_age_label_get_text (label), ==, "–");
  sm_age_label_set (label, clock, SM_DAY - 42 * SM_SECOND);
  g_assert_cmpstr (sm_age_label_get_text (label), ==, "42 s");
  sm_clock_advance (clock, 6 * SM_MINUTE);
  sm_age_label_refresh (label);
  g_assert_cmpstr (sm_age_label_get_text (label), ==, "6 min");
  sm_clock_advance (clock, 3 * SM_HOUR);
  sm_age_label_refresh (label);
  g_assert_cmpstr (sm_age_label_get_text (label), ==, "3 h");
  g_assert_finalize_object (label);
}

/* The one timer runs while an age is to be seen, and not otherwise. */
static void
test_ticker_stops (void)
{
  SmTicker *ticker = sm_ticker_for_display (gdk_display_get_default ());
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_child (GTK_WINDOW (window), sm_age_label_new ());
  g_assert_false (sm_ticker_is_running (ticker));
  gtk_window_present (GTK_WINDOW (window));
  while (!gtk_widget_get_mapped (window))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (sm_ticker_is_running (ticker));
  gtk_widget_set_visible (window, FALSE);
  g_assert_false (sm_ticker_is_running (ticker));
  gtk_window_destroy (GTK_WINDOW (window));
}

static SmRow *
make_alarm (void)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_ALARM));

  sm_row_set_int (row, SM_ROW_ID, 7);
  sm_row_set_text (row, SM_ALARM_CODE, "pack-over-temperature");
  sm_row_set_int (row, SM_ALARM_LEVEL, 1);
  sm_row_set_text (row, SM_ALARM_STATE, "unacked");
  sm_row_set_text (row, SM_ALARM_SOURCE_NOUN, "vehicle");
  sm_row_set_int (row, SM_ALARM_SOURCE_ID, 3);
  sm_row_set_text (row, SM_ALARM_SOURCE_LABEL, "粤B·12345");
  sm_row_set_text (row, SM_ALARM_FIELD, "pack_temperature_c");
  sm_row_set_real (row, SM_ALARM_VALUE, 61.2);
  sm_row_set_real (row, SM_ALARM_LIMIT_VALUE, 58);
  sm_row_set_int (row, SM_ALARM_RAISED_AT, SM_DAY);
  return row;
}

static void
test_fault_row (void)
{
  g_autoptr (SmClock) clock = sm_clock_new_manual (SM_DAY + 42 * SM_SECOND);
  g_autoptr (SmRow) row = make_alarm ();
  g_autoptr (SmRow) acked = sm_row_copy (row);
  g_autoptr (SmItem) item = sm_item_new (row);
  SmFaultRow *widget = SM_FAULT_ROW (g_object_ref_sink (sm_fault_row_new ()));

  sm_fault_row_bind (widget, item, clock);
  g_assert_true (has_visible_text (GTK_WIDGET (widget), "Pack over-temperature 61\u00a0°C"));
  g_assert_true (has_visible_text (GTK_WIDGET (widget), "粤B·12345 · limit 58\u00a0°C"));
  g_assert_true (has_visible_text (GTK_WIDGET (widget), "42 s"));
  g_assert_true (gtk_widget_get_visible (sm_fault_row_get_button (widget)));

  sm_item_set_pending (item, TRUE);
  g_assert_true (has_visible_text (GTK_WIDGET (widget), "Pending"));
  g_assert_false (gtk_widget_get_visible (sm_fault_row_get_button (widget)));

  sm_row_set_text (acked, SM_ALARM_STATE, "acked");
  sm_row_set_text (acked, SM_ALARM_ACKED_BY, "Li <b>Wei</b>");
  sm_row_set_text (acked, SM_ALARM_NOTE, "called\u202e & waits");
  sm_item_set_row (item, acked);
  sm_item_set_pending (item, FALSE);
  g_assert_false (has_visible_text (GTK_WIDGET (widget), "Pending"));
  g_assert_true (has_visible_text (GTK_WIDGET (widget), "acknowledged by Li <b>Wei</b>"));
  g_assert_true (has_visible_text (GTK_WIDGET (widget), "called & waits"));
  g_assert_finalize_object (widget);
}

static void
test_banner (void)
{
  SmStatusBanner *banner = SM_STATUS_BANNER (g_object_ref_sink (sm_status_banner_new ()));

  g_assert_false (sm_status_banner_is_shown (banner));
  sm_status_banner_set (banner, "Offline <i>now</i>", "It goes on trying.");
  g_assert_true (sm_status_banner_is_shown (banner));
  g_assert_true (has_visible_text (GTK_WIDGET (banner), "Offline <i>now</i>"));
  sm_status_banner_set (banner, NULL, NULL);
  g_assert_null (sm_status_banner_get_title (banner));
  g_assert_finalize_object (banner);
}

static void
test_text (void)
{
  const struct
  {
    gint64 count;
    const char *text;
  } counts[] = { { 0, "0" }, { 999, "999" }, { 1000, "1,000" }, { 23441, "23,441" }, { -1234567, "-1,234,567" } };
  g_autofree char *clean = sm_text_clean ("a\u202eb\nc\xff");
  g_autofree char *nothing = sm_text_clean (NULL);

  g_assert_cmpstr (clean, ==, "ab c\ufffd");
  g_assert_cmpstr (nothing, ==, "");
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autofree char *text = sm_text_count (counts[i].count);

      g_assert_cmpstr (text, ==, counts[i].text);
    }
  for (double value = -0.4; value < 0.5; value += 0.2)
    {
      g_autofree char *text = sm_text_measure (value, 0, "°C");

      g_assert_cmpstr (text, ==, "0\u00a0°C");
    }
  g_free (clean);
  clean = sm_text_measure (NAN, 1, "kW");
  g_assert_cmpstr (clean, ==, "–");
}

static void
test_error_sentence (void)
{
  g_autoptr (GError) known = NULL;
  g_autoptr (GError) unknown = NULL;
  g_autofree char *sentence = NULL;

  sm_set_error (&known, SM_ERROR_CONFLICT, "alarm-level-rose", "for the log");
  sentence = sm_error_sentence (known);
  g_assert_cmpstr (sentence, ==,
                   "The alarm got worse after you looked at it. Look at the alarm as it is now, "
                   "then acknowledge it again if that is right.");
  g_free (sentence);
  sm_set_error (&unknown, SM_ERROR_DENIED, "from-a-later-version", "for the log");
  sentence = sm_error_sentence (unknown);
  g_assert_cmpstr (sentence, ==,
                   "You do not have the permission for this. Ask an administrator for it.");
}

/* Every kind of trouble there is has words, by its class if by nothing else. */
static void
test_error_classes (void)
{
  const int codes[] = { 1, 2, 3, 4, 5, 400, 401, 403, 404, 405, 409, 410, 412, 413, 422, 429, 500, 503 };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *sentence = NULL;

      sm_set_error (&error, (SmErrorCode) codes[i], "no-such-slug", "for the log");
      sentence = sm_error_sentence (error);
      g_assert_cmpuint (strlen (sentence), >, 20);
      if (codes[i] != 500)
        g_assert_null (strstr (sentence, "fault of its own"));
    }
}

/* Every slug that a source file near the application or the contract gives an
 * error has words of its own. */
static void
check_source (const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (GRegex) call
      = g_regex_new ("sm_set_error \\([^;\"]*SM_ERROR_[A-Z_]+,\\s*\"([a-z0-9-]+)\"", 0, 0, NULL);
  g_autoptr (GMatchInfo) found = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  for (g_regex_match (call, text, 0, &found); g_match_info_matches (found);
       g_match_info_next (found, NULL))
    {
      g_autofree char *slug = g_match_info_fetch (found, 1);

      if (!sm_slug_is_worded (slug))
        g_error ("%s: nobody words “%s” in sm-toast-errors.c", path, slug);
    }
}

static void
test_every_slug (void)
{
  const char *const folders[] = { "api", "sync", "ops", "store", "wire", "service", "rules" };
  /* Not given by a call, but chosen by sm_trust_slug() and of redirects. */
  const char *const chosen[] = { "tls-failed", "tls-untrusted", "tls-self-signed", "tls-unknown-ca",
                                 "tls-expired", "tls-not-yet-valid", "tls-wrong-host",
                                 "tls-revoked", "redirect-to-plain", "redirected" };
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (chosen); i++)
    g_assert_true (sm_slug_is_worded (chosen[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder
          = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "..", "src", folders[i], NULL);
      g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
      const char *name;

      g_assert_nonnull (dir);
      while ((name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *path = g_build_filename (folder, name, NULL);

          /* Importing, opening and listening are done at the command line, in English. */
          if (!g_str_has_suffix (name, ".c") || g_str_has_prefix (name, "sm-import")
              || g_str_has_prefix (name, "sm-csv") || g_str_has_prefix (name, "sm-listen")
              || g_str_equal (name, "sm-lock.c") || g_str_equal (name, "sm-service.c")
              || g_str_equal (name, "sm-tls-files.c"))
            continue;
          check_source (path);
          n++;
        }
    }
  g_assert_cmpuint (n, >, 20);
}

/* A column of text that wraps is measured in its width, not a letter a line. */
static void
test_columns_height (void)
{
  SmColumns *columns = SM_COLUMNS (g_object_ref_sink (sm_columns_new ()));
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "wrap-mode", PANGO_WRAP_CHAR,
                                   "label", "what is said in a line or two, not in fifty", NULL);
  int least = 0, best = 0;

  g_object_set (columns, "end", label, NULL);
  gtk_widget_measure (GTK_WIDGET (columns), GTK_ORIENTATION_VERTICAL, 1920, &least, &best, NULL, NULL);
  g_assert_cmpint (least, >, 0);
  g_assert_cmpint (least, <, 60);
  g_assert_finalize_object (columns);
}

static void
turned_cb (guint *n)
{
  ++*n;
}

/* One on, one back, to the present one anew, and not without an end. */
static void
test_turns (void)
{
  SmTurns *turns = SM_TURNS (g_object_ref_sink (sm_turns_new ("Before", "After", "Now")));
  GtkWidget *before = gtk_widget_get_first_child (GTK_WIDGET (turns));
  GtkWidget *now = gtk_widget_get_last_child (GTK_WIDGET (turns));
  GtkWidget *after = gtk_widget_get_prev_sibling (now);
  guint n = 0;

  g_signal_connect_swapped (turns, "turned", G_CALLBACK (turned_cb), &n);
  g_signal_emit_by_name (after, "clicked");
  g_assert_cmpint (sm_turns_get_offset (turns), ==, 1);
  g_signal_emit_by_name (now, "clicked");
  g_signal_emit_by_name (before, "clicked");
  g_assert_cmpint (sm_turns_get_offset (turns), ==, -1);
  g_assert_cmpuint (n, ==, 3);
  sm_turns_go (turns, 520);
  g_signal_emit_by_name (after, "clicked");
  g_assert_cmpint (sm_turns_get_offset (turns), ==, 520);
  g_assert_cmpuint (n, ==, 4);
  sm_turns_set_title (turns, "16 <b>Jun</b>");
  g_assert_true (has_visible_text (GTK_WIDGET (turns), "16 <b>Jun</b>"));
  g_assert_finalize_object (turns);
}

/* By the clock of the zone, in which a day begins when it does. */
static void
test_days (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Shanghai");
  gint64 at = G_GINT64_CONSTANT (1750005000) * SM_SECOND; /* 16:30 UTC on a Sunday */
  g_autofree char *there = sm_moment_day (zone, at);
  g_autofree char *here = sm_moment_day (NULL, at);
  g_autoptr (GDateTime) midnight = sm_moment_midnight (zone, at);

  g_assert_cmpstr (there, ==, "Mon 16 Jun");
  g_assert_cmpstr (here, ==, "Sun 15 Jun");
  g_assert_cmpint (g_date_time_to_unix (midnight), ==, 1750003200);
}

/* What has no room goes on in the next line, and comes back. */
static void
test_wrap_box (void)
{
  GtkWidget *box = g_object_ref_sink (sm_wrap_box_new (10));
  int least, best, one, two;

  for (guint i = 0; i < 3; i++)
    sm_wrap_box_append (SM_WRAP_BOX (box), g_object_new (GTK_TYPE_DRAWING_AREA, "content-width", 100,
                                                         "content-height", 20, NULL));
  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &least, &best, NULL, NULL);
  g_assert_cmpint (least, ==, 100);
  g_assert_cmpint (best, ==, 320);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, 320, &one, NULL, NULL, NULL);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, 319, &two, NULL, NULL, NULL);
  g_assert_cmpint (one, ==, 20);
  g_assert_cmpint (two, ==, 50);
  gtk_widget_set_visible (gtk_widget_get_first_child (box), FALSE);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, 319, &one, NULL, NULL, NULL);
  g_assert_cmpint (one, ==, 20);
  g_object_unref (box);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
  sm_style_init ();

  g_test_add_data_func ("/widgets/finalize/age-label", GSIZE_TO_POINTER (SM_TYPE_AGE_LABEL), test_finalizes);
  g_test_add_data_func ("/widgets/finalize/columns", GSIZE_TO_POINTER (SM_TYPE_COLUMNS), test_finalizes);
  g_test_add_data_func ("/widgets/finalize/fault-row", GSIZE_TO_POINTER (SM_TYPE_FAULT_ROW), test_finalizes);
  g_test_add_data_func ("/widgets/finalize/level-counts", GSIZE_TO_POINTER (SM_TYPE_LEVEL_COUNTS), test_finalizes);
  g_test_add_data_func ("/widgets/finalize/thing-row", GSIZE_TO_POINTER (SM_TYPE_THING_ROW), test_finalizes);
  g_test_add_func ("/widgets/fit-box/order", test_fit_box);
  g_test_add_func ("/widgets/state-bar/sums-to-its-total", test_state_bar_sum);
  g_test_add_func ("/widgets/state-bar/parts-fill-it", test_state_bar_layout);
  g_test_add_func ("/widgets/figure-group/follows-its-parts", test_figure_group);
  g_test_add_func ("/widgets/figure-group/lines-stay", test_figure_lines);
  g_test_add_func ("/widgets/figure-group/every-figure-opens", test_figure_links);
  g_test_add_func ("/widgets/errors/every-slug-is-worded", test_every_slug);
  g_test_add_func ("/widgets/columns/height-for-width", test_columns_height);
  g_test_add_func ("/widgets/level-badge/has-a-name", test_badge_names);
  g_test_add_func ("/widgets/age-label/words", test_age_words);
  g_test_add_func ("/widgets/ticker/stops-when-nothing-is-seen", test_ticker_stops);
  g_test_add_func ("/widgets/fault-row/says-whose-it-is", test_fault_row);
  g_test_add_func ("/widgets/status-banner/takes-text-as-it-is", test_banner);
  g_test_add_func ("/widgets/text/clean-count-measure", test_text);
  g_test_add_func ("/widgets/turns/there-and-back", test_turns);
  g_test_add_func ("/widgets/moment/days", test_days);
  g_test_add_func ("/widgets/errors/sentence-and-next-step", test_error_sentence);
  g_test_add_func ("/widgets/errors/every-class-is-worded", test_error_classes);
  g_test_add_func ("/widgets/wrap-box/lines", test_wrap_box);
  return g_test_run ();
}
