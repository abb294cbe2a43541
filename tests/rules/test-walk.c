/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

#include "sm-rules-private.h"
#include "sm-test-full.h"

/*
 * A6: two persons of disjoint areas, each with a copy that follows the feed,
 * while things move between areas at random and the persons are given other
 * areas and roles; and two of different companies in the same areas, while work, engineers,
 * their parts and certificates go from one company to the other.  No copy ever holds a row that its person
 * may not see, and in the end each holds all that they may.
 */

#define PASSWORD "correct horse"
#define N_AREAS 4 /* the persons have 1 and 2, or 3 and 4; 0 is none */
#define N_COMPANIES 3 /* of the last there is nobody; 0 is none */
#define N_PEOPLE 4
#define N_THINGS 60
#define MOVES 10000
#define LOOK_EVERY 5

typedef struct
{
  const SmNoun *noun;
  gint64 id;
  gint64 area;
  gint64 company;
  gboolean is_gone;
} Thing;

typedef struct
{
  const char *name;
  gint64 company;      /* 0: of none */
  guint place;         /* whose areas are which, by turns */
  guint turn;          /* which areas */
  guint role;
  SmActor *actor;
  GHashTable *held;    /* "vehicle/1" -> area as it was told */
  SmFeedPage *after;
  guint reloads;
} Person;

static const SmNounId kinds[] = { SM_NOUN_VEHICLE, SM_NOUN_BATTERY, SM_NOUN_DRIVER,
                                  SM_NOUN_WORK_ORDER, SM_NOUN_GUIDANCE, SM_NOUN_PROBLEM_RECORD,
                                  SM_NOUN_PART, SM_NOUN_CERTIFICATE, SM_NOUN_INSPECTION,
                                  SM_NOUN_SAFETY_INCIDENT, SM_NOUN_ENGINEER };
static const char *const kinds_of_roles[] = { "operator", "wall", "guest" };

static Thing things[N_THINGS];

static char *
name_of (const SmNoun *noun,
         gint64        id)
{
  return g_strdup_printf ("%s/%" G_GINT64_FORMAT, noun->name, id);
}

static void
fill (SmRow *row,
      guint  n)
{
  const SmNoun *noun = sm_row_get_noun (row);

  for (guint i = SM_ROW_N_COMMON; i < noun->n_fields; i++)
    {
      const SmField *field = &noun->fields[i];
      g_autofree char *text = g_strdup_printf ("%s-%u", field->name, n);

      if (field->klass != SM_RECORD || (field->flags & SM_FIELD_REQUIRED) == 0)
        continue;
      if (field->kind == SM_KIND_ENUM)
        sm_row_set_text (row, i, field->slugs[0]);
      else if (field->kind == SM_KIND_NAME)
        sm_row_take_text (row, i, sm_name_new (text, NULL));
      else if (field->kind == SM_KIND_TEXT)
        sm_row_set_text (row, i, text);
      else if (field->kind == SM_KIND_REAL)
        sm_row_set_real (row, i, 10);
      else
        sm_row_set_int (row, i, 1 + n); /* another thing's or another person's each */
    }
}

/* Returns: the field that says whose it is; -1: nothing does */
static int
company_field (const SmNoun *noun)
{
  return noun->id == SM_NOUN_WORK_ORDER    ? SM_WORK_ORDER_ORGANISATION_ID
         : noun->id == SM_NOUN_ENGINEER    ? SM_ENGINEER_ORGANISATION_ID
         : noun->id == SM_NOUN_PART        ? SM_PART_ORGANISATION_ID
         : noun->id == SM_NOUN_CERTIFICATE ? SM_CERTIFICATE_ORGANISATION_ID
                                           : -1;
}

static void
set_company (SmRow  *row,
             gint64  company)
{
  int field = company_field (sm_row_get_noun (row));

  if (field < 0)
    return;
  if (company == 0)
    sm_row_set_null (row, (guint) field);
  else
    sm_row_set_int (row, (guint) field, company);
}

static void
set_area (SmRow  *row,
          gint64  area)
{
  if (area == 0)
    sm_row_set_null (row, SM_ROW_AREA_ID);
  else
    sm_row_set_int (row, SM_ROW_AREA_ID, area);
}

/* Writes the thing where it is to be: new, moved, or gone. */
static gpointer
do_put (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Thing *thing = data;
  g_autoptr (SmRow) before = NULL;
  g_autoptr (SmRow) row = NULL;
  gboolean ok;

  if (!sm_rules_begin (rules, error)
      || (thing->id != 0
          && !sm_service_find (sm_rules_get_connection (rules), thing->noun, thing->id, &before,
                               error)))
    return NULL;
  if (thing->is_gone)
    ok = sm_service_db_remove (rules->db, before, sm_rules_machine_now (rules), error);
  else
    {
      row = before != NULL ? sm_row_copy (before) : sm_row_new (thing->noun);
      if (before == NULL)
        fill (row, (guint) (thing - things));
      sm_row_set_int (row, SM_ROW_OPERATOR_ID, 1);
      set_area (row, thing->area);
      set_company (row, thing->company);
      ok = sm_service_db_put (rules->db, row, before, sm_rules_machine_now (rules), error);
      thing->id = sm_row_get_id (row);
    }
  if (ok)
    sm_rules_commit (rules, error);
  return NULL;
}

/* Each has areas that the other has not. */
static void
give_access (Fixture *f,
             Person  *person)
{
  gint64 areas[2] = { 1 + (person->place + person->turn) % 2,
                      3 + (person->place + person->turn) % 2 };
  g_autoptr (SmScope) scope = sm_scope_new (SM_SCOPE_AREAS, areas, 2);
  g_autoptr (SmSession) session = NULL;
  g_autoptr (GError) error = NULL;

  scope->organisation_id = person->company;
  sm_users_set_access (f->rules, f->system, person->name, kinds_of_roles[person->role], scope,
                       &error);
  g_assert_no_error (error);
}

