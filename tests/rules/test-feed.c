/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

/* What a follower would hold: "vehicle/1" for each. */
static void
follow (GHashTable *held,
        SmFeedPage *page)
{
  gint64 last = 0;

  for (guint i = 0; i < page->changes->len; i++)
    {
      const SmFeedChange *change = page->changes->pdata[i];
      char *name = g_strdup_printf ("%s/%" G_GINT64_FORMAT, change->noun->name, change->id);

      g_assert_cmpint (change->seq, >, last);
      last = change->seq;
      if (change->row != NULL)
        g_hash_table_add (held, name);
      else
        {
          g_hash_table_remove (held, name);
          g_free (name);
        }
    }
}

static GHashTable *
new_held (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static SmFeedPage *
read_all (Fixture    *f,
          SmActor    *actor,
          GHashTable *held,
          SmFeedPage *after,
          guint       limit)
{
  g_autoptr (GError) error = NULL;
  SmFeedPage *page = fixture_read (f, actor, after, limit, &error);

  g_assert_no_error (error);
  follow (held, page);
  while (page->more)
    {
      SmFeedPage *next = fixture_read (f, actor, page, limit, &error);

      g_assert_no_error (error);
      g_assert_cmpint (next->seq, >, page->seq);
      sm_feed_page_free (page);
      page = next;
      follow (held, page);
    }
  g_assert_cmpstr (page->epoch, ==, sm_rules_get_epoch (f->rules));
  return page;
}

typedef struct
{
  gint64 id;
  gint64 fleet;
  const char *plate;
} Moving;

static gpointer
do_move (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Moving *moving = data;
  g_autoptr (SmActor) system = sm_actor_new_system ("test");
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_VEHICLE));
  SmUpsertOutcome outcome;

  sm_row_set_text (row, SM_VEHICLE_PLATE, moving->plate);
  sm_row_set_int (row, SM_ROW_FLEET_ID, moving->fleet);
  sm_registry_upsert (rules, system, row, SM_VEHICLE_PLATE, &moving->id, &outcome, error);
  return NULL;
}

static gpointer
do_remove (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SmActor) system = sm_actor_new_system ("test");

  sm_registry_remove (rules, system, sm_noun_get (SM_NOUN_VEHICLE), *(gint64 *) data, error);
  return NULL;
}

static void
test_snapshot_and_changes (void)
{
  for (guint limit = 1; limit <= 5000; limit *= 17)
    {
      g_autoptr (Fixture) f = fixture_new ();
      g_autoptr (GHashTable) held = new_held ();
      g_autoptr (SmFeedPage) page = NULL;
      g_autoptr (SmFeedPage) later = NULL;
      gint64 gone;

      fixture_add_vehicles (f, 20);
      fixture_add_station (f, "S1", NULL, NULL);
      gone = fixture_add_vehicle (f, "GONE", SM_UNKNOWN);
      fixture_write (f, do_remove, &gone);
      page = read_all (f, f->system, held, NULL, limit);
      /* 8 limits, 20 vehicles, a station with 2 piles and 2 connectors */
      g_assert_cmpuint (g_hash_table_size (held), ==, 33);
      gone = 3;
      fixture_write (f, do_remove, &gone);
      later = read_all (f, f->system, held, page, limit);
      g_assert_cmpuint (g_hash_table_size (held), ==, 32);
      g_assert_false (g_hash_table_contains (held, "vehicle/3"));
      g_assert_cmpuint (later->changes->len, ==, 1);
    }
}

/* Whatever moves while a snapshot is read by small pages, nothing is missed. */
static void
test_changes_while_reading (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GHashTable) held = new_held ();
  g_autoptr (SmFeedPage) first = NULL;
  g_autoptr (SmFeedPage) page = NULL;
  gint64 gone = 1;

  fixture_add_vehicles (f, 20);
  first = fixture_read (f, f->system, NULL, 10, NULL);
  follow (held, first);
  g_assert_true (g_hash_table_contains (held, "vehicle/1"));
  fixture_write (f, do_remove, &gone);
  gone = 19;
  fixture_write (f, do_remove, &gone);
  fixture_add_vehicle (f, "NEW", SM_UNKNOWN);
  page = read_all (f, f->system, held, first, 3);
  g_assert_false (g_hash_table_contains (held, "vehicle/1"));
  g_assert_false (g_hash_table_contains (held, "vehicle/19"));
  g_assert_cmpuint (g_hash_table_size (held), ==, 8 + 19);
}

