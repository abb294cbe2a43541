/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* At most: one bit each in a byte, and one to begin anew. */
#define SM_SAMPLE_CHANNELS 7
#define SM_SAMPLE_UNKNOWN G_MININT32

/** SmSample: what some quantities were at one moment, as whole numbers. */
typedef struct
{
  gint64 at_s; /* since the epoch */
  gint32 values[SM_SAMPLE_CHANNELS];
  gboolean is_late; /* later ones were known before it; it begins anew */
} SmSample;

void     sm_samples_append (GByteArray     *packed,
                            const SmSample *sample,
                            const SmSample *before);
gboolean sm_samples_read   (const guint8   *packed,
                            gsize           length,
                            GArray         *samples);

void     sm_packed_put     (GByteArray     *packed,
                            gint64          value);
gboolean sm_packed_get     (const guint8  **inout_at,
                            const guint8   *end,
                            gint64         *out_value);

G_END_DECLS
