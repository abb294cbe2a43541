/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-fault-row.h"

#include "sm-age-label.h"
#include "sm-alarm.h"
#include "sm-fault-code.h"
#include "sm-i18n.h"
#include "sm-level-badge.h"
#include "sm-style.h"
#include "sm-text.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

struct _SmFaultRow
{
  GtkWidget parent_instance;

  SmLevelBadge *badge;
  GtkWidget *title_label;
  SmAgeLabel *age;
  GtkWidget *place_label;
  GtkWidget *owner_label;
  GtkWidget *step_label;
  GtkWidget *effect_label;
  GtkWidget *note_label;
  GtkWidget *pending_box;
  GtkWidget *pending_label;
  GtkWidget *button;
  GtkWidget *note_button;

  SmItem *item;
  SmClock *clock;
  char *name;  /* (nullable): what people call what it is about */
  char *where;
  gboolean may_acknowledge;
  gboolean may_note;
};

G_DEFINE_FINAL_TYPE (SmFaultRow, sm_fault_row, GTK_TYPE_WIDGET)

/* The field that the alarm watches, if this version knows it. */
static const SmField *
find_field (const SmRow *alarm)
{
  const SmNoun *noun = sm_noun_by_name (sm_row_get_text (alarm, SM_ALARM_SOURCE_NOUN));
  const char *name = sm_row_get_text (alarm, SM_ALARM_FIELD);
  int field = noun != NULL && name != NULL ? sm_noun_find_field (noun, name, strlen (name)) : -1;

  return field >= 0 ? &noun->fields[field] : NULL;
}

static char *
format_value (const SmRow *alarm,
              guint        field)
{
  const SmField *watched = find_field (alarm);

  return sm_text_measure (sm_row_get_real (alarm, field), 0,
                          watched != NULL ? watched->unit : NULL);
}

/** sm_fault_title: Returns: (transfer full): what is the matter, with the value that raised it */
char *
sm_fault_title (const SmRow *alarm)
{
  g_autofree char *word
      = sm_text_clean (sm_word_of_alarm (sm_row_get_text (alarm, SM_ALARM_CODE)));
  g_autofree char *value = NULL;

  if (sm_row_is_null (alarm, SM_ALARM_VALUE))
    return g_steal_pointer (&word);
  value = format_value (alarm, SM_ALARM_VALUE);
  /* Translators: an alarm and the value that raised it, as in "Pack over-temperature 61 °C" */
  return g_strdup_printf (C_ ("alarm title", "%s %s"), word, value);
}

/** sm_fault_source: Returns: (transfer full): which thing it is about */
char *
sm_fault_source (const SmRow *alarm)
{
  const char *label = sm_row_get_text (alarm, SM_ALARM_SOURCE_LABEL);
  const char *noun = sm_row_get_text (alarm, SM_ALARM_SOURCE_NOUN);
  g_autofree char *name = NULL;
  g_autofree char *clean = NULL;

  if (label == NULL || label[0] == '\0')
    return g_strdup_printf ("%s %" G_GINT64_FORMAT, noun,
                            sm_row_get_int (alarm, SM_ALARM_SOURCE_ID));
  if (label[0] == '{')
    name = sm_name_pick (label, sm_i18n_language ());
  clean = sm_text_clean (name != NULL ? name : label);
  if (g_strcmp0 (noun, "lane") == 0)
    /* Translators: %s is a lane's number */
    return g_strdup_printf (_("Lane %s"), clean);
  if (g_strcmp0 (noun, "bay") == 0)
    /* Translators: %s is the number of a bay for a battery */
    return g_strdup_printf (_("Bay %s"), clean);
  return g_steal_pointer (&clean);
}

/**
 * sm_fault_place:
 * @name: (nullable): what people call the thing; NULL: what the alarm itself says
 *
 * Returns: (transfer full): which thing it is about, and the limit it broke
 */
char *
sm_fault_place (const SmRow *alarm,
                const char  *name)
{
  g_autofree char *source = name != NULL && name[0] != '\0' ? sm_text_clean (name)
                                                            : sm_fault_source (alarm);
  g_autofree char *limit = NULL;

  if (sm_row_is_null (alarm, SM_ALARM_LIMIT_VALUE))
    return g_steal_pointer (&source);
  limit = format_value (alarm, SM_ALARM_LIMIT_VALUE);
  /* Translators: a thing and the limit it broke, as in "粤B·12345 · limit 58 °C" */
  return g_strdup_printf (_("%s · limit %s"), source, limit);
}

