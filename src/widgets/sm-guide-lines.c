/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-guide-lines.h"

#include "sm-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _SmGuideLines
{
  AdwBin parent_instance;

  gboolean have_weight;
  GPtrArray *lines;  /* of SmGuideLine, as they are edited */
  GHashTable *fixed; /* ids of those that stay as they are */
  GPtrArray *rows;   /* of AdwExpanderRow, as many */
  AdwPreferencesGroup *group;
  gboolean is_showing;
};

G_DEFINE_FINAL_TYPE (SmGuideLines, sm_guide_lines, ADW_TYPE_BIN)

static guint changed_signal;

static void show_lines (SmGuideLines *self);

static void
sm_guide_lines_finalize (GObject *object)
{
  SmGuideLines *self = SM_GUIDE_LINES (object);

  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->rows);
  g_hash_table_unref (self->fixed);

  G_OBJECT_CLASS (sm_guide_lines_parent_class)->finalize (object);
}

static void
sm_guide_lines_class_init (SmGuideLinesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sm_guide_lines_finalize;

  changed_signal = g_signal_new ("changed", SM_TYPE_GUIDE_LINES, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
sm_guide_lines_init (SmGuideLines *self)
{
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_guide_line_free);
  self->rows = g_ptr_array_new ();
  self->fixed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
emit_changed (SmGuideLines *self)
{
  if (!self->is_showing)
    g_signal_emit (self, changed_signal, 0);
}

/* --- one line --- */

static guint
index_of (GtkWidget *widget)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (widget), "sm-line"));
}

static void
set_index (GtkWidget *widget,
           guint      index)
{
  g_object_set_data (G_OBJECT (widget), "sm-line", GUINT_TO_POINTER (index));
}

static double
sum_weights (SmGuideLines *self)
{
  double sum = 0;

  for (guint i = 0; i < self->lines->len; i++)
    sum += ((SmGuideLine *) self->lines->pdata[i])->weight;
  return sum;
}

/* As it will be read: its number or share, and the words. */
static void
show_title (SmGuideLines *self,
            guint         index)
{
  const SmGuideLine *line = self->lines->pdata[index];
  AdwPreferencesRow *row = self->rows->pdata[index];
  gboolean is_nameless = line->text == NULL && line->text_zh == NULL
                         && sm_guide_english (line->id, NULL) == NULL;
  g_autofree char *words
      = is_nameless ? g_strdup (C_ ("guide line", "(no words yet)"))
                    : sm_text_clean (sm_guide_line_get_text (line));
  g_autofree char *title = g_strdup_printf ("%u · %s", index + 1, words);
  double sum = sum_weights (self);
  g_autofree char *share
      = self->have_weight ? g_strdup_printf ("%d %%", (int) (sum > 0 ? line->weight / sum * 100 + 0.5
                                                                     : 0)) : NULL;

  adw_preferences_row_set_title (row, title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), share != NULL ? share : "");
}

static void
show_titles (SmGuideLines *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    show_title (self, i);
}

static void
take_text (char       **text,
           GtkWidget   *entry)
{
  char *written = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  g_free (*text);
  *text = *written != '\0' ? written : NULL;
  if (*written == '\0')
    g_free (written);
}

static void
text_cb (GtkWidget    *entry,
         SmGuideLines *self)
{
  SmGuideLine *line = self->lines->pdata[index_of (entry)];
  gboolean is_zh = g_object_get_data (G_OBJECT (entry), "sm-zh") != NULL;

  take_text (is_zh ? &line->text_zh : &line->text, entry);
  show_title (self, index_of (entry));
  emit_changed (self);
}

static void
weight_cb (GtkSpinButton *spin,
           SmGuideLines  *self)
{
  SmGuideLine *line = self->lines->pdata[index_of (GTK_WIDGET (spin))];

  line->weight = gtk_spin_button_get_value (spin) / 100;
  show_titles (self);
  emit_changed (self);
}

/* The row that is moved keeps the focus on the button that moved it. */
static void
focus_button (SmGuideLines *self,
              guint         index,
              const char   *name)
{
  GtkWidget *row = self->rows->pdata[MIN (index, self->rows->len - 1)];
  GtkWidget *button = g_object_get_data (G_OBJECT (row), name);

  if (button != NULL && gtk_widget_get_sensitive (button))
    gtk_widget_grab_focus (button);
  else
    gtk_widget_grab_focus (row);
}

