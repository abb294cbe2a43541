/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-test-folder.h"

#include <glib/gstdio.h>

/** sm_test_remove_tree: Removes a test's folder with all that is in it; what cannot go stays. */
void
sm_test_remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      sm_test_remove_tree (child);
    }
  g_remove (path);
}
