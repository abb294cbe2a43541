/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-pending-card.h"

#include "sm-pending-words.h"
#include "sm-time.h"
#include "sm-toast-errors.h"

#include <glib/gi18n-lib.h>

/* One act: what, to what, when; what was seen, what is to be, and what it has
 * become; and what can be done about it. */

static GtkWidget *
make_label (const char *text,
            const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static const char *
icon_of (SmPending *pending)
{
  if (sm_pending_get_state (pending) == SM_ACT_CONFLICT)
    return "dialog-warning-symbolic";
  return sm_pending_get_state (pending) == SM_ACT_SENDING ? "emblem-synchronizing-symbolic"
                                                          : "document-open-recent-symbolic";
}

static GtkWidget *
make_object (SmPending *pending)
{
  g_autofree char *object = sm_pending_object (pending);
  const SmNoun *noun = sm_pending_get_noun (pending);
  GtkWidget *button;

  if (noun == NULL || noun->id != SM_NOUN_STATION || sm_pending_is_elsewhere (pending))
    return make_label (object, NULL);
  button = gtk_button_new_with_label (object);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "small");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "pending.show");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", sm_pending_get_key (pending));
  return button;
}

static GtkWidget *
make_head (SmPending *pending)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_of (pending));
  g_autofree char *how = sm_pending_how (pending);
  GtkWidget *state = make_label (how, "pending-state");

  gtk_box_append (GTK_BOX (box), make_label (sm_pending_title (pending), "row-title"));
  gtk_box_append (GTK_BOX (box), make_object (pending));
  gtk_widget_set_hexpand (icon, TRUE);
  gtk_widget_set_halign (icon, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), state);
  return box;
}

static void
attach (GtkGrid    *grid,
        int         column,
        int         row,
        const char *text,
        const char *style)
{
  GtkWidget *label = make_label (text, style);

  if (row > 0)
    gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  else
    gtk_label_set_wrap (GTK_LABEL (label), FALSE);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_grid_attach (grid, label, column, row, 1, 1);
}

/* It changes no field: what was seen is what was acknowledged. */
static gboolean
is_acknowledgement (SmPending *pending)
{
  return g_str_equal (sm_pending_get_verb (pending), "acknowledge");
}

/* What was done to a work order goes with the state that it is in, or does not; so does what a
 * truck is told, and a call was made: there is nothing to be merged. */
static gboolean
is_of_order (SmPending *pending)
{
  return g_str_equal (sm_pending_get_verb (pending), "call") || sm_pending_is_guide (pending)
         || sm_pending_get_noun (pending) == sm_noun_get (SM_NOUN_WORK_ORDER);
}

static void
attach_edit (GtkGrid      *grid,
             int           row,
             SmPending    *pending,
             const SmEdit *edit)
{
  gboolean knows_theirs = sm_pending_knows_theirs (pending);
  g_autofree char *field = sm_pending_field (edit->field);
  g_autofree char *base = sm_pending_value (edit->field, edit->base);
  g_autofree char *mine = sm_pending_value (edit->field, edit->mine);
  g_autofree char *theirs = sm_pending_value (edit->field, edit->theirs);
  gboolean differs = knows_theirs && sm_edit_differs (edit);

  attach (grid, 0, row, field, "row-subtitle");
  attach (grid, 1, row, base, NULL);
  if (!is_acknowledgement (pending))
    attach (grid, 2, row, mine, NULL);
  if (!knows_theirs)
    return;
  attach (grid, 3, row, theirs, differs ? "pending-differs" : NULL);
  attach (grid, 4, row,
          !differs                         ? ""
          : is_acknowledgement (pending) ? C_ ("field of an edit", "changed since")
                                           : C_ ("field of an edit", "both changed it"),
          "row-subtitle");
}

/* Returns: (nullable): nothing was changed field by field */
static GtkWidget *
make_table (SmPending *pending)
{
  const GPtrArray *edits = sm_pending_get_edits (pending);
  GtkGrid *grid;

  if (edits == NULL || edits->len == 0
      || (is_acknowledgement (pending) && !sm_pending_knows_theirs (pending)))
    return NULL;
  grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (grid, 24);
  gtk_grid_set_row_spacing (grid, 4);
  gtk_widget_add_css_class (GTK_WIDGET (grid), "pending-table");
  attach (grid, 1, 0, _("As it was seen"), "section-title");
  if (!is_acknowledgement (pending))
    attach (grid, 2, 0, C_ ("edit", "Mine"), "section-title");
  if (sm_pending_knows_theirs (pending))
    attach (grid, 3, 0,
            is_acknowledgement (pending) ? C_ ("edit", "Now") : C_ ("edit", "Theirs, now"),
            "section-title");
  for (guint i = 0; i < edits->len; i++)
    attach_edit (grid, (int) i + 1, pending, edits->pdata[i]);
  return GTK_WIDGET (grid);
}