static void
move (SmGuideLines *self,
      guint         from,
      guint         to,
      const char   *name)
{
  gpointer line = g_ptr_array_steal_index (self->lines, from);

  g_ptr_array_insert (self->lines, (int) to, line);
  show_lines (self);
  focus_button (self, to, name);
  emit_changed (self);
}

static void
up_cb (GtkWidget    *button,
       SmGuideLines *self)
{
  move (self, index_of (button), index_of (button) - 1, "sm-up");
}

static void
down_cb (GtkWidget    *button,
         SmGuideLines *self)
{
  move (self, index_of (button), index_of (button) + 1, "sm-down");
}

static void
remove_cb (GtkWidget    *button,
           SmGuideLines *self)
{
  guint index = index_of (button);

  g_ptr_array_remove_index (self->lines, index);
  show_lines (self);
  if (self->lines->len > 0)
    focus_button (self, index, "sm-remove");
  emit_changed (self);
}

/* --- the rows --- */

static gboolean
is_fixed (SmGuideLines *self,
          guint         index)
{
  return g_hash_table_contains (self->fixed, ((SmGuideLine *) self->lines->pdata[index])->id);
}

static GtkWidget *
add_button (SmGuideLines *self,
            GtkWidget    *row,
            guint         index,
            const char   *icon,
            const char   *words,
            const char   *name,
            GCallback     callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  set_index (button, index);
  g_object_set_data (G_OBJECT (row), name, button);
  g_signal_connect_object (button, "clicked", callback, self, 0);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (row), button);
  return button;
}

/* The one that is added last stands first.  Causes are put in order by their weight. */
static void
add_buttons (SmGuideLines *self,
             GtkWidget    *row,
             guint         index)
{
  GtkWidget *away = add_button (self, row, index, "list-remove-symbolic", _("Leave it out"),
                                "sm-remove", G_CALLBACK (remove_cb));
  GtkWidget *up, *down;

  gtk_widget_set_sensitive (away, !is_fixed (self, index));
  if (is_fixed (self, index))
    gtk_widget_set_tooltip_text (away, _("It belongs to a danger and stays"));
  if (self->have_weight)
    return;
  down = add_button (self, row, index, "go-down-symbolic", _("Move down"), "sm-down",
                     G_CALLBACK (down_cb));
  up = add_button (self, row, index, "go-up-symbolic", _("Move up"), "sm-up", G_CALLBACK (up_cb));
  gtk_widget_set_sensitive (up, index > 0);
  gtk_widget_set_sensitive (down, index + 1 < self->lines->len);
}

static void
add_text (SmGuideLines *self,
          GtkWidget    *row,
          guint         index,
          const char   *title,
          const char   *text,
          gboolean      is_zh)
{
  GtkWidget *entry = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), title);
  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
  gtk_widget_set_sensitive (entry, !is_fixed (self, index));
  set_index (entry, index);
  if (is_zh)
    g_object_set_data (G_OBJECT (entry), "sm-zh", self);
  g_signal_connect_object (entry, "changed", G_CALLBACK (text_cb), self, 0);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), entry);
  if (!is_zh)
    g_object_set_data (G_OBJECT (row), "sm-text", entry);
}

static void
add_weight (SmGuideLines *self,
            GtkWidget    *row,
            guint         index)
{
  const SmGuideLine *line = self->lines->pdata[index];
  GtkWidget *spin = gtk_spin_button_new_with_range (0, 100, 1);
  GtkWidget *inner = adw_action_row_new ();

  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), line->weight * 100);
  set_index (spin, index);
  g_signal_connect_object (spin, "value-changed", G_CALLBACK (weight_cb), self, 0);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (inner), _("Of 100 such faults"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (inner), spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (inner), spin);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), inner);
}