static void
take_actor (Fixture *f,
            Person  *person)
{
  g_autoptr (SmUserRecord) user = sm_access_dup_user (f->rules->access, person->name);

  g_clear_pointer (&person->actor, sm_actor_unref);
  person->actor = sm_access_dup_actor (f->rules->access, user->id);
}

static void
follow_page (Person *person)
{
  for (guint i = 0; i < person->after->changes->len; i++)
    {
      const SmFeedChange *change = person->after->changes->pdata[i];
      char *name = name_of (change->noun, change->id);

      if (change->row != NULL)
        g_hash_table_replace (person->held, name,
                              GINT_TO_POINTER (sm_row_is_null (change->row, SM_ROW_AREA_ID)
                                                   ? 0
                                                   : sm_row_get_int (change->row, SM_ROW_AREA_ID)));
      else
        {
          g_hash_table_remove (person->held, name);
          g_free (name);
        }
    }
}

/* As the application does: page by page, and anew when the cursor is gone. */
static void
catch_up (Fixture *f,
          Person  *person)
{
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (GError) error = NULL;
      SmFeedPage *page = fixture_read (f, person->actor, person->after, 7, &error);

      if (g_error_matches (error, SM_ERROR, SM_ERROR_GONE))
        {
          g_clear_pointer (&person->after, sm_feed_page_free);
          g_hash_table_remove_all (person->held);
          person->reloads++;
          continue;
        }
      g_assert_no_error (error);
      g_clear_pointer (&person->after, sm_feed_page_free);
      person->after = page;
      follow_page (person);
      more = page->more;
    }
}

static gboolean
may_see (const Person *person,
         const Thing  *thing)
{
  if (thing->is_gone || !sm_actor_may (person->actor, sm_noun_read_permission (thing->noun)))
    return FALSE;
  if (person->company != 0 && thing->company != 0 && company_field (thing->noun) >= 0)
    return person->company == thing->company;
  return sm_scope_has (person->actor->scope, 1, thing->area != 0 ? thing->area : SM_UNKNOWN,
                       SM_UNKNOWN);
}

/* What is held is exactly what may be seen now. */
static void
compare (const Person *person)
{
  for (guint i = 0; i < N_THINGS; i++)
    {
      g_autofree char *name = name_of (things[i].noun, things[i].id);
      gboolean holds = g_hash_table_contains (person->held, name);

      if (holds != may_see (person, &things[i]))
        g_error ("%s %s %s of area %" G_GINT64_FORMAT " and company %" G_GINT64_FORMAT,
                 person->name, holds ? "holds" : "lacks", name, things[i].area,
                 things[i].company);
    }
}

static void
change_something (Fixture *f,
                  GRand   *rand,
                  Person  *people)
{
  Thing *thing = &things[g_rand_int_range (rand, 0, N_THINGS)];
  guint dice = (guint) g_rand_int_range (rand, 0, 100);

  if (dice < 2)
    {
      /* Both at once, so that their areas stay disjoint. */
      guint turn = people[0].turn ^ 1;

      for (guint i = 0; i < N_PEOPLE; i++)
        {
          people[i].turn = turn;
          people[i].role = (guint) g_rand_int_range (rand, 0, G_N_ELEMENTS (kinds_of_roles));
          give_access (f, &people[i]);
          take_actor (f, &people[i]);
        }
      return;
    }
  if (thing->is_gone)
    return;
  if (company_field (thing->noun) < 0 || dice % 2 == 0)
    thing->area = g_rand_int_range (rand, 0, N_AREAS + 1);
  if (company_field (thing->noun) >= 0)
    thing->company = g_rand_int_range (rand, 0, N_COMPANIES + 1);
  thing->is_gone = dice == 99 && thing - things >= N_THINGS / 2;
  fixture_write (f, do_put, thing);
}

static void
walk (Fixture *f,
      GRand   *rand,
      Person  *people)
{
  guint n = sm_test_times (MOVES);

  for (guint i = 0; i < n; i++)
    {
      change_something (f, rand, people);
      if (i % LOOK_EVERY != 0 && i + 1 < n)
        continue;
      for (guint p = 0; p < N_PEOPLE; p++)
        {
          catch_up (f, &people[p]);
          compare (&people[p]);
        }
    }
}

static void
test_walk (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261121);
  Person people[N_PEOPLE] = { { .name = "ada" }, { .name = "bo", .place = 1 },
                              { .name = "cy", .company = 1 }, { .name = "di", .company = 2 } };

  for (guint i = 0; i < N_THINGS; i++)
    {
      things[i] = (Thing){ sm_noun_get (kinds[i % G_N_ELEMENTS (kinds)]), 0,
                           g_rand_int_range (rand, 0, N_AREAS + 1), 0, FALSE };
      fixture_write (f, do_put, &things[i]);
    }
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autoptr (GError) error = NULL;

      sm_users_add (f->rules, f->system, people[i].name, NULL, "operator", NULL, NULL, NULL,
                    &error);
      g_assert_no_error (error);
      people[i].held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      give_access (f, &people[i]);
      take_actor (f, &people[i]);
    }
  walk (f, rand, people);
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_assert_cmpuint (people[i].reloads, >, 0); /* access_rev -> 410 -> from the beginning */
      g_clear_pointer (&people[i].after, sm_feed_page_free);
      g_hash_table_unref (people[i].held);
      sm_actor_unref (people[i].actor);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/walk/no-copy-holds-a-foreign-row", test_walk);
  return g_test_run ();
}
