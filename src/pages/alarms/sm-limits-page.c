/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-limits-page.h"

#include "sm-alarm-what-if.h"
#include "sm-alarm-words.h"
#include "sm-keys.h"
#include "sm-style.h"
#include "sm-text.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _SmLimitsPage
{
  SmPage parent_instance;

  SmOps *ops;
  SmTable *table;
  GListStore *rows; /* of SmItem */
  GtkWidget *button;
  char *shown;      /* (nullable): of what the rows were made */
};

G_DEFINE_FINAL_TYPE (SmLimitsPage, sm_limits_page, SM_TYPE_PAGE)

/* --- the table --- */

/* Limits of one family, which differ by what follows the slash, raise the same alarm. */
static char *
alarm_text (const SmTableColumn *column,
            SmItem              *item,
            gpointer             page)
{
  const char *code = sm_row_get_text (sm_item_get_row (item), column->field);
  g_autofree char *family = g_strndup (code, strcspn (code, "/"));

  return sm_text_clean (sm_word_of_alarm (family));
}

static char *
field_text (const SmTableColumn *column,
            SmItem              *item,
            gpointer             page)
{
  return g_strdup (sm_alarm_words_field (sm_row_get_text (sm_item_get_row (item), column->field)));
}

static const char *
unit_of (const SmRow *limit)
{
  const SmNoun *noun = sm_noun_by_name (sm_row_get_text (limit, SM_LIMIT_NOUN));
  const char *name = sm_row_get_text (limit, SM_LIMIT_FIELD);
  int field = noun != NULL && name != NULL ? sm_noun_find_field (noun, name, strlen (name)) : -1;

  return field >= 0 ? noun->fields[field].unit : NULL;
}

static char *
value_text (const SmTableColumn *column,
            SmItem              *item,
            gpointer             page)
{
  const SmRow *limit = sm_item_get_row (item);

  return sm_text_measure (sm_row_get_real (limit, column->field), 1, unit_of (limit));
}

static char *
enabled_text (const SmTableColumn *column,
              SmItem              *item,
              gpointer             page)
{
  return g_strdup (sm_row_get_int (sm_item_get_row (item), column->field) != 0
                       ? C_ ("limit", "raises alarms") : C_ ("limit", "off"));
}

static const SmTableColumn columns[] = {
  { "code", N_ ("Alarm"), NULL, SM_LIMIT_CODE, SM_COLUMN_PRIMARY, 0, 26, 0, alarm_text },
  { "level", N_ ("Level"), NULL, SM_LIMIT_LEVEL, SM_COLUMN_LEVEL, 0, 6 },
  { "field", N_ ("What is watched"), NULL, SM_LIMIT_FIELD, 0, 0, 20, 0, field_text },
  { "direction", N_ ("Side"), NULL, SM_LIMIT_DIRECTION, 0, 0, 10 },
  { "raise_at", N_ ("Raised at"), NULL, SM_LIMIT_RAISE_AT, 0, 0, 14, 0, value_text },
  { "clear_at", N_ ("Over at"), NULL, SM_LIMIT_CLEAR_AT, 0, 0, 14, 0, value_text },
  { "delay", N_ ("After"), "s", SM_LIMIT_DELAY_S, 0, 0, 10 },
  { "enabled", N_ ("State"), NULL, SM_LIMIT_ENABLED, 0, 0, 14, 0, enabled_text },
  { "slug", N_ ("Code"), NULL, SM_LIMIT_CODE, SM_COLUMN_HIDDEN, 0, 26 },
};

static char *
dup_no_link (SmItem   *item,
             gpointer  page)
{
  return NULL;
}

static const SmTableHooks hooks = { NULL, NULL, NULL, dup_no_link };

/* --- what there is --- */

static char *
describe (GPtrArray *limits)
{
  GString *text = g_string_new ("limits");

  for (guint i = 0; i < limits->len; i++)
    g_string_append_printf (text, " %" G_GINT64_FORMAT ":%" G_GINT64_FORMAT,
                            sm_row_get_id (limits->pdata[i]),
                            sm_row_get_int (limits->pdata[i], SM_ROW_SEQ));
  return g_string_free (text, FALSE);
}

static void
show_state (SmLimitsPage *self)
{
  SmStatusState state = sm_status_get_state (sm_ops_get_status (self->ops));

  if (state == SM_STATUS_STARTING || state == SM_STATUS_LOADING)
    sm_table_set_state (self->table, SM_TABLE_LOADING, _("Loading"), NULL);
  else
    sm_table_set_state (self->table, SM_TABLE_CONTENT, _("There are no limits"),
                        _("Values are not held against anything."));
}

/* Why the chosen one cannot be looked into; whoever may not change it may still ask. */
static void
allow (SmLimitsPage *self)
{
  gboolean is_chosen = sm_table_get_selected (self->table) != NULL;
  const char *refusal = !sm_ops_may (self->ops, "limit.change")
                            ? _("Your role does not allow this")
                            : !is_chosen ? _("No limit is selected") : NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "limits.change", refusal == NULL);
  sm_style_set_tooltip (self->button, refusal);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  refusal != NULL ? refusal : "", -1);
}