/** sm_fault_limit: Returns: (transfer full) (nullable): the limit that was broken, in words */
char *
sm_fault_limit (const SmRow *alarm)
{
  g_autofree char *limit = NULL;

  if (sm_row_is_null (alarm, SM_ALARM_LIMIT_VALUE))
    return NULL;
  limit = format_value (alarm, SM_ALARM_LIMIT_VALUE);
  /* Translators: %s is the limit that a value has broken, as in "beyond the limit, 58 °C" */
  return g_strdup_printf (_("beyond the limit, %s"), limit);
}

gboolean
sm_fault_is_unacked (const SmRow *alarm)
{
  guint state = sm_row_get_enum (alarm, SM_ALARM_STATE);

  return state == SM_ALARM_UNACKED || state == SM_ALARM_RETURNED_UNACKED;
}

/** sm_fault_is_active: Whether it is still so: a fault stays open until somebody has seen it. */
gboolean
sm_fault_is_active (const SmRow *alarm)
{
  guint state = sm_row_get_enum (alarm, SM_ALARM_STATE);

  return state == SM_ALARM_UNACKED || state == SM_ALARM_ACKED;
}

/** sm_fault_owner: Returns: (transfer full): whose it is, or that it is nobody's yet */
char *
sm_fault_owner (const SmRow *alarm)
{
  g_autofree char *by = sm_text_clean (sm_row_get_text (alarm, SM_ALARM_ACKED_BY));

  if (sm_fault_is_unacked (alarm))
    return g_strdup (sm_word_of_slug (sm_alarm_states, sm_row_get_text (alarm, SM_ALARM_STATE)));
  if (by[0] == '\0')
    return g_strdup (_("acknowledged"));
  /* Translators: %s is a person */
  return g_strdup_printf (_("acknowledged by %s"), by);
}

static void
append_words (GString    *name,
              const char *words)
{
  if (words[0] != '\0')
    g_string_append_printf (name, "%s%s", name->len > 0 ? ", " : "", words);
}

/* Which thing, where it is or what it does, and the limit it broke. */
static char *
describe_place (SmFaultRow *self)
{
  g_autofree char *place = sm_fault_place (sm_item_get_row (self->item), self->name);

  if (self->where == NULL || self->where[0] == '\0')
    return g_steal_pointer (&place);
  return g_strdup_printf ("%s · %s", place, self->where);
}

/* What somebody should do first; nothing once it is over. */
static char *
describe_step (const SmRow *alarm)
{
  const char *step = sm_fault_code_next_step (sm_row_get_text (alarm, SM_ALARM_CODE));

  if (step == NULL || !sm_fault_is_active (alarm))
    return NULL;
  /* Translators: %s is what to do first about a fault */
  return g_strdup_printf (_("Next: %s"), sm_word_of_next_step (step));
}

static void
set_line (GtkWidget  *label,
          const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && text[0] != '\0');
}

/* All that the row shows, for who hears it. */
static void
name_row (SmFaultRow *self)
{
  const SmRow *row = self->item != NULL ? sm_item_get_row (self->item) : NULL;
  g_autoptr (GString) name = NULL;
  g_autofree char *level = NULL;
  g_autofree char *owner = NULL;

  if (row == NULL)
    return;
  name = g_string_new (NULL);
  level = sm_level_badge_words ((guint) CLAMP (sm_row_get_int (row, SM_ALARM_LEVEL), 1, 4));
  owner = sm_fault_owner (row);
  append_words (name, level);
  append_words (name, gtk_label_get_text (GTK_LABEL (self->title_label)));
  append_words (name, gtk_label_get_text (GTK_LABEL (self->place_label)));
  append_words (name, sm_age_label_get_text (self->age));
  append_words (name, sm_item_get_pending (self->item) ? "" : owner);
  if (sm_fault_is_active (row))
    append_words (name, gtk_label_get_text (GTK_LABEL (self->step_label)));
  append_words (name, gtk_label_get_text (GTK_LABEL (self->effect_label)));
  append_words (name, gtk_label_get_text (GTK_LABEL (self->note_label)));
  if (sm_item_get_pending (self->item) || sm_item_get_edited (self->item))
    append_words (name, gtk_label_get_text (GTK_LABEL (self->pending_label)));
  sm_style_name_row (GTK_WIDGET (self), name->str);
}

