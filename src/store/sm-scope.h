/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"

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
 * Which rows somebody may see, by the keys that every row carries.  Who is of a
 * company sees of work and of people what is the company's, wherever it is, and
 * what is nobody's where they may see it; never what is another company's.
 * Immutable; any thread.
 */
typedef struct
{
  SmScopeKind kind;
  guint n_ids;
  gint64 *ids;            /* sorted */
  gint64 organisation_id; /* the company; 0: of none */
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
gboolean    sm_scope_has_row    (const SmScope *self,
                                 const SmRow   *row);
gboolean    sm_scope_has_company (const SmScope *self,
                                 gint64         operator_id,
                                 gint64         area_id,
                                 gint64         fleet_id,
                                 gint64         organisation_id);
int         sm_scope_company_field (const SmNoun *noun);
const char *sm_scope_kind_name  (SmScopeKind    kind);
gboolean    sm_scope_kind_parse (const char    *name,
                                 SmScopeKind   *out_kind);

/* As they are stored: "[1,2,3]". */
char       *sm_scope_ids_to_text (const SmScope *self);
char       *sm_scope_to_parameter (const SmScope *self);
SmScope    *sm_scope_from_text   (const char    *kind,
                                  const char    *ids);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmScope, sm_scope_free)

G_END_DECLS
