/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-noun.h"

G_BEGIN_DECLS

/**
 * SmRow:
 *
 * The values of one thing's fields, in the order of its noun's field table.
 * Filled by whoever makes it, unchanged from then on: to change one, copy it.
 * Reference counted; any thread.
 */
typedef struct _SmRow SmRow;

SmRow        *sm_row_new       (const SmNoun *noun);
SmRow        *sm_row_copy      (const SmRow  *self);
SmRow        *sm_row_ref       (SmRow        *self);
void          sm_row_unref     (SmRow        *self);

const SmNoun *sm_row_get_noun  (const SmRow  *self);
gboolean      sm_row_is_null   (const SmRow  *self,
                                guint         field);
gint64        sm_row_get_int   (const SmRow  *self,
                                guint         field);
double        sm_row_get_real  (const SmRow  *self,
                                guint         field);
const char   *sm_row_get_text  (const SmRow  *self,
                                guint         field);
guint         sm_row_get_enum  (const SmRow  *self,
                                guint         field);
char         *sm_row_dup_name  (const SmRow  *self,
                                guint         field,
                                const char   *language);

void          sm_row_set_null  (SmRow        *self,
                                guint         field);
void          sm_row_set_int   (SmRow        *self,
                                guint         field,
                                gint64        value);
void          sm_row_set_real  (SmRow        *self,
                                guint         field,
                                double        value);
void          sm_row_set_text  (SmRow        *self,
                                guint         field,
                                const char   *value);
void          sm_row_take_text (SmRow        *self,
                                guint         field,
                                char         *value);
void          sm_row_copy_field (SmRow       *self,
                                 const SmRow *from,
                                 guint        field);
void          sm_row_copy_class (SmRow       *self,
                                 const SmRow *from,
                                 SmClass      klass);
gboolean      sm_row_equal_field (const SmRow *a,
                                  const SmRow *b,
                                  guint        field);
gboolean      sm_row_equal     (const SmRow  *a,
                                const SmRow  *b);

static inline gint64
sm_row_get_id (const SmRow *self)
{
  return sm_row_get_int (self, SM_ROW_ID);
}

char         *sm_name_pick     (const char   *names,
                                const char   *language);
char         *sm_name_find     (const char   *names,
                                const char   *language);
char         *sm_name_put      (const char   *names,
                                const char   *language,
                                const char   *name);
char         *sm_name_new      (const char   *en,
                                const char   *zh_cn);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmRow, sm_row_unref)

G_END_DECLS
