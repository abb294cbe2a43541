/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-order-people.h"

#include "sm-i18n.h"
#include "sm-text.h"
#include "sm-work-order-words.h"
#include "sm-words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* Who an order can be given to, and what can be used for it. */

static void
choice_clear (gpointer data)
{
  g_free (((SmWorkOrderChoice *) data)->words);
}

static GArray *
choices_new (void)
{
  GArray *choices = g_array_new (FALSE, FALSE, sizeof (SmWorkOrderChoice));

  g_array_set_clear_func (choices, choice_clear);
  return choices;
}

static guint
count_orders (SmOps  *ops,
              gint64  engineer_id)
{
  GListModel *orders = sm_ops_get_work_orders (ops);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (orders); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (orders, i);
      const SmRow *row = sm_item_get_row (item);

      if (sm_row_get_int (row, SM_WORK_ORDER_ENGINEER_ID) == engineer_id
          && sm_work_order_stage (row) != SM_WORK_ORDER_STAGE_TO_CONFIRM)
        n++;
    }
  return n;
}

/* --- by name --- */

static SmWorkOrderTaker *
taker_new_engineer (const SmRow *row)
{
  SmWorkOrderTaker *taker = sm_work_order_taker_new (SM_NOUN_ENGINEER, sm_row_get_id (row));

  taker->name = sm_text_clean (sm_row_get_text (row, SM_ENGINEER_NAME));
  taker->phone = g_strstrip (sm_text_clean (sm_row_get_text (row, SM_ENGINEER_PHONE)));
  return taker;
}

static void
add_engineer (GListStore  *takers,
              SmOps       *ops,
              const SmRow *row)
{
  g_autofree char *skills = sm_text_clean (sm_row_get_text (row, SM_ENGINEER_SKILLS));
  const char *duty = sm_row_is_null (row, SM_ENGINEER_DUTY)
                         ? NULL : sm_word_of_slug (sm_duties, sm_row_get_text (row, SM_ENGINEER_DUTY));
  guint n = count_orders (ops, sm_row_get_id (row));
  g_autofree char *load
      = g_strdup_printf (ngettext ("%u open order", "%u open orders", n), n);
  g_autoptr (SmWorkOrderTaker) taker = taker_new_engineer (row);

  taker->detail = g_strdup_printf ("%s%s%s%s%s", load, duty != NULL ? " · " : "",
                                   duty != NULL ? duty : "", skills[0] != '\0' ? " · " : "", skills);
  g_list_store_append (takers, taker);
}

static void
add_agents (GListStore *takers,
            SmOps      *ops)
{
  GPtrArray *rows = sm_directory_get_rows (sm_ops_get_directory (ops), SM_NOUN_ORGANISATION);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const SmRow *row = rows->pdata[i];
      const char *kind = sm_row_get_text (row, SM_ORGANISATION_KIND);
      g_autofree char *name
          = sm_work_order_label (ops, SM_NOUN_ORGANISATION, sm_row_get_id (row));
      g_autoptr (SmWorkOrderTaker) taker = NULL;

      if (name == NULL
          || (g_strcmp0 (kind, "agent") != 0 && g_strcmp0 (kind, "maintenance_vendor") != 0))
        continue;
      taker = sm_work_order_taker_new (SM_NOUN_ORGANISATION, sm_row_get_id (row));
      taker->name = g_steal_pointer (&name);
      taker->phone = g_strstrip (sm_text_clean (sm_row_get_text (row, SM_ORGANISATION_PHONE)));
      taker->detail = g_strdup (sm_word_of_slug (sm_organisation_kinds, kind));
      g_list_store_append (takers, taker);
    }
}

static int
compare_takers (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  const SmWorkOrderTaker *p = a, *q = b;

  if (p->noun != q->noun)
    return p->noun == SM_NOUN_ENGINEER ? -1 : 1;
  return g_utf8_collate (p->name, q->name);
}

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  const SmWorkOrderChoice *p = a, *q = b;

  return g_utf8_collate (p->words, q->words);
}