/* What is cut short is said whole.  Asked for when it is wanted: to set the text
 * of a tooltip asks the display where the pointer is, for every row that moves. */
static gboolean
tooltip_cb (GtkWidget  *label,
            int         x,
            int         y,
            gboolean    is_keyboard,
            GtkTooltip *tooltip)
{
  gtk_tooltip_set_text (tooltip, gtk_label_get_text (GTK_LABEL (label)));
  return TRUE;
}

static void
add_tooltip (GtkWidget *label)
{
  gtk_widget_set_has_tooltip (label, TRUE);
  g_signal_connect (label, "query-tooltip", G_CALLBACK (tooltip_cb), NULL);
}

static void
show_row (SmFaultRow *self)
{
  const SmRow *row = sm_item_get_row (self->item);
  gboolean is_pending = sm_item_get_pending (self->item);
  gboolean is_unacked = sm_fault_is_unacked (row) && !is_pending;
  g_autofree char *title = sm_fault_title (row);
  g_autofree char *place = describe_place (self);
  gboolean has_button = is_unacked && self->may_acknowledge;
  /* Beside the button nobody needs to be told that it is not acknowledged. */
  g_autofree char *step = has_button && !sm_fault_is_active (row) ? g_strdup (C_ ("alarm", "over"))
                                                                  : describe_step (row);
  g_autofree char *owner = is_pending ? g_strdup (_("acknowledged here")) : sm_fault_owner (row);
  g_autofree char *note = sm_text_clean (sm_row_get_text (row, SM_ALARM_NOTE));
  gint64 level = sm_row_get_int (row, SM_ALARM_LEVEL);

  sm_level_badge_set_level (self->badge, (guint) CLAMP (level, 1, 4));
  gtk_label_set_text (GTK_LABEL (self->title_label), title);
  gtk_label_set_text (GTK_LABEL (self->place_label), place);
  set_line (self->step_label, step);
  gtk_label_set_text (GTK_LABEL (self->owner_label), owner);
  gtk_label_set_text (GTK_LABEL (self->note_label), note);
  gtk_widget_set_visible (self->note_label, note[0] != '\0');
  gtk_widget_set_visible (self->pending_box, is_pending || sm_item_get_edited (self->item));
  gtk_widget_set_visible (self->button, has_button);
  gtk_widget_set_visible (self->note_button, self->may_note);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->note_button), "x",
                                    sm_item_get_id (self->item));
  gtk_widget_set_visible (self->owner_label, !has_button);
  gtk_label_set_xalign (GTK_LABEL (self->owner_label), step != NULL ? 1 : 0);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "x",
                                    sm_item_get_id (self->item));
  sm_age_label_set (self->age, self->clock, sm_row_get_int (row, SM_ALARM_RAISED_AT));
  sm_style_set_class (GTK_WIDGET (self), "unacked", is_unacked);
  for (guint i = 1; i <= 4; i++)
    {
      char name[] = "level-0";

      name[sizeof name - 2] = (char) ('0' + i);
      sm_style_set_class (GTK_WIDGET (self), name, level == i);
    }
  name_row (self);
}

static void
sm_fault_row_dispose (GObject *object)
{
  SmFaultRow *self = SM_FAULT_ROW (object);
  GtkWidget *child;

  sm_fault_row_bind (self, NULL, NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->where, g_free);

  G_OBJECT_CLASS (sm_fault_row_parent_class)->dispose (object);
}