/* @why_not: (nullable): that it cannot be done, and why */
static void
add_button (GtkWidget  *box,
            const char *label,
            const char *action,
            SmPending  *pending,
            const char *why_not)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  /* Who may not do it any more is not let run into a refusal of the service. */
  if (why_not != NULL)
    {
      gtk_widget_set_sensitive (button, FALSE);
      gtk_widget_set_tooltip_text (button, why_not);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      why_not, -1);
      gtk_box_append (GTK_BOX (box), button);
      return;
    }
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", sm_pending_get_key (pending));
  gtk_box_append (GTK_BOX (box), button);
}

static void
add_decisions (GtkWidget  *box,
               SmPending  *pending,
               SmOps      *ops,
               const char *why_not)
{
  gboolean is_edit = !is_acknowledgement (pending) && !is_of_order (pending);

  if (sm_ops_is_of_other_network (ops, pending))
    add_button (box, _("Do it _anew…"), "pending.anew", pending, why_not);
  if (sm_pending_get_state (pending) != SM_ACT_CONFLICT || sm_pending_is_elsewhere (pending))
    return;
  add_button (box,
              is_edit                    ? _("_Keep mine")
              : is_of_order (pending) ? _("_Try again")
                                         : _("Acknowledge _nevertheless"),
              "pending.keep", pending, why_not);
  if (is_edit && sm_pending_knows_theirs (pending))
    add_button (box, _("_Merge…"), "pending.merge", pending, why_not);
}

/* Returns: (nullable): what is being sent cannot be called back */
static GtkWidget *
make_buttons (SmPending *pending,
              SmOps     *ops)
{
  g_autofree char *why_not
      = sm_ops_may_send (ops, pending) ? NULL : sm_slug_sentence ("permission-missing");
  GtkWidget *box, *said;

  if (!sm_pending_is_elsewhere (pending) && sm_pending_get_state (pending) == SM_ACT_SENDING)
    return NULL;
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  add_decisions (box, pending, ops, why_not);
  said = gtk_widget_get_first_child (box) != NULL && why_not != NULL
             ? make_label (why_not, "row-subtitle") : NULL;
  add_button (box, _("_Drop…"), "pending.drop", pending, NULL);
  if (said != NULL)
    gtk_box_append (GTK_BOX (box), said);
  return box;
}

/** sm_pending_card_name: Returns: (transfer full): all of it, for who hears it */
char *
sm_pending_card_name (SmPending *pending,
                      SmOps     *ops)
{
  g_autofree char *object = sm_pending_object (pending);
  g_autofree char *how = sm_pending_how (pending);
  g_autofree char *when = sm_pending_when (pending, ops);
  g_autofree char *why = sm_pending_why (pending);

  return g_strdup_printf ("%s, %s, %s, %s%s%s", sm_pending_title (pending), object, how, when,
                          why != NULL ? ", " : "", why != NULL ? why : "");
}

/**
 * sm_pending_card_new:
 * @decides: whether whoever sees it can do something about it
 *
 * Returns: (transfer floating): @pending as it is, for good
 */
GtkWidget *
sm_pending_card_new (SmPending *pending,
                     SmOps     *ops,
                     gboolean   decides)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *table = make_table (pending);
  GtkWidget *buttons = decides ? make_buttons (pending, ops) : NULL;
  g_autofree char *when = sm_pending_when (pending, ops);
  g_autofree char *why = sm_pending_why (pending);

  gtk_widget_add_css_class (card, "pending-card");
  if (sm_pending_get_state (pending) == SM_ACT_CONFLICT)
    gtk_widget_add_css_class (card, "conflict");
  gtk_box_append (GTK_BOX (card), make_head (pending));
  gtk_box_append (GTK_BOX (card), make_label (when, "row-subtitle"));
  if (why != NULL)
    gtk_box_append (GTK_BOX (card), make_label (why, NULL));
  if (sm_pending_get_note (pending) != NULL)
    gtk_box_append (GTK_BOX (card), make_label (sm_pending_get_note (pending), "row-note"));
  if (table != NULL)
    gtk_box_append (GTK_BOX (card), table);
  if (buttons != NULL)
    gtk_box_append (GTK_BOX (card), buttons);
  return card;
}
