/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-tell-settings.h"

G_BEGIN_DECLS

/* How the file of sm_tell_settings_parse() is read, group by group. */

/** SmTellParser: the file, and what was read of it by now. */
typedef struct
{
  GKeyFile *file;
  const char *folder;
  SmTellSettings *settings;
  gboolean outside; /* others than this machine are spoken to */
  gboolean plain;   /* and without encryption */
} SmTellParser;

gboolean sm_tell_refuse         (GError            **error,
                                 const char         *group,
                                 const char         *key,
                                 const char         *why);
gboolean sm_tell_check_keys     (SmTellParser       *parser,
                                 const char         *group,
                                 const char *const  *known,
                                 GError            **error);
gboolean sm_tell_check_template (GError            **error,
                                 const char         *group,
                                 const char         *key,
                                 const char         *text,
                                 const char *const  *fields);
char    *sm_tell_dup_text       (SmTellParser       *parser,
                                 const char         *group,
                                 const char         *key);
gboolean sm_tell_get_number     (SmTellParser       *parser,
                                 const char         *group,
                                 const char         *key,
                                 gint64              least,
                                 gint64              most,
                                 gint64             *number,
                                 GError            **error);
gboolean sm_tell_get_switch     (SmTellParser       *parser,
                                 const char         *group,
                                 const char         *key,
                                 gboolean           *is,
                                 GError            **error);
gboolean sm_tell_get_language   (SmTellParser       *parser,
                                 const char         *group,
                                 SmTellLanguage     *language,
                                 GError            **error);

gboolean sm_tell_parse_channel  (SmTellParser       *parser,
                                 const char         *group,
                                 const char         *name,
                                 GError            **error);
gboolean sm_tell_parse_rule     (SmTellParser       *parser,
                                 const char         *group,
                                 const char         *name,
                                 GError            **error);

G_END_DECLS