static void
add_line (SmGuideLines *self,
          guint         index)
{
  const SmGuideLine *line = self->lines->pdata[index];
  GtkWidget *row = adw_expander_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  g_ptr_array_add (self->rows, row);
  add_text (self, row, index, _("In your words, in English or any language"), line->text, FALSE);
  add_text (self, row, index, _("The same in Chinese"), line->text_zh, TRUE);
  if (self->have_weight)
    add_weight (self, row, index);
  add_buttons (self, row, index);
  adw_preferences_group_add (self->group, row);
}

static char *
make_id (SmGuideLines *self)
{
  for (guint n = 1;; n++)
    {
      g_autofree char *id = g_strdup_printf ("own-%u", n);
      gboolean is_taken = FALSE;

      for (guint i = 0; i < self->lines->len; i++)
        is_taken |= strcmp (((SmGuideLine *) self->lines->pdata[i])->id, id) == 0;
      if (!is_taken)
        return g_steal_pointer (&id);
    }
}

static void
add_cb (SmGuideLines *self)
{
  g_autofree char *id = make_id (self);
  GtkWidget *row;

  g_ptr_array_add (self->lines, sm_guide_line_new (id, NULL, 0));
  show_lines (self);
  row = self->rows->pdata[self->rows->len - 1];
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  gtk_widget_grab_focus (g_object_get_data (G_OBJECT (row), "sm-text"));
  emit_changed (self);
}

static GtkWidget *
make_add (SmGuideLines *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (self->have_weight ? _("Add a _cause")
                                                                      : _("Add a _step"));

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_sensitive (button, self->lines->len < SM_GUIDE_MAX_LINES);
  g_signal_connect_object (button, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static void
show_lines (SmGuideLines *self)
{
  self->is_showing = TRUE;
  g_ptr_array_set_size (self->rows, 0);
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->group,
                                   self->have_weight ? _("Mostly from") : _("What to do"));
  adw_preferences_group_set_header_suffix (self->group, make_add (self));
  for (guint i = 0; i < self->lines->len; i++)
    add_line (self, i);
  show_titles (self);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->group));
  self->is_showing = FALSE;
}

/** sm_guide_lines_new: @have_weight: causes; otherwise steps */
GtkWidget *
sm_guide_lines_new (gboolean have_weight)
{
  SmGuideLines *self = g_object_new (SM_TYPE_GUIDE_LINES, NULL);

  self->have_weight = have_weight;
  show_lines (self);
  return GTK_WIDGET (self);
}

/**
 * sm_guide_lines_set:
 * @lines: of SmGuideLine
 * @fixed: (nullable): of SmGuideLine: those that stay as they are
 */
void
sm_guide_lines_set (SmGuideLines    *self,
                    const GPtrArray *lines,
                    const GPtrArray *fixed)
{
  g_return_if_fail (SM_IS_GUIDE_LINES (self));

  g_ptr_array_set_size (self->lines, 0);
  g_hash_table_remove_all (self->fixed);
  for (guint i = 0; i < lines->len; i++)
    g_ptr_array_add (self->lines, sm_guide_line_copy (lines->pdata[i]));
  for (guint i = 0; fixed != NULL && i < fixed->len; i++)
    g_hash_table_add (self->fixed, g_strdup (((SmGuideLine *) fixed->pdata[i])->id));
  show_lines (self);
}

static int
compare_weights (gconstpointer a,
                 gconstpointer b)
{
  double one = (*(SmGuideLine *const *) a)->weight, other = (*(SmGuideLine *const *) b)->weight;

  return (other > one) - (other < one);
}

/**
 * sm_guide_lines_dup:
 *
 * Returns: (transfer full): of SmGuideLine, as they are now; causes by their shares of
 *   all, likeliest first
 */
GPtrArray *
sm_guide_lines_dup (SmGuideLines *self)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_guide_line_free);
  double sum = sum_weights (self);

  for (guint i = 0; i < self->lines->len; i++)
    g_ptr_array_add (copy, sm_guide_line_copy (self->lines->pdata[i]));
  for (guint i = 0; self->have_weight && sum > 0 && ABS (sum - 1) > 1e-6 && i < copy->len; i++)
    ((SmGuideLine *) copy->pdata[i])->weight /= sum;
  if (self->have_weight)
    g_ptr_array_sort (copy, compare_weights);
  return copy;
}
