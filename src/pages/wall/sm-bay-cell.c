/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-bay-cell.h"

#include "sm-level-badge.h"
#include "sm-link.h"
#include "sm-state-bar.h"
#include "sm-station-service.h"
#include "sm-style.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-wall-text.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

struct _SmBayCell
{
  GtkWidget parent_instance;

  GtkWidget *button;
  GtkWidget *number_label;
  GtkWidget *charge_label;
  GtkWidget *state_label;
  GtkWidget *health_label;
  SmLevelBadge *badge;
  double soc; /* 0 to 100; NAN: unknown or empty */
  guint state;
  char *words;
};

G_DEFINE_FINAL_TYPE (SmBayCell, sm_bay_cell, GTK_TYPE_WIDGET)

static void
sm_bay_cell_snapshot (GtkWidget   *widget,
                      GtkSnapshot *snapshot)
{
  SmBayCell *self = SM_BAY_CELL (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  GdkRGBA color;

  if (isfinite (self->soc) && self->state != SM_BAY_STATE_EMPTY)
    {
      float fill = height * (float) CLAMP (self->soc / 100, 0, 1);

      sm_tone_lookup (widget, self->state == SM_BAY_STATE_READY ? SM_TONE_NORMAL : SM_TONE_FAINT,
                      &color);
      color.alpha = 0.45f;
      gtk_snapshot_append_color (snapshot, &color,
                                 &GRAPHENE_RECT_INIT (0, height - fill, width, fill));
    }
  gtk_widget_snapshot_child (widget, self->button, snapshot);
}

static void
sm_bay_cell_dispose (GObject *object)
{
  g_clear_pointer (&SM_BAY_CELL (object)->button, gtk_widget_unparent);

  G_OBJECT_CLASS (sm_bay_cell_parent_class)->dispose (object);
}

static void
sm_bay_cell_finalize (GObject *object)
{
  g_free (SM_BAY_CELL (object)->words);

  G_OBJECT_CLASS (sm_bay_cell_parent_class)->finalize (object);
}

static void
sm_bay_cell_class_init (SmBayCellClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_bay_cell_dispose;
  G_OBJECT_CLASS (klass)->finalize = sm_bay_cell_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = sm_bay_cell_snapshot;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "bay");
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
make_label (GtkWidget  *box,
            const char *class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "wrap-mode",
                                   PANGO_WRAP_WORD_CHAR, "justify", GTK_JUSTIFY_CENTER,
                                   "max-width-chars", 9, NULL);

  gtk_widget_add_css_class (label, class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
sm_bay_cell_init (SmBayCell *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->soc = NAN;
  gtk_widget_set_halign (top, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), top);
  self->number_label = make_label (top, "fact");
  self->badge = SM_LEVEL_BADGE (sm_level_badge_new (0));
  gtk_box_append (GTK_BOX (top), GTK_WIDGET (self->badge));
  self->charge_label = make_label (box, "charge");
  self->state_label = make_label (box, "state");
  self->health_label = make_label (box, "health");
  self->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), box);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "bay-button");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

GtkWidget *
sm_bay_cell_new (void)
{
  return g_object_new (SM_TYPE_BAY_CELL, NULL);
}

/* "ready", "in 11 min" until it is, "for 粤B·12345D", or why it is not. */
static char *
describe_state (const SmBayFacts *facts,
                gint64            now_us)
{
  const SmRow *bay = facts->bay;
  gint64 ready_at = sm_row_is_null (bay, SM_BAY_READY_AT) ? SM_UNKNOWN
                                                          : sm_row_get_int (bay, SM_BAY_READY_AT);
  const char *word = sm_word_of_slug (sm_bay_states, sm_row_get_text (bay, SM_BAY_STATE));
  g_autofree char *in = NULL;
  g_autofree char *for_whom = NULL;

  if (sm_row_get_enum (bay, SM_BAY_STATE) == SM_BAY_STATE_CHARGING && ready_at != SM_UNKNOWN)
    {
      g_autofree char *age = sm_time_age (MAX (ready_at - now_us, 0));

      /* Translators: %s is a span of time until a pack is charged, as in "in 11 min" */
      in = g_strdup_printf (_("in %s"), age);
      /* Translators: until a pack is charged; how much longer cannot be said well */
      word = ready_at - now_us > SM_READY_HORIZON_US ? _("in > 1 h") : in;
    }
  if (facts->reserved == NULL)
    return g_strdup (word);
  /* Translators: %s is the plate of the truck that a pack is held for */
  for_whom = g_strdup_printf (_("for %s"), facts->reserved);
  return g_strdup_printf ("%s · %s", word, for_whom);
}