static void
test_scope (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmActor) seven = fixture_make_person (5, "operator", SM_SCOPE_FLEETS, 7);
  g_autoptr (SmActor) eight = fixture_make_person (6, "operator", SM_SCOPE_FLEETS, 8);
  g_autoptr (GHashTable) held7 = new_held ();
  g_autoptr (GHashTable) held8 = new_held ();
  g_autoptr (GHashTable) held = new_held ();
  g_autoptr (SmFeedPage) page7 = NULL;
  g_autoptr (SmFeedPage) page8 = NULL;
  g_autoptr (SmFeedPage) page = NULL;
  Moving moving = { 0, 8, "A1" };

  fixture_add_vehicle (f, "A1", 7);
  fixture_add_vehicle (f, "A2", 7);
  fixture_add_vehicle (f, "A3", 8);
  page7 = read_all (f, seven, held7, NULL, 100);
  page8 = read_all (f, eight, held8, NULL, 100);
  page = read_all (f, f->system, held, NULL, 100);
  g_assert_cmpuint (g_hash_table_size (held7), ==, 8 + 2);
  g_assert_cmpuint (g_hash_table_size (held8), ==, 8 + 1);
  fixture_write (f, do_move, &moving);
  {
    g_autoptr (SmFeedPage) next7 = read_all (f, seven, held7, page7, 100);
    g_autoptr (SmFeedPage) next8 = read_all (f, eight, held8, page8, 100);
    g_autoptr (SmFeedPage) next = read_all (f, f->system, held, page, 100);

    g_assert_false (g_hash_table_contains (held7, "vehicle/1"));
    g_assert_true (g_hash_table_contains (held8, "vehicle/1"));
    /* Who sees both is not told that it had gone. */
    g_assert_cmpuint (next->changes->len, ==, 1);
    g_assert_nonnull (((SmFeedChange *) next->changes->pdata[0])->row);
    /* Whoever never had it learns nothing of its end under the old keys. */
    g_assert_cmpuint (next8->changes->len, ==, 1);
    g_assert_cmpuint (next7->changes->len, ==, 1);
  }
}

static void
test_live_scope (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmActor) seven = fixture_make_person (5, "operator", SM_SCOPE_FLEETS, 7);
  g_autoptr (SmActor) eight = fixture_make_person (6, "operator", SM_SCOPE_FLEETS, 8);
  g_autoptr (SmActor) guest = fixture_make_person (8, "guest", SM_SCOPE_ALL, 0);
  Moving moving = { 0, 8, "A1" };
  gint64 id = fixture_add_vehicle (f, "A1", 7), tick;

  fixture_report (f, id, 50, 30);
  fixture_pass (f, 1);
  {
    g_autoptr (SmVehicleBatch) a = sm_feed_read_live_vehicles (f->rules, seven, 0);
    g_autoptr (SmVehicleBatch) b = sm_feed_read_live_vehicles (f->rules, eight, 0);
    g_autoptr (SmVehicleBatch) c = sm_feed_read_live_vehicles (f->rules, guest, 0);

    g_assert_cmpuint (a->columns.n, ==, 1);
    g_assert_cmpuint (b->columns.n, ==, 0);
    g_assert_cmpuint (c->columns.n, ==, 0);
  }
  tick = sm_rules_get_tick (f->rules);
  fixture_write (f, do_move, &moving);
  fixture_pass (f, 1);
  {
    g_autoptr (SmVehicleBatch) b = sm_feed_read_live_vehicles (f->rules, eight, tick);

    g_assert_cmpuint (b->columns.n, ==, 1); /* who sees it now is told, though it said nothing */
  }
}

static void
assert_gone (Fixture    *f,
             SmActor    *actor,
             SmFeedPage *after)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) followed = g_string_new (NULL);

  for (guint i = 0; i < SM_N_NOUNS; i++)
    if (!sm_noun_get (i)->is_history)
      g_string_append_printf (followed, "%s%s", followed->len > 0 ? "," : "", sm_noun_get (i)->name);
  g_assert_null (fixture_read (f, actor, after, 100, &error));
  fixture_assert_error (error, SM_ERROR_GONE, "cursor-gone");
  g_assert_cmpstr (sm_error_get_param (error, "kinds"), ==, followed->str);
}

