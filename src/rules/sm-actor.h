/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-noun.h"
#include "sm-scope.h"

G_BEGIN_DECLS

typedef enum
{
  SM_ACTOR_PERSON,
  SM_ACTOR_DEVICE, /* a gateway that reports for vehicles or stations */
  SM_ACTOR_SYSTEM, /* this program itself: timers, the simulator, the command line */
} SmActorKind;

/**
 * SmActor:
 *
 * Who does something: every verb is handed one.  Immutable, reference
 * counted; any thread.
 */
typedef struct
{
  gatomicrefcount ref_count;
  SmActorKind kind;
  gint64 id;          /* 0 for the system */
  char *name;         /* what signs in and what stands in the audit */
  char *display_name;
  char *role;
  char *address;      /* (nullable): where the request came from */
  SmScope *scope;
  gint64 access_rev;  /* grows when role or scope change */
} SmActor;

SmActor            *sm_actor_new             (SmActorKind    kind,
                                              gint64         id,
                                              const char    *name,
                                              const char    *display_name,
                                              const char    *role,
                                              SmScope       *scope,
                                              gint64         access_rev);
SmActor            *sm_actor_new_system      (const char    *name);
SmActor            *sm_actor_with_address    (const SmActor *self,
                                              const char    *address);
SmActor            *sm_actor_ref             (SmActor       *self);
void                sm_actor_unref           (SmActor       *self);

gboolean            sm_actor_may             (const SmActor *self,
                                              const char    *permission);
gboolean            sm_actor_require         (const SmActor *self,
                                              const char    *permission,
                                              GError       **error);
const char *const  *sm_actor_get_permissions (const SmActor *self);

const char *const  *sm_role_names            (void);
const char *const  *sm_role_get_permissions  (const char    *role);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmActor, sm_actor_unref)

G_END_DECLS