static void
refresh (SmLimitsPage *self)
{
  GPtrArray *limits = sm_directory_get_rows (sm_ops_get_directory (self->ops), SM_NOUN_LIMIT);
  g_autofree char *wanted = describe (limits);
  g_autoptr (GPtrArray) items = NULL;

  show_state (self);
  allow (self);
  if (g_strcmp0 (wanted, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&wanted);
  items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < limits->len; i++)
    g_ptr_array_add (items, sm_item_new (limits->pdata[i]));
  g_list_store_splice (self->rows, 0, g_list_model_get_n_items (G_LIST_MODEL (self->rows)),
                       items->pdata, items->len);
}

/* --- looking into one --- */

static void
ask (SmLimitsPage *self)
{
  SmItem *item = sm_table_get_selected (self->table);

  if (item != NULL)
    sm_alarm_what_if_ask (GTK_WIDGET (self), self->ops, sm_item_get_row (item));
}

static void
change_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  ask (SM_LIMITS_PAGE (widget));
}

/* --- the page --- */

static gboolean
sm_limits_page_show_link (SmPage       *page,
                          const SmLink *link)
{
  return sm_link_get_name (link) == NULL && g_str_equal (sm_link_get_page (link), SM_LIMITS_LINK);
}

static char *
sm_limits_page_dup_link (SmPage *page)
{
  return g_strdup (SM_LINK_SCHEME SM_LIMITS_LINK);
}

static const char *
sm_limits_page_describe_missing (SmPage *page)
{
  return sm_status_get_state (sm_ops_get_status (SM_LIMITS_PAGE (page)->ops)) == SM_STATUS_LOADING
             ? "limits" : NULL;
}

static gboolean
sm_limits_page_grab_focus (GtkWidget *widget)
{
  sm_table_grab_rows (SM_LIMITS_PAGE (widget)->table);
  return TRUE;
}

static void
sm_limits_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sm_limits_page_parent_class)->map (widget);
  refresh (SM_LIMITS_PAGE (widget));
}

static void
sm_limits_page_dispose (GObject *object)
{
  SmLimitsPage *self = SM_LIMITS_PAGE (object);

  g_clear_object (&self->rows);
  g_clear_object (&self->ops);
  g_clear_pointer (&self->shown, g_free);

  G_OBJECT_CLASS (sm_limits_page_parent_class)->dispose (object);
}

static const SmKey keys[] = {
  { "e", "limits.change", N_ ("Change the selected limit") },
};

static void
sm_limits_page_class_init (SmLimitsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  SmPageClass *page_class = SM_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_limits_page_dispose;
  widget_class->map = sm_limits_page_map;
  widget_class->grab_focus = sm_limits_page_grab_focus;
  page_class->show_link = sm_limits_page_show_link;
  page_class->dup_link = sm_limits_page_dup_link;
  page_class->describe_missing = sm_limits_page_describe_missing;
  gtk_widget_class_install_action (widget_class, "limits.change", NULL, change_action);
  sm_keys_add_class (widget_class, keys, G_N_ELEMENTS (keys));
}

/** sm_limits_page_list_keys: @list: gets the keys of the page */
void
sm_limits_page_list_keys (GArray *list)
{
  g_array_append_vals (list, keys, G_N_ELEMENTS (keys));
}

static void
sm_limits_page_init (SmLimitsPage *self)
{
  self->rows = g_list_store_new (SM_TYPE_ITEM);
}

static GtkWidget *
make_head (SmLimitsPage *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = gtk_label_new (sm_page_get_title (SM_PAGE (self)));
  g_autofree char *words = g_strdup_printf ("%s  (E)", _("Change the limit…"));

  gtk_widget_add_css_class (title, "panel-title");
  gtk_widget_add_css_class (head, "pending-head");
  self->button = gtk_button_new_with_label (words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Change the limit…"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "limits.change");
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), self->button);
  return head;
}

/** sm_limits_page_new: @state: (nullable): where columns and sort are remembered */
GtkWidget *
sm_limits_page_new (SmOps       *ops,
                    SmViewState *state,
                    const char  *title)
{
  SmLimitsPage *self = g_object_new (SM_TYPE_LIMITS_PAGE, "title", title, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->ops = g_object_ref (ops);
  self->table = SM_TABLE (sm_table_new (SM_LIMITS_LINK, _("Limits"), columns,
                                        G_N_ELEMENTS (columns), &hooks, self));
  sm_table_set_selects_many (self->table);
  if (state != NULL)
    sm_table_set_view_state (self->table, state);
  sm_table_set_model (self->table, G_LIST_MODEL (self->rows));
  gtk_widget_set_vexpand (GTK_WIDGET (self->table), TRUE);
  gtk_box_append (GTK_BOX (box), make_head (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->table));
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (self->table, "activated", G_CALLBACK (ask), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "selection-changed", G_CALLBACK (allow), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sm_ops_get_directory (ops), "changed", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sm_ops_get_status (ops), "notify", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}

/** sm_limits_page_get_table: Returns: (transfer none) */
SmTable *
sm_limits_page_get_table (SmLimitsPage *self)
{
  g_return_val_if_fail (SM_IS_LIMITS_PAGE (self), NULL);

  return self->table;
}
