/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-connection.h"
#include "sm-link.h"
#include "sm-row.h"
#include "sm-search-box.h"
#include "sm-statement.h"
#include "sm-style.h"
#include "sm-test-service.h"
#include "sm-test-shows.h"
#include "sm-wall-page.h"
#include "sm-window.h"

/*
 * Names of any kind in the register of a real service: every panel opens by its
 * link and shows them letter by letter, and the search finds them.  GTK does not
 * warn of one: a warning ends the test.
 */

#define LONG_NAME 300
#define PATIENCE_S 40
#define PASSWORD "correct horse battery staple"

static const char *const names[] = {
  "محطة تبديل البطاريات الشمالية", "😀🚚🔋👩‍👩‍👧‍👦", "<b>bold</b> & <span size='x'>", "100 %s %n %d",
  "&amp;lt; </b>", "_under_score", "a\"b'c\\n",
};
#define N_NAMES (G_N_ELEMENTS (names) + 1)

/* What has a panel, and the column of its name; of a JSON name, in every language. */
static const struct
{
  const char *noun;
  const char *column;
  gboolean is_name;
  gboolean is_named_by_it; /* in links; else by its id or serial number */
} things[] = {
  { "station", "name", TRUE, FALSE },
  { "vehicle", "plate", FALSE, TRUE },
  { "battery", "sn", FALSE, TRUE },
  { "engineer", "name", FALSE, FALSE },
  { "service_point", "name", TRUE, FALSE },
};

static char *
dup_name (guint i)
{
  return i < G_N_ELEMENTS (names) ? g_strdup (names[i]) : g_strnfill (LONG_NAME, 'W');
}

static void
run_sql (SmConnection *connection,
         const char   *sql,
         const char   *text,
         gint64        id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmStatement) statement = sm_connection_prepare (connection, sql, &error);
  gboolean has_row;

  g_assert_no_error (error);
  sm_statement_bind_text (statement, 0, text);
  sm_statement_bind_int (statement, 1, id);
  g_assert_true (sm_statement_step (statement, &has_row, &error));
  g_assert_no_error (error);
}

/* The simulated network is put into the register behind `listening'. */
static void
wait_for_register (SmTestService *service)
{
  static const char *const paths[] = { "/api/v1/batteries?limit=20", "/api/v1/engineers?limit=20",
                                       "/api/v1/stations?limit=20", "/api/v1/vehicles?limit=20" };
  g_autofree char *token = sm_test_service_sign_in_demo (service);
  gint64 deadline = g_get_monotonic_time () + PATIENCE_S * G_USEC_PER_SEC;

  for (gsize i = 0; i < G_N_ELEMENTS (paths);)
    {
      g_autoptr (JsonObject) answer = sm_test_service_get (service, paths[i], token);

      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      if (json_array_get_length (json_object_get_array_member (answer, "items")) >= N_NAMES)
        i++;
    }
}

/* Another hand than the service's writes them: it refuses none of these, but this is quicker. */
static void
give_names (SmTestService *service)
{
  g_autoptr (GError) error = NULL;
  SmConnection *connection
      = sm_connection_open (sm_test_service_get_database (service), SM_OPEN_READ_WRITE, &error);

  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (things); i++)
    {
      g_autofree char *sql = g_strdup_printf ("UPDATE \"%s\" SET %s = ? WHERE id = ?",
                                              things[i].noun, things[i].column);

      for (guint k = 0; k < N_NAMES; k++)
        {
          g_autofree char *name = dup_name (k);
          g_autofree char *json = sm_name_new (name, name);

          run_sql (connection, sql, things[i].is_name ? json : name, k + 1);
        }
    }
  sm_connection_close (connection);
}

