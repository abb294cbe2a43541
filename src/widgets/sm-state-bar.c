/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-state-bar.h"

#include "sm-style.h"
#include "sm-text.h"

#include <glib/gi18n-lib.h>

#define GAP 1       /* between parts, px */
#define LEAST 3     /* what is there is seen, px */
#define MAX_PARTS 16

struct _SmStateBar
{
  GtkWidget parent_instance;

  guint n_parts;
  gint64 counts[MAX_PARTS];
  SmTone tones[MAX_PARTS];
  char *links[MAX_PARTS]; /* (nullable) */
  gint64 total;
  char *words;
};

G_DEFINE_FINAL_TYPE (SmStateBar, sm_state_bar, GTK_TYPE_WIDGET)

/**
 * sm_tone_lookup:
 * @out_color: (out): the stylesheet's colour of @tone
 */
void
sm_tone_lookup (GtkWidget *widget,
                SmTone     tone,
                GdkRGBA   *out_color)
{
  static const char *const names[] = {
    [SM_TONE_STRONG] = "sm_tone_strong",   [SM_TONE_NORMAL] = "sm_tone_normal",
    [SM_TONE_DIM] = "sm_tone_dim",         [SM_TONE_FAINT] = "sm_tone_faint",
    [SM_TONE_HOLLOW] = "sm_tone_hollow",   [SM_TONE_LEVEL_1] = "sm_level_1",
    [SM_TONE_LEVEL_2] = "sm_level_2",      [SM_TONE_LEVEL_3] = "sm_level_3",
  };
  GtkStyleContext *style = gtk_widget_get_style_context (widget);

  if (!gtk_style_context_lookup_color (style, names[tone], out_color))
    gtk_style_context_get_color (style, out_color);
}

/**
 * sm_state_bar_layout:
 * @counts: of the parts
 * @width: of the whole, in px
 * @out_widths: (out) (array length=n): of the parts
 *
 * Shares out @width by @counts.  A part that is there at all gets a few
 * pixels, taken from the widest: one fault in 40,000 is the thing to notice.
 * The widths sum to @width, or to 0 when there is nothing.
 */
void
sm_state_bar_layout (const gint64 *counts,
                     guint         n,
                     int           width,
                     int          *out_widths)
{
  gint64 total = 0, before = 0;
  guint widest = 0;

  for (guint i = 0; i < n; i++)
    total += counts[i];
  for (guint i = 0; i < n; i++)
    {
      gint64 from = total > 0 ? before * width / total : 0;

      before += counts[i];
      out_widths[i] = (int) ((total > 0 ? before * width / total : 0) - from);
      if (out_widths[i] > out_widths[widest])
        widest = i;
    }
  for (guint i = 0; i < n; i++)
    if (counts[i] > 0 && out_widths[i] < LEAST && out_widths[widest] > 2 * LEAST)
      {
        out_widths[widest] -= LEAST - out_widths[i];
        out_widths[i] = LEAST;
      }
}

static void
sm_state_bar_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  SmStateBar *self = SM_STATE_BAR (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  int widths[MAX_PARTS];
  GskRoundedRect outline;
  int x = 0;

  gsk_rounded_rect_init_from_rect (
      &outline, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height), (float) height / 4);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  if (self->total == 0)
    {
      GdkRGBA color;

      sm_tone_lookup (widget, SM_TONE_HOLLOW, &color);
      gtk_snapshot_append_color (snapshot, &color,
                                 &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
    }
  sm_state_bar_layout (self->counts, self->n_parts, width, widths);
  for (guint i = 0; i < self->n_parts; i++)
    {
      int gap = x + widths[i] < width ? GAP : 0;
      GdkRGBA color;

      if (widths[i] == 0)
        continue;
      sm_tone_lookup (widget, self->tones[i], &color);
      gtk_snapshot_append_color (
          snapshot, &color,
          &GRAPHENE_RECT_INIT ((float) x, 0, (float) (widths[i] - gap), (float) height));
      x += widths[i];
    }
  gtk_snapshot_pop (snapshot);
}

/* The part at that place; -1: none. */
static int
part_at (SmStateBar *self,
         double      x)
{
  int widths[MAX_PARTS];
  int end = 0;

  sm_state_bar_layout (self->counts, self->n_parts, gtk_widget_get_width (GTK_WIDGET (self)),
                       widths);
  for (guint i = 0; i < self->n_parts; i++)
    {
      end += widths[i];
      if (x < end)
        return (int) i;
    }
  return -1;
}

static void
released_cb (SmStateBar *self,
             int         n_press,
             double      x,
             double      y)
{
  int part = part_at (self, x);

  if (part >= 0 && self->links[part] != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "page.open", "s", self->links[part]);
}

static void
sm_state_bar_finalize (GObject *object)
{
  g_free (SM_STATE_BAR (object)->words);
  for (guint i = 0; i < MAX_PARTS; i++)
    g_free (SM_STATE_BAR (object)->links[i]);

  G_OBJECT_CLASS (sm_state_bar_parent_class)->finalize (object);
}

static void
sm_state_bar_class_init (SmStateBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sm_state_bar_finalize;
  widget_class->snapshot = sm_state_bar_snapshot;
  gtk_widget_class_set_css_name (widget_class, "state-bar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
sm_state_bar_init (SmStateBar *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_object (click, "released", G_CALLBACK (released_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
sm_state_bar_new (void)
{
  return g_object_new (SM_TYPE_STATE_BAR, NULL);
}

/**
 * sm_state_bar_set_parts:
 * @parts: (array length=n_parts): in the order of drawing, counts not negative
 */
void
sm_state_bar_set_parts (SmStateBar        *self,
                        const SmStatePart *parts,
                        guint              n_parts)
{
  g_autoptr (GString) words = g_string_new (NULL);

  g_return_if_fail (SM_IS_STATE_BAR (self) && n_parts <= MAX_PARTS);

  self->total = 0;
  self->n_parts = n_parts;
  for (guint i = 0; i < n_parts; i++)
    {
      g_autofree char *count = sm_text_count (parts[i].count);

      self->counts[i] = MAX (parts[i].count, 0);
      self->tones[i] = parts[i].tone;
      g_free (self->links[i]);
      self->links[i] = g_strdup (parts[i].link);
      self->total += self->counts[i];
      g_string_append_printf (words, "%s%s %s", i > 0 ? ", " : "", parts[i].label, count);
    }
  if (g_strcmp0 (words->str, self->words) == 0)
    return;
  g_free (self->words);
  self->words = g_strdup (words->str);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->words, -1);
  sm_style_set_tooltip (GTK_WIDGET (self), self->words);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/** sm_state_bar_get_total: Returns: the sum of the parts */
gint64
sm_state_bar_get_total (SmStateBar *self)
{
  g_return_val_if_fail (SM_IS_STATE_BAR (self), 0);

  return self->total;
}

/** sm_state_bar_get_words: Returns: (nullable): what a screen reader says */
const char *
sm_state_bar_get_words (SmStateBar *self)
{
  g_return_val_if_fail (SM_IS_STATE_BAR (self), NULL);

  return self->words;
}