/** sm_work_order_list_people: Returns: (transfer full): of SmWorkOrderTaker: engineers, then agents, by name */
GListStore *
sm_work_order_list_people (SmOps *ops)
{
  GListModel *engineers = sm_ops_get_engineers (ops);
  GListStore *takers = g_list_store_new (SM_TYPE_WORK_ORDER_TAKER);

  for (guint i = 0; i < g_list_model_get_n_items (engineers); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (engineers, i);

      add_engineer (takers, ops, sm_item_get_row (item));
    }
  add_agents (takers, ops);
  g_list_store_sort (takers, compare_takers, NULL);
  return takers;
}

/* --- by who has it serve again first --- */

/** sm_work_order_rank_people: Returns: (transfer full): of SmWorkOrderTaker, as the service ranked them; then agents */
GListStore *
sm_work_order_rank_people (SmOps           *ops,
                           const GPtrArray *candidates)
{
  GListStore *takers = g_list_store_new (SM_TYPE_WORK_ORDER_TAKER);

  for (guint i = 0; i < candidates->len; i++)
    {
      const SmWorkOrderCandidate *candidate = candidates->pdata[i];
      const SmRow *row = sm_directory_find_row (sm_ops_get_directory (ops), SM_NOUN_ENGINEER,
                                                candidate->engineer_id);
      g_autoptr (SmWorkOrderTaker) taker = NULL;

      if (row == NULL) /* came a moment ago, and their name is on its way */
        continue;
      taker = taker_new_engineer (row);
      sm_work_order_taker_say (taker, candidate);
      g_list_store_append (takers, taker);
    }
  add_agents (takers, ops);
  return takers;
}

/* What is in the van of who has the order; of an order that nobody has, what is anywhere. */
static gboolean
is_at_hand (const SmRow *part,
            const SmRow *order)
{
  gint64 engineer_id = sm_row_get_int (order, SM_WORK_ORDER_ENGINEER_ID);

  return sm_row_get_int (part, SM_PART_QUANTITY) > 0
         && (sm_row_is_null (part, SM_PART_ENGINEER_ID)
             || sm_row_get_int (part, SM_PART_ENGINEER_ID) == engineer_id);
}

/** sm_work_order_list_parts: Returns: (transfer full): of SmWorkOrderChoice: what there is of which part, where */
GArray *
sm_work_order_list_parts (SmOps       *ops,
                          const SmRow *order)
{
  GPtrArray *rows = sm_directory_get_rows (sm_ops_get_directory (ops), SM_NOUN_PART);
  GArray *choices = choices_new ();

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const SmRow *row = rows->pdata[i];
      g_autofree char *name = sm_row_dup_name (row, SM_PART_NAME, sm_i18n_language ());
      g_autofree char *clean = sm_text_clean (name);
      g_autofree char *place = sm_work_order_label (
          ops, SM_NOUN_SERVICE_POINT, sm_row_get_int (row, SM_PART_SERVICE_POINT_ID));
      SmWorkOrderChoice choice = { sm_row_get_id (row), NULL };

      if (!is_at_hand (row, order))
        continue;
      /* Translators: a part, how many there are, and where */
      choice.words = g_strdup_printf (_("%s · %d there · %s"), clean,
                                      (int) sm_row_get_int (row, SM_PART_QUANTITY),
                                      place != NULL ? place : _("in the van"));
      g_array_append_val (choices, choice);
    }
  g_array_sort (choices, compare_words);
  return choices;
}

/** sm_work_order_choice_new: Returns: (transfer floating): a row in which one is chosen, by typing too */
GtkWidget *
sm_work_order_choice_new (const char   *title,
                          const GArray *choices)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  GtkExpression *expression
      = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  for (guint i = 0; i < choices->len; i++)
    gtk_string_list_append (words, g_array_index (choices, SmWorkOrderChoice, i).words);
  return g_object_new (ADW_TYPE_COMBO_ROW, "title", title, "model", words, "expression", expression,
                       NULL);
}

/** sm_work_order_get_choice: Returns: (nullable): there is none to be chosen */
const SmWorkOrderChoice *
sm_work_order_get_choice (GtkWidget    *row,
                          const GArray *choices)
{
  guint chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (row));

  return chosen < choices->len ? &g_array_index (choices, SmWorkOrderChoice, chosen) : NULL;
}
