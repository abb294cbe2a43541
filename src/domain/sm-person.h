/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * SmPerson:
 *
 * Who is signed in, and what they may do, as the service says it.
 */
typedef struct
{
  gint64 id;
  char *name;
  char *display_name;
  char *role;
  GStrv permissions; /* as "alarm.acknowledge" */
  gint64 access_rev; /* rises when role or scope change */
} SmPerson;

SmPerson *sm_person_copy (const SmPerson *self);
void      sm_person_free (SmPerson       *self);
gboolean  sm_person_may  (const SmPerson *self,
                          const char     *permission);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmPerson, sm_person_free)

G_END_DECLS
