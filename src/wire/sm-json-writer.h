/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SmJsonWriter:
 *
 * Writes one JSON document into a string.  Commas come by themselves.  Whatever
 * it is given, the result is valid: text is made valid UTF-8, numbers that JSON
 * does not have become null.  One thread at a time, any thread.
 */
typedef struct _SmJsonWriter SmJsonWriter;

SmJsonWriter *sm_json_writer_new          (void);
void          sm_json_writer_free         (SmJsonWriter *self);

void          sm_json_writer_begin_object (SmJsonWriter *self);
void          sm_json_writer_end_object   (SmJsonWriter *self);
void          sm_json_writer_begin_array  (SmJsonWriter *self);
void          sm_json_writer_end_array    (SmJsonWriter *self);
void          sm_json_writer_name         (SmJsonWriter *self,
                                           const char   *name);
void          sm_json_writer_null         (SmJsonWriter *self);
void          sm_json_writer_bool         (SmJsonWriter *self,
                                           gboolean      value);
void          sm_json_writer_int          (SmJsonWriter *self,
                                           gint64        value);
void          sm_json_writer_real         (SmJsonWriter *self,
                                           double        value);
void          sm_json_writer_float        (SmJsonWriter *self,
                                           float         value);
void          sm_json_writer_text         (SmJsonWriter *self,
                                           const char   *value);
void          sm_json_writer_time         (SmJsonWriter *self,
                                           gint64        time_us);
void          sm_json_writer_raw          (SmJsonWriter *self,
                                           const char   *json,
                                           gssize        length);

gsize         sm_json_writer_get_length   (SmJsonWriter *self);
char         *sm_json_writer_end          (SmJsonWriter *self);
GBytes       *sm_json_writer_end_bytes    (SmJsonWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmJsonWriter, sm_json_writer_free)

G_END_DECLS
