/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-error.h"
#include "sm-photo-file.h"
#include "sm-sync-photos.h"
#include "sm-test-folder.h"
#include "sm-work-order-photo.h"

#include <glib/gstdio.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <utime.h>

#define PHOTO_BYTES 1000

/* Begins as a PNG does, and is another one for each @which. */
static GBytes *
make_photo (char which)
{
  static const char magic[] = { '\x89', 'P', 'N', 'G', '\r', '\n', '\x1a', '\n' };
  g_autofree char *data = g_malloc0 (PHOTO_BYTES);

  memcpy (data, magic, sizeof magic);
  data[sizeof magic] = which;
  return g_bytes_new (data, PHOTO_BYTES);
}

static char *
keep (const char *folder,
      char        which,
      gint64      most)
{
  g_autoptr (GBytes) photo = make_photo (which);
  g_autoptr (GError) error = NULL;
  char *sum = sm_photo_file_sum (photo);

  g_assert_true (sm_sync_photos_keep (folder, sum, photo, most, &error));
  g_assert_no_error (error);
  return sum;
}

static void
look_at (const char *folder,
         const char *sum,
         gint64      when)
{
  g_autofree char *path = g_build_filename (folder, sum, NULL);
  struct utimbuf times = { when, when };

  g_assert_true (sm_sync_photos_find (folder, sum));
  g_assert_cmpint (g_utime (path, &times), ==, 0);
}

/* What was not looked at for longest goes first, and never the one that is asked for. */
static void
test_bounded (void)
{
  g_autofree char *dir = g_dir_make_tmp ("sm-photos-XXXXXX", NULL);
  g_autofree char *folder = g_build_filename (dir, "photos", NULL);
  g_autofree char *first = keep (folder, 'a', 2 * PHOTO_BYTES);
  g_autofree char *second = keep (folder, 'b', 2 * PHOTO_BYTES);
  g_autofree char *third = NULL;
  g_autofree char *fourth = NULL;

  look_at (folder, first, 2000);
  look_at (folder, second, 1000);
  third = keep (folder, 'c', 2 * PHOTO_BYTES);
  g_assert_false (sm_sync_photos_find (folder, second));
  g_assert_true (sm_sync_photos_find (folder, first));
  fourth = keep (folder, 'd', PHOTO_BYTES / 2);
  g_assert_true (sm_sync_photos_find (folder, fourth));
  g_assert_false (sm_sync_photos_find (folder, first));
  g_assert_false (sm_sync_photos_find (folder, third));
  sm_test_remove_tree (dir);
}

/* What is not what was asked for is not kept. */
static void
test_another (void)
{
  g_autofree char *dir = g_dir_make_tmp ("sm-photos-XXXXXX", NULL);
  g_autoptr (GBytes) photo = make_photo ('a');
  g_autoptr (GBytes) other = make_photo ('b');
  g_autoptr (GBytes) text = g_bytes_new_static ("<html>", 6);
  g_autofree char *sum = sm_photo_file_sum (other);
  g_autofree char *sum_of_text = sm_photo_file_sum (text);
  g_autoptr (GError) error = NULL;

  g_assert_false (sm_sync_photos_keep (dir, sum, photo, 1 << 20, &error));
  g_assert_error (error, SM_ERROR, SM_ERROR_PROTOCOL);
  g_clear_error (&error);
  g_assert_false (sm_sync_photos_keep (dir, sum_of_text, text, 1 << 20, &error));
  g_assert_error (error, SM_ERROR, SM_ERROR_PROTOCOL);
  g_assert_false (sm_sync_photos_find (dir, sum));
  sm_test_remove_tree (dir);
}

/* A file that is none, is too large or is not there is refused before it is sent. */
static void
test_chosen (void)
{
  g_autofree char *dir = g_dir_make_tmp ("sm-photos-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "chosen", NULL);
  g_autoptr (GBytes) photo = make_photo ('a');
  g_autoptr (GBytes) read = NULL;
  g_autoptr (GError) error = NULL;
  const char *type = NULL;
  int file;

  g_assert_null (sm_sync_photos_read (path, &type, &error));
  g_assert_error (error, SM_ERROR, SM_ERROR_IO);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (path, "text", -1, NULL));
  g_assert_null (sm_sync_photos_read (path, &type, &error));
  g_assert_error (error, SM_ERROR, SM_ERROR_INVALID);
  g_clear_error (&error);
  file = g_open (path, O_WRONLY, 0);
  g_assert_cmpint (ftruncate (file, SM_WORK_ORDER_PHOTO_MAX_BYTES + 1), ==, 0);
  g_assert_true (g_close (file, NULL));
  g_assert_null (sm_sync_photos_read (path, &type, &error));
  g_assert_error (error, SM_ERROR, SM_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (photo, NULL), PHOTO_BYTES, NULL));
  read = sm_sync_photos_read (path, &type, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (read, photo));
  g_assert_cmpstr (type, ==, "image/png");
  sm_test_remove_tree (dir);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/photos/bounded", test_bounded);
  g_test_add_func ("/sync/photos/another", test_another);
  g_test_add_func ("/sync/photos/chosen", test_chosen);
  return g_test_run ();
}