static void
test_gone (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmActor) person = fixture_make_person (5, "operator", SM_SCOPE_ALL, 0);
  g_autoptr (SmFeedPage) page = NULL;
  SmFeedPage other;

  fixture_add_vehicles (f, 3);
  page = fixture_read (f, person, NULL, 100, NULL);
  other = *page;
  other.seq += 1;
  assert_gone (f, person, &other); /* from the future */
  other = *page;
  other.access_rev += 1;
  assert_gone (f, person, &other);
  other = *page;
  other.epoch = (char *) "01234567-0123-7123-8123-0123456789ab";
  assert_gone (f, person, &other);
  sm_feed_page_free (fixture_read (f, person, page, 100, NULL));
}

static void
test_tombstones_are_forgotten (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (SmFeedPage) old = NULL;
  g_autoptr (SmFeedPage) current = NULL;
  g_autoptr (SmFeedPage) half = NULL;
  g_autoptr (GHashTable) held = new_held ();
  gint64 gone = 2;

  fixture_add_vehicles (f, 5);
  old = fixture_read (f, f->system, NULL, 100, NULL);
  fixture_write (f, do_remove, &gone);
  current = fixture_read (f, f->system, old, 100, NULL);
  fixture_pass (f, 29 * 86400);
  sm_feed_page_free (fixture_read (f, f->system, old, 100, NULL)); /* still there */
  fixture_pass (f, 2 * 86400);
  assert_gone (f, f->system, old);
  sm_feed_page_free (fixture_read (f, f->system, current, 100, NULL));
  /* A snapshot has rows that are older than what is forgotten: it goes on. */
  half = fixture_read (f, f->system, NULL, 5, NULL);
  g_assert_true (half->more);
  follow (held, half);
  g_clear_pointer (&current, sm_feed_page_free);
  current = read_all (f, f->system, held, half, 1);
  g_assert_cmpuint (g_hash_table_size (held), ==, 8 + 4);
}

static void
count_cb (SmRules *rules,
          gpointer user_data)
{
  ++*(guint *) user_data;
}

static void
test_watch (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  guint calls = 0, id = sm_rules_watch (f->rules, count_cb, &calls);
  gint64 vehicle = fixture_add_vehicle (f, "A1", SM_UNKNOWN);

  fixture_add_vehicle (f, "A2", SM_UNKNOWN);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (calls, ==, 1); /* many changes, one call */
  fixture_pass (f, 1);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (calls, ==, 2); /* the new vehicles' live rows */
  fixture_pass (f, 1);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (calls, ==, 2); /* nothing moved */
  fixture_report (f, vehicle, 50, 30);
  fixture_pass (f, 1);
  sm_rules_unwatch (f->rules, id);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (calls, ==, 2);
}

typedef struct
{
  SmActor *actor;
  const char *filter;
  gint64 after;
  guint limit;
  gboolean more;
} Listing;

static gpointer
do_list (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  Listing *l = data;

  return sm_feed_read_rows (reader, l->actor, sm_noun_get (SM_NOUN_STATION),
                            l->filter != NULL ? SM_STATION_SN : -1, l->filter, l->after, l->limit,
                            &l->more, error);
}

static void
test_pages_of_a_collection (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  Listing listing = { f->system, NULL, 0, 2, FALSE };
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;
  g_autoptr (GPtrArray) one = NULL;

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *sn = g_strdup_printf ("S%u", i);

      fixture_add_station (f, sn, NULL, NULL);
    }
  first = sm_rules_read_sync (f->rules, do_list, &listing, NULL);
  g_assert_cmpuint (first->len, ==, 2);
  g_assert_true (listing.more);
  listing.after = sm_row_get_id (first->pdata[1]);
  second = sm_rules_read_sync (f->rules, do_list, &listing, NULL);
  g_assert_cmpuint (second->len, ==, 1);
  g_assert_false (listing.more);
  listing = (Listing){ f->system, "S1", 0, 10, FALSE };
  one = sm_rules_read_sync (f->rules, do_list, &listing, NULL);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpstr (sm_row_get_text (one->pdata[0], SM_STATION_SN), ==, "S1");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/feed/snapshot-and-changes", test_snapshot_and_changes);
  g_test_add_func ("/rules/feed/changes-while-reading", test_changes_while_reading);
  g_test_add_func ("/rules/feed/scope", test_scope);
  g_test_add_func ("/rules/feed/live-scope", test_live_scope);
  g_test_add_func ("/rules/feed/gone", test_gone);
  g_test_add_func ("/rules/feed/tombstones-are-forgotten", test_tombstones_are_forgotten);
  g_test_add_func ("/rules/feed/watch", test_watch);
  g_test_add_func ("/rules/feed/pages-of-a-collection", test_pages_of_a_collection);
  return g_test_run ();
}
