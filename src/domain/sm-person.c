/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-person.h"

SmPerson *
sm_person_copy (const SmPerson *self)
{
  SmPerson *copy = g_new0 (SmPerson, 1);

  copy->id = self->id;
  copy->name = g_strdup (self->name);
  copy->display_name = g_strdup (self->display_name);
  copy->role = g_strdup (self->role);
  copy->permissions = g_strdupv (self->permissions);
  copy->access_rev = self->access_rev;
  return copy;
}

void
sm_person_free (SmPerson *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->name);
  g_free (self->display_name);
  g_free (self->role);
  g_strfreev (self->permissions);
  g_free (self);
}

/** sm_person_may: @self: (nullable): nobody may do anything */
gboolean
sm_person_may (const SmPerson *self,
               const char     *permission)
{
  return self != NULL && self->permissions != NULL
         && g_strv_contains ((const char *const *) self->permissions, permission);
}
