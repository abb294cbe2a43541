/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-drill.h"

#include <glib/gi18n-lib.h>

static const char *drill; /* interned: who asks may keep it while another is set */

/** sm_drill_set: @title: (nullable): what the drill is called; NULL: there is none */
void
sm_drill_set (const char *title)
{
  g_atomic_pointer_set (&drill, title != NULL ? g_intern_string (title) : NULL);
}

/** sm_drill_get_title: Returns: (nullable): what the drill is called, in whatever languages */
const char *
sm_drill_get_title (void)
{
  return g_atomic_pointer_get (&drill);
}

gboolean
sm_drill_is_on (void)
{
  return sm_drill_get_title () != NULL;
}

/** sm_drill_mark: Returns: the word that marks a drill, in the language of the interface */
const char *
sm_drill_mark (void)
{
  /* Translators: the mark of everything in a drill, as large as it can be */
  return C_ ("mark", "DRILL");
}

/** sm_drill_dup_file_name: Returns: (transfer full): @name for a file, marked while there is a drill, once */
char *
sm_drill_dup_file_name (const char *name)
{
  g_autofree char *prefix = g_strconcat (sm_drill_mark (), "-", NULL);

  return sm_drill_is_on () && !g_str_has_prefix (name, prefix) ? g_strconcat (prefix, name, NULL)
                                                               : g_strdup (name);
}
