/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Texts with {fields}: what a message says, and what a gateway wants to be sent. */

/** SmTellEscape: where a text goes that is filled in. */
typedef enum
{
  SM_TELL_PLAIN,
  SM_TELL_JSON, /* inside a string of JSON */
  SM_TELL_FORM, /* a part of a form or an address: percent-encoded */
} SmTellEscape;

/** SmTellValue: what stands for {name}. */
typedef struct
{
  const char *name;
  const char *value; /* (nullable): nothing is known */
} SmTellValue;

gboolean sm_tell_template_check (const char         *text,
                                 const char *const  *fields,
                                 char              **out_unknown);
char    *sm_tell_template_fill  (const char         *text,
                                 const SmTellValue  *values,
                                 gsize               n_values,
                                 SmTellEscape        escape);
char    *sm_tell_cut            (const char         *text,
                                 gsize               max_chars);
char    *sm_tell_mask           (const char         *address);

G_END_DECLS
