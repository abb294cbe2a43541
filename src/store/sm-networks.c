/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-store"
#include "config.h"

#include "sm-networks.h"

#include "sm-cache-files.h"
#include "sm-error.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define NAME_LENGTH 16
#define MAX_REMEMBERED 32

/* Of a network, in its group of the file. */
#define KEY_EPOCH "epoch"
#define KEY_SERVER "server"
#define KEY_USED "used" /* larger is later; a count, because clocks go wrong */
#define KEY_PERSON "person"
#define KEY_NAME "name"
#define KEY_DISPLAY_NAME "display-name"
#define KEY_ROLE "role"
#define KEY_PERMISSIONS "permissions"
#define KEY_ACCESS_REV "access-rev"

/* What the service says may hold anything: a name for a folder and a group. */
static char *
make_name (const char *epoch)
{
  char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, epoch, -1);

  name[NAME_LENGTH] = '\0';
  return name;
}

static gboolean
is_name (const char *text)
{
  return strlen (text) == NAME_LENGTH && strspn (text, "0123456789abcdef") == NAME_LENGTH;
}

static GKeyFile *
load (const char *path)
{
  GKeyFile *file = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &error)
      && !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    g_message ("%s: %s", path, error->message);
  return file;
}

static gboolean
save (GKeyFile    *file,
      const char  *path,
      GError     **error)
{
  g_autofree char *dir = g_path_get_dirname (path);
  g_autofree char *text = NULL;
  g_autoptr (GError) cause = NULL;
  gsize length;

  text = g_key_file_to_data (file, &length, NULL);
  if (g_mkdir_with_parents (dir, 0700) != 0)
    sm_set_error (error, SM_ERROR_IO, "outbox-not-writable", "%s: %s", dir, g_strerror (errno));
  else if (!g_file_set_contents_full (path, text, (gssize) length,
                                      G_FILE_SET_CONTENTS_CONSISTENT, 0600, &cause))
    sm_set_error (error, SM_ERROR_IO, "outbox-not-writable", "%s", cause->message);
  else
    return TRUE;
  return FALSE;
}

static gint64
get_used (GKeyFile   *file,
          const char *name)
{
  return g_key_file_get_int64 (file, name, KEY_USED, NULL);
}

/** sm_networks_find: Returns: (transfer full) (nullable): whose address @server was last */
char *
sm_networks_find (const char *path,
                  const char *server)
{
  g_autoptr (GKeyFile) file = load (path);
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);
  char *epoch = NULL;
  gint64 newest = G_MININT64;

  for (gsize i = 0; groups[i] != NULL; i++)
    {
      g_autofree char *known = g_key_file_get_string (file, groups[i], KEY_SERVER, NULL);

      if (g_strcmp0 (known, server) != 0 || get_used (file, groups[i]) < newest)
        continue;
      newest = get_used (file, groups[i]);
      g_free (epoch);
      epoch = g_key_file_get_string (file, groups[i], KEY_EPOCH, NULL);
    }
  return epoch;
}

/** sm_networks_note: This network was reached at this address now. */
gboolean
sm_networks_note (const char  *path,
                  const char  *server,
                  const char  *epoch,
                  GError     **error)
{
  g_autoptr (GKeyFile) file = load (path);
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);
  g_autofree char *name = make_name (epoch);
  gint64 used = 0;

  for (gsize i = 0; groups[i] != NULL; i++)
    used = MAX (used, get_used (file, groups[i]));
  for (gsize i = 0; groups[i] != NULL; i++)
    if (get_used (file, groups[i]) <= used - MAX_REMEMBERED)
      g_key_file_remove_group (file, groups[i], NULL);
  g_key_file_set_string (file, name, KEY_EPOCH, epoch);
  g_key_file_set_string (file, name, KEY_SERVER, server);
  g_key_file_set_int64 (file, name, KEY_USED, used + 1);
  return save (file, path, error);
}

