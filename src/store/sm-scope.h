/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SM_SCOPE_ALL,
  SM_SCOPE_OPERATOR, /* one operator, ids[0] */
  SM_SCOPE_AREAS,    /* these areas; those below them are in ids too */
  SM_SCOPE_FLEETS,
} SmScopeKind;

/**
 * SmScope:
 *
 * Which rows somebody may see, by the keys that every row carries.  Immutable;
 * any thread.
 */
typedef struct
{
  SmScopeKind kind;
  guint n_ids;
  gint64 *ids; /* sorted */
} SmScope;

SmScope    *sm_scope_new        (SmScopeKind    kind,
                                 const gint64  *ids,
                                 guint          n_ids);
SmScope    *sm_scope_copy       (const SmScope *self);
void        sm_scope_free       (SmScope       *self);
gboolean    sm_scope_has        (const SmScope *self,
                                 gint64         operator_id,
                                 gint64         area_id,
                                 gint64         fleet_id);
const char *sm_scope_kind_name  (SmScopeKind    kind);
gboolean    sm_scope_kind_parse (const char    *name,
                                 SmScopeKind   *out_kind);

/* As they are stored: "[1,2,3]". */
char       *sm_scope_ids_to_text (const SmScope *self);
SmScope    *sm_scope_from_text   (const char    *kind,
                                  const char    *ids);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmScope, sm_scope_free)

G_END_DECLS
