/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-networks.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#define SERVER "http://[::1]:8080"

typedef struct
{
  char *dir;
  char *path;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->dir = g_dir_make_tmp ("sm-networks-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->dir, "networks.ini", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_unlink (fixture->path);
  g_rmdir (fixture->dir);
  g_free (fixture->path);
  g_free (fixture->dir);
}

static void
note (Fixture    *fixture,
      const char *server,
      const char *epoch)
{
  g_autoptr (GError) error = NULL;

  sm_networks_note (fixture->path, server, epoch, &error);
  g_assert_no_error (error);
}

#define assert_finds(fixture, server, expected)                               \
  G_STMT_START                                                                \
  {                                                                           \
    g_autofree char *found_ = sm_networks_find ((fixture)->path, server);     \
    g_assert_cmpstr (found_, ==, expected);                                   \
  }                                                                           \
  G_STMT_END

static void
test_address (Fixture       *fixture,
              gconstpointer  data)
{
  assert_finds (fixture, SERVER, NULL);
  note (fixture, SERVER, "[one]\n=;");
  assert_finds (fixture, SERVER, "[one]\n=;");
  /* Another one took its address. */
  note (fixture, SERVER, "two");
  assert_finds (fixture, SERVER, "two");
  /* It moved. */
  note (fixture, "http://127.0.0.1:1", "two");
  assert_finds (fixture, "http://127.0.0.1:1", "two");
  assert_finds (fixture, SERVER, "[one]\n=;");
}

static void
test_person (Fixture       *fixture,
             gconstpointer  data)
{
  char *permissions[] = { (char *) "a;b", (char *) "alarm.acknowledge", NULL };
  const SmPerson ann = { 7, (char *) "ann", (char *) "安 [A]", NULL, permissions, 3 };
  g_autoptr (SmPerson) back = NULL;
  struct stat status;

  note (fixture, SERVER, "one");
  g_assert_null (sm_networks_dup_person (fixture->path, "one"));
  g_assert_true (sm_networks_set_person (fixture->path, "one", &ann, NULL));
  back = sm_networks_dup_person (fixture->path, "one");
  g_assert_cmpint (back->id, ==, 7);
  g_assert_cmpstr (back->name, ==, "ann");
  g_assert_cmpstr (back->display_name, ==, "安 [A]");
  g_assert_null (back->role);
  g_assert_cmpstrv (back->permissions, permissions);
  g_assert_cmpint (back->access_rev, ==, 3);
  g_assert_null (sm_networks_dup_person (fixture->path, "two"));
  /* Nobody else's to read. */
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_true (sm_networks_set_person (fixture->path, "one", NULL, NULL));
  g_assert_null (sm_networks_dup_person (fixture->path, "one"));
  assert_finds (fixture, SERVER, "one");
}

/* A damaged file knows nothing, and is written anew. */
static void
test_damaged (Fixture       *fixture,
              gconstpointer  data)
{
  static const char *const texts[] = { "", "[", "epoch=one", "\xff\xfe", "[x]\nused=a\nepoch" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_true (g_file_set_contents (fixture->path, texts[i], -1, NULL));
      assert_finds (fixture, SERVER, NULL);
      g_assert_null (sm_networks_dup_person (fixture->path, "one"));
      note (fixture, SERVER, "one");
      assert_finds (fixture, SERVER, "one");
    }
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/store/networks/known-by-epoch-not-by-address", test_address);
  ADD ("/store/networks/remembers-who-was-signed-in", test_person);
  ADD ("/store/networks/damaged-knows-nothing", test_damaged);
  return g_test_run ();
}
