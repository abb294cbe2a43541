/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How a part of a whole is drawn.  Normal states are greys: only what is
 * abnormal gets a colour. */
typedef enum
{
  SM_TONE_STRONG,
  SM_TONE_NORMAL,
  SM_TONE_DIM,
  SM_TONE_FAINT,
  SM_TONE_HOLLOW, /* nothing is known of it */
  SM_TONE_LEVEL_1,
  SM_TONE_LEVEL_2,
  SM_TONE_LEVEL_3,
} SmTone;

/** SmStatePart: one part of a whole: what it is called and how many there are. */
typedef struct
{
  const char *label; /* borrowed for the call */
  gint64 count;
  SmTone tone;
  const char *link; /* (nullable): to the rows that are counted; borrowed too */
} SmStatePart;

/**
 * SmStateBar:
 *
 * A whole and its parts as one bar.  The total is the sum of the parts: there
 * is no other way to set it, so a bar cannot contradict itself.  A part with a
 * link opens it when it is clicked, by the action page.open.
 */
#define SM_TYPE_STATE_BAR (sm_state_bar_get_type ())
G_DECLARE_FINAL_TYPE (SmStateBar, sm_state_bar, SM, STATE_BAR, GtkWidget)

GtkWidget  *sm_state_bar_new       (void);
void        sm_state_bar_set_parts (SmStateBar        *self,
                                    const SmStatePart *parts,
                                    guint              n_parts);
gint64      sm_state_bar_get_total (SmStateBar        *self);
const char *sm_state_bar_get_words (SmStateBar        *self);
void        sm_state_bar_layout    (const gint64      *counts,
                                    guint              n,
                                    int                width,
                                    int               *out_widths);
void        sm_tone_lookup         (GtkWidget         *widget,
                                    SmTone             tone,
                                    GdkRGBA           *out_color);

G_END_DECLS
