/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"
#include "sm-row.h"

G_BEGIN_DECLS

/**
 * SmStatement:
 *
 * A prepared statement, borrowed from the connection's cache.  Parameters and
 * columns count from 0.  Give it back with sm_statement_reset(), which the
 * automatic cleanup does: from then on it must not be used.
 */
void        sm_statement_bind_int  (SmStatement  *self,
                                    int           index,
                                    gint64        value);
void        sm_statement_bind_ints (SmStatement  *self,
                                    const gint64 *values,
                                    guint         n);
void        sm_statement_bind_real (SmStatement  *self,
                                    int           index,
                                    double        value);
void        sm_statement_bind_text (SmStatement  *self,
                                    int           index,
                                    const char   *value);
void        sm_statement_bind_blob (SmStatement  *self,
                                    int           index,
                                    gconstpointer data,
                                    gsize         length);
void        sm_statement_bind_null (SmStatement  *self,
                                    int           index);
void        sm_statement_bind_field (SmStatement *self,
                                    int           index,
                                    const SmRow  *row,
                                    guint         field);

gboolean    sm_statement_step      (SmStatement  *self,
                                    gboolean     *out_has_row,
                                    GError      **error);
gboolean    sm_statement_run       (SmStatement  *self,
                                    GError      **error);

gboolean    sm_statement_is_null   (SmStatement  *self,
                                    int           index);
gint64      sm_statement_get_int   (SmStatement  *self,
                                    int           index);
double      sm_statement_get_real  (SmStatement  *self,
                                    int           index);
const char *sm_statement_get_text  (SmStatement  *self,
                                    int           index);
gconstpointer sm_statement_get_blob (SmStatement *self,
                                    int           index,
                                    gsize        *out_length);
void        sm_statement_get_field (SmStatement  *self,
                                    int           index,
                                    SmRow        *row,
                                    guint         field);
void        sm_statement_reset     (SmStatement  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmStatement, sm_statement_reset)

G_END_DECLS