static void
sm_fault_row_class_init (SmFaultRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_fault_row_dispose;

  g_type_ensure (SM_TYPE_AGE_LABEL);
  g_type_ensure (SM_TYPE_LEVEL_BADGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SM_RESOURCE_PATH "widgets/sm-fault-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SmFaultRow, badge);
  gtk_widget_class_bind_template_child (widget_class, SmFaultRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, SmFaultRow, age);
  gtk_widget_class_bind_template_child (widget_class, SmFaultRow, place_label);
  gtk_widget_class_bind_template_child (widget_class, SmFaultRow, owner_label);
  gtk_widget_class_bind_template_child (widget_class, SmFaultRow, step_label);
  gtk_widget_class_bind_template_child (widget_class, SmFaultRow, effect_label);
  gtk_widget_class_bind_template_child (widget_class, SmFaultRow, note_label);
  gtk_widget_class_bind_template_child (widget_class, SmFaultRow, pending_box);
  gtk_widget_class_bind_template_child (widget_class, SmFaultRow, pending_label);
  gtk_widget_class_bind_template_child (widget_class, SmFaultRow, button);
  gtk_widget_class_bind_template_child (widget_class, SmFaultRow, note_button);
  gtk_widget_class_set_css_name (widget_class, "fault-row");
}

static void
sm_fault_row_init (SmFaultRow *self)
{
  self->may_acknowledge = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  add_tooltip (self->title_label);
  add_tooltip (self->place_label);
  g_signal_connect_object (self->age, "changed", G_CALLBACK (name_row), self, G_CONNECT_SWAPPED);
}

GtkWidget *
sm_fault_row_new (void)
{
  return g_object_new (SM_TYPE_FAULT_ROW, NULL);
}

/**
 * sm_fault_row_bind:
 * @alarm: (nullable): what to show and follow; NULL: nothing any more
 * @clock: (nullable): the network's, for the age
 */
void
sm_fault_row_bind (SmFaultRow *self,
                   SmItem     *alarm,
                   SmClock    *clock)
{
  g_return_if_fail (SM_IS_FAULT_ROW (self));

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, show_row, self);
  g_set_object (&self->item, alarm);
  g_clear_pointer (&self->clock, sm_clock_unref);
  self->clock = clock != NULL ? sm_clock_ref (clock) : NULL;
  if (alarm == NULL)
    return;
  g_signal_connect_object (alarm, "notify", G_CALLBACK (show_row), self, G_CONNECT_SWAPPED);
  show_row (self);
}

/**
 * sm_fault_row_set_context:
 * @name: (nullable): what people call the thing; NULL: what the alarm says
 * @where: (nullable): where the thing is, or what it was doing
 * @effect: (nullable): what the fault does to the service
 */
void
sm_fault_row_set_context (SmFaultRow *self,
                          const char *name,
                          const char *where,
                          const char *effect)
{
  g_return_if_fail (SM_IS_FAULT_ROW (self));

  if (g_strcmp0 (self->where, where) == 0 && g_strcmp0 (self->name, name) == 0
      && g_str_equal (gtk_label_get_text (GTK_LABEL (self->effect_label)),
                      effect != NULL ? effect : ""))
    return;
  g_free (self->name);
  self->name = g_strdup (name);
  g_free (self->where);
  self->where = g_strdup (where);
  set_line (self->effect_label, effect);
  if (self->item != NULL)
    show_row (self);
}

/** sm_fault_row_set_may_acknowledge: Whether this person, on this screen, can. */
void
sm_fault_row_set_may_acknowledge (SmFaultRow *self,
                                  gboolean    may)
{
  g_return_if_fail (SM_IS_FAULT_ROW (self));

  self->may_acknowledge = may;
  if (self->item != NULL)
    show_row (self);
}

/** sm_fault_row_set_may_note: Whether this person, on this screen, can say what it was. */
void
sm_fault_row_set_may_note (SmFaultRow *self,
                           gboolean    may)
{
  g_return_if_fail (SM_IS_FAULT_ROW (self));

  if (self->may_note == !!may)
    return;
  self->may_note = !!may;
  if (self->item != NULL)
    show_row (self);
}

/** sm_fault_row_get_item: Returns: (transfer none) (nullable): what it shows */
SmItem *
sm_fault_row_get_item (SmFaultRow *self)
{
  g_return_val_if_fail (SM_IS_FAULT_ROW (self), NULL);

  return self->item;
}

/** sm_fault_row_get_button: Returns: (transfer none): where an acknowledgement starts from */
GtkWidget *
sm_fault_row_get_button (SmFaultRow *self)
{
  g_return_val_if_fail (SM_IS_FAULT_ROW (self), NULL);

  return self->button;
}