/* Returns: (transfer full): the serial number of a station */
static char *
read_sn (SmTestService *service,
         gint64         id)
{
  g_autoptr (GError) error = NULL;
  SmConnection *connection
      = sm_connection_open (sm_test_service_get_database (service), SM_OPEN_READ_ONLY, &error);
  g_autoptr (SmStatement) statement = NULL;
  gboolean has_row = FALSE;
  char *sn;

  g_assert_no_error (error);
  statement = sm_connection_prepare (connection, "SELECT sn FROM station WHERE id = ?", &error);
  sm_statement_bind_int (statement, 0, id);
  g_assert_true (sm_statement_step (statement, &has_row, &error) && has_row);
  sn = g_strdup (sm_statement_get_text (statement, 0));
  g_clear_pointer (&statement, sm_statement_reset);
  sm_connection_close (connection);
  return sn;
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
wait_until_shown (SmWindow   *window,
                  const char *text)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE_S * G_USEC_PER_SEC;
  guint source = g_timeout_add (50, wake_cb, NULL);

  while (!sm_test_shows (GTK_WIDGET (window), text))
    {
      if (g_get_monotonic_time () > deadline)
        g_error ("not shown: %s", text);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (source);
}

static GtkWidget *
find_type (GtkWidget *widget,
           GType      type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_type (child, type);
  return found;
}

static void
open_panels (SmWindow      *window,
             SmTestService *service)
{
  for (gsize i = 0; i < G_N_ELEMENTS (things); i++)
    for (guint k = 0; k < N_NAMES; k++)
      {
        g_autofree char *name = dup_name (k);
        g_autofree char *id = g_strdup_printf ("%u", k + 1);
        g_autofree char *shown = NULL;
        g_autofree char *sn = i == 0 ? read_sn (service, k + 1) : NULL;
        g_autofree char *link
            = sm_link_text (things[i].noun,
                            things[i].is_named_by_it ? name : sn != NULL ? sn : id, NULL);

        g_test_message ("%s", link);
        g_assert_true (sm_window_open_link (window, link));
        wait_until_shown (window, name);
        shown = sm_page_dup_link (sm_window_get_page (window));
        g_assert_cmpstr (shown, ==, link);
        while (sm_page_go_back (sm_window_get_page (window)))
          ;
      }
}

/* Each is found by its name, and leads to the thing that is called so. */
static void
search_names (SmWindow *window)
{
  SmSearchBox *box = SM_SEARCH_BOX (find_type (GTK_WIDGET (window), SM_TYPE_SEARCH_BOX));

  for (guint k = 0; k < N_NAMES; k++)
    {
      g_autofree char *name = dup_name (k);
      g_autofree char *found = NULL;

      sm_search_box_search (box, name);
      if (k == 1)
        continue; /* of pictures alone there is nothing to compare */
      found = sm_search_box_dup_link (box);
      g_test_message ("%s: %s", name, found != NULL ? found : "nothing");
      g_assert_cmpuint (sm_search_box_get_hits (box), >, 0);
    }
  sm_search_box_search (box, "");
}

static void
test_names (void)
{
  static const char *const demo[] = { "--simulate", "demo", "--seed", "1", SM_TEST_YOUNG, NULL };
  static const char *const still[] = { "--simulate", "none", NULL };
  SmTestService *service = sm_test_service_start (demo);
  g_autofree char *cache = g_build_filename (sm_test_service_get_folder (service), "cache", NULL);
  g_autofree char *state = g_build_filename (sm_test_service_get_folder (service), "state", NULL);
  SmWindow *window;
  SmOps *ops;

  wait_for_register (service);
  sm_test_service_terminate (service);
  give_names (service);
  sm_test_service_add_user (service, "ann", "operator", PASSWORD);
  sm_test_service_set_args (service, still); /* it would call its things by their own names again */
  sm_test_service_run (service);
  ops = sm_ops_new (sm_test_service_get_url (service), cache, state);
  window = sm_window_new (NULL, NULL);
  sm_window_set_ops (window, ops, sm_test_service_get_url (service));
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  gtk_window_present (GTK_WINDOW (window));
  sm_ops_start (ops);
  sm_window_sign_in (window, "ann", PASSWORD);
  wait_until_shown (window, "Live · data");
  open_panels (window, service);
  search_names (window);
  sm_ops_stop (ops);
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (ops);
  sm_test_service_free (service);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  sm_style_init ();
  g_log_set_always_fatal ((GLogLevelFlags) (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL
                                            | G_LOG_LEVEL_WARNING));
  g_test_add_func ("/app/names/panels-and-search", test_names);
  return g_test_run ();
}
