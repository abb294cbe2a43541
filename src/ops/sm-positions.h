/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sm-item.h"
#include "sm-link.h"

G_BEGIN_DECLS

/**
 * SmPositions:
 *
 * What a positional list model is made of: the ids in the order that is shown,
 * and items for those that somebody holds.  The owner, a GListModel, says which
 * ids there are and what a row has; this announces only the stretch of
 * positions that changed, at most once a second and never while it is held.
 */
typedef struct _SmPositions SmPositions;

typedef struct
{
  /* Appends the ids (gint64) that are to be shown, in their order. */
  void (*fill) (gpointer owner, GArray *ids);
  /* Returns: (transfer full): what is known of @id now */
  SmRow *(*make_row) (gpointer owner, gint64 id);
} SmPositionsFuncs;

SmPositions *sm_positions_new      (gpointer                owner,
                                    const SmPositionsFuncs *funcs);
void         sm_positions_free     (SmPositions            *self);
void         sm_positions_model_init
                                   (GListModelInterface    *iface);
guint        sm_positions_get_n    (SmPositions            *self);
gpointer     sm_positions_get_item (SmPositions            *self,
                                    guint                   position);
gint64       sm_positions_get_id   (SmPositions            *self,
                                    guint                   position);
gboolean     sm_positions_find     (SmPositions            *self,
                                    gint64                  id,
                                    guint                  *out_position);
void         sm_positions_touch    (SmPositions            *self);
void         sm_positions_stale    (SmPositions            *self);
void         sm_positions_refresh  (SmPositions            *self);
void         sm_positions_set_held (SmPositions            *self,
                                    gboolean                held);

/* Filters by links. */
typedef gboolean (*SmQueryFunc) (const char *key, const char *value, gpointer user_data);

gboolean     sm_query_read         (const SmLink           *link,
                                    SmQueryFunc             func,
                                    gpointer                user_data,
                                    GError                **error);
gboolean     sm_query_mask         (const char             *value,
                                    const char *const      *slugs,
                                    guint                  *out_mask);
gboolean     sm_query_id           (const char             *value,
                                    gint64                 *out_id);
gboolean     sm_query_text         (const char             *value,
                                    char                  **out_text);
gboolean     sm_mask_has           (guint                   mask,
                                    guint                   value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmPositions, sm_positions_free)

G_END_DECLS