/** sm_networks_dup_person: Returns: (transfer full) (nullable): who was signed in last */
SmPerson *
sm_networks_dup_person (const char *path,
                        const char *epoch)
{
  g_autoptr (GKeyFile) file = load (path);
  g_autofree char *name = make_name (epoch);
  g_autoptr (SmPerson) person = g_new0 (SmPerson, 1);

  person->name = g_key_file_get_string (file, name, KEY_NAME, NULL);
  if (person->name == NULL)
    return NULL;
  person->id = g_key_file_get_int64 (file, name, KEY_PERSON, NULL);
  person->access_rev = g_key_file_get_int64 (file, name, KEY_ACCESS_REV, NULL);
  person->display_name = g_key_file_get_string (file, name, KEY_DISPLAY_NAME, NULL);
  person->role = g_key_file_get_string (file, name, KEY_ROLE, NULL);
  person->permissions = g_key_file_get_string_list (file, name, KEY_PERMISSIONS, NULL, NULL);
  if (person->display_name == NULL)
    person->display_name = g_strdup (person->name);
  return g_steal_pointer (&person);
}

static void
put_person (GKeyFile       *file,
            const char     *name,
            const SmPerson *person)
{
  g_key_file_set_int64 (file, name, KEY_PERSON, person->id);
  g_key_file_set_int64 (file, name, KEY_ACCESS_REV, person->access_rev);
  g_key_file_set_string (file, name, KEY_NAME, person->name);
  g_key_file_set_string (file, name, KEY_DISPLAY_NAME, person->display_name);
  if (person->role != NULL)
    g_key_file_set_string (file, name, KEY_ROLE, person->role);
  if (person->permissions != NULL)
    g_key_file_set_string_list (file, name, KEY_PERMISSIONS,
                                (const char *const *) person->permissions,
                                g_strv_length (person->permissions));
}

/** sm_networks_set_person: Who is signed in; @person: (nullable): nobody, they signed out. */
gboolean
sm_networks_set_person (const char      *path,
                        const char      *epoch,
                        const SmPerson  *person,
                        GError         **error)
{
  static const char *const keys[] = { KEY_PERSON, KEY_ACCESS_REV, KEY_NAME, KEY_DISPLAY_NAME,
                                      KEY_ROLE, KEY_PERMISSIONS };
  g_autoptr (GKeyFile) file = load (path);
  g_autofree char *name = make_name (epoch);

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    g_key_file_remove_key (file, name, keys[i], NULL);
  if (person != NULL)
    put_person (file, name, person);
  return save (file, path, error);
}

/** sm_networks_make_dir: Returns: (transfer full): where the cache of a network is kept */
char *
sm_networks_make_dir (const char *cache_dir,
                      const char *epoch)
{
  g_autofree char *name = make_name (epoch);

  return g_build_filename (cache_dir, name, NULL);
}

typedef struct
{
  char *name;
  gint64 used;
} Folder;

static void
folder_free (gpointer data)
{
  Folder *folder = data;

  g_free (folder->name);
  g_free (folder);
}

static int
compare_latest_first (gconstpointer a,
                      gconstpointer b)
{
  const Folder *x = *(const Folder *const *) a, *y = *(const Folder *const *) b;

  return (x->used < y->used) - (x->used > y->used);
}

/** sm_networks_prune: Removes the caches that were not used for longest, unless they are in use. */
void
sm_networks_prune (const char *path,
                   const char *cache_dir)
{
  g_autoptr (GKeyFile) file = load (path);
  g_autoptr (GPtrArray) folders = g_ptr_array_new_with_free_func (folder_free);
  g_autoptr (GDir) dir = g_dir_open (cache_dir, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      Folder *folder;

      if (!is_name (name))
        continue;
      folder = g_new0 (Folder, 1);
      *folder = (Folder){ g_strdup (name), get_used (file, name) };
      g_ptr_array_add (folders, folder);
    }
  g_ptr_array_sort (folders, compare_latest_first);
  for (guint i = SM_NETWORKS_MAX; i < folders->len; i++)
    {
      const Folder *folder = g_ptr_array_index (folders, i);
      g_autofree char *old = g_build_filename (cache_dir, folder->name, NULL);

      sm_cache_files_remove_all (old);
    }
}
