/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"
#include "sm-row.h"
#include "sm-statement.h"

G_BEGIN_DECLS

/**
 * Tables of rows: `<noun>` holds a noun's record fields, `<noun>_live` its id
 * and live fields, each column called as its field.  The statements are made
 * from the field tables, so a new field needs no new SQL but its migration.
 */

gboolean   sm_record_put      (SmConnection  *connection,
                               const SmRow   *row,
                               SmClass        klass,
                               GError       **error);
gboolean   sm_record_delete   (SmConnection  *connection,
                               const SmNoun  *noun,
                               SmClass        klass,
                               gint64         id,
                               GError       **error);

char      *sm_record_columns  (const SmNoun  *noun,
                               SmClass        klass,
                               const char    *prefix);
void       sm_record_read     (SmStatement   *statement,
                               int           *index,
                               SmRow         *row,
                               SmClass        klass);
GPtrArray *sm_record_select   (SmConnection  *connection,
                               const SmNoun  *noun,
                               gboolean       with_live,
                               const char    *tail,
                               gint64         param,
                               GError       **error);
GPtrArray *sm_record_select_text (SmConnection  *connection,
                                  const SmNoun  *noun,
                                  gboolean       with_live,
                                  const char    *tail,
                                  const char    *param,
                                  GError       **error);

/** SmRecordBind: Gives a statement its parameters. */
typedef void (*SmRecordBind) (SmStatement *statement,
                              gpointer     user_data);

GPtrArray *sm_record_select_bound (SmConnection  *connection,
                                   const SmNoun  *noun,
                                   const char    *tail,
                                   SmRecordBind   bind,
                                   gpointer       user_data,
                                   GError       **error);

gboolean   sm_noun_has_live   (const SmNoun  *noun);

gint64     sm_record_last_id (SmConnection  *connection,
                             const SmNoun  *noun,
                             GError       **error);

G_END_DECLS