static char *
describe_health (const SmRow *battery)
{
  g_autofree char *heat = NULL;
  g_autofree char *spread = NULL;

  if (battery == NULL)
    return g_strdup ("");
  heat = sm_wall_known (battery, SM_BATTERY_TEMPERATURE_MAX_C, 0);
  spread = sm_wall_known (battery, SM_BATTERY_SPREAD_MV, 0);
  /* Side by side they would not fit, and break behind what separates them. */
  return sm_wall_join ("\n", heat != NULL ? heat : "", spread != NULL ? spread : "", NULL);
}

static void
set_link (SmBayCell   *self,
          const SmRow *battery)
{
  g_autofree char *link = battery != NULL
                              ? sm_link_text ("battery", sm_row_get_text (battery, SM_BATTERY_SN),
                                              NULL)
                              : NULL;

  gtk_widget_set_can_target (self->button, link != NULL);
  gtk_widget_set_focusable (self->button, link != NULL);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "s", link != NULL ? link : "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), link != NULL ? "page.open" : NULL);
}

static void
set_words (SmBayCell        *self,
           const SmBayFacts *facts)
{
  const char *number = gtk_label_get_text (GTK_LABEL (self->number_label));
  g_autofree char *level = facts->level > 0 ? sm_level_badge_words (facts->level) : g_strdup ("");
  g_autofree char *health = g_strdelimit (
      g_strdup (gtk_label_get_text (GTK_LABEL (self->health_label))), "\n", ' ');
  g_autofree char *tooltip = NULL;

  g_free (self->words);
  self->words = sm_wall_join (", ", number, gtk_label_get_text (GTK_LABEL (self->charge_label)),
                              gtk_label_get_text (GTK_LABEL (self->state_label)),
                              health, level, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->words, -1);
  tooltip = sm_wall_join ("\n", self->words, facts->limits != NULL ? facts->limits : "", NULL);
  sm_style_set_tooltip (self->button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  facts->limits != NULL ? facts->limits : "", -1);
}

/** sm_bay_cell_set: Shows what is known of a bay and the pack in it. */
void
sm_bay_cell_set (SmBayCell        *self,
                 const SmBayFacts *facts,
                 gint64            now_us)
{
  g_autofree char *number = g_strdup_printf ("%d", (int) sm_row_get_int (facts->bay, SM_BAY_NUMBER));
  g_autofree char *named = sm_wall_join (" ", number, facts->model != NULL ? facts->model : "",
                                         NULL);
  g_autofree char *state = describe_state (facts, now_us);
  g_autofree char *health = describe_health (facts->battery);
  g_autofree char *charge = NULL;

  g_return_if_fail (SM_IS_BAY_CELL (self));

  self->state = sm_row_get_enum (facts->bay, SM_BAY_STATE);
  self->soc = self->state == SM_BAY_STATE_EMPTY ? NAN : sm_row_get_real (facts->bay, SM_BAY_SOC);
  charge = sm_text_measure (self->soc, 0, "%");
  gtk_label_set_text (GTK_LABEL (self->number_label), named);
  gtk_label_set_text (GTK_LABEL (self->charge_label), charge);
  gtk_label_set_text (GTK_LABEL (self->state_label), state);
  gtk_label_set_text (GTK_LABEL (self->health_label), health);
  sm_level_badge_set_level (self->badge, facts->level);
  gtk_widget_set_visible (GTK_WIDGET (self->badge), facts->level > 0);
  sm_style_set_class (GTK_WIDGET (self), "ready", self->state == SM_BAY_STATE_READY);
  set_link (self, facts->battery);
  set_words (self, facts);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/** sm_bay_cell_get_words: Returns: (nullable): what is said of it */
const char *
sm_bay_cell_get_words (SmBayCell *self)
{
  g_return_val_if_fail (SM_IS_BAY_CELL (self), NULL);

  return self->words;
}
